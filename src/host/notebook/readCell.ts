import { l10n, type NotebookCell, Uri, workspace } from 'vscode';
import { bytesOfOutput, tensorTexts } from '../../answers/notebook/cellOutputs.ts';
import { SourceGoneError } from '../sources/sourceErrors.ts';
import { type CellOutput, cellAt, notebookAt } from './cellAddress.ts';

/** One of a cell's texts, in UTF-8; opens the notebook if need be. Rejects with a `SourceGoneError` if there's none now. */
export async function outputBytes(address: CellOutput): Promise<Uint8Array> {
  if (!notebookAt(address.notebook)) await open(Uri.parse(address.notebook));
  const cell = cellAt(address);
  if (!cell) throw new SourceGoneError(l10n.t('The cell was deleted.'));
  const text = tensorTexts(cell)[address.output];
  if (!text) throw new SourceGoneError(whyNothing(cell));
  return bytesOfOutput(text);
}

/** Why there's nothing to read in a cell's outputs, and what to do. */
export function whyNothing({ index, outputs, executionSummary }: NotebookCell): string {
  const number = index + 1;
  if (outputs.length > 0)
    return l10n.t('The output of cell {0} has no logits. Print them in that cell.', number);
  // A run has its number from the start, and its success at the end.
  const running = executionSummary?.executionOrder !== undefined && executionSummary.success === undefined;
  return running
    ? l10n.t('Cell {0} is running and has no output yet.', number)
    : l10n.t('Cell {0} no longer has output. Run it again.', number);
}

async function open(uri: Uri): Promise<void> {
  try {
    await workspace.openNotebookDocument(uri);
  } catch {
    throw new SourceGoneError(closedNotebook(uri));
  }
}

export function closedNotebook({ path }: Uri): string {
  return l10n.t(
    '{0} is closed. Open it again to keep the panel up to date.',
    path.slice(path.lastIndexOf('/') + 1),
  );
}
