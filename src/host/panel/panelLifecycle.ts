import * as v from 'valibot';
import { l10n, type Uri, type WebviewPanel } from 'vscode';
import type { EngineClient } from '../../engine/engineClient.ts';
import { labelText } from '../../escape/label.ts';
import { CONVENTION_NAMES } from '../../loss/conventions/conventions.ts';
import { LOSS_FORMS } from '../../loss/lossSpec.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import type { ShownHow } from '../editor/editorFeatures.ts';
import { completeStep } from '../firstSteps.ts';
import { kindOf } from '../sources/kinds/kindOf.ts';
import type { ReadSource } from '../sources/readSource.ts';
import { outputOf, type Source, sourceName, sourceSchema } from '../sources/source.ts';
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

/** The playground without a loss from code: the page itself has all there is to keep. */
const keptPlaygroundSchema = v.object({ front: v.literal('playground') });

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
    if (outputOf(source)) completeStep('openedCell');
    else if (kindOf(source).file) completeStep('openedFile');
    void this.#inFront(sourceName(source)).showLogits(source, opened);
  }

  /** `why`: a sentence, if something else was asked for; else nothing. */
  showPlayground(why: string): void {
    this.#inFront(l10n.t('playground')).showPlayground(why);
  }

  /** If it has only changed, and there's no panel any more, none is opened. */
  showConfig(config: ConfigSnapshot, how: ShownHow): void {
    if (how === 'changed') this.#panel?.updateConfig(config);
    else if (how === 'tried') this.#inFront(config.name).tryConfig(config);
    else this.#inFront(config.name).showConfig(config);
  }

  /** Whether what is looked at is the panel. */
  get isInView(): boolean {
    return this.#panel?.isInView ?? false;
  }

  #inFront(name: string): Panel {
    const panel = this.#panel;
    panel?.reveal();
    return panel ?? this.#take(createWebviewPanel(labelText(l10n.t('Smooth Labels: {0}', name))));
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
    const isPlayground = v.is(keptPlaygroundSchema, state);
    if (isPlayground && !this.#panel) return this.#take(webviewPanel).showPlayground('');
    const logits = v.safeParse(keptSchema, state);
    // Nothing to come back to: the text was too large to keep, or the state is from another version.
    if (!logits.success || this.#panel) return webviewPanel.dispose();
    const { source, sourceId, view, teacher } = logits.output.logits;
    await this.#take(webviewPanel).restoreLogits(source, sourceId, view, teacher);
  }
}
