// The lab's page in happy-dom, in front of the extension host's own runs and the trainer that is packaged.
import { createBirpc } from 'birpc';
import { vi } from 'vitest';
import { LabRuns, type LabTrainer } from '../../../../src/host/lab/labRuns.ts';
import type { DataSet } from '../../../../src/lab/data/dataSet.ts';
import type { LabFunctions, LabRequests, OwnData } from '../../../../src/protocol/labChannel.ts';
import { startLab } from '../../../../src/webview/lab/startLab.tsx';
import { startedTrainer } from '../../engine/trainer/training/startedTrainer.ts';

/** CSS pixels: happy-dom lays nothing out. */
const WIDTH = 480;

Object.defineProperty(HTMLElement.prototype, 'clientWidth', { get: () => WIDTH });
const context = {
  font: '',
  measureText: (text: string) => ({ width: 6 * text.length }),
  fillRect: () => {},
  getImageData: () => ({ data: [0, 0, 0, 255] }),
};
HTMLCanvasElement.prototype.getContext = (() => context) as unknown as HTMLCanvasElement['getContext'];

/** What the page exported, by kind. */
export const exported: { readonly name: string; readonly kind: string; readonly text: string }[] = [];

/** The pages to learn from that were opened. */
export const learnt: string[] = [];

/** Someone's data, which the page is given when it asks for some. */
export interface GivenData {
  readonly set: DataSet;
  readonly about: OwnData;
}

/** Opens the lab, with the trainer that is packaged or another one; `close` ends it. */
export function openLab(
  given?: GivenData,
  trainer: LabTrainer & { dispose?(): void } = startedTrainer(),
): { readonly page: LabFunctions; readonly runs: LabRuns; close(): void } {
  let isClosed = false;
  const listeners: ((message: unknown) => void)[] = [];
  const requests = {
    ready: () => {},
    version: async () => '1.2.3',
    estimate: (of) => runs.estimate(of),
    train: (run, of) => runs.train(run, of),
    goOn: (run, without) => runs.goOn(run, without),
    pause: (run) => runs.pause(run),
    release: (run) => void runs.release(run),
    teach: (run, settings, firstSeed) => runs.teach(run, settings, firstSeed),
    chooseOwn: async () => (given ? { data: given.about } : null),
    leaveOut: async () => null,
    exportText: async (name, kind, text) => {
      exported.push({ name, kind, text });
      return 'Copied';
    },
    exportTable: async () => 'Copied',
    exportPicture: async () => 'Copied',
    pictureTheme: async () => 'window',
    previewAlpha: async () => ({ why: '' }),
    applyAlpha: async () => ({ why: '' }),
    undoAlpha: async () => ({ why: '' }),
    openLearn: (page) => void learnt.push(page),
  } satisfies LabRequests;
  const page = createBirpc<LabFunctions, LabRequests>(requests, {
    // As VS Code does: a copy, a moment later.
    post: (message) => {
      const data = structuredClone(message);
      setTimeout(() => isClosed || window.dispatchEvent(new MessageEvent('message', { data })));
    },
    on: (listener) => void listeners.push(listener),
    eventNames: ['showStory', 'started', 'progress', 'snapshots', 'reliability', 'part', 'stopped'],
    timeout: -1,
  });
  const runs = new LabRuns(
    trainer,
    page,
    () => given?.set,
    () => true,
  );
  const root = document.body.appendChild(document.createElement('div'));
  startLab(
    {
      postMessage: (message) => {
        for (const listener of listeners) listener(message);
      },
      getState: () => undefined,
      setState: () => {},
    },
    root,
  );
  const close = () => {
    isClosed = true;
    trainer.dispose?.();
  };
  return { page, runs, close };
}

/** Goes to the story of someone's own data, chooses the given ones and trains. */
export async function trainOwnData(): Promise<void> {
  const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 20_000, interval: 20 });
  const control = (name: string) => document.querySelector<HTMLButtonElement>(`[data-control="${name}"]`);
  await until(() => document.querySelector('#tab-own') !== null);
  document.querySelector<HTMLElement>('#tab-own')!.click();
  await until(() => control('chooseOwn') !== null);
  control('chooseOwn')!.click();
  await until(() => control('train') !== null);
  control('train')!.click();
}
