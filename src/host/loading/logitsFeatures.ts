// The entry of dist/features.js: what isn't needed before logits, or a loss to compute, turn up.
import type { ExtensionContext, WebviewPanel } from 'vscode';
import { EngineClient } from '../../engine/engineClient.ts';
import { computeLoss, type LossRequest } from '../api/computeLoss.ts';
import type { RegisteredEditor, ShowConfig } from '../editor/registerEditor.ts';
import { describeArgument } from '../messages/lossMessages.ts';
import { Notebooks } from '../notebook/notebooks.ts';
import { openDocs } from '../openDocs.ts';
import { PanelLifecycle } from '../panel/panelLifecycle.ts';
import { openDropped, type SmoothLabelsServices, smoothLabels } from '../smoothLabels.ts';
import { chooseOtherTargets } from '../targets/chooseFileTargets.ts';
import { startEngine } from './startEngine.node.ts';

export interface LogitsFeatures {
  /** The command "Smooth labels". */
  smoothLabels(of?: unknown): Promise<void>;
  showConfig: ShowConfig;
  restorePanel(panel: WebviewPanel, state: unknown): Promise<void>;
  cellStatusBarItem: Notebooks['statusBarItem'];
  computeLoss(request: LossRequest): ReturnType<typeof computeLoss>;
  describeArgument: typeof describeArgument;
  openDocs(): Promise<void>;
}

/** Builds the parts, once. `hints` are asked when the panel, or the command, has to do with code. */
export function createLogitsFeatures(
  context: ExtensionContext,
  hints: Pick<RegisteredEditor, 'openAtCursor' | 'alphaWriter'>,
): LogitsFeatures {
  const { extensionUri } = context;
  const engine = new EngineClient(() => startEngine(extensionUri));
  const notebooks = new Notebooks(engine, context.workspaceState);
  const panels = new PanelLifecycle(engine, extensionUri, {
    openDropped: (source) => openDropped(services, source),
    chooseTargets: (source, summary) => chooseOtherTargets(engine, notebooks, source, summary),
    alphaWriter: hints.alphaWriter,
  });
  const services: SmoothLabelsServices = { engine, panels, notebooks, hints, extensionUri };
  context.subscriptions.push(engine);
  return {
    smoothLabels: (of) => smoothLabels(services, of),
    showConfig: (config, isUpdate) => panels.showConfig(config, isUpdate),
    restorePanel: (panel, state) => panels.restore(panel, state),
    cellStatusBarItem: (cell) => notebooks.statusBarItem(cell),
    computeLoss: (request) => computeLoss(engine, request),
    describeArgument,
    openDocs: () => openDocs(extensionUri),
  };
}
