import { env, l10n, window } from 'vscode';
import { PRINT_ALL } from '../../problems/sources/printAll.ts';
import { describeProblem } from '../../problems/sources/problemMessages.ts';
import type { SourceProblem } from '../../problems/sources/sourceProblem.ts';
import { canMeasure, measureInKernel } from '../notebook/measure/measureInKernel.ts';
import { insertFullPrint } from '../notebook/printInFull.ts';
import { toRange } from '../sources/editorPositions.ts';
import { kindOf } from '../sources/kinds/kindOf.ts';
import { asBinary, cellOf, type Source, sourceName } from '../sources/source.ts';
import { sayError } from './notifications.ts';

/** One output per row is what a binary model has: that it is one can be said. */
function isSingleOutput({ reason, of }: SourceProblem): boolean {
  return (reason === 'one-class' || reason === 'binary') && of === undefined;
}

/**
 * Says which source can't be read and why, with a button that goes there. For a tensor that was printed in part there are
 * three ways: a cell that measures it in the kernel or prints all of it, below that of a notebook, and the line that prints it anywhere.
 * `again` reads what the user says of outputs, one per row.
 */
export async function showProblem<S extends Source>(
  source: S,
  problem: SourceProblem,
  again?: (source: S) => unknown,
): Promise<void> {
  const document = kindOf(source).document?.(source);
  const place = document && 'place' in problem && problem.of === undefined ? problem.place : null;
  const cell = problem.reason === 'summarised' ? cellOf(source) : undefined;
  const line = problem.reason === 'summarised' ? PRINT_ALL[problem.printer] : undefined;
  const show = l10n.t('Show line {0}', (place?.line ?? 0) + 1);
  const copy = l10n.t('Copy {0}', line ?? '');
  const insert = l10n.t('Insert a cell below');
  const measure = l10n.t('Measure in the kernel…');
  const asRead = l10n.t('Read as Binary');
  const binary = again && isSingleOutput(problem) ? asBinary(source) : undefined;
  const buttons = [
    ...(binary ? [asRead] : []),
    ...(place ? [show] : []),
    ...(cell && canMeasure(cell) ? [measure] : []),
    ...(cell ? [insert] : []),
    ...(line === undefined ? [] : [copy]),
  ];
  const what = describeProblem(problem);
  // What is gone is named by its sentence.
  const said = problem.reason === 'gone' ? what : l10n.t('{0}: {1}', sourceName(source), what);
  const chosen = await sayError(said, ...buttons);
  if (chosen === asRead && binary) await again?.(binary);
  if (chosen === insert && cell && problem.reason === 'summarised')
    await insertFullPrint(cell, problem.printer);
  if (chosen === measure && cell && problem.reason === 'summarised')
    await measureInKernel(cell, problem.printer);
  if (chosen === copy && line !== undefined) await env.clipboard.writeText(line);
  if (chosen !== show || !place || !document) return;
  await window.showTextDocument(document.uri, { selection: toRange({ start: place, end: place }) });
}
