import { env, l10n, Uri, window } from 'vscode';
import { toRange } from './inputs/positions.ts';
import { PRINT_ALL } from './inputs/printAll.ts';
import type { SourceProblem } from './inputs/readSource.ts';
import { documentOf, type Source } from './inputs/source.ts';
import { describeProblem } from './messages.ts';

/** Says why a source can't be read, with a button that goes there, and one for the line that prints a tensor in full. */
export async function showProblem(source: Source, problem: SourceProblem): Promise<void> {
  const isHere = 'place' in problem && problem.of === undefined && documentOf(source) !== undefined;
  const place = isHere ? problem.place : null;
  const line = problem.reason === 'summarised' ? PRINT_ALL[problem.printer] : undefined;
  const show = l10n.t('Show');
  const copy = l10n.t('Copy {0}', line ?? '');
  const buttons = [...(place ? [show] : []), ...(line === undefined ? [] : [copy])];
  const chosen = await window.showErrorMessage(describeProblem(problem), ...buttons);
  if (chosen === copy && line !== undefined) await env.clipboard.writeText(line);
  if (chosen !== show || !place || source.kind !== 'document') return;
  await window.showTextDocument(Uri.parse(source.uri), { selection: toRange({ start: place, end: place }) });
}
