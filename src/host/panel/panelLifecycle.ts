import * as v from 'valibot';
import { l10n, type Uri, type WebviewPanel } from 'vscode';
import type { EngineClient } from '../../engine/engineClient.ts';
import { labelText } from '../../escape/label.ts';
import { CONVENTION_NAMES } from '../../loss/conventions/conventions.ts';
import { LOSS_FORMS } from '../../loss/lossSpec.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import type { ReadSource } from '../sources/readSource.ts';
import { type Source, sourceName, sourceSchema } from '../sources/source.ts';
import { viewSchema } from './page/requestSchemas.ts';
import { createWebviewPanel, Panel } from './panel.ts';
import type { PanelActions } from './panelActions.ts';

/** What the webview kept (`KeptState`) while logits were in front, as far as the host needs it. */
const keptSchema = v.object({
  front: v.literal('logits'),
  logits: v.object({
    source: sourceSchema,
    sourceId: v.string(),
    view: v.exactOptional(viewSchema, {}),
    teacher: v.optional(sourceSchema),
  }),
});

/** The same of a configuration. */
const keptConfigSchema = v.object({
  front: v.literal('loss'),
  loss: v.object({
    config: v.object({
      name: v.string(),
      framework: v.nullable(v.string()),
      source: v.object({ name: v.string(), uri: v.string(), line: v.number(), character: v.number() }),
      convention: v.picklist(CONVENTION_NAMES),
      conventionWords: v.string(),
      form: v.picklist(LOSS_FORMS),
      labelSmoothing: v.nullable(v.number()),
      classes: v.nullable(v.number()),
      notes: v.array(v.string()),
    }),
  }),
});

/** The one panel there is, opened, reused, and brought back after a reload of the window. */
export class PanelLifecycle {
  readonly #engine: EngineClient;
  readonly #extensionUri: Uri;
  readonly #actions: PanelActions;
  #panel: Panel | undefined;

  constructor(engine: EngineClient, extensionUri: Uri, actions: PanelActions) {
    this.#engine = engine;
    this.#extensionUri = extensionUri;
    this.#actions = actions;
  }

  show(source: Source, opened: ReadSource): void {
    this.#inFront(sourceName(source)).showLogits(source, opened);
  }

  /** `isUpdate`: the configuration was opened before, and has changed; if there's no panel any more, none is opened. */
  showConfig(config: ConfigSnapshot, isUpdate: boolean): void {
    if (isUpdate) this.#panel?.updateConfig(config);
    else this.#inFront(config.name).showConfig(config);
  }

  #inFront(name: string): Panel {
    const panel = this.#panel;
    panel?.reveal();
    return panel ?? this.#take(createWebviewPanel(labelText(l10n.t('Smooth labels: {0}', name))));
  }

  #take(webviewPanel: WebviewPanel): Panel {
    const panel = new Panel(webviewPanel, this.#engine, this.#actions, this.#extensionUri);
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    this.#panel = panel;
    return panel;
  }

  /** Brings a panel back as its page kept it. */
  async restore(webviewPanel: WebviewPanel, state: unknown): Promise<void> {
    const config = v.safeParse(keptConfigSchema, state);
    if (config.success && !this.#panel) return this.#take(webviewPanel).showConfig(config.output.loss.config);
    const logits = v.safeParse(keptSchema, state);
    // Nothing to come back to: the text was too large to keep, or the state is from another version.
    if (!logits.success || this.#panel) return webviewPanel.dispose();
    const { source, sourceId, view, teacher } = logits.output.logits;
    await this.#take(webviewPanel).restoreLogits(source, sourceId, view, teacher);
  }
}
