import { createBirpc } from 'birpc';
import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { EngineClient } from '../../engine/client.ts';
import { DEFAULT_SPEC } from '../../loss/spec.ts';
import type { Opened, View } from '../../protocol/engine.ts';
import type {
  ConfigSnapshot,
  Dropped,
  PanelFunctions,
  PanelRequests,
  PanelSnapshot,
} from '../../protocol/panel.ts';
import { keptSource, nameOf, type Source } from '../inputs/source.ts';
import { describeProblem } from '../messages.ts';
import { cellAt } from '../notebook/cells.ts';
import type { PanelActions } from './actions.ts';
import { appliedAlpha } from './applied.ts';
import { chooseTeacher, restoreTeacher } from './chooseTeacher.ts';
import { droppedSource } from './dropped.ts';
import { type ExportSource, Exports } from './exports.ts';
import { panelHtml } from './html.ts';
import { revealConfig } from './revealConfig.ts';
import { Session } from './session.ts';
import { PANEL_VIEW_TYPE } from './viewType.ts';

/**
 * One webview panel, showing logits or, while there are none, a loss configured in code. It holds nothing itself: when the
 * webview comes back, it's sent everything again.
 */
export class Panel {
  readonly #panel: WebviewPanel;
  readonly #engine: EngineClient;
  readonly #extensionUri: Uri;
  readonly #actions: PanelActions;
  readonly #webview: PanelFunctions;
  readonly #exports = new Exports(() => this.#exportSource());
  readonly #disposables: Disposable[] = [];
  #session: Session | undefined;
  #config: ConfigSnapshot | undefined;
  /** The configuration that the α of logits was taken from. */
  #applied: ConfigSnapshot | undefined;
  #closed = false;

  constructor(panel: WebviewPanel, engine: EngineClient, actions: PanelActions, extensionUri: Uri) {
    this.#panel = panel;
    this.#engine = engine;
    this.#actions = actions;
    this.#extensionUri = extensionUri;
    const roots = ['dist', 'media'].map((folder) => Uri.joinPath(extensionUri, folder));
    panel.webview.options = { enableScripts: true, localResourceRoots: roots };
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
    this.#webview = createBirpc<PanelFunctions, PanelRequests>(this.#requests(), {
      // An answer may be ready only after the panel was closed.
      post: (message) => (this.#closed ? undefined : panel.webview.postMessage(message)),
      on: (listener) => void this.#disposables.push(panel.webview.onDidReceiveMessage(listener)),
      eventNames: ['show', 'showConfig', 'problem', 'progress', 'calibrating'],
      timeout: -1,
    });
    panel.onDidDispose(() => {
      this.#closed = true;
      for (const disposable of this.#disposables) disposable.dispose();
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

  /** Shows logits that have been read already. α goes on to be that of the configuration that was shown before. */
  showLogits(source: Source, opened: Opened): void {
    const session = this.#sessionFor(source);
    if (this.#config) {
      session.applied = appliedAlpha(this.#config, opened.stats.classes) ?? null;
      this.#applied = this.#config;
    }
    this.#config = undefined;
    session.show(source, opened);
  }

  /** Comes back to logits from before a reload of the window. */
  async restoreLogits(source: Source, sourceId: string, view: View, teacher?: Source): Promise<void> {
    const session = this.#sessionFor(source);
    await session.restore(sourceId, view);
    if (teacher) await restoreTeacher(this.#engine, session, teacher);
  }

  /** Where logits are shown, α is taken from the configuration; else, or if that can't be, the configuration is shown. */
  showConfig(config: ConfigSnapshot, isUpdate: boolean): void {
    const opened = this.#session?.opened;
    const applied = opened && appliedAlpha(config, opened.stats.classes);
    if (applied) {
      this.#applied = config;
      // An update that says nothing new leaves the control where it was put since.
      if (!isUpdate || this.#session?.applied?.labelSmoothing !== applied.labelSmoothing)
        this.#session?.apply(applied);
      return;
    }
    // Logits that were opened since are what is wanted.
    if (isUpdate && !this.#config) return;
    this.#session?.dispose();
    this.#session = undefined;
    this.#config = config;
    this.#show();
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
      ready: () => this.#show(),
      row: async (_revision, row) => session().row(row),
      calibrate: async () => session().calibrate((fraction) => this.#webview.calibrating(fraction)),
      stopCalibrating: () => this.#session?.stopCalibrating(),
      chooseTeacher: () => void chooseTeacher(this.#engine, session(), this.#extensionUri),
      removeTeacher: () => session().setTeacher(undefined),
      teacherRow: async (_revision, row) => session().teacherRow(row),
      teacherEntropy: async (_revision, temperature) => session().teacherEntropy(temperature),
      floors: async (_revision, of) => session().floors(of),
      totals: async (_revision, change) => session().totals(change),
      frameworks: () => this.#engine.frameworks(),
      revealSource: () => void (this.#config ? revealConfig(this.#config) : session().reveal()),
      revealRow: (row) => void session().revealRow(row),
      exportBatch: (format, to, loss) =>
        this.#exports.batch(format, to, loss, (...args) => session().export(...args)),
      exportTable: (name, table, format, to) => this.#exports.table(name, table, format, to),
      exportPicture: (name, picture, to) => this.#exports.picture(name, picture, to),
      setView: (view) => void session().setView(view),
      chooseTargets: () => void this.#chooseTargets(session()),
      openDropped: (dropped) => void this.#openDropped(dropped),
      cancel: () => this.#session?.cancel(),
      previewAlpha: async (shown) => {
        const config = this.#config ?? this.#applied;
        if (!config) return { why: l10n.t('This α isn’t from any code.') };
        return this.#actions.previewAlpha({ ...config.source, loss: config.name }, shown);
      },
      applyAlpha: async (id) => {
        const written = await this.#actions.applyAlpha(id);
        if (!('done' in written)) return written;
        await revealConfig({ source: written.at }, true);
        return { done: written.done };
      },
    };
  }

  #exportSource(): ExportSource {
    if (this.#config) return this.#config.source;
    const source = this.#session?.source;
    if (!source) return { name: 'loss' };
    const uri =
      source.kind === 'document' ? source.uri : source.kind === 'cell' ? source.notebook : undefined;
    // Beside the samples nobody would look for a file.
    const isSample = uri?.startsWith(`${this.#extensionUri}/`);
    return { name: nameOf(source), ...(uri !== undefined && !isSample && { uri }) };
  }

  async #chooseTargets(session: Session): Promise<void> {
    const { source, opened } = session;
    const chosen = opened && (await this.#actions.chooseTargets(source, opened.summary));
    // Meanwhile another source may be shown.
    if (!chosen || session !== this.#session || session.source !== source) return;
    const problem = chosen.ok ? await session.setTargets(chosen.value) : describeProblem(chosen.problem);
    if (problem !== undefined) void window.showErrorMessage(problem);
  }

  async #openDropped(dropped: Dropped): Promise<void> {
    const source = droppedSource(dropped);
    if (typeof source === 'string') void window.showErrorMessage(source);
    else await this.#actions.openDropped(source);
  }

  #show(): void {
    if (this.#config) this.#showConfig(this.#config);
    else if (this.#session) this.#showLogits(this.#session);
  }

  #showConfig(config: ConfigSnapshot): void {
    this.#panel.title = l10n.t('Smooth labels: {0}', config.name);
    this.#webview.showConfig(config);
    this.#webview.problem('');
    this.#webview.progress(null);
  }

  #showLogits(session: Session): void {
    const { opened, source, problem, progress, revision, sourceId, view, applied, teacher } = session;
    this.#panel.title = l10n.t('Smooth labels: {0}', nameOf(source));
    if (opened) {
      const { summary, stats, range, measuredWith } = opened;
      const { declared } = summary;
      const snapshot: PanelSnapshot = {
        revision,
        source: {
          name: nameOf(source),
          lines: source.kind === 'document' && range ? [range.start.line, range.end.line] : null,
          cell: linkOf(source),
        },
        summary,
        stats,
        ...measuredWith,
        view,
        labelSmoothing: declared.labelSmoothing ?? applied?.labelSmoothing ?? 0.1,
        reduction: declared.reduction ?? DEFAULT_SPEC.reduction,
        sourceId,
        applied,
        teacher: teacher?.snapshot(opened) ?? null,
      };
      this.#webview.show(snapshot, keptSource(source));
    }
    this.#webview.problem(problem ?? '');
    this.#webview.progress(progress);
  }
}

function linkOf(source: Source): PanelSnapshot['source']['cell'] {
  const cell = source.kind === 'cell' ? cellAt(source) : undefined;
  return cell ? { number: cell.index + 1, run: cell.executionSummary?.executionOrder ?? null } : null;
}

export function createWebviewPanel(title: string): WebviewPanel {
  return window.createWebviewPanel(PANEL_VIEW_TYPE, title, ViewColumn.Beside, { enableScripts: true });
}
