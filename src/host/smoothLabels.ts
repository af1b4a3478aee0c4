import { l10n, type NotebookCell, Uri } from 'vscode';
import { CancelledError, EngineStoppedError } from '../engine/client/engineFailures.ts';
import type { EngineClient } from '../engine/engineClient.ts';
import type { SourceProblem } from '../problems/sources/sourceProblem.ts';
import { TELLS_NOTHING } from '../readers/json/aroundCursor.ts';
import type { ReadProblem } from '../readers/readProblem.ts';
import type { RegisteredEditor } from './editor/registerEditor.ts';
import { sayError } from './messages/notifications.ts';
import { showProblem } from './messages/showProblem.ts';
import { describeStop } from './messages/stopMessages.ts';
import { isCell } from './notebook/cellAddress.ts';
import type { Notebooks } from './notebook/notebooks.ts';
import type { PanelLifecycle } from './panel/panelLifecycle.ts';
import { cellInView, sourceInView, sourcesInEditors } from './sources/findSource.ts';
import { type DocumentSource, documentKind, documentSource } from './sources/kinds/documentSource.ts';
import { listSource } from './sources/listSource.ts';
import { batchParts, partsSource } from './sources/partsSource.ts';
import { pickSource } from './sources/pickSource.ts';
import { readChosen, type UnreadSource } from './sources/readChosen.ts';
import { withLateProgress } from './sources/readSource.ts';
import { hasArrays, type Source, sourceName } from './sources/source.ts';
import { offerTargets } from './targets/chooseFileTargets.ts';

/** The parts that the command "Smooth labels" puts together. */
export interface SmoothLabelsServices {
  readonly engine: EngineClient;
  readonly panels: PanelLifecycle;
  readonly notebooks: Notebooks;
  readonly hints: Pick<RegisteredEditor, 'openAtCursor' | 'openOnlyConfig'>;
  readonly extensionUri: Uri;
}

/**
 * The command "Smooth labels", of a file chosen in the explorer, of a cell, or else of what's in view. Anyone may run it with
 * anything. `chosen`: all files that were chosen with it.
 */
export async function smoothLabels(
  services: SmoothLabelsServices,
  of?: unknown,
  chosen?: unknown,
): Promise<void> {
  if (!(of === undefined || of instanceof Uri || isCell(of))) {
    void sayError(l10n.t('Smooth labels: the command accepts the URI of a file, or a notebook cell.'));
    return;
  }
  const parts = batchParts(chosen);
  await reporting(async () => {
    if (parts) return openParts(services, parts);
    const cell = of === undefined ? cellInView() : of instanceof Uri ? undefined : of;
    if (cell && (await openCell(services, cell, of !== undefined))) return;
    await openSource(services, of instanceof Uri ? of : undefined);
  });
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
  services: SmoothLabelsServices,
  cell: NotebookCell,
  isMeant: boolean,
): Promise<boolean> {
  const read = await services.notebooks.read(cell);
  if (!read || read.ok || isMeant || read.problem.reason !== 'gone') showCell(services, cell, read);
  else return false;
  return true;
}

/** Shows what was read of a cell, or says why nothing was. */
function showCell(
  services: SmoothLabelsServices,
  cell: NotebookCell,
  read: Awaited<ReturnType<Notebooks['read']>>,
): void {
  if (read?.ok) services.panels.show(read.value.source, read.value.opened);
  else if (read)
    void showProblem(read.source, read.problem, (source) =>
      reporting(async () => showCell(services, cell, await services.notebooks.readChosen(cell, source))),
    );
}

/** What was measured in several places are one batch; of other files nobody knows what they are together. */
async function openParts({ engine, panels }: SmoothLabelsServices, uris: readonly Uri[]): Promise<void> {
  const parts = await partsSource(uris);
  if (!parts.ok) return void sayError(parts.problem);
  const read = await readChosen(engine, parts.value);
  if (!read) return;
  if (!read.ok) return void showProblem(parts.value, read.problem);
  const { source, opened } = read.value;
  if (opened.summary.holds !== 'logits') return void panels.show(source, opened);
  await engine.release(opened.batch);
  void sayError(
    l10n.t(
      'Several files can be opened together only if all of them hold row statistics or sums. Choose a single file of logits.',
    ),
  );
}

async function openSource(services: SmoothLabelsServices, uri: Uri | undefined): Promise<void> {
  const { engine, panels, hints } = services;
  const inView = uri ? documentSource(uri) : sourceInView();
  if (!inView) {
    // Whoever looks at the panel wants other logits in it.
    if (panels.isInView) await chooseSource(services);
    else panels.showPlayground(l10n.t('There are no logits in view, so the playground shows an example.'));
    return;
  }
  const unread = await show(engine, panels, inView);
  if (!unread) return;
  const { problem } = unread;
  // A loss in code has numbers around it that aren't logits.
  const isCode = inView.cursor && TELLS_NOTHING.has(problem.reason as ReadProblem['reason']);
  if (isCode && (await hints.openAtCursor())) return;
  // Its button may be pressed much later, or never: the command is done.
  if (!isElsewhere(inView, problem)) return sayUnread(services, unread);
  const losses = isCode ? await hints.openOnlyConfig() : 0;
  if (losses === 1) return;
  const name = sourceName(inView);
  panels.showPlayground(
    losses === 0
      ? l10n.t('{0} has no logits at the cursor, so the playground shows an example.', name)
      : l10n.t(
          '{0} has {1} losses, none of them at the cursor, so this is an example. Put the cursor on a loss to try that one.',
          name,
          losses,
        ),
  );
}

/** Asks which logits to show, and shows them. */
export async function pickLogits(services: SmoothLabelsServices): Promise<void> {
  await reporting(() => chooseSource(services));
}

async function chooseSource(services: SmoothLabelsServices): Promise<void> {
  const { engine, panels, extensionUri } = services;
  const source = await pickSource(l10n.t('Choose where the logits are'), {
    editors: sourcesInEditors(),
    samples: extensionUri,
  });
  const unread = source && (await show(engine, panels, source));
  if (unread) sayUnread(services, unread);
}

/** Says why a source can't be read. What the user says of it then is read again. */
function sayUnread(
  services: Pick<SmoothLabelsServices, 'engine' | 'panels'>,
  { source, problem }: UnreadSource,
): void {
  const { engine, panels } = services;
  void showProblem(source, problem, (said) =>
    reporting(async () => {
      const unread = await show(engine, panels, said);
      if (unread) sayUnread(services, unread);
    }),
  );
}

/**
 * Reads a source and shows it, or resolves to why not. What the roles of its arrays leave open is asked; of a file of arrays that has no
 * targets beside its logits, targets from elsewhere are offered.
 */
async function show(
  engine: EngineClient,
  panels: PanelLifecycle,
  whole: Source,
): Promise<UnreadSource | undefined> {
  const read = await readChosen(engine, whole);
  if (!read?.ok) return read;
  const { source, opened } = read.value;
  const { shape, targetsFrom } = opened.summary;
  const isAsked = hasArrays(whole) && targetsFrom === 'argmax' && !hasOwnTargets(source);
  const listed = isAsked ? await listOpened(engine, opened.batch, source, whole) : undefined;
  if (listed?.ok) {
    const targets = await offerTargets(engine, { source, whole, shape, members: listed.value });
    if (targets !== null) await engine.release(opened.batch);
    if (targets === undefined) return undefined;
    if (targets) return showRead(engine, panels, { ...source, targets });
  }
  panels.show(source, opened);
  return undefined;
}

/** What else is in the file that was just opened. Where files come as bytes, to read it again would take as long as to open it. */
function listOpened(engine: EngineClient, batch: number, source: Source, whole: Source) {
  const isWhole = !('member' in source) || source.member === undefined;
  return isWhole
    ? withLateProgress(source, (following) => engine.members(batch, following))
    : listSource(engine, whole);
}

/** True if it was said which array beside the logits has their targets, or that none has. */
function hasOwnTargets(source: Source): boolean {
  return 'ownTargets' in source && source.ownTargets !== undefined;
}

async function showRead(
  engine: EngineClient,
  panels: PanelLifecycle,
  source: Source,
): Promise<UnreadSource | undefined> {
  const read = await readChosen(engine, source);
  if (!read?.ok) return read;
  panels.show(read.value.source, read.value.opened);
  return undefined;
}

/** A file that came to the panel. */
export async function openDropped(services: SmoothLabelsServices, source: Source): Promise<void> {
  await reporting(async () => {
    const unread = await show(services.engine, services.panels, source);
    if (unread) sayUnread(services, unread);
  });
}

/** True when what's in view has no numbers that could be logits, so that it's better to ask than to complain. */
function isElsewhere(source: DocumentSource, problem: SourceProblem): boolean {
  if (!source.cursor || hasArrays(source)) return false;
  if (problem.reason === 'empty') return true;
  if (problem.reason === 'no-logits') return problem.keys.length === 0;
  // Code that trains has losses in it.
  const language = documentKind.document(source)?.languageId ?? '';
  return problem.reason === 'losses' && language === 'python';
}
