import { l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { EngineClient } from '../../engine/engineClient.ts';
import { labelText } from '../../escape/label.ts';
import type { BatchView } from '../../protocol/engineChannel.ts';
import type { Front } from '../../protocol/panelKept.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { PANEL_VIEW_TYPE } from '../contributions.ts';
import type { ReadSource } from '../sources/readSource.ts';
import { type Source, sourceName } from '../sources/source.ts';
import { appliedAlpha, nextAlpha } from './appliedAlpha.ts';
import { connectPage } from './page/connectPage.ts';
import { PanelJobs } from './page/panelJobs.ts';
import { PanelPage } from './page/panelPage.ts';
import { panelRequests, type RequestedPanel } from './page/panelRequests.ts';
import type { PanelActions } from './panelActions.ts';
import { restoreTeacher } from './session/chooseTeacher.ts';
import { Session } from './session/session.ts';
import type { SessionState } from './session/sessionState.ts';

/**
 * One webview panel, showing logits or a loss configured in code; where it has both, there's a way from one to the other. The page
 * holds nothing itself: when it comes back, it's sent everything again.
 */
export class Panel implements RequestedPanel {
  readonly engine: EngineClient;
  readonly extensionUri: Uri;
  readonly actions: PanelActions;
  readonly jobs: PanelJobs;
  readonly #panel: WebviewPanel;
  readonly #page: PanelPage;
  #session: Session | undefined;
  #config: ConfigSnapshot | undefined;
  #front: Front = 'logits';

  constructor(panel: WebviewPanel, engine: EngineClient, actions: PanelActions, extensionUri: Uri) {
    this.engine = engine;
    this.extensionUri = extensionUri;
    this.actions = actions;
    this.#panel = panel;
    this.jobs = new PanelJobs((job, fraction) => page.progressOf(job, fraction));
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
    panel.onDidDispose(() => {
      this.jobs.stopAll();
      this.#session?.dispose();
    });
    const page = connectPage(panel, extensionUri, panelRequests(this));
    this.#page = new PanelPage(page);
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** The loss that was opened last: the α of logits is taken from it, and written to it. */
  get config(): ConfigSnapshot | undefined {
    return this.#config;
  }

  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  reveal(): void {
    this.#panel.reveal(this.#panel.viewColumn ?? ViewColumn.Beside);
  }

  /** Shows logits that have been read already. α goes on to be that of the loss that was opened before. */
  showLogits(source: Source, opened: ReadSource): void {
    const applied = this.#config && (appliedAlpha(this.#config, opened.stats.classes, false) ?? null);
    this.#front = 'logits';
    this.#sessionFor(source).show(source, opened, applied);
  }

  /** Comes back to logits from before a reload of the window. */
  async restoreLogits(source: Source, sourceId: string, view: BatchView, teacher?: Source): Promise<void> {
    const session = this.#sessionFor(source);
    await session.restore(sourceId, view);
    if (teacher) await restoreTeacher(this.engine, session, teacher);
  }

  /** A loss was opened. Where logits are shown they get its α; else, or if that can't be, the loss is shown. */
  showConfig(config: ConfigSnapshot): void {
    this.#config = config;
    const session = this.#session;
    const opened = session?.state.opened;
    const applied = opened && appliedAlpha(config, opened.stats.classes, true);
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
    const before = session?.state.applied ?? null;
    const opened = session?.state.opened;
    // What the source says itself counts more.
    const takes = before !== null || opened?.summary.declared.labelSmoothing === null;
    const applied = opened && takes && appliedAlpha(config, opened.stats.classes, false);
    if (session && takes) session.apply(applied ? nextAlpha(before, applied) : null);
    else this.#show();
  }

  loaded(): void {
    this.jobs.stopAll();
    this.#page.loaded();
    this.#show();
  }

  turnTo(front: Front): void {
    this.#front = front;
    this.#show();
  }

  #sessionFor(source: Source): Session {
    if (!this.#session) {
      this.#session = new Session(this.engine, source);
      this.#session.onDidChange(() => this.#show());
    }
    return this.#session;
  }

  /** The loss, if it's that what is shown: also if there's nothing else. */
  get lossInFront(): ConfigSnapshot | undefined {
    return this.#front === 'loss' || !this.#session ? this.#config : undefined;
  }

  #show(): void {
    const loss = this.lossInFront;
    if (loss) this.#showConfig(loss);
    else if (this.#session) this.#showLogits(this.#session.state);
  }

  #showConfig(config: ConfigSnapshot): void {
    this.#setTitle(config.name);
    const state = this.#session?.state;
    this.#page.showConfig(config, state?.opened ? sourceName(state.source) : null);
    this.#page.status({ problem: '', progress: null });
  }

  #showLogits(state: SessionState): void {
    this.#setTitle(sourceName(state.source));
    this.#page.showLogits(state, this.#config?.name ?? null);
    this.#page.status({ problem: state.problem ?? '', progress: state.progress });
  }

  #setTitle(name: string): void {
    const title = labelText(l10n.t('Smooth labels: {0}', name));
    if (this.#panel.title !== title) this.#panel.title = title;
  }
}

export function createWebviewPanel(title: string): WebviewPanel {
  return window.createWebviewPanel(PANEL_VIEW_TYPE, title, ViewColumn.Beside, { enableScripts: true });
}
