// The entry of dist/features.js: what isn't needed before logits, or a loss to compute, turn up.
import type { ExtensionContext, Uri, WebviewPanel } from 'vscode';
import { describeArgument } from '../../answers/argumentMessages.ts';
import { computeLoss, type LossRequest } from '../../answers/computeLoss.ts';
import type { ReadLogitsReply } from '../../answers/logitsReply.ts';
import type { ReadLogitsOptions } from '../../answers/readRequest.ts';
import { EngineClient } from '../../engine/engineClient.ts';
import { type LogitsInput, readLogits } from '../api/readLogits.ts';
import type { RegisteredEditor, ShowConfig } from '../editor/registerEditor.ts';
import { measureCellInView } from '../notebook/measure/measureCommand.ts';
import { Notebooks } from '../notebook/notebooks.ts';
import { openDocs, openScaleDocs } from '../openDocs.ts';
import { showOverview } from '../overview/overviewEditor.ts';
import { KeptFolds } from '../panel/keptFolds.ts';
import { PanelLifecycle } from '../panel/panelLifecycle.ts';
import { openDropped, pickLogits, type SmoothLabelsServices, smoothLabels } from '../smoothLabels.ts';
import { chooseOtherTargets } from '../targets/chooseFileTargets.ts';
import { ModelTools } from '../tools/modelTools.ts';
import { toolWorld } from '../tools/toolWorld.ts';
import { speakDisplayLanguage } from './displayLanguage.ts';
import { startWorker } from './startWorker.node.ts';

speakDisplayLanguage();

export interface LogitsFeatures {
  readonly engine: EngineClient;
  /** The command "Smooth labels". */
  smoothLabels(of?: unknown, chosen?: unknown): Promise<void>;
  showConfig: ShowConfig;
  restorePanel(panel: WebviewPanel, state: unknown): Promise<void>;
  /** The editor for a file of arrays. */
  showOverview(uri: Uri, panel: WebviewPanel): Promise<void>;
  cellStatusBarItem: Notebooks['statusBarItem'];
  /** The command "Measure in the kernel". */
  measureInKernel(of?: unknown, printer?: unknown): Promise<void>;
  computeLoss(request: LossRequest): ReturnType<typeof computeLoss>;
  readLogits(source: LogitsInput, options?: ReadLogitsOptions): Promise<ReadLogitsReply>;
  describeArgument: typeof describeArgument;
  readonly tools: Pick<ModelTools, 'invoke' | 'prepare'>;
  openPlayground(): void;
  /** `page`: one of docs/learn; without one it's asked for. */
  openDocs(page?: unknown): Promise<void>;
}

/** Builds the parts, once. `hints` are asked when the panel, or the command, has to do with code. */
export function createLogitsFeatures(
  context: ExtensionContext,
  hints: Pick<
    RegisteredEditor,
    'openAtCursor' | 'openOnlyConfig' | 'nearbyLosses' | 'alphaWriter' | 'lossesOf'
  >,
): LogitsFeatures {
  const { extensionUri } = context;
  const engine = new EngineClient(() => startWorker(extensionUri, 'engine'));
  const notebooks = new Notebooks(engine, context.workspaceState);
  const panels = new PanelLifecycle(engine, extensionUri, {
    openDropped: (source) => openDropped(services, source),
    chooseTargets: (source, summary) => chooseOtherTargets(engine, notebooks, source, summary),
    chooseLogits: () => pickLogits(services),
    openLearn: (page) => openDocs(context, page),
    openScaleDocs: () => openScaleDocs(context),
    alphaWriter: hints.alphaWriter,
    findLosses: hints.nearbyLosses,
    folds: new KeptFolds(context.globalState),
  });
  const services: SmoothLabelsServices = { engine, panels, notebooks, hints, extensionUri };
  context.subscriptions.push(engine);
  return {
    engine,
    smoothLabels: (of, chosen) => smoothLabels(services, of, chosen),
    showConfig: (config, how) => panels.showConfig(config, how),
    openPlayground: () => panels.showPlayground(''),
    showOverview: (uri, panel) =>
      showOverview({ engine, open: (source) => openDropped(services, source) }, uri, panel),
    restorePanel: (panel, state) => panels.restore(panel, state),
    cellStatusBarItem: (cell) => notebooks.statusBarItem(cell),
    measureInKernel: (of, printer) => measureCellInView(of, printer),
    computeLoss: (request) => computeLoss(engine, request),
    readLogits: (source, options) => readLogits(engine, source, options),
    describeArgument,
    openDocs: (page) => openDocs(context, page),
    tools: new ModelTools((token) => toolWorld(engine, hints, token)),
  };
}
