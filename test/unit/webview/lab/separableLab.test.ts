// @vitest-environment happy-dom
import { afterAll, expect, it, vi } from 'vitest';
import type { DataSet } from '../../../../src/lab/data/dataSet.ts';
import { ownSettings } from '../../../../src/lab/experiments/ownAlpha.ts';
import { exported, openLab, trainOwnData } from './renderedLab.ts';

const ROWS = 100;

/** Two classes far from each other: each network is right about every row. */
const set: DataSet = {
  rows: {
    features: Float32Array.from({ length: ROWS }, (_, row) => (row % 2 === 0 ? -3 : 3) + Math.sin(row) / 2),
    labels: Int32Array.from({ length: ROWS }, (_, row) => row % 2),
  },
  inputs: 1,
  classes: 2,
  classNames: null,
  scale: 'standard',
  wrongLabels: 0,
};
const about = { id: 1, features: 'X.npy', labels: 'y.npy', rows: ROWS, inputs: 1, classes: 2, leftOut: 0 };
const settings = { ...ownSettings({ ...set, rows: ROWS }), epochs: 20 };
const lab = openLab({ set, about: { ...about, sampledFrom: null, sweeps: [settings] } });
afterAll(() => lab.close());

const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 60_000, interval: 20 });
const control = (name: string) => document.querySelector<HTMLButtonElement>(`[data-control="${name}"]`);

it('where no temperature is the best, α is chosen by the NLL as it is, and that is said and drawn', async () => {
  await trainOwnData();
  await until(() => control('train')?.textContent === 'Train again');
  expect(document.querySelector('.sum')!.textContent).toContain(
    'without temperature scaling, because some networks have no best temperature there;',
  );
  const titles = [...document.querySelectorAll('.middle h2, .middle h3')].map((each) => each.textContent);
  expect(titles).toContain('Held-out NLL before temperature scaling, nats');
  // Parts of the rest, which don’t add up to all rows: “others” would be read as the rest.
  const facts = [...document.querySelectorAll('dd')].map((each) => each.textContent);
  expect(facts.filter((fact) => fact?.includes('other'))).toEqual(['20 other rows', '40 other rows']);
  // Nine α with eight seeds each, in both pictures.
  expect(document.querySelectorAll('.middle circle.dot')).toHaveLength(2 * 9 * 8);
  // α = 0.1 is the default that is spoken of: of another one it's said whether it can be told apart from that.
  const suiting = document.querySelector('[data-figure="suiting"]')!.textContent;
  const isTold = /isn’t clearly different for (α = ([^.]|\.\d)*0\.1(,|\.\s)|any other α)/.test(
    document.querySelector('.sum')!.textContent!,
  );
  const lesson = document.querySelector('[data-figure="lesson"]')!.textContent!;
  expect(lesson.slice(lesson.indexOf('”') + 2).trim()).toBe(
    suiting === '0.1'
      ? 'For these data it was chosen.'
      : isTold
        ? 'For these data it isn’t clearly different from the α that was chosen.'
        : 'For these data another α was chosen.',
  );
  const menu = document.querySelector<HTMLElement>('.foot .menu > button')!;
  menu.click();
  await until(() => document.querySelector('.foot [role="menuitem"]') !== null);
  document.querySelector<HTMLElement>('.foot [role="menuitem"]')!.click();
  await until(() => exported.length > 0);
  expect(exported[0]!.text).toContain(`**Chosen: α = ${suiting}**`);
  // What can't be scaled isn't claimed scaled: each claim is judged.
  const claims = [...document.querySelectorAll<HTMLElement>('[data-claim]')].map(({ dataset }) => dataset);
  expect(claims.map(({ claim }) => claim)).toEqual(['mistakes-cheaper', 'accuracy-up', 'ece-falls']);
  expect(claims.map(({ verdict }) => verdict)).not.toContain('unknown');
});
