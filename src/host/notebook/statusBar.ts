import {
  l10n,
  type NotebookCell,
  NotebookCellStatusBarAlignment,
  NotebookCellStatusBarItem,
  type NotebookCellStatusBarItemProvider,
} from 'vscode';
import { EngineStoppedError } from '../../engine/client.ts';
import { sizesOf } from '../inputs/pickArray.ts';
import { type CellTensor, type CellTensors, isLogits } from './tensors.ts';

/** Says below a cell that its output can be opened. VS Code asks again whenever the outputs change. */
export class TensorStatusBar implements NotebookCellStatusBarItemProvider {
  readonly #tensors: CellTensors;

  constructor(tensors: CellTensors) {
    this.#tensors = tensors;
  }

  async provideCellStatusBarItems(cell: NotebookCell): Promise<NotebookCellStatusBarItem | undefined> {
    if (cell.outputs.length === 0) return undefined;
    try {
      const { tensors } = await this.#tensors.of(cell);
      const logits = tensors.filter(isLogits);
      return logits.length > 0 ? itemFor(cell, logits) : undefined;
    } catch (error) {
      // Opening the cell will say so, if that is wanted.
      if (error instanceof EngineStoppedError) return undefined;
      throw error;
    }
  }
}

function itemFor(cell: NotebookCell, logits: readonly CellTensor[]): NotebookCellStatusBarItem {
  const [first] = logits;
  const text =
    logits.length === 1
      ? l10n.t('Smooth labels: {0} tensor', sizesOf(first!.shape))
      : l10n.t('Smooth labels: {0} tensors', logits.length);
  const item = new NotebookCellStatusBarItem(`$(graph) ${text}`, NotebookCellStatusBarAlignment.Left);
  item.command = { title: text, command: 'smoothLabels.openCell', arguments: [cell] };
  item.tooltip = l10n.t('Smoothed targets and loss of this output');
  item.accessibilityInformation = { label: text, role: 'button' };
  return item;
}
