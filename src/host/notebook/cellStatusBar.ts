import { l10n, type NotebookCell, NotebookCellStatusBarAlignment, NotebookCellStatusBarItem } from 'vscode';
import { sizeOf, tensorTexts } from '../../answers/notebook/cellOutputs.ts';
import { EngineStoppedError } from '../../engine/client/engineFailures.ts';
import type { Printer } from '../../readers/readProblem.ts';
import { megabytes } from '../../words/byteSizes.ts';
import { count } from '../../words/numberFormat.ts';
import { plural } from '../../words/plural.ts';
import { sizesOf } from '../../words/shapeText.ts';
import { COMMANDS } from '../contributions.ts';
import { type CellTensor, type CellTensors, isLogits } from './cellTensors.ts';
import { canMeasure } from './measure/measureInKernel.ts';

/** Nobody has asked for what is said below a cell: more of an output than this isn't read for it. */
const MOST_UNASKED_BYTES = 4e6;

/** Says below a cell that its output can be opened; undefined if it can't. VS Code asks again whenever the outputs change. */
export async function statusBarItem(
  known: CellTensors,
  cell: NotebookCell,
): Promise<NotebookCellStatusBarItem | undefined> {
  const size = tensorTexts(cell).reduce((sum, text) => sum + sizeOf(text), 0);
  if (size > MOST_UNASKED_BYTES)
    return itemOf(cell, l10n.t('Smooth labels: find logits in {0} MB of output', megabytes(size)));
  try {
    const { tensors, problems } = await known.of(cell);
    const logits = tensors.filter(isLogits);
    if (logits.length > 0) return itemFor(cell, logits);
    const cut = problems.find((problem) => problem.reason === 'summarised');
    return cut?.reason === 'summarised' && canMeasure(cell) ? itemThatMeasures(cell, cut.printer) : undefined;
  } catch (error) {
    // Opening the cell will say so, if that is wanted.
    if (error instanceof EngineStoppedError) return undefined;
    throw error;
  }
}

function itemFor(cell: NotebookCell, logits: readonly CellTensor[]): NotebookCellStatusBarItem {
  const [first] = logits;
  const text = plural(
    logits.length,
    l10n.t('Smooth labels: {0} tensor', sizesOf(first!.shape)),
    l10n.t('Smooth labels: {0} tensors', count(logits.length)),
  );
  return itemOf(cell, text);
}

/** Of a tensor that was printed with `...` the numbers are in the kernel. */
function itemThatMeasures(cell: NotebookCell, printer: Printer): NotebookCellStatusBarItem {
  const text = l10n.t('Smooth labels: measure in the kernel…');
  const item = itemOf(cell, text);
  item.command = { title: text, command: COMMANDS.measureInKernel, arguments: [cell, printer] };
  item.tooltip = l10n.t('Insert a cell that measures the logits where they are. You run it');
  return item;
}

function itemOf(cell: NotebookCell, text: string): NotebookCellStatusBarItem {
  const item = new NotebookCellStatusBarItem(`$(graph) ${text}`, NotebookCellStatusBarAlignment.Left);
  item.command = { title: text, command: COMMANDS.openCell, arguments: [cell] };
  item.tooltip = l10n.t('Show the smoothed targets and the loss of this output');
  item.accessibilityInformation = { label: text, role: 'button' };
  return item;
}
