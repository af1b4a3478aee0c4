import { l10n, type NotebookCell } from 'vscode';
import type { SourceProblem } from '../../problems/sources/sourceProblem.ts';
import { TELLS_NOTHING } from '../../readers/json/aroundCursor.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import { count } from '../../words/numberFormat.ts';
import { pickArray } from '../sources/file/pickArray.ts';
import { type CellSource, cellSource } from '../sources/kinds/cellSource.ts';
import { addressOf, cellName } from './cellAddress.ts';
import { type CellTensor, type CellTensors, isLogits } from './cellTensors.ts';
import { whyNothing } from './readCell.ts';

export function sourceOfTensor({ cell, output, member }: CellTensor): CellSource {
  return cellSource({ ...addressOf(cell), output, member });
}

/** Which tensor of a cell's outputs; asks if there are several. Undefined if the user doesn't say. */
export async function chooseLogits(
  tensors: CellTensors,
  cell: NotebookCell,
): Promise<Outcome<CellSource, SourceProblem> | undefined> {
  const { tensors: all, problems } = await tensors.of(cell);
  const candidates = all.filter(isLogits);
  if (candidates.length === 0) {
    const telling = problems.find(({ reason }) => !TELLS_NOTHING.has(reason));
    return failure(telling ?? { reason: 'gone', message: whyNothing(cell) });
  }
  const outputs = new Set(candidates.map(({ output }) => output));
  // Which of those in one output are the logits, reading it says, or asks.
  if (outputs.size === 1 && candidates.length > 1) {
    const [output] = outputs;
    return success(cellSource({ ...addressOf(cell), output: output! }));
  }
  const chosen =
    candidates.length === 1 ? candidates[0] : await pickArray(candidates, question(cell, candidates.length));
  return chosen && success(sourceOfTensor(chosen));
}

function question(cell: NotebookCell, tensors: number): string {
  return l10n.t(
    'The output of {0} has {1} tensors. Which one holds the logits?',
    cellName(cell),
    count(tensors),
  );
}
