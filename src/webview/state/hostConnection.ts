import { type BirpcReturn, createBirpc } from 'birpc';
import type { PanelFunctions, PanelRequests } from '../../protocol/panelChannel.ts';
import type { KeptState } from '../../protocol/panelKept.ts';
import { isMessage } from './validMessages.ts';

/** What VS Code gives a page, once. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): KeptState | undefined;
  setState(state: KeptState): void;
}

/** The extension host, as the page speaks to it. */
export type Host = BirpcReturn<PanelRequests, PanelFunctions>;

/** `functions` are called with what arrives; what isn't a message of ours is left alone. */
export function connect(vscode: Pick<VsCodeApi, 'postMessage'>, functions: PanelFunctions): Host {
  return createBirpc<PanelRequests, PanelFunctions>(functions, {
    post: (message) => vscode.postMessage(message),
    on: (listener) =>
      window.addEventListener('message', ({ data }) => {
        if (isMessage(data)) listener(data);
      }),
    eventNames: [
      'ready',
      'stop',
      'chooseTeacher',
      'removeTeacher',
      'revealSource',
      'revealRow',
      'turnTo',
      'chooseLogits',
      'openLab',
      'openLearn',
      'chooseTargets',
      'openDropped',
      'cancel',
    ],
    timeout: -1,
  });
}
