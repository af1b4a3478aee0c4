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
  Position,
  type Range,
  type TextDocument,
  type Uri,
  window,
  workspace,
} from 'vscode';
import type { KnownClasses } from '../../analysis/classes/knownClasses.ts';
import { sumFixes } from '../../analysis/edit/sumFixes.ts';
import { isAnalysisLanguage } from '../../analysis/hintWords.ts';
import type { LossConfig, Unread } from '../../analysis/lossConfig.ts';
import type { SourceSpan } from '../../analysis/sourcePlace.ts';
import { type FoundLossConfig, foundConfig } from '../../answers/foundConfig.ts';
import { labelText } from '../../escape/label.ts';
import type { TargetFramework } from '../../frameworks/equivalent.ts';
import type { ConfigSnapshot } from '../../protocol/panelSnapshot.ts';
import { sayInformation } from '../messages/notifications.ts';
import type { ConfigPlace } from '../panel/alpha/writtenAlpha.ts';
import { SourceAlphaWriter } from './apply/sourceAlphaWriter.ts';
import { diagnosticsOf, fixesFor, rangeOf } from './checks/diagnostics.ts';
import { replacementsFor, sumActions } from './checks/replaceActions.ts';
import { WorkspaceCheck } from './checks/workspaceCheck.ts';
import { askForClasses } from './classes/askForClasses.ts';
import { KnownClassCounts } from './classes/classCounts.ts';
import { configSnapshot } from './configSnapshot.ts';
import { Slices } from './documents/analysisSlices.ts';
import { nameOfDocument } from './documents/cellDocuments.ts';
import { forEachConfig } from './documents/eachConfig.ts';
import { Modules } from './documents/importedModules.ts';
import { type FoundLosses, LossDocuments } from './documents/lossDocuments.ts';
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
import { type CodeLoss, codeLoss } from './nearby/codeLoss.ts';

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

  /** The losses of a file of the workspace, with what it imports: as its lenses have them once all were run. */
  async lossesOf(uri: Uri): Promise<FoundLossConfig[]> {
    const document = await workspace.openTextDocument(uri);
    const { configs } = await this.#documents.allOf(document);
    const placeOf = (offset: number) => {
      const { line, character } = document.positionAt(offset);
      return { line, character };
    };
    return forEachConfig(configs, (config) => [
      foundConfig(config, this.#counts.of(config, document), ({ from, to }) => ({
        start: placeOf(from),
        end: placeOf(to),
      })),
    ]);
  }

  /** Where the losses of a file are, as `alphaWriter` wants to know it. */
  async lossPlaces(uri: Uri): Promise<ConfigPlace[]> {
    const document = await workspace.openTextDocument(uri);
    const { configs } = await this.#documents.of(document);
    return configs.map(({ name, callee }) => {
      const { line, character } = document.positionAt(callee.from);
      return { loss: name, name: nameOfDocument(document), uri: uri.toString(), line, character };
    });
  }

  /** The losses of these documents, as far as logits may be given them. */
  async codeLosses(documents: readonly TextDocument[]): Promise<CodeLoss[]> {
    const found = await Promise.all(
      documents.map(async (document) => {
        const { configs } = await this.#documents.of(document);
        const indices = new Map(configs.map((config, index) => [config, index]));
        return forEachConfig(configs, (config) => [
          codeLoss(config, this.#counts.of(config, document), document, indices.get(config)!),
        ]);
      }),
    );
    return found.flat();
  }

  /** What is said of the loss on a line. */
  async lossAt(document: TextDocument, line: number): Promise<LossAtCursor | undefined> {
    const { configs } = await this.#documents.of(document);
    const config = atLine(configs, document, line);
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
      ...(await this.#sumActions(found, document, range, diagnostics)),
      ...replacementsFor(found.configs, document, range),
    ];
  }

  /** Each is tried out first, which takes a while: only for what is asked about. */
  async #sumActions(
    { configs, around }: FoundLosses,
    document: TextDocument,
    range: Range,
    diagnostics: readonly Diagnostic[],
  ): Promise<CodeAction[]> {
    const { languageId } = document;
    if (!isAnalysisLanguage(languageId)) return [];
    const actions: CodeAction[] = [];
    for (const config of configs) {
      const finding = config.findings.find((each) => each.rule === 'targets-sum');
      if (!finding || !rangeOf(finding.span, document).intersection(range)) continue;
      const sources = { ...around().context, text: document.getText(), language: languageId };
      const edits = await new Slices().run(sumFixes(config, sources), () => true);
      actions.push(...sumActions(edits ?? [], finding, document, diagnostics));
    }
    return actions;
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
    const located = await this.#locate(target);
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

  #show({ config, classes, document }: Located, how: ShownHow): void {
    this.#shown = { uri: document.uri.toString(), span: config.callee };
    this.#services.showConfig(configSnapshot(config, classes, document), how);
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
    const config = atLine(configs, document, editor!.selection.active.line);
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

/** The configuration on a line; of nested ones the innermost. */
function atLine(
  configs: readonly LossConfig[],
  document: TextDocument,
  line: number,
): LossConfig | undefined {
  const here = configs.filter(({ span }) => {
    const range = rangeOf(span, document);
    return range.start.line <= line && line <= range.end.line;
  });
  return here.toSorted((a, b) => a.span.to - a.span.from - (b.span.to - b.span.from))[0];
}
