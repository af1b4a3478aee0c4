import { l10n, type NotebookCell, Uri } from 'vscode';
import { CancelledError, type EngineClient, EngineStoppedError } from '../engine/engineClient.ts';
import type { RegisteredEditor } from './editor/registerEditor.ts';
import { sayError } from './messages/notifications.ts';
import { describeStop } from './messages/problemMessages.ts';
import { showProblem } from './messages/showProblem.ts';
import { addressOf } from './notebook/cellAddress.ts';
import type { Notebooks } from './notebook/notebooks.ts';
import type { PanelLifecycle } from './panel/panelLifecycle.ts';
import { chooseArray } from './sources/file/chooseArray.ts';
import { cellInView, sourceInView } from './sources/findSource.ts';
import { cellSource } from './sources/kinds/cellSource.ts';
import { type DocumentSource, documentKind, documentSource } from './sources/kinds/documentSource.ts';
import { pickSource } from './sources/pickSource.ts';
import { readSource, type SourceProblem, withLateProgress } from './sources/readSource.ts';
import { hasArrays, type Source } from './sources/source.ts';
import { offerTargets } from './targets/chooseFileTargets.ts';

/** The parts that the command "Smooth labels" puts together. */
export interface SmoothLabelsServices {
  readonly engine: EngineClient;
  readonly panels: PanelLifecycle;
  readonly notebooks: Notebooks;
  readonly hints: Pick<RegisteredEditor, 'openAtCursor'>;
  readonly extensionUri: Uri;
}

/**
 * The command "Smooth labels", of a file chosen in the explorer, of a cell, or else of what's in view. Anyone may run it with
 * anything.
 */
export async function smoothLabels(services: SmoothLabelsServices, of?: unknown): Promise<void> {
  if (!(of === undefined || of instanceof Uri || isCell(of))) {
    void sayError(l10n.t('Smooth labels: the command accepts the URI of a file, or a notebook cell.'));
    return;
  }
  await reporting(async () => {
    const cell = of === undefined ? cellInView() : of instanceof Uri ? undefined : of;
    if (cell && (await openCell(services, cell, of !== undefined))) return;
    await openSource(services, of instanceof Uri ? of : undefined);
  });
}

function isCell(of: unknown): of is NotebookCell {
  return typeof of === 'object' && of !== null && 'notebook' in of && 'outputs' in of;
}

/** Work whose end by cancelling is fine, and whose engine may stop. */
async function reporting(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CancelledError) return;
    if (!(error instanceof EngineStoppedError)) throw error;
    void sayError(describeStop(error));
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
  else if (read && (isMeant || read.problem.reason !== 'gone'))
    void showProblem(cellSource({ ...addressOf(cell), output: 0 }), read.problem);
  else return read === undefined;
  return true;
}

async function openSource(
  { engine, panels, hints, extensionUri }: SmoothLabelsServices,
  uri: Uri | undefined,
): Promise<void> {
  const inView = uri ? documentSource(uri) : sourceInView();
  let source: Source | undefined = inView;
  if (!source) {
    source = await pickSource(extensionUri, l10n.t('Select logits in an editor, or choose a source'));
  }
  while (source) {
    const current = source;
    const problem = await show(engine, panels, current);
    if (!problem) return;
    if (!inView || current !== inView || !isElsewhere(inView, problem)) {
      // Its button may be pressed much later, or never: the command is done.
      void showProblem(current, problem);
      return;
    }
    if (await hints.openAtCursor()) return;
    source = await pickSource(extensionUri, l10n.t('No logits at the cursor. Choose a source'));
  }
}

/** Reads a source, if it has several arrays those that the user chooses, and shows it; or resolves to why not. */
async function show(
  engine: EngineClient,
  panels: PanelLifecycle,
  source: Source,
): Promise<SourceProblem | undefined> {
  if (!hasArrays(source)) {
    const problem = await showRead(engine, panels, source);
    if (problem?.reason !== 'several') return problem;
  }
  const array = await chooseArray(engine, source);
  if (!array) return undefined;
  if (!array.ok) return array.problem;
  const targets = await offerTargets(engine, array.value);
  if (targets === undefined) return undefined;
  return showRead(engine, panels, { ...array.value.source, ...(targets && { targets }) });
}

async function showRead(
  engine: EngineClient,
  panels: PanelLifecycle,
  source: Source,
): Promise<SourceProblem | undefined> {
  const read = await withLateProgress(source, (following) => readSource(engine, source, {}, following));
  if (!read.ok) return read.problem;
  panels.show(source, read.value);
  return undefined;
}

/** A file that came to the panel. */
export async function openDropped({ engine, panels }: SmoothLabelsServices, source: Source): Promise<void> {
  await reporting(async () => {
    const problem = await show(engine, panels, source);
    if (problem) void showProblem(source, problem);
  });
}

/** True when what's in view isn't about logits at all, so that it's better to ask than to complain. */
function isElsewhere(source: DocumentSource, problem: SourceProblem): boolean {
  if (!source.cursor) return false;
  if (hasArrays(source) || problem.reason === 'summarised') return false;
  const language = documentKind.document(source)?.languageId ?? '';
  return problem.reason === 'empty' || problem.reason === 'no-logits' || !/^json/.test(language);
}
