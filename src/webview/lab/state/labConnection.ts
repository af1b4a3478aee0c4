import { type BirpcReturn, createBirpc } from 'birpc';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { LabFunctions, LabRequests } from '../../../protocol/labChannel.ts';

/** What the page keeps over a reload of the window: which story it was at. */
export interface KeptLab {
  readonly story: string;
}

/** What VS Code gives the lab's page, once. */
export interface LabVsCode {
  postMessage(message: unknown): void;
  getState(): KeptLab | undefined;
  setState(state: KeptLab): void;
}

/** The extension host, as the lab's page speaks to it. */
export type LabHost = BirpcReturn<LabRequests, LabFunctions>;

/** How many arguments each function of the page takes; all but the first two begin with the number of a run. */
const ARGUMENTS: Readonly<Record<keyof LabFunctions, number>> = {
  showStory: 1,
  started: 2,
  progress: 2,
  snapshots: 2,
  reliability: 2,
  part: 2,
  stopped: 2,
};

/** Connects the page; what isn't a message of ours is left alone. */
export function connectLab(vscode: Pick<LabVsCode, 'postMessage'>, functions: LabFunctions): LabHost {
  return createBirpc<LabRequests, LabFunctions>(functions, {
    post: (message) => vscode.postMessage(message),
    on: (listener) =>
      window.addEventListener('message', ({ data }) => {
        if (isLabMessage(data)) listener(data);
      }),
    eventNames: ['ready', 'pause', 'release', 'openLearn'],
    timeout: -1,
  });
}

function isLabMessage(message: unknown): boolean {
  if (typeof message !== 'object' || message === null) return false;
  // As birpc has them: a question with its method and arguments, an answer with its question's id.
  const { t: type, m: method, a: args, i: id } = message as Readonly<Record<'t' | 'm' | 'a' | 'i', unknown>>;
  if (type !== 'q') return type === 's' && typeof id === 'string';
  if (typeof method !== 'string' || !Object.hasOwn(ARGUMENTS, method) || !Array.isArray(args)) return false;
  const isOfRun = method === 'showStory' || typeof args[0] === 'number';
  return isOfRun && args.length === ARGUMENTS[method as keyof LabFunctions];
}

export const LabHostContext = createContext<LabHost | undefined>(undefined);

/** The extension host of the page a component is in. */
export function useLabHost(): LabHost {
  const host = useContext(LabHostContext);
  if (!host) throw new Error('Nothing is asked outside of the page');
  return host;
}
