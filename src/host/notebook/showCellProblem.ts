import { env, l10n, type NotebookCell, window } from 'vscode';
import { PRINT_ALL } from '../inputs/printAll.ts';
import type { SourceProblem } from '../inputs/readSource.ts';
import { describeProblem } from '../messages.ts';
import { insertFullPrint } from './printInFull.ts';

/** Says why a cell's output can't be opened; of a tensor that was printed in part, offers two ways to the whole. */
export async function showCellProblem(cell: NotebookCell, problem: SourceProblem): Promise<void> {
  const message = describeProblem(problem);
  if (problem.reason !== 'summarised') {
    void window.showErrorMessage(message);
    return;
  }
  const line = PRINT_ALL[problem.printer];
  const insert = l10n.t('Insert a cell below');
  const copy = l10n.t('Copy {0}', line);
  const chosen = await window.showErrorMessage(message, insert, copy);
  if (chosen === insert) await insertFullPrint(cell, problem.printer);
  else if (chosen === copy) await env.clipboard.writeText(line);
}
