import {
  type CodeAction,
  type CodeLens,
  type Diagnostic,
  type Disposable,
  EventEmitter,
  env,
  Hover,
  l10n,
  languages,
  type Memento,
  Position,
  type Range,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { LossConfig, Unread } from '../../analysis/lossConfig.ts';
import type { SourceSpan } from '../../analysis/sourcePlace.ts';
import { labelText } from '../../escape/label.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { sayInformation } from '../messages/notifications.ts';
import { SourceAlphaWriter } from './apply/sourceAlphaWriter.ts';
import { diagnosticsOf, fixesFor, rangeOf } from './checks/diagnostics.ts';
import { askForClasses } from './classes/askForClasses.ts';
import { KnownClassCounts, type KnownClasses } from './classes/knownClasses.ts';
import { configSnapshot } from './configSnapshot.ts';
import { forEachConfig } from './documents/eachConfig.ts';
import { Modules } from './documents/importedModules.ts';
import { LossDocuments } from './documents/lossDocuments.ts';
import { editsOf, movedSpan } from './documents/movedSpans.ts';
import { Versions } from './documents/pinnedVersions.ts';
import { copyEquivalent } from './equivalent/copyEquivalent.ts';
import type { TargetFramework } from './equivalent/equivalent.ts';
import { brokenHover, hoverOf } from './hover/lossHover.ts';
import { brokenLens, type LensSetting, type LensTarget, lensesOf, lensTargetOf } from './lens/codeLens.ts';

/** What the hints need of the rest of the extension. */
export interface EditorServices {
  readonly workspaceState: Memento;
  /** Shows a configuration in the panel. `isUpdate`: only if that is what it shows already. */
  showConfig(snapshot: ConfigSnapshot, isUpdate: boolean): void;
}

/** A configuration, and the document it's in. */
interface Located {
  readonly config: LossConfig;
  readonly classes: KnownClasses | null;
  readonly document: TextDocument;
}

/** Lenses, hovers, checks and commands for loss configurations. */
export class EditorFeatures {
  readonly #services: EditorServices;
  readonly #modules = new Modules();
  readonly #versions = new Versions();
  readonly #documents = new LossDocuments(this.#modules, this.#versions);
  readonly #counts: KnownClassCounts;
  readonly alphaWriter = new SourceAlphaWriter(this.#documents, ({ uri }, { callee }) => {
    this.#shown = { uri: uri.toString(), span: callee };
  });
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
    this.#subscriptions = [
      this.#modules,
      this.#versions,
      this.#documents,
      this.alphaWriter,
      this.#counts,
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
    const { configs } = await this.#documents.of(document);
    return fixesFor(configs, document, range, diagnostics);
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
    if (config) this.#show({ config, classes: this.#counts.of(config, document), document }, true);
    return unread;
  }

  forget(uri: Uri): void {
    this.#diagnostics.delete(uri);
  }

  /** Opens the panel. Resolves to false if there's no configuration at the target, or at the cursor. */
  async openConfig(target?: LensTarget): Promise<boolean> {
    const located = await this.#locate(target);
    if (located) this.#show(located, false);
    return located !== undefined;
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

  #show({ config, classes, document }: Located, isUpdate: boolean): void {
    this.#shown = { uri: document.uri.toString(), span: config.callee };
    this.#services.showConfig(configSnapshot(config, classes, document), isUpdate);
  }

  async #locateOrSay(target: LensTarget | undefined): Promise<Located | undefined> {
    const located = await this.#locate(target);
    if (!located) sayInformation(l10n.t('There is no loss at the cursor.'));
    return located;
  }

  async #locate(target: LensTarget | undefined): Promise<Located | undefined> {
    const editor = window.activeTextEditor;
    const document = target
      ? workspace.textDocuments.find(({ uri }) => uri.toString() === target.uri)
      : editor?.document;
    if (!document) return undefined;
    const { configs } = await this.#documents.of(document);
    if (target) return this.#nearest(configs, document, target);
    const cursor = editor!.selection.active;
    const here = configs.filter(({ span }) => {
      const range = rangeOf(span, document);
      return range.start.line <= cursor.line && cursor.line <= range.end.line;
    });
    // Of nested ones the innermost.
    const config = here.toSorted((a, b) => a.span.to - a.span.from - (b.span.to - b.span.from))[0];
    return config && { config, classes: this.#counts.of(config, document), document };
  }

  /** The configuration at a place, or the nearest to it if the document was edited meanwhile. */
  #nearest(configs: readonly LossConfig[], document: TextDocument, target: LensTarget): Located | undefined {
    const place = document.offsetAt(new Position(target.line, target.character));
    const distance = ({ callee }: LossConfig) => Math.abs(callee.from - place);
    const config = configs.toSorted((a, b) => distance(a) - distance(b))[0];
    return config && { config, classes: this.#counts.of(config, document), document };
  }
}
