import { commands, type ExtensionContext, notebooks, window } from 'vscode';
import { createApi, type SmoothLabelsApi } from './host/api/publicApi.ts';
import { COMMANDS, PANEL_VIEW_TYPE } from './host/contributions.ts';
import { registerEditor } from './host/editor/registerEditor.ts';
import { loadBundle } from './host/loading/loadBundle.node.ts';
import { once } from './host/loading/once.ts';
import { tensorTexts } from './host/notebook/cellOutputs.ts';

export type { SmoothLabelsApi };

/** Registers what VS Code may ask for. All else is loaded once it does. */
export function activate(context: ExtensionContext): SmoothLabelsApi {
  const { extensionUri, subscriptions } = context;
  const features = once(async () => {
    const bundle = await loadBundle<typeof import('./host/loading/logitsFeatures.ts')>(
      extensionUri,
      'features',
    );
    return bundle.createLogitsFeatures(context, hints);
  });
  const hints = registerEditor(context, async (config, isUpdate) => {
    // What is shown already can't be without them.
    if (!isUpdate || features.started()) (await features()).showConfig(config, isUpdate);
  });
  const run = async (of?: unknown) => (await features()).smoothLabels(of);
  subscriptions.push(
    commands.registerCommand(COMMANDS.open, () => run()),
    commands.registerCommand(COMMANDS.openFile, run),
    commands.registerCommand(COMMANDS.openCell, run),
    commands.registerCommand(COMMANDS.openDocs, async () => (await features()).openDocs()),
    window.registerWebviewPanelSerializer(PANEL_VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state) => (await features()).restorePanel(panel, state),
    }),
    notebooks.registerNotebookCellStatusBarItemProvider('*', {
      provideCellStatusBarItems: async (cell) =>
        tensorTexts(cell).length > 0 ? (await features()).cellStatusBarItem(cell) : undefined,
    }),
  );
  return createApi(features, hints);
}
