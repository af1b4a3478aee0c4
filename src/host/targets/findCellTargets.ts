import { l10n, type NotebookCell, type TextEditor, window } from 'vscode';
import type { EngineClient } from '../../engine/engineClient.ts';
import { lengthOf } from '../../loss/rows/shape.ts';
import type { BatchSummary, SourceMember } from '../../protocol/engineChannel.ts';
import { type CellOutput, cellAt, cellName } from '../notebook/cellAddress.ts';
import { type CellTensors, isInteger } from '../notebook/cellTensors.ts';
import { sourceOfTensor } from '../notebook/chooseLogits.ts';
import type { CellSource } from '../sources/kinds/cellSource.ts';
import { documentKind, documentSource } from '../sources/kinds/documentSource.ts';
import { fileNameOf } from '../sources/kinds/memberName.ts';
import type { TargetCandidate } from './pickTargets.ts';

type Fitting = Pick<BatchSummary, 'shape' | 'classAxis'>;

/** What targets are called in most code. */
const USUAL_NAME = /label|target|^y/i;

/**
 * All that fits the rows of some logits: in their own cell, then in the cells above, the nearest first, then in those below,
 * then in selections of text. Of these, what is called like targets comes first.
 */
export async function findTargets(
  engine: Pick<EngineClient, 'list'>,
  tensors: CellTensors,
  logits: CellOutput,
  fitting: Fitting,
): Promise<readonly TargetCandidate[]> {
  const here = cellAt(logits);
  if (!here) return [];
  const candidates: TargetCandidate[] = [];
  for (const cell of nearestFirst(here)) {
    for (const tensor of (await tensors.of(cell)).tensors)
      if (fits(tensor, fitting))
        candidates.push({
          name: tensor.name,
          where: cellName(cell),
          count: lengthOf(tensor.shape),
          source: sourceOfTensor(tensor),
        });
  }
  candidates.push(...(await targetsInSelections(engine, fitting)));
  return candidates.toSorted((a, b) => Number(USUAL_NAME.test(b.name)) - Number(USUAL_NAME.test(a.name)));
}

/** What fits among the selections of text there are. */
export async function targetsInSelections(
  engine: Pick<EngineClient, 'list'>,
  fitting: Fitting,
): Promise<readonly TargetCandidate[]> {
  const editors = window.visibleTextEditors.filter(({ selection }) => !selection.isEmpty);
  return (await Promise.all(editors.map((editor) => inSelection(engine, editor, fitting)))).flat();
}

/** True if some targets that were chosen before are still there, and fit. */
export async function stillFits(
  tensors: CellTensors,
  { output, member, ...address }: CellSource,
  fitting: Fitting,
): Promise<boolean> {
  const cell = cellAt(address);
  if (!cell) return false;
  const { tensors: all } = await tensors.of(cell);
  const tensor = all.find((each) => each.output === output && each.member === member);
  return tensor !== undefined && fits(tensor, fitting);
}

function fits(member: Pick<SourceMember, 'shape' | 'type'>, { shape, classAxis }: Fitting): boolean {
  const rows = shape.filter((_, axis) => axis !== classAxis);
  return isInteger(member) && rows.length > 0 && rows.join() === member.shape.join();
}

function nearestFirst(here: NotebookCell): readonly NotebookCell[] {
  const cells = here.notebook.getCells();
  return [here, ...cells.slice(0, here.index).reverse(), ...cells.slice(here.index + 1)];
}

async function inSelection(
  engine: Pick<EngineClient, 'list'>,
  { document, selection }: TextEditor,
  fitting: Fitting,
): Promise<readonly TargetCandidate[]> {
  const source = documentSource(document.uri, selection);
  const listed = await engine.list(await documentKind.request(source));
  if (!listed.ok) return [];
  const several = listed.value.length > 1;
  const where = l10n.t('the selection in {0}', fileNameOf(document.uri));
  return listed.value
    .filter((member) => fits(member, fitting))
    .map((member) => ({
      name: member.name,
      where,
      count: lengthOf(member.shape),
      source: several ? { ...source, member: member.name } : source,
    }));
}
