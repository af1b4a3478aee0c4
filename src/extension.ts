import { commands, type ExtensionContext, type NotebookCell, type Uri } from 'vscode';
import { EngineClient } from './engine/client.ts';
import { createApi, type SmoothLabelsApi } from './host/api.ts';
import { chooseOtherTargets } from './host/files/chooseTargets.ts';
import { registerHints } from './host/hints/register.ts';
import { Notebooks } from './host/notebook/notebooks.ts';
import { Panels } from './host/panel/panels.ts';
import { openDropped, type SmoothLabelsServices, smoothLabels } from './host/smoothLabels.ts';
import { startEngine } from './host/startEngine.node.ts';

export type { SmoothLabelsApi };

export function activate(context: ExtensionContext): SmoothLabelsApi {
  const engine = new EngineClient(() => startEngine(context.extensionUri));
  const notebooks = new Notebooks(engine, context);
  const panels = new Panels(
    engine,
    {
      openDropped: (source) => openDropped(services, source),
      chooseTargets: (source, summary) => chooseOtherTargets(engine, notebooks, source, summary),
      previewAlpha: (place, shown) => hints.alphaWriter.preview(place, shown),
      applyAlpha: (id) => hints.alphaWriter.apply(id),
    },
    context,
  );
  const hints = registerHints(context, panels);
  const services: SmoothLabelsServices = {
    engine,
    panels,
    notebooks,
    hints,
    extensionUri: context.extensionUri,
  };
  const run = (of?: Uri | NotebookCell) => smoothLabels(services, of);
  context.subscriptions.push(
    engine,
    commands.registerCommand('smoothLabels.open', () => run()),
    commands.registerCommand('smoothLabels.openFile', run),
    commands.registerCommand('smoothLabels.openCell', run),
  );
  return createApi(engine, hints);
}
