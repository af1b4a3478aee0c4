import * as v from 'valibot';
import { type ExtensionContext, l10n, type WebviewPanel, window } from 'vscode';
import type { EngineClient } from '../../engine/client.ts';
import type { Opened } from '../../protocol/engine.ts';
import { nameOf, type Source, sourceSchema } from '../inputs/source.ts';
import { createWebviewPanel, PANEL_VIEW_TYPE, Panel } from './panel.ts';
import { Session } from './session.ts';

/** What the webview kept (`PanelState`), as far as the host needs it. */
const keptSchema = v.object({
  source: sourceSchema,
  sourceId: v.string(),
  kind: v.optional(v.picklist(['logits', 'log-probabilities', 'probabilities'])),
  classAxis: v.optional(v.number()),
  chosenTargets: v.optional(v.array(v.tuple([v.number(), v.number()])), []),
});

/** The one panel there is, opened, reused, and brought back after a reload of the window. */
export class Panels {
  readonly #engine: EngineClient;
  readonly #context: ExtensionContext;
  #panel: Panel | undefined;

  constructor(engine: EngineClient, context: ExtensionContext) {
    this.#engine = engine;
    this.#context = context;
    context.subscriptions.push(
      window.registerWebviewPanelSerializer(PANEL_VIEW_TYPE, {
        deserializeWebviewPanel: (panel, state) => this.#restore(panel, state),
      }),
    );
  }

  show(source: Source, opened: Opened): void {
    if (this.#panel) this.#panel.reveal();
    else this.#take(createWebviewPanel(l10n.t('Smooth labels: {0}', nameOf(source))), source);
    this.#panel?.session.show(source, opened);
  }

  #take(webviewPanel: WebviewPanel, source: Source): Panel {
    const panel = new Panel(webviewPanel, new Session(this.#engine, source), this.#context.extensionUri);
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    this.#panel = panel;
    return panel;
  }

  async #restore(webviewPanel: WebviewPanel, state: unknown): Promise<void> {
    const kept = v.safeParse(keptSchema, state);
    // Nothing to come back to: the text was too large to keep, or the state is from another version.
    if (!kept.success || this.#panel) return webviewPanel.dispose();
    const { source, sourceId, kind, classAxis, chosenTargets } = kept.output;
    const view = { ...(kind && { kind }), ...(classAxis !== undefined && { classAxis }), chosenTargets };
    await this.#take(webviewPanel, source).session.restore(sourceId, view);
  }
}
