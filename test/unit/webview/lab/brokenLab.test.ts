// @vitest-environment happy-dom
import { afterAll, expect, it, vi } from 'vitest';
import type { DataSet } from '../../../../src/lab/data/dataSet.ts';
import { ownSettings } from '../../../../src/lab/experiments/ownAlpha.ts';
import { openLab, trainOwnData } from './renderedLab.ts';

const ROWS = 60;

/** Two classes; of steps this large no numbers are left. */
const set: DataSet = {
  rows: {
    features: Float32Array.from({ length: 2 * ROWS }, (_, i) => Math.sin(3 * i)),
    labels: Int32Array.from({ length: ROWS }, (_, row) => row % 2),
  },
  inputs: 2,
  classes: 2,
  classNames: null,
  scale: 'standard',
  wrongLabels: 0,
};
const settings = {
  ...ownSettings({ ...set, rows: ROWS }),
  alphas: [0, 0.1],
  epochs: 20,
  hidden: [8],
  optimizer: { kind: 'sgd', learningRate: 1e30, momentum: 0 },
} as const;

const lab = openLab({
  set,
  about: {
    id: 1,
    features: 'X.npy',
    labels: 'y.npy',
    rows: ROWS,
    inputs: 2,
    classes: 2,
    leftOut: 0,
    sampledFrom: null,
    sweeps: [settings],
  },
});
afterAll(() => lab.close());

const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 20_000, interval: 20 });
const control = (name: string) => document.querySelector<HTMLButtonElement>(`[data-control="${name}"]`);
const problem = () => document.querySelector<HTMLElement>('[data-figure="problem"]');

it('losses that aren’t numbers any more are said, with their seeds, and can be left out', async () => {
  await trainOwnData();

  await until(() => problem() !== null);
  expect(problem()!.textContent).toMatch(
    /^Training stopped: the losses of seeds 1, 2, 3, 4, 5, 6, 7, 8 aren’t numbers from epoch \d+ on\./,
  );
  expect(document.querySelector('[data-verdict="seen"], [data-verdict="opposite"]')).toBeNull();
  problem()!.querySelector('button')!.click();
  await until(() => control('train')?.textContent === 'Train again' && problem() === null);
  // Of no seed nothing is claimed.
  const verdicts = [...document.querySelectorAll<HTMLElement>('[data-verdict]')];
  expect(verdicts.map(({ dataset }) => dataset.verdict)).not.toContain('seen');
});
