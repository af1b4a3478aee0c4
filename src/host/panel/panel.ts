import { l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { EngineClient } from '../../engine/engineClient.ts';
import { labelText } from '../../escape/label.ts';
import type { BatchView } from '../../protocol/engineChannel.ts';
import type { PanelFunctions, PanelRequests } from '../../protocol/panelChannel.ts';
import type { Front } from '../../protocol/panelKept.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { PANEL_VIEW_TYPE } from '../contributions.ts';
import type { ReadSource } from '../sources/readSource.ts';
import { type Source, sourceName } from '../sources/source.ts';
import { AlphaOrigin } from './alpha/alphaOrigin.ts';
import { nextAlpha } from './alpha/appliedAlpha.ts';
import { connectPage } from './page/connectPage.ts';
import { PanelJobs } from './page/panelJobs.ts';
import { PanelPage } from './page/panelPage.ts';
import { panelRequests, type RequestedPanel } from './page/panelRequests.ts';
import { REQUEST_SCHEMAS } from './page/requestSchemas.ts';
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
  #front: Front = 'logits';
  /** Why the playground was opened, if something else was asked for. */
  #why = '';
  readonly #alpha: AlphaOrigin;
  /** Grows with all logits that are shown. */
  #openings = 0;

  constructor(panel: WebviewPanel, engine: EngineClient, actions: PanelActions, extensionUri: Uri) {
    this.engine = engine;
    this.extensionUri = extensionUri;
    this.actions = actions;
    this.#panel = panel;
    this.#alpha = new AlphaOrigin(actions.findLosses, () => this.#codeChanged());
    this.jobs = new PanelJobs((job, fraction) => page.progressOf(job, fraction));
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
    panel.onDidDispose(() => {
      this.#openings++;
      this.jobs.stopAll();
      this.#alpha.dispose();
      this.#session?.dispose();
    });
    const page = connectPage<PanelFunctions, PanelRequests>(panel, extensionUri, {
      name: 'panel',
      requests: panelRequests(this),
      schemas: REQUEST_SCHEMAS,
      eventNames: ['show', 'showConfig', 'showPlayground', 'problem', 'progress', 'progressOf'],
    });
    this.#page = new PanelPage(page);
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /** The loss that the α of logits is taken from, and written to; else the one that was opened last. */
  get config(): ConfigSnapshot | undefined {
    return this.#front === 'logits' ? this.#alpha.loss : this.#alpha.opened;
  }

  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  get isInView(): boolean {
    return this.#panel.active;
  }

  reveal(): void {
    this.#panel.reveal(this.#panel.viewColumn ?? ViewColumn.Beside);
  }

  /** Shows logits that have been read already, with the α of their code. */
  async showLogits(source: Source, opened: ReadSource): Promise<void> {
    this.#openings++;
    const opening = this.#openings;
    await this.#alpha.follow(source);
    if (opening !== this.#openings) {
      void this.engine.release(opened.batch);
      return;
    }
    this.#front = 'logits';
    const applied = this.#alpha.alphaFor(opened.stats.classes) ?? null;
    this.#sessionFor(source).show(source, opened, applied);
  }

  /** Comes back to logits from before a reload of the window. */
  async restoreLogits(source: Source, sourceId: string, view: BatchView, teacher?: Source): Promise<void> {
    const session = this.#sessionFor(source);
    const found = this.#alpha.follow(source);
    await session.restore(sourceId, view);
    await found;
    this.#codeChanged();
    if (teacher) await restoreTeacher(this.engine, session, teacher);
  }

  /** Label smoothing without logits, on an example. `why`: a sentence, or nothing. */
  showPlayground(why: string): void {
    this.#front = 'playground';
    this.#why = why;
    this.#show();
  }

  /** A loss is to be tried out, whatever logits are shown. */
  tryConfig(config: ConfigSnapshot): void {
    this.#alpha.open(config);
    this.#front = 'loss';
    this.#show();
  }

  /** A loss was opened. Where logits are shown they get its α; else, or if that can't be, the loss is shown. */
  showConfig(config: ConfigSnapshot): void {
    this.#alpha.open(config);
    const session = this.#session;
    const opened = session?.state.opened;
    const applied = opened && this.#alpha.takeOpened(opened.stats.classes);
    if (!applied) this.#front = 'loss';
    if (applied && this.#front === 'playground') this.#front = 'logits';
    // That shows what is in front, too.
    if (session && applied) session.apply(applied);
    else this.#show();
  }

  /** The loss that was opened has changed in its code. */
  updateConfig(config: ConfigSnapshot): void {
    if (!this.#alpha.opened) return;
    this.#alpha.open(config);
    if (this.#alpha.isOpened) this.#codeChanged();
    else this.#show();
  }

  /** Gives the logits the α of a nearby loss. */
  takeLoss(id: string): void {
    const opened = this.#session?.state.opened;
    const applied = opened && this.#alpha.choose(id, opened.stats.classes);
    if (applied) this.#session!.apply(applied);
  }

  /** Takes α as the code has it by now, if that's another one. */
  #codeChanged(): void {
    const session = this.#session;
    const before = session?.state.applied ?? null;
    const opened = session?.state.opened;
    // What the source says itself counts more.
    const takes = before !== null || opened?.summary.declared.labelSmoothing === null;
    const applied = opened && takes && this.#alpha.alphaFor(opened.stats.classes);
    if (session && takes) session.apply(applied ? nextAlpha(before, applied) : null);
    else this.#show();
  }

  loaded(): void {
    this.jobs.stopAll();
    this.#page.loaded();
    this.#show();
  }

  turnTo(front: Front): void {
    const { loss } = this.#alpha;
    if (front === 'loss' && loss) this.#alpha.open(loss);
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
    if (this.#front === 'playground') return undefined;
    return this.#front === 'loss' || !this.#session ? this.#alpha.opened : undefined;
  }

  #show(): void {
    const loss = this.lossInFront;
    if (this.#front === 'playground') this.#showPlayground();
    else if (loss) this.#showConfig(loss);
    else if (this.#session) this.#showLogits(this.#session.state);
  }

  #showConfig(config: ConfigSnapshot): void {
    this.#setTitle(config.name);
    this.#page.showConfig(config, this.#logitsBehind);
    this.#page.status({ problem: '', progress: null });
  }

  #showPlayground(): void {
    this.#setTitle(l10n.t('playground'));
    this.#page.showPlayground(this.#why, this.#logitsBehind);
    this.#page.status({ problem: '', progress: null });
  }

  /** The logits that can be turned to, by their name. */
  get #logitsBehind(): string | null {
    const state = this.#session?.state;
    return state?.opened ? sourceName(state.source) : null;
  }

  #showLogits(state: SessionState): void {
    this.#setTitle(sourceName(state.source));
    const isDeclared = state.opened?.summary.declared.labelSmoothing !== null;
    this.#page.showLogits(state, {
      loss: this.config?.name ?? null,
      nearby: isDeclared ? [] : this.#alpha.offered(state.applied),
      unfolded: this.actions.folds.unfolded,
    });
    this.#page.status({ problem: state.problem ?? '', progress: state.progress });
  }

  #setTitle(name: string): void {
    const title = labelText(l10n.t('Smooth Labels: {0}', name));
    if (this.#panel.title !== title) this.#panel.title = title;
  }
}

export function createWebviewPanel(title: string): WebviewPanel {
  return window.createWebviewPanel(PANEL_VIEW_TYPE, title, ViewColumn.Beside, { enableScripts: true });
}
