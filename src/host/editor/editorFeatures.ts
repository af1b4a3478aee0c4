import {
  type CodeAction,
  type CodeLens,
  commands,
  type Diagnostic,
  type Disposable,
  EventEmitter,
  env,
  Hover,
  l10n,
  languages,
  type Memento,
  type Position,
  type Range,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { Unread } from '../../analysis/lossConfig.ts';
import type { SourceSpan } from '../../analysis/sourcePlace.ts';
import { labelText } from '../../escape/label.ts';
import type { TargetFramework } from '../../frameworks/equivalent.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { sayInformation } from '../messages/notifications.ts';
import { SourceAlphaWriter } from './apply/sourceAlphaWriter.ts';
import { diagnosticsOf, fixesFor, rangeOf } from './checks/diagnostics.ts';
import { replacementsFor } from './checks/replaceActions.ts';
import { sumFixActions } from './checks/sumFixActions.ts';
import { WorkspaceCheck } from './checks/workspaceCheck.ts';
import { askForClasses } from './classes/askForClasses.ts';
import { KnownClassCounts } from './classes/classCounts.ts';
import { configSnapshot } from './configSnapshot.ts';
import { forEachConfig } from './documents/eachConfig.ts';
import { Modules } from './documents/importedModules.ts';
import { LossDocuments } from './documents/lossDocuments.ts';
import { editsOf, movedSpan } from './documents/movedSpans.ts';
import { Versions } from './documents/pinnedVersions.ts';
import { copyEquivalent } from './equivalent/copyEquivalent.ts';
import { brokenHover, hoverOf } from './hover/lossHover.ts';
import {
  brokenLens,
  type LensSetting,
  type LensTarget,
  lensesOf,
  lensTargetOf,
  lensText,
} from './lens/codeLens.ts';
import type { LossAtCursor } from './lens/lossStatus.ts';
import { FileLosses } from './losses/fileLosses.ts';
import { type LocatedLoss, locateLoss, lossOnLine } from './losses/locatedLoss.ts';

/** What the hints need of the rest of the extension. */
export interface EditorServices {
  readonly workspaceState: Memento;
  /** Shows a configuration in the panel. */
  showConfig(snapshot: ConfigSnapshot, how: ShownHow): void;
}

/**
 * A configuration was opened: logits that are shown get its α. Or it has changed: only if that is what the panel shows already. Or it's
 * to be tried, without logits.
 */
export type ShownHow = 'opened' | 'changed' | 'tried';

/** Lenses, hovers, checks and commands for loss configurations. */
export class EditorFeatures {
  readonly #services: EditorServices;
  readonly #modules = new Modules();
  readonly #versions = new Versions();
  readonly #documents = new LossDocuments(this.#modules, this.#versions);
  readonly #counts: KnownClassCounts;
  readonly files: FileLosses;
  readonly alphaWriter = new SourceAlphaWriter(this.#documents, ({ uri }, { callee }) => {
    this.#shown = { uri: uri.toString(), span: callee };
  });
  readonly #workspaceCheck = new WorkspaceCheck(this.#modules, this.#versions);
  readonly #diagnostics = languages.createDiagnosticCollection('smoothLabels');
  readonly #changed = new EventEmitter<readonly TextDocument[]>();
  /** The callee of what the panel shows, followed through edits. */
  #shown: { readonly uri: string; readonly span: SourceSpan } | undefined;
  readonly #subscriptions: Disposable[];

  /** Lenses of these documents are no longer what they were, without an edit of theirs. */
  readonly onDidChange = this.#changed.event;

  constructor(services: EditorServices) {
    this.#services = services;
    this.#counts = new KnownClassCounts(services.workspaceState);
    this.files = new FileLosses(this.#documents, this.#counts);
    this.#subscriptions = [
      this.#modules,
      this.#versions,
      this.#documents,
      this.alphaWriter,
      this.#counts,
      this.#workspaceCheck,
      this.#diagnostics,
      this.#changed,
      this.#counts.onDidChange(() => this.#changed.fire(workspace.textDocuments)),
      this.#documents.onDidChange((documents) => this.#changed.fire(documents)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (this.#shown?.uri !== document.uri.toString()) return;
        this.#shown = { ...this.#shown, span: movedSpan(this.#shown.span, editsOf(contentChanges)) };
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** What is said of the loss on a line. */
  async lossAt(document: TextDocument, line: number): Promise<LossAtCursor | undefined> {
    const { configs } = await this.#documents.of(document);
    const config = lossOnLine(configs, document, line);
    if (!config) return undefined;
    const [text] = forEachConfig([config], () => [lensText(config, this.#counts.of(config, document))]);
    return text === undefined
      ? undefined
      : { text, name: labelText(config.name), target: lensTargetOf(config, document) };
  }

  async codeLenses(document: TextDocument, setting: Exclude<LensSetting, 'off'>): Promise<CodeLens[]> {
    const { configs, failures } = await this.#documents.of(document);
    const lenses = forEachConfig(
      configs,
      (config) => lensesOf(config, this.#counts.of(config, document), document, setting),
      ({ line }, reason) => brokenLens(line, reason, document),
    );
    return [...lenses, ...failures.flatMap(({ line, reason }) => brokenLens(line, reason, document))];
  }

  async hover(document: TextDocument, position: Position): Promise<Hover | undefined> {
    const offset = document.offsetAt(position);
    const { configs } = await this.#documents.of(document);
    for (const config of configs) {
      const spans = [config.callee, config.alpha.argument, config.alpha.span];
      const span = spans.find((each) => each && each.from <= offset && offset <= each.to);
      if (!span) continue;
      const theme = window.activeColorTheme.kind;
      const [text] = forEachConfig(
        [config],
        () => [hoverOf(config, this.#counts.of(config, document), document, theme)],
        (_, reason) => [brokenHover(reason)],
      );
      return text && new Hover(text, rangeOf(span, document));
    }
    return undefined;
  }

  async codeActions(
    document: TextDocument,
    range: Range,
    diagnostics: readonly Diagnostic[],
  ): Promise<CodeAction[]> {
    const found = await this.#documents.of(document);
    return [
      ...fixesFor(found.configs, document, range, diagnostics),
      ...(await sumFixActions(found, document, range, diagnostics)),
      ...replacementsFor(found.configs, document, range),
    ];
  }

  /**
   * Brings diagnostics, and the panel if it shows this document, up to date. Resolves to why some of the document wasn't looked into,
   * or null.
   */
  async check(document: TextDocument): Promise<Unread | null> {
    const { configs, unread } = await this.#documents.of(document);
    if (document.isClosed) {
      this.forget(document.uri);
      return null;
    }
    this.#diagnostics.set(document.uri, diagnosticsOf(configs, document));
    if (this.#shown?.uri !== document.uri.toString()) return unread;
    const { from } = this.#shown.span;
    const config = configs.find(({ callee }) => callee.from === from);
    if (config) this.#show({ config, classes: this.#counts.of(config, document), document }, 'changed');
    return unread;
  }

  /** Checks all files of the workspace. Resolves to how many problems there are. */
  checkWorkspace(): Promise<number> {
    return this.#workspaceCheck.run();
  }

  forget(uri: Uri): void {
    this.#diagnostics.delete(uri);
  }

  /** Opens the panel. Resolves to false if there's no configuration at the target, or at the cursor. */
  async openConfig(target?: LensTarget, how: ShownHow = 'opened'): Promise<boolean> {
    const located = await locateLoss(target, this.#documents, this.#counts);
    if (!located) return false;
    // A hover whose link was followed would lie above what it leads to.
    await commands.executeCommand('editor.action.hideHover');
    this.#show(located, how);
    return true;
  }

  /** Opens the panel for the only configuration of the document in view. Resolves to how many there are. */
  async openOnlyConfig(): Promise<number> {
    const document = window.activeTextEditor?.document;
    if (!document) return 0;
    const { configs } = await this.#documents.of(document);
    const [config] = configs;
    if (config && configs.length === 1)
      this.#show({ config, classes: this.#counts.of(config, document), document }, 'opened');
    return configs.length;
  }

  async setClasses(target?: LensTarget): Promise<void> {
    const located = await this.#locateOrSay(target);
    if (located) await askForClasses(this.#counts, located.document, located.classes);
  }

  async copyEquivalent(target?: LensTarget, framework?: TargetFramework): Promise<void> {
    const located = await this.#locateOrSay(target);
    if (!located) return;
    const copied = await copyEquivalent(located.config, located.classes, framework, () =>
      this.setClasses(lensTargetOf(located.config, located.document)),
    );
    if (copied === undefined) return;
    await env.clipboard.writeText(copied);
    window.setStatusBarMessage(labelText(l10n.t('Copied: {0}', copied)), 5_000);
  }

  async #locateOrSay(target: LensTarget | undefined): Promise<LocatedLoss | undefined> {
    const located = await locateLoss(target, this.#documents, this.#counts);
    if (!located) sayInformation(l10n.t('There is no loss at the cursor.'));
    return located;
  }

  #show({ config, classes, document }: LocatedLoss, how: ShownHow): void {
    this.#shown = { uri: document.uri.toString(), span: config.callee };
    this.#services.showConfig(configSnapshot(config, classes, document), how);
  }
}
