import { commands, type ExtensionContext, type NotebookCell, type Uri } from 'vscode';
import { EngineClient } from './engine/client.ts';
import { createApi, type SmoothLabelsApi } from './host/api.ts';
import { registerHints } from './host/hints/register.ts';
import { Notebooks } from './host/notebook/notebooks.ts';
import { Panels } from './host/panel/panels.ts';
import { smoothLabels } from './host/smoothLabels.ts';
import { startEngine } from './host/startEngine.node.ts';

export type { SmoothLabelsApi };

export function activate(context: ExtensionContext): SmoothLabelsApi {
  const engine = new EngineClient(() => startEngine(context.extensionUri));
  const panels = new Panels(engine, context);
  const hints = registerHints(context, panels);
  const notebooks = new Notebooks(engine, context);
  const services = { engine, panels, notebooks, hints, extensionUri: context.extensionUri };
  const run = (of?: Uri | NotebookCell) => smoothLabels(services, of);
  context.subscriptions.push(
    engine,
    commands.registerCommand('smoothLabels.open', () => run()),
    commands.registerCommand('smoothLabels.openFile', run),
    commands.registerCommand('smoothLabels.openCell', run),
  );
  return createApi(engine, hints);
}
