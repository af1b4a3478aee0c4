import { env, l10n, type NotebookCell, window } from 'vscode';
import type { SourceProblem } from '../inputs/readSource.ts';
import { describeProblem } from '../messages.ts';
import { PRINT_ALL, type PrintingLibrary } from './fullPrint.ts';
import { insertFullPrint } from './printInFull.ts';

/** Says why a cell's output can't be opened; of a tensor that was printed in part, how to get the whole. */
export async function showCellProblem(cell: NotebookCell, problem: SourceProblem): Promise<void> {
  const library: PrintingLibrary | undefined = undefined;
  const message = describeProblem(problem);
  if (!library) {
    void window.showErrorMessage(message);
    return;
  }
  const copy = l10n.t('Copy {0}', PRINT_ALL[library]);
  const insert = l10n.t('Insert a cell below');
  const chosen = await window.showErrorMessage(message, insert, copy);
  if (chosen === copy) await env.clipboard.writeText(PRINT_ALL[library]);
  if (chosen === insert) await insertFullPrint(cell, library, undefined);
}
