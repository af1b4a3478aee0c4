import * as v from 'valibot';
import { Uri } from 'vscode';
import { isFirstUnnamed } from '../../../readers/printed/names/printedNames.ts';
import {
  addressOf,
  type CellOutput,
  cellAt,
  cellName,
  lastingAddressOf,
  revealCell,
} from '../../notebook/cellAddress.ts';
import { outputBytes } from '../../notebook/readCell.ts';
import { watchCell } from '../../notebook/watchCell.ts';
import { choosing, chosenRequest, chosenSchema } from './chosenArrays.ts';
import { fileNameOf, memberName } from './memberName.ts';
import type { SourceKind } from './sourceKind.ts';

/** An output of a cell: `CellOutput` says which. */
export const cellSchema = v.object({
  kind: v.literal('cell'),
  notebook: v.string(),
  cell: v.union([v.string(), v.number()]),
  output: v.number(),
  ...chosenSchema,
});

export type CellSource = v.InferOutput<typeof cellSchema>;

export function cellSource({ notebook, cell, output, member }: CellOutput): CellSource {
  return { kind: 'cell', notebook, cell, output, ...(member !== undefined && { member }) };
}

/** A tensor that nothing names is called by its cell: "tensor 1" would be in each. */
const named = ({ member }: CellSource) => (member === undefined || isFirstUnnamed(member) ? {} : { member });

const notebookName = ({ notebook }: CellSource) => fileNameOf(Uri.parse(notebook));

/** The same when the notebook is opened again: its documents get other URIs then. */
export function lastingCell(source: CellSource): CellSource {
  const cell = cellAt(source);
  return cell ? { ...source, ...lastingAddressOf(cell) } : source;
}

export const cellKind = {
  schema: cellSchema,
  name: (source) => memberName(named(source), notebookName(source)),
  nameAsTargets: (source) => {
    const cell = cellAt(source);
    return memberName(named(source), cell ? cellName(cell) : notebookName(source));
  },
  request: async (source) => ({
    input: { bytes: await outputBytes(source) },
    origin: { line: 0, character: 0 },
    ...chosenRequest(source),
  }),
  kept: lastingCell,
  ...choosing<CellSource>(),
  narrowed: (source) => {
    const cell = cellAt(source);
    return cell ? { ...source, ...addressOf(cell) } : source;
  },
  output: (source) => source,
  watch: watchCell,
  reveal: async (source) => {
    const cell = cellAt(source);
    if (!cell) throw new Error('There is no such cell');
    await revealCell(cell);
  },
  exportsBeside: ({ notebook }) => notebook,
} satisfies SourceKind<CellSource> & { readonly schema: typeof cellSchema };
