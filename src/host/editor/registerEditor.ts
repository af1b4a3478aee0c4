import {
  CodeActionKind,
  commands,
  EventEmitter,
  type ExtensionContext,
  languages,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { TargetFramework } from '../../frameworks/equivalent.ts';
import { COMMANDS } from '../contributions.ts';
import { completeStep } from '../firstSteps.ts';
import { loadBundle } from '../loading/loadBundle.node.ts';
import { once } from '../loading/once.ts';
import type { AlphaWriter } from '../panel/alpha/writtenAlpha.ts';
import { isEligible, SELECTOR } from './documents/eligibleDocuments.ts';
import { LimitStatus } from './documents/limitStatus.ts';
import type { EditorFeatures } from './editorFeatures.ts';
import { affectsEditor, editorSettings } from './editorSettings.ts';
import type { LensTarget } from './lens/codeLens.ts';
import { LossStatus } from './lens/lossStatus.ts';
import type { CodeLoss } from './nearby/codeLoss.ts';
import { documentsAt, documentsBeside } from './nearby/documentsNearby.ts';

/** Typing goes on for about this long between two looks at what is wrong. */
const EDIT_PAUSE_MS = 150;

type Analysis = typeof import('./editorBundle.ts');

/** Shows a configuration in the panel; see `Panels`. */
export type ShowConfig = Parameters<Analysis['createEditorFeatures']>[0]['showConfig'];

/** What the rest of the extension asks of the hints. */
export interface RegisteredEditor {
  readonly findLossConfigs: Analysis['findLossConfigs'];
  /** Those of a file, with what it imports. */
  readonly lossesOf: EditorFeatures['files']['found'];
  /** Where the losses of a file are. */
  readonly lossPlaces: EditorFeatures['files']['places'];
  /** Opens the panel for the configuration at the cursor. Resolves to false if there's none. */
  openAtCursor(): Promise<boolean>;
  /** Opens it for the only configuration of the document in view. Resolves to how many there are. */
  openOnlyConfig(): Promise<number>;
  /** Shows the configuration at a target, or at the cursor, to be tried without logits. Resolves to false if there's none. */
  tryConfig(target?: LensTarget): Promise<boolean>;
  /** The losses in the notebook or the file at a URI, or in the files beside it. */
  nearbyLosses(uri: Uri, where: 'here' | 'beside'): Promise<readonly CodeLoss[]>;
  readonly alphaWriter: AlphaWriter;
}

/** Registers lenses, hovers, checks and commands. The rest is loaded with the first document that has a hint word. */
export function registerEditor(context: ExtensionContext, showConfig: ShowConfig): RegisteredEditor {
  const changed = new EventEmitter<void>();
  const timers = new Map<TextDocument, ReturnType<typeof setTimeout>>();
  const status = new LimitStatus();
  const atCursor = new LossStatus(async (...args) => (await hints()).lossAt(...args));
  const analysis = once(() => loadBundle<Analysis>(context.extensionUri, 'analysis'));
  const hints = once(async () => {
    const created = (await analysis()).createEditorFeatures({
      workspaceState: context.workspaceState,
      showConfig,
    });
    context.subscriptions.push(
      created,
      created.onDidChange((documents) => {
        changed.fire();
        documents.forEach(check);
      }),
    );
    return created;
  });
  const check = (document: TextDocument) => {
    clearTimeout(timers.get(document));
    timers.set(
      document,
      setTimeout(async () => {
        timers.delete(document);
        if (document.isClosed) return;
        status.update();
        if (document === window.activeTextEditor?.document) atCursor.update();
        // Without a hint word there's nothing to load, but there may be something to take back.
        if (!isEligible(document) && !hints.started()) return;
        if (!editorSettings(document).isExcluded)
          status.read(document, await (await hints()).check(document));
        else if (hints.started()) (await hints()).forget(document.uri);
      }, EDIT_PAUSE_MS),
    );
  };
  const closed = async (document: TextDocument) => {
    clearTimeout(timers.get(document));
    timers.delete(document);
    if (hints.started()) (await hints()).forget(document.uri);
  };
  const run =
    <T extends readonly unknown[]>(of: (hints: EditorFeatures, ...args: T) => Promise<unknown>) =>
    async (...args: T) =>
      of(await hints(), ...args);

  context.subscriptions.push(
    changed,
    status,
    atCursor,
    languages.registerCodeLensProvider(SELECTOR, {
      onDidChangeCodeLenses: changed.event,
      async provideCodeLenses(document) {
        if (!isEligible(document)) return [];
        const { codeLens, isExcluded } = editorSettings(document);
        if (codeLens === 'off' || isExcluded) return [];
        return (await hints()).codeLenses(document, codeLens);
      },
    }),
    languages.registerHoverProvider(SELECTOR, {
      async provideHover(document, position) {
        if (!isEligible(document)) return undefined;
        const { hover, isExcluded } = editorSettings(document);
        if (!hover || isExcluded) return undefined;
        const shown = await (await hints()).hover(document, position);
        if (shown) completeStep('hovered');
        return shown;
      },
    }),
    languages.registerCodeActionsProvider(
      SELECTOR,
      {
        async provideCodeActions(document, range, { diagnostics }) {
          if (!isEligible(document) || editorSettings(document).isExcluded) return [];
          return (await hints()).codeActions(document, range, diagnostics);
        },
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
    ),
    commands.registerCommand(
      COMMANDS.openConfig,
      run((each, target?: LensTarget) => each.openConfig(target)),
    ),
    commands.registerCommand(
      COMMANDS.setClasses,
      run((each, target?: LensTarget) => each.setClasses(target)),
    ),
    commands.registerCommand(
      COMMANDS.copyEquivalent,
      run((each, target?: LensTarget, framework?: TargetFramework) => each.copyEquivalent(target, framework)),
    ),
    commands.registerCommand(
      COMMANDS.checkWorkspace,
      run((each) => each.checkWorkspace()),
    ),
    commands.registerCommand(COMMANDS.openCheck, (code: unknown) =>
      commands.executeCommand('markdown.showPreview', checkPage(context.extensionUri, code)),
    ),
    workspace.onDidChangeConfiguration((event) => {
      if (!affectsEditor(event)) return;
      changed.fire();
      atCursor.update();
      workspace.textDocuments.forEach(check);
    }),
    workspace.onDidOpenTextDocument(check),
    workspace.onDidChangeTextDocument(({ document }) => check(document)),
    workspace.onDidCloseTextDocument(closed),
  );
  workspace.textDocuments.forEach(check);
  return {
    findLossConfigs: async (...args) => (await analysis()).findLossConfigs(...args),
    lossesOf: async (uri) => (await hints()).files.found(uri),
    lossPlaces: async (uri) => (await hints()).files.places(uri),
    openAtCursor: async () => (await hints()).openConfig(),
    openOnlyConfig: async () => (await hints()).openOnlyConfig(),
    tryConfig: async (target) => (await hints()).openConfig(target, 'tried'),
    async nearbyLosses(uri, where) {
      const documents = await (where === 'here' ? documentsAt(uri) : documentsBeside(uri));
      const eligible = documents.filter((each) => isEligible(each) && !editorSettings(each).isExcluded);
      return eligible.length === 0 ? [] : (await hints()).files.forLogits(eligible);
    },
    alphaWriter: {
      preview: async (...args) => (await hints()).alphaWriter.preview(...args),
      apply: async (id) => (await hints()).alphaWriter.apply(id),
      undo: async (id) => (await hints()).alphaWriter.undo(id),
    },
  };
}

/** The page of the checks, at the one of this code. */
function checkPage(extensionUri: Uri, code: unknown): Uri {
  const page = Uri.joinPath(extensionUri, 'docs', 'checks.md');
  return typeof code === 'string' ? page.with({ fragment: code.toLowerCase() }) : page;
}
