import { l10n, type NotebookCell, Uri, window } from 'vscode';
import { CancelledError, type EngineClient, EngineStoppedError } from '../engine/client.ts';
import type { RegisteredHints } from './hints/register.ts';
import { cellInView, sourceInView, sourceOfFile } from './inputs/findSource.ts';
import { pickSource } from './inputs/pickSource.ts';
import { toRange } from './inputs/positions.ts';
import { readSource, type SourceProblem, withLateProgress } from './inputs/readSource.ts';
import { documentOf, type Source } from './inputs/source.ts';
import { describeProblem, describeStop } from './messages.ts';
import type { Notebooks } from './notebook/notebooks.ts';
import { showCellProblem } from './notebook/showCellProblem.ts';
import type { Panels } from './panel/panels.ts';

/** The parts that the command "Smooth labels" puts together. */
export interface SmoothLabelsServices {
  readonly engine: EngineClient;
  readonly panels: Panels;
  readonly notebooks: Notebooks;
  readonly hints: Pick<RegisteredHints, 'openAtCursor'>;
  readonly extensionUri: Uri;
}

/** The command "Smooth labels", of a file chosen in the explorer, of a cell, or else of what's in view. */
export async function smoothLabels(services: SmoothLabelsServices, of?: Uri | NotebookCell): Promise<void> {
  try {
    const cell = of === undefined ? cellInView() : of instanceof Uri ? undefined : of;
    if (cell && (await openCell(services, cell, of !== undefined))) return;
    await openSource(services, of instanceof Uri ? of : undefined);
  } catch (error) {
    if (error instanceof CancelledError) return;
    if (!(error instanceof EngineStoppedError)) throw error;
    void window.showErrorMessage(describeStop(error));
  }
}

/** Resolves to false if the cell has no output that's about logits, and another thing may be meant. */
async function openCell(
  { notebooks, panels }: SmoothLabelsServices,
  cell: NotebookCell,
  isMeant: boolean,
): Promise<boolean> {
  const read = await notebooks.read(cell);
  if (read?.ok) panels.show(read.value.source, read.value.opened);
  else if (read && (isMeant || read.problem.reason !== 'gone')) void showCellProblem(cell, read.problem);
  else return read === undefined;
  return true;
}

async function openSource(
  { engine, panels, hints, extensionUri }: SmoothLabelsServices,
  uri: Uri | undefined,
): Promise<void> {
  const inView = uri ? sourceOfFile(uri) : sourceInView();
  let source = inView;
  if (!source) {
    source = await pickSource(extensionUri, l10n.t('Select logits in an editor, or choose where they are'));
  }
  while (source) {
    const current = source;
    const read = await withLateProgress(current, (following) => readSource(engine, current, {}, following));
    if (read.ok) return panels.show(current, read.value);
    if (current !== inView || !isElsewhere(current, read.problem)) {
      // Its button may be pressed much later, or never: the command is done.
      void showProblem(current, read.problem);
      return;
    }
    if (await hints.openAtCursor()) return;
    source = await pickSource(extensionUri, l10n.t('No logits at the cursor. Choose where they are'));
  }
}

/** True when what's in view isn't about logits at all, so that it's better to ask than to complain. */
function isElsewhere(source: Source, problem: SourceProblem): boolean {
  if (source.kind !== 'document' || !source.cursor) return false;
  const language = documentOf(source)?.languageId ?? '';
  return problem.reason === 'empty' || problem.reason === 'no-logits' || !/^json/.test(language);
}

async function showProblem(source: Source, problem: SourceProblem): Promise<void> {
  const message = describeProblem(problem);
  const place = 'place' in problem && documentOf(source) !== undefined ? problem.place : null;
  const show = l10n.t('Show');
  const chosen = await window.showErrorMessage(message, ...(place ? [show] : []));
  if (chosen !== show || !place || source.kind !== 'document') return;
  const selection = toRange({ start: place, end: place });
  await window.showTextDocument(Uri.parse(source.uri), { selection });
}
