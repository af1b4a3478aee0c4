import { commands, type ExtensionContext, notebooks, window } from 'vscode';
import { tensorTexts } from './answers/notebook/cellOutputs.ts';
import { createApi, type SmoothLabelsApi } from './host/api/publicApi.ts';
import { COMMANDS, LAB_VIEW_TYPE, OVERVIEW_VIEW_TYPE, PANEL_VIEW_TYPE } from './host/contributions.ts';
import type { LensTarget } from './host/editor/lens/codeLens.ts';
import { registerEditor } from './host/editor/registerEditor.ts';
import { openExample } from './host/firstSteps.ts';
import { loadBundle } from './host/loading/loadBundle.node.ts';
import { once } from './host/loading/once.ts';
import { overviewProvider } from './host/overview/overviewProvider.ts';
import { registerTools } from './host/registerTools.ts';

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
  const hints = registerEditor(context, async (config, how) => {
    // What is shown already can't be without them.
    if (how !== 'changed' || features.started()) (await features()).showConfig(config, how);
  });
  const lab = once(async () => {
    const bundle = await loadBundle<typeof import('./host/lab/labBundle.ts')>(extensionUri, 'lab');
    const { engine } = await features();
    return bundle.createLab(context, { engine, ...hints });
  });
  const run = async (of?: unknown, chosen?: unknown) => (await features()).smoothLabels(of, chosen);
  subscriptions.push(
    commands.registerCommand(COMMANDS.open, () => run()),
    commands.registerCommand(COMMANDS.openFile, run),
    commands.registerCommand(COMMANDS.openCell, run),
    commands.registerCommand(COMMANDS.measureInKernel, async (of?: unknown, printer?: unknown) =>
      (await features()).measureInKernel(of, printer),
    ),
    commands.registerCommand(COMMANDS.openDocs, async (page?: unknown) => (await features()).openDocs(page)),
    commands.registerCommand(COMMANDS.openPlayground, async (target?: LensTarget) => {
      if (!(await hints.tryConfig(target))) (await features()).openPlayground();
    }),
    commands.registerCommand(COMMANDS.openExample, (kind?: unknown) => openExample(extensionUri, kind)),
    window.registerCustomEditorProvider(
      OVERVIEW_VIEW_TYPE,
      overviewProvider(async (uri, panel) => (await features()).showOverview(uri, panel)),
      { supportsMultipleEditorsPerDocument: true },
    ),
    commands.registerCommand(COMMANDS.openLab, async (story?: unknown) => (await lab()).open(story)),
    window.registerWebviewPanelSerializer(LAB_VIEW_TYPE, {
      deserializeWebviewPanel: async (panel) => (await lab()).restore(panel),
    }),
    window.registerWebviewPanelSerializer(PANEL_VIEW_TYPE, {
      deserializeWebviewPanel: async (panel, state) => (await features()).restorePanel(panel, state),
    }),
    notebooks.registerNotebookCellStatusBarItemProvider('*', {
      provideCellStatusBarItems: async (cell) =>
        tensorTexts(cell).length > 0 ? (await features()).cellStatusBarItem(cell) : undefined,
    }),
  );
  registerTools(context, async () => (await features()).tools);
  return createApi(features, hints);
}
