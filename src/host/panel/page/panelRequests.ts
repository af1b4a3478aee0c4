import { commands, type Uri } from 'vscode';
import type { EngineClient } from '../../../engine/engineClient.ts';
import type { Dropped, PanelRequests } from '../../../protocol/panelChannel.ts';
import type { Front } from '../../../protocol/panelKept.ts';
import type { ConfigSnapshot } from '../../../protocol/panelSnapshot.ts';
import { COMMANDS } from '../../contributions.ts';
import { sayError } from '../../messages/notifications.ts';
import { revealCell } from '../../notebook/cellAddress.ts';
import { kindOf } from '../../sources/kinds/kindOf.ts';
import { cellOf, type Source, sourceName } from '../../sources/source.ts';
import { droppedSource } from '../droppedSource.ts';
import type { PanelActions } from '../panelActions.ts';
import { type ExportSource, Exports } from '../panelExports.ts';
import { pictureTheme } from '../panelSettings.ts';
import { revealConfig } from '../revealConfig.ts';
import { chooseSessionTargets } from '../session/chooseSessionTargets.ts';
import { chooseTeacher } from '../session/chooseTeacher.ts';
import type { Session } from '../session/session.ts';
import { alphaRequests } from './alphaRequests.ts';
import { askAbout, OutdatedError, questionsAbout } from './figureQuestions.ts';
import type { PanelJobs } from './panelJobs.ts';

/** The panel that a page is of, as far as the page may ask for something. */
export interface RequestedPanel {
  readonly engine: EngineClient;
  readonly extensionUri: Uri;
  readonly actions: PanelActions;
  readonly jobs: PanelJobs;
  /** Undefined if there are no logits. */
  readonly session: Session | undefined;
  /** The loss that α is from, or that was opened last. */
  readonly config: ConfigSnapshot | undefined;
  /** The loss, if it's that what is shown. */
  readonly lossInFront: ConfigSnapshot | undefined;
  /** The page can take messages. */
  loaded(): void;
  turnTo(front: Front): void;
  takeLoss(id: string): void;
}

/** What a page may ask for. */
export function panelRequests(panel: RequestedPanel): PanelRequests {
  const { engine, actions, jobs } = panel;
  const exports = new Exports(() => exportSource(panel));
  const session = () => {
    if (!panel.session) throw new Error('There are no logits');
    return panel.session;
  };
  return {
    ...questionsAbout(() => panel.session, jobs),
    ...alphaRequests(() => panel.config, actions.alphaWriter),
    ready: () => panel.loaded(),
    stop: (job) => jobs.stop(job),
    chooseTeacher: () => void chooseTeacher(engine, session()),
    removeTeacher: () => session().setTeacher(undefined),
    frameworks: () => engine.frameworks(),
    revealSource: () => void (panel.lossInFront ? revealConfig(panel.lossInFront) : session().reveal()),
    openLab: () => void commands.executeCommand(COMMANDS.openLab, 'calibration'),
    turnTo: (front) => panel.turnTo(front),
    revealRow: (row) => void session().revealRow(row),
    takeLoss: (id) => panel.takeLoss(id),
    revealLoss: () => void (panel.config && revealConfig(panel.config)),
    unfold: (unfolded) => actions.folds.keep(unfolded),
    exportBatch: (revision, format, to, loss) =>
      exports.batch(format, to, loss, (...args) =>
        askAbout(
          () => panel.session,
          revision,
          (asked) => exportShown(asked, ...args),
        ),
      ),
    exportTable: (name, table, format, to) => exports.table(name, table, format, to),
    pictureTheme: async () => pictureTheme(),
    exportPicture: (name, picture, to) => exports.picture(name, picture, to),
    setView: (view) => session().setView(view),
    chooseLogits: () => void actions.chooseLogits(),
    openLearn: (page) => void actions.openLearn(page),
    measureAgain: () => void measureAgain(session().state.source, actions),
    chooseTargets: () => void chooseSessionTargets(session(), actions),
    openDropped: (dropped) => void openDropped(dropped, actions),
    cancel: () => panel.session?.cancel(),
  };
}

/** Not while other figures are on their way than those that are shown; where they can't be had, these are what there is. */
async function exportShown(
  session: Session,
  ...args: Parameters<Session['export']>
): ReturnType<Session['export']> {
  const { view, measuredView, problem } = session.state;
  if (view !== measuredView && problem === undefined) throw new OutdatedError();
  return session.export(...args);
}

function exportSource({ lossInFront, session, extensionUri }: RequestedPanel): ExportSource {
  if (lossInFront) return lossInFront.source;
  if (!session) return { name: 'loss' };
  const { source } = session.state;
  const uri = kindOf(source).exportsBeside?.(source);
  // Beside the samples nobody would look for a file.
  const isSample = uri?.startsWith(`${extensionUri}/`);
  return { name: sourceName(source), ...(uri !== undefined && !isSample && { uri }) };
}

/** The cell that measured is there to be edited; what came from a file was measured by a program. */
async function measureAgain(source: Source, actions: PanelActions): Promise<void> {
  const cell = cellOf(source);
  await (cell ? revealCell(cell) : actions.openScaleDocs());
}

async function openDropped(dropped: Dropped, actions: PanelActions): Promise<void> {
  const source = droppedSource(dropped);
  if (typeof source === 'string') void sayError(source);
  else await actions.openDropped(source);
}
