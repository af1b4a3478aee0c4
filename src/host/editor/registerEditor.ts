import {
  commands,
  EventEmitter,
  type ExtensionContext,
  languages,
  type TextDocument,
  workspace,
} from 'vscode';
import { COMMANDS } from '../contributions.ts';
import { loadBundle } from '../loading/loadBundle.node.ts';
import { once } from '../loading/once.ts';
import type { AlphaWriter } from '../panel/writtenAlpha.ts';
import { isEligible, SELECTOR } from './documents/eligibleDocuments.ts';
import { LimitStatus } from './documents/limitStatus.ts';
import type { EditorFeatures } from './editorFeatures.ts';
import { affectsEditor, editorSettings } from './editorSettings.ts';
import type { TargetFramework } from './equivalent/equivalent.ts';
import type { LensTarget } from './lens/codeLens.ts';

/** Typing goes on for about this long between two looks at what is wrong. */
const EDIT_PAUSE_MS = 300;

type Analysis = typeof import('./editorBundle.ts');

/** Shows a configuration in the panel; see `Panels`. */
export type ShowConfig = Parameters<Analysis['createEditorFeatures']>[0]['showConfig'];

/** What the rest of the extension asks of the hints. */
export interface RegisteredEditor {
  readonly findLossConfigs: Analysis['findLossConfigs'];
  /** Opens the panel for the configuration at the cursor. Resolves to false if there's none. */
  openAtCursor(): Promise<boolean>;
  readonly alphaWriter: AlphaWriter;
}

/** Registers lenses, hovers, checks and commands. The rest is loaded with the first document that has a hint word. */
export function registerEditor(context: ExtensionContext, showConfig: ShowConfig): RegisteredEditor {
  const changed = new EventEmitter<void>();
  const timers = new Map<TextDocument, ReturnType<typeof setTimeout>>();
  const status = new LimitStatus();
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
        return (await hints()).hover(document, position);
      },
    }),
    languages.registerCodeActionsProvider(SELECTOR, {
      async provideCodeActions(document, range, { diagnostics }) {
        if (!isEligible(document) || editorSettings(document).isExcluded) return [];
        return (await hints()).codeActions(document, range, diagnostics);
      },
    }),
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
    workspace.onDidChangeConfiguration((event) => {
      if (!affectsEditor(event)) return;
      changed.fire();
      workspace.textDocuments.forEach(check);
    }),
    workspace.onDidOpenTextDocument(check),
    workspace.onDidChangeTextDocument(({ document }) => check(document)),
    workspace.onDidCloseTextDocument(closed),
  );
  workspace.textDocuments.forEach(check);
  return {
    findLossConfigs: async (...args) => (await analysis()).findLossConfigs(...args),
    openAtCursor: async () => (await hints()).openConfig(),
    alphaWriter: {
      preview: async (...args) => (await hints()).alphaWriter.preview(...args),
      apply: async (id) => (await hints()).alphaWriter.apply(id),
      undo: async (id) => (await hints()).alphaWriter.undo(id),
    },
  };
}
