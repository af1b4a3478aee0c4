import { createBirpc } from 'birpc';
import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { DEFAULT_SPEC } from '../../loss/spec.ts';
import type { PanelFunctions, PanelRequests, PanelSnapshot } from '../../protocol/panel.ts';
import { keptSource, nameOf } from '../inputs/source.ts';
import { panelHtml } from './html.ts';
import type { Session } from './session.ts';

export const PANEL_VIEW_TYPE = 'smoothLabels.panel';

/** One webview panel, showing one session. It holds nothing itself: when the webview comes back, it's sent everything again. */
export class Panel {
  readonly #panel: WebviewPanel;
  readonly #session: Session;
  readonly #webview: PanelFunctions;
  readonly #disposables: Disposable[] = [];
  #closed = false;

  constructor(panel: WebviewPanel, session: Session, extensionUri: Uri) {
    this.#panel = panel;
    this.#session = session;
    const roots = ['dist', 'media'].map((folder) => Uri.joinPath(extensionUri, folder));
    panel.webview.options = { enableScripts: true, localResourceRoots: roots };
    panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
    this.#webview = createBirpc<PanelFunctions, PanelRequests>(this.#requests(), {
      // An answer may be ready only after the panel was closed.
      post: (message) => (this.#closed ? undefined : panel.webview.postMessage(message)),
      on: (listener) => void this.#disposables.push(panel.webview.onDidReceiveMessage(listener)),
      eventNames: ['show', 'problem', 'progress'],
      timeout: -1,
    });
    this.#disposables.push(session.onDidChange(() => this.#show()));
    panel.onDidDispose(() => {
      this.#closed = true;
      for (const disposable of this.#disposables) disposable.dispose();
      session.dispose();
    });
    panel.webview.html = panelHtml(panel.webview, extensionUri);
  }

  get session(): Session {
    return this.#session;
  }

  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  reveal(): void {
    this.#panel.reveal(this.#panel.viewColumn ?? ViewColumn.Beside);
  }

  #requests(): PanelRequests {
    const session = this.#session;
    return {
      ready: () => this.#show(),
      row: (_revision, row) => session.row(row),
      floors: (_revision, labelSmoothing) => session.floors(labelSmoothing),
      revealSource: () => void session.reveal(),
      revealRow: (row) => void session.revealRow(row),
      copy: (format, labelSmoothing, reduction) => session.copy(format, { labelSmoothing, reduction }),
      setView: (view) => void session.setView(view),
      cancel: () => session.cancel(),
    };
  }

  #show(): void {
    const { opened, source, problem, progress, revision, sourceId } = this.#session;
    this.#panel.title = l10n.t('Smooth labels: {0}', nameOf(source));
    if (opened) {
      const { summary, stats, range } = opened;
      const { declared } = summary;
      const snapshot: PanelSnapshot = {
        revision,
        source: {
          name: nameOf(source),
          lines: source.kind === 'document' && range ? [range.start.line, range.end.line] : null,
        },
        summary,
        stats,
        weight: declared.weight,
        ignoreIndex: declared.ignoreIndex ?? DEFAULT_SPEC.ignoreIndex,
        labelSmoothing: declared.labelSmoothing ?? 0.1,
        reduction: declared.reduction ?? DEFAULT_SPEC.reduction,
        sourceId,
        chosenTargets: this.#session.view.chosenTargets ?? [],
      };
      this.#webview.show(snapshot, keptSource(source));
    }
    this.#webview.problem(problem ?? '');
    this.#webview.progress(progress);
  }
}

export function createWebviewPanel(title: string): WebviewPanel {
  return window.createWebviewPanel(PANEL_VIEW_TYPE, title, ViewColumn.Beside, { enableScripts: true });
}
