import { env, l10n, Uri, window } from 'vscode';
import { cellAt } from '../notebook/cellAddress.ts';
import { PRINT_ALL } from '../notebook/printAll.ts';
import { insertFullPrint } from '../notebook/printInFull.ts';
import { toRange } from '../sources/editorPositions.ts';
import type { SourceProblem } from '../sources/readSource.ts';
import { documentOf, type Source } from '../sources/source.ts';
import { sayError } from './notifications.ts';
import { describeProblem } from './problemMessages.ts';

/**
 * Says why a source can't be read, with a button that goes there. For a tensor that was printed in part there are two ways to the
 * whole: a cell that prints it, below that of a notebook, and the line that does so anywhere.
 */
export async function showProblem(source: Source, problem: SourceProblem): Promise<void> {
  const isHere = 'place' in problem && problem.of === undefined && documentOf(source) !== undefined;
  const place = isHere ? problem.place : null;
  const cell = source.kind === 'cell' && problem.reason === 'summarised' ? cellAt(source) : undefined;
  const line = problem.reason === 'summarised' ? PRINT_ALL[problem.printer] : undefined;
  const show = l10n.t('Show');
  const copy = l10n.t('Copy {0}', line ?? '');
  const insert = l10n.t('Insert a cell below');
  const buttons = [
    ...(place ? [show] : []),
    ...(cell ? [insert] : []),
    ...(line === undefined ? [] : [copy]),
  ];
  const chosen = await sayError(describeProblem(problem), ...buttons);
  if (chosen === insert && cell && problem.reason === 'summarised')
    await insertFullPrint(cell, problem.printer);
  if (chosen === copy && line !== undefined) await env.clipboard.writeText(line);
  if (chosen !== show || !place || source.kind !== 'document') return;
  await window.showTextDocument(Uri.parse(source.uri), { selection: toRange({ start: place, end: place }) });
}
