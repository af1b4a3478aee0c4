// @vitest-environment happy-dom
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { PretendedTrainer } from '../../../fixtures/pretendedTrainer.ts';
import { openLab } from './renderedLab.ts';

/** Of the first network that learns wines nothing is known. */
const WINE_INPUTS = 13;
const trainer = new PretendedTrainer((plan, network, _, epoch) =>
  plan.inputs === WINE_INPUTS && network === 0 ? Number.NaN : 0.5 + network / 1000 + epoch / 1e6,
);
const lab = openLab(undefined, trainer);
afterAll(() => lab.close());

const find = (selector: string) => document.querySelector<HTMLElement>(selector);
const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 60_000, interval: 10 });

beforeAll(() => until(() => find('#tab-hurts') !== null));

it('where a seed has no figure, the others keep their places', async () => {
  find('#tab-hurts')!.click();
  await until(() => find('#tab-hurts[aria-selected="true"]') !== null);
  find('[data-control="train"]')!.click();
  await until(() => {
    for (const run of trainer.begun) if (run.trains) run.reach(run.plan.epochs);
    return find('[data-control="train"]')?.textContent === 'Train again';
  });
  const chart = [...document.querySelectorAll('section.chart')].find((each) =>
    each.textContent?.includes('Change of test accuracy'),
  )!;
  const [axis] = chart.querySelectorAll('line.axis');
  expect(Number(axis!.getAttribute('x1'))).toBeGreaterThan(0);
  const dots = [...chart.querySelectorAll('circle')].map((dot) => Number(dot.getAttribute('cx')));
  expect(dots.length).toBeGreaterThan(50);
  expect(dots.filter((x) => !Number.isFinite(x))).toEqual([]);
  expect(
    [...chart.querySelectorAll('path')].filter((path) => path.getAttribute('d')!.includes('NaN')),
  ).toEqual([]);
});
