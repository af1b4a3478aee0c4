import { type BirpcReturn, createBirpc } from 'birpc';
import type { KeptState, PanelFunctions, PanelRequests } from '../../protocol/panelChannel.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): KeptState | undefined;
  setState(state: KeptState): void;
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
      'stop',
      'chooseTeacher',
      'removeTeacher',
      'revealSource',
      'revealRow',
      'turnTo',
      'setView',
      'chooseTargets',
      'openDropped',
      'cancel',
    ],
    timeout: -1,
  });
  return host;
}

let kept: KeptState | undefined;

/** What was kept before the page, or the window, was loaded again, and since. */
export function keptState(): KeptState | undefined {
  kept ??= vscode.getState();
  return kept;
}

const KEEP_AFTER_MS = 200;
let keeping: ReturnType<typeof setTimeout> | undefined;

/** Keeps the state of what is in front for the next load, once it has been still for a moment; that of the other stays. */
export function keepState(state: KeptState): void {
  const next = { ...keptState(), ...state };
  kept = next;
  clearTimeout(keeping);
  keeping = setTimeout(() => vscode.setState(next), KEEP_AFTER_MS);
}
