import { env, l10n, window } from 'vscode';
import { PRINT_ALL } from '../notebook/printAll.ts';
import { insertFullPrint } from '../notebook/printInFull.ts';
import { toRange } from '../sources/editorPositions.ts';
import { kindOf } from '../sources/kinds/kindOf.ts';
import type { SourceProblem } from '../sources/readSource.ts';
import { cellOf, type Source } from '../sources/source.ts';
import { sayError } from './notifications.ts';
import { describeProblem } from './problemMessages.ts';

/**
 * Says why a source can't be read, with a button that goes there. For a tensor that was printed in part there are two ways to the
 * whole: a cell that prints it, below that of a notebook, and the line that does so anywhere.
 */
export async function showProblem(source: Source, problem: SourceProblem): Promise<void> {
  const document = kindOf(source).document?.(source);
  const place = document && 'place' in problem && problem.of === undefined ? problem.place : null;
  const cell = problem.reason === 'summarised' ? cellOf(source) : undefined;
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
  if (chosen !== show || !place || !document) return;
  await window.showTextDocument(document.uri, { selection: toRange({ start: place, end: place }) });
}
