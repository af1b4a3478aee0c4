import * as v from 'valibot';
import { type TextDocument, Uri, workspace } from 'vscode';
import type { PlaceRange, SourceRequest } from '../../protocol/engine.ts';
import { cellAt, lastingAddressOf } from '../notebook/cells.ts';
import { outputBytes } from '../notebook/readCell.ts';
import { toRange } from './positions.ts';

const place = v.object({ line: v.number(), character: v.number() });

const partSchema = v.variant('kind', [
  v.object({
    kind: v.literal('document'),
    uri: v.string(),
    /** The part to read; without it the whole, or what in it is around `cursor`. */
    range: v.optional(v.object({ start: place, end: place })),
    cursor: v.optional(place),
    member: v.optional(v.string()),
  }),
  v.object({ kind: v.literal('text'), name: v.string(), text: v.string(), member: v.optional(v.string()) }),
  /** An output of a cell: `CellAddress` and `CellTensor` say which. */
  v.object({
    kind: v.literal('cell'),
    notebook: v.string(),
    cell: v.union([v.string(), v.number()]),
    output: v.number(),
    member: v.optional(v.string()),
  }),
]);

/** Where an array comes from. */
export type SourcePart = v.InferOutput<typeof partSchema>;

/**
 * Where logits come from, and targets, if they're from elsewhere. Kept across a reload of the window, so it's plain data,
 * checked when it comes back.
 */
export const sourceSchema = v.intersect([partSchema, v.object({ targets: v.optional(partSchema) })]);

export type Source = SourcePart & { readonly targets?: SourcePart | undefined };

/** More text than this isn't kept for a reload of the window. */
const KEPT_CHARACTERS = 100_000;

/** The open document of a source, if it has one. */
export function documentOf(source: SourcePart): TextDocument | undefined {
  if (source.kind !== 'document') return undefined;
  return workspace.textDocuments.find((document) => document.uri.toString() === source.uri);
}

export function nameOf(source: SourcePart): string {
  if (source.kind === 'text') return source.name;
  const { path } = Uri.parse(source.kind === 'cell' ? source.notebook : source.uri);
  return path.slice(path.lastIndexOf('/') + 1);
}

/** True for a file in NumPy's format. */
export function isNpy({ path }: Uri): boolean {
  return path.toLowerCase().endsWith('.npy');
}

/** What is in a source: as it's being edited, or else as it is on disk. Rejects if that can't be read. */
export async function inputOf(source: SourcePart): Promise<SourceRequest> {
  const request = await wholeOf(source);
  return source.member === undefined ? request : { ...request, member: source.member };
}

async function wholeOf(source: SourcePart): Promise<SourceRequest> {
  const origin = { line: 0, character: 0 };
  if (source.kind === 'text') return { input: { text: source.text }, origin };
  if (source.kind === 'cell') return { input: { bytes: await outputBytes(source) }, origin };
  const uri = Uri.parse(source.uri);
  if (isNpy(uri)) {
    // Where there is a path, the engine reads as much of the file at a time as it needs.
    const part = uri.scheme === 'file' ? { path: uri.fsPath } : { bytes: await workspace.fs.readFile(uri) };
    return { input: { file: { format: 'npy', ...part } }, origin };
  }
  const document = documentOf(source) ?? (source.range && (await workspace.openTextDocument(uri)));
  if (!document) return { input: { bytes: await workspace.fs.readFile(uri) }, origin };
  if (source.range) return { input: { text: textIn(document, source.range) }, origin: source.range.start };
  return { input: { text: document.getText() }, origin, ...(source.cursor && { cursor: source.cursor }) };
}

function textIn(document: TextDocument, range: PlaceRange): string {
  return document.getText(document.validateRange(toRange(range)));
}

/** What of a source survives a reload of the window. Targets that don't are assumed again. */
export function keptSource({ targets, ...source }: Source): Source | undefined {
  const kept = keptPart(source);
  const keptTargets = targets && keptPart(targets);
  return kept && { ...kept, ...(keptTargets && { targets: keptTargets }) };
}

/** Text that isn't in a file goes along, if it's small; a cell gets another URI when its notebook is opened again. */
function keptPart(source: SourcePart): SourcePart | undefined {
  if (source.kind === 'cell') {
    const cell = cellAt(source);
    return cell ? { ...source, ...lastingAddressOf(cell) } : source;
  }
  const text = source.kind === 'text' ? source.text : untitledText(source);
  if (text === undefined) return source;
  if (text.length > KEPT_CHARACTERS) return undefined;
  const { member } = source;
  return { kind: 'text', name: nameOf(source), text, ...(member !== undefined && { member }) };
}

function untitledText(source: SourcePart): string | undefined {
  const document = documentOf(source);
  if (source.kind !== 'document' || !document?.isUntitled) return undefined;
  return source.range ? textIn(document, source.range) : document.getText();
}
