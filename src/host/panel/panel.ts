import { createBirpc } from 'birpc';
import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { EngineClient } from '../../engine/engineClient.ts';
import { labelText } from '../../escape/label.ts';
import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import type { BatchView, Opened } from '../../protocol/engineChannel.ts';
import type {
  ConfigSnapshot,
  Dropped,
  Front,
  PanelAbout,
  PanelFunctions,
  PanelRequests,
} from '../../protocol/panelChannel.ts';
import { PANEL_VIEW_TYPE } from '../contributions.ts';
import { sayError } from '../messages/notifications.ts';
import { describeProblem } from '../messages/problemMessages.ts';
import { kindOf } from '../sources/kinds/kindOf.ts';
import type { ReadSource } from '../sources/readSource.ts';
import { cellOf, type Source, sourceName } from '../sources/source.ts';
import { appliedAlpha } from './appliedAlpha.ts';
import { droppedSource } from './droppedSource.ts';
import { alphaRequests } from './page/alphaRequests.ts';
import { questionsAbout } from './page/figureQuestions.ts';
import { panelHtml } from './page/panelHtml.ts';
import { PanelJobs } from './page/panelJobs.ts';
import { PanelPage } from './page/panelPage.ts';
import { validRequests } from './page/validRequests.ts';
import type { PanelActions } from './panelActions.ts';
import { type ExportSource, Exports } from './panelExports.ts';
import { revealConfig } from './revealConfig.ts';
import { chooseTeacher, restoreTeacher } from './session/chooseTeacher.ts';
import { Session } from './session/session.ts';

/**
 * One webview panel, showing logits or a loss configured in code; where it has both, there's a way from one to the other. The page
 * holds nothing itself: when it comes back, it's sent everything again.
 */
export class Panel {
  readonly #panel: WebviewPanel;
  readonly #engine: EngineClient;
  readonly #extensionUri: Uri;
  readonly #actions: PanelActions;
  readonly #page: PanelPage;
  readonly #exports = new Exports(() => this.#exportSource());
  readonly #jobs = new PanelJobs((job, fraction) => this.#webview.progressOf(job, fraction));
  readonly #webview: PanelFunctions;
  readonly #disposables: Disposable[] = [];
  #session: Session | undefined;
  /** The loss that was opened last: the α of logits is taken from it, and written to it. */
  #config: ConfigSnapshot | undefined;
  #front: Front = 'logits';
  #closed = false;

  constructor(panel: WebviewPanel, engine: EngineClient, actions: PanelActions, extensionUri: Uri) {
    this.#panel = panel;
    this.#engine = engine;
    this.#actions = actions;
    this.#extensionUri = extensionUri;
    const roots = ['dist', 'media'].map((folder) => Uri.joinPath(extensionUri, folder));
    panel.webview.options = { enableScripts: true, localResourceRoots: roots };
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
    this.#webview = createBirpc<PanelFunctions, PanelRequests>(validRequests(this.#requests()), {
      // An answer may be ready only after the panel was closed.
      post: (message) => (this.#closed ? undefined : panel.webview.postMessage(message)),
      on: (listener) => void this.#disposables.push(panel.webview.onDidReceiveMessage(listener)),
      eventNames: ['show', 'showConfig', 'problem', 'progress', 'progressOf'],
      timeout: -1,
    });
    this.#page = new PanelPage(this.#webview);
    panel.onDidDispose(() => {
      this.#closed = true;
      for (const disposable of this.#disposables) disposable.dispose();
      this.#jobs.stopAll();
      this.#session?.dispose();
    });
    panel.webview.html = panelHtml(panel.webview, extensionUri);
  }

  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  reveal(): void {
    this.#panel.reveal(this.#panel.viewColumn ?? ViewColumn.Beside);
  }

  /** Shows logits that have been read already. α goes on to be that of the loss that was opened before. */
  showLogits(source: Source, opened: ReadSource): void {
    const session = this.#sessionFor(source);
    if (this.#config) session.applied = appliedAlpha(this.#config, opened.stats.classes, false) ?? null;
    this.#front = 'logits';
    session.show(source, opened);
  }

  /** Comes back to logits from before a reload of the window. */
  async restoreLogits(source: Source, sourceId: string, view: BatchView, teacher?: Source): Promise<void> {
    const session = this.#sessionFor(source);
    await session.restore(sourceId, view);
    if (teacher) await restoreTeacher(this.#engine, session, teacher);
  }

  /** A loss was opened. Where logits are shown they get its α; else, or if that can't be, the loss is shown. */
  showConfig(config: ConfigSnapshot): void {
    this.#config = config;
    const session = this.#session;
    const applied = session?.opened && appliedAlpha(config, session.opened.stats.classes, true);
    if (!applied) this.#front = 'loss';
    // That shows what is in front, too.
    if (session && applied) session.apply(applied);
    else this.#show();
  }

  /** The loss that was opened has changed in its code. */
  updateConfig(config: ConfigSnapshot): void {
    if (!this.#config) return;
    this.#config = config;
    const session = this.#session;
    const before = session?.applied ?? null;
    // What the source says itself counts more.
    const takes = before !== null || session?.opened?.summary.declared.labelSmoothing === null;
    const applied = session?.opened && takes && appliedAlpha(config, session.opened.stats.classes, false);
    const isSame =
      applied &&
      applied.labelSmoothing === before?.labelSmoothing &&
      applied.convention === before.convention;
    // The same one leaves the control where it was put since; it may be on another line.
    if (session && takes) session.apply(isSame ? { ...before, from: applied.from } : applied || null);
    else this.#show();
  }

  #sessionFor(source: Source): Session {
    if (!this.#session) {
      this.#session = new Session(this.#engine, source);
      this.#session.onDidChange(() => this.#show());
    }
    return this.#session;
  }

  #requests(): PanelRequests {
    const session = () => {
      if (!this.#session) throw new Error('There are no logits');
      return this.#session;
    };
    return {
      ...questionsAbout(() => this.#session, this.#jobs),
      ...alphaRequests(() => this.#config, this.#actions.alphaWriter),
      ready: () => {
        this.#jobs.stopAll();
        this.#page.loaded();
        this.#show();
      },
      stop: (job) => this.#jobs.stop(job),
      chooseTeacher: () => void chooseTeacher(this.#engine, session(), this.#extensionUri),
      removeTeacher: () => session().setTeacher(undefined),
      frameworks: () => this.#engine.frameworks(),
      revealSource: () => void (this.#lossInFront ? revealConfig(this.#lossInFront) : session().reveal()),
      turnTo: (front) => {
        this.#front = front;
        this.#show();
      },
      revealRow: (row) => void session().revealRow(row),
      exportBatch: (format, to, loss) =>
        this.#exports.batch(format, to, loss, (...args) => session().export(...args)),
      exportTable: (name, table, format, to) => this.#exports.table(name, table, format, to),
      exportPicture: (name, picture, to) => this.#exports.picture(name, picture, to),
      setView: (view) => void session().setView(view),
      chooseTargets: () => void this.#chooseTargets(session()),
      openDropped: (dropped) => void this.#openDropped(dropped),
      cancel: () => this.#session?.cancel(),
    };
  }

  #exportSource(): ExportSource {
    if (this.#lossInFront) return this.#lossInFront.source;
    const source = this.#session?.source;
    if (!source) return { name: 'loss' };
    const uri = kindOf(source).exportsBeside?.(source);
    // Beside the samples nobody would look for a file.
    const isSample = uri?.startsWith(`${this.#extensionUri}/`);
    return { name: sourceName(source), ...(uri !== undefined && !isSample && { uri }) };
  }

  async #chooseTargets(session: Session): Promise<void> {
    const { source, opened } = session;
    const chosen = opened && (await this.#actions.chooseTargets(source, opened.summary));
    // Meanwhile another source may be shown.
    if (!chosen || session !== this.#session || session.source !== source) return;
    const problem = chosen.ok ? await session.setTargets(chosen.value) : describeProblem(chosen.problem);
    if (problem !== undefined) void sayError(problem);
  }

  async #openDropped(dropped: Dropped): Promise<void> {
    const source = droppedSource(dropped);
    if (typeof source === 'string') void sayError(source);
    else await this.#actions.openDropped(source);
  }

  /** The loss, if it's that what is shown: also if there's nothing else. */
  get #lossInFront(): ConfigSnapshot | undefined {
    return this.#front === 'loss' || !this.#session ? this.#config : undefined;
  }

  #show(): void {
    const loss = this.#lossInFront;
    if (loss) this.#showConfig(loss);
    else if (this.#session) this.#showLogits(this.#session);
  }

  #showConfig(config: ConfigSnapshot): void {
    this.#setTitle(config.name);
    this.#page.showConfig(config, this.#session?.opened ? sourceName(this.#session.source) : null);
    this.#page.status({ problem: '', progress: null });
  }

  #showLogits(session: Session): void {
    const { opened, source, teacher } = session;
    this.#setTitle(sourceName(source));
    if (opened) {
      const { summary, stats, measuredWith } = opened;
      const { revision, sourceId } = session;
      const data = { revision, sourceId, summary, stats, ...measuredWith };
      this.#page.showLogits({ data, about: this.#about(session, opened), opened, teacher, source });
    }
    this.#page.status({ problem: session.problem ?? '', progress: session.progress });
  }

  #about({ source, view, applied, notice }: Session, { range, summary: { declared } }: Opened): PanelAbout {
    return {
      source: {
        name: sourceName(source),
        lines: (range && kindOf(source).lines?.(source, range)) ?? null,
        cell: linkOf(source),
      },
      view,
      labelSmoothing: declared.labelSmoothing ?? applied?.labelSmoothing ?? 0.1,
      reduction: declared.reduction ?? DEFAULT_SPEC.reduction,
      applied,
      loss: this.#config?.name ?? null,
      notice,
    };
  }

  #setTitle(name: string): void {
    const title = labelText(l10n.t('Smooth labels: {0}', name));
    if (this.#panel.title !== title) this.#panel.title = title;
  }
}

function linkOf(source: Source): PanelAbout['source']['cell'] {
  const cell = cellOf(source);
  return cell ? { number: cell.index + 1, run: cell.executionSummary?.executionOrder ?? null } : null;
}

export function createWebviewPanel(title: string): WebviewPanel {
  return window.createWebviewPanel(PANEL_VIEW_TYPE, title, ViewColumn.Beside, { enableScripts: true });
}
