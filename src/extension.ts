import { commands, type ExtensionContext, type Uri } from 'vscode';
import { EngineClient } from './engine/client.ts';
import { createApi, type SmoothLabelsApi } from './host/api.ts';
import { registerHints } from './host/hints/register.ts';
import { Panels } from './host/panel/panels.ts';
import { smoothLabels } from './host/smoothLabels.ts';
import { startEngine } from './host/startEngine.node.ts';

export type { SmoothLabelsApi };

export function activate(context: ExtensionContext): SmoothLabelsApi {
  const engine = new EngineClient(() => startEngine(context.extensionUri));
  const panels = new Panels(engine, context, () => hints.alphaWriter);
  const hints = registerHints(context, panels);
  const run = (uri?: Uri) => smoothLabels(engine, panels, hints, context, uri);
  context.subscriptions.push(
    engine,
    commands.registerCommand('smoothLabels.open', () => run()),
    commands.registerCommand('smoothLabels.openFile', run),
  );
  return createApi(engine, hints);
}
