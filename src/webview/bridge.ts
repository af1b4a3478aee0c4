import { type BirpcReturn, createBirpc } from 'birpc';
import type { ConfigState, PanelFunctions, PanelRequests, PanelState } from '../protocol/panel.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): PanelState | ConfigState | undefined;
  setState(state: PanelState | ConfigState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const vscode = acquireVsCodeApi();

/** The extension host. Set by `connect`, which the page calls before it renders anything. */
export let host: BirpcReturn<PanelRequests, PanelFunctions>;

export function connect(functions: PanelFunctions): typeof host {
  host = createBirpc<PanelRequests, PanelFunctions>(functions, {
    post: (message) => vscode.postMessage(message),
    on: (listener) => window.addEventListener('message', (event) => listener(event.data)),
    eventNames: [
      'ready',
      'stopCalibrating',
      'chooseTeacher',
      'removeTeacher',
      'revealSource',
      'revealRow',
      'setView',
      'chooseTargets',
      'openDropped',
      'cancel',
    ],
    timeout: -1,
  });
  return host;
}

/** What was kept before the page, or the window, was loaded again. */
export function keptState(): PanelState | ConfigState | undefined {
  return vscode.getState();
}

const KEEP_AFTER_MS = 200;
let keeping: ReturnType<typeof setTimeout> | undefined;

/** Keeps the state for the next load, once it has been still for a moment. */
export function keepState(state: PanelState | ConfigState): void {
  clearTimeout(keeping);
  keeping = setTimeout(() => vscode.setState(state), KEEP_AFTER_MS);
}
