import { commands, type ExtensionContext, notebooks, window } from 'vscode';
import { createApi, type SmoothLabelsApi } from './host/api.ts';
import { registerHints } from './host/hints/register.ts';
import { loadBundle } from './host/loadBundle.node.ts';
import { tensorTexts } from './host/notebook/outputs.ts';
import { once } from './host/once.ts';
import { PANEL_VIEW_TYPE } from './host/panel/viewType.ts';

export type { SmoothLabelsApi };

/** Registers what VS Code may ask for. All else is loaded once it does. */
export function activate(context: ExtensionContext): SmoothLabelsApi {
  const { extensionUri, subscriptions } = context;
  const features = once(async () => {
    const bundle = await loadBundle<typeof import('./host/features.ts')>(extensionUri, 'features');
    return bundle.createFeatures(context, hints);
  });
  const hints = registerHints(context, async (config, isUpdate) => {
    // What is shown already can't be without them.
    if (!isUpdate || features.started()) (await features()).showConfig(config, isUpdate);
  });
  const run = async (of?: unknown) => (await features()).smoothLabels(of);
  subscriptions.push(
    commands.registerCommand('smoothLabels.open', () => run()),
    commands.registerCommand('smoothLabels.openFile', run),
    commands.registerCommand('smoothLabels.openCell', run),
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
