import { describe, expect, it } from 'vitest';
import {
  CLOUD_CENTRES,
  cloudPosterior,
  drawClouds,
  squareOfPoints,
} from '../../../../src/lab/data/clouds.ts';
import type { DataSet } from '../../../../src/lab/data/dataSet.ts';
import { type OwnRows, ownDataSet } from '../../../../src/lab/data/ownData.ts';
import { PACKAGED_SETS } from '../../../../src/lab/data/packagedSets.ts';
import { splitSet } from '../../../../src/lab/data/splits.ts';
import { SeededNumbers } from '../../../../src/lab/random/seededNumbers.ts';
import type { LabelledRows } from '../../../../src/lab/training/labelledRows.ts';

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, x) => all + x, 0);

describe('packaged data sets', () => {
  // Shapes, sums, classes and the beginning of row 100, as scikit-learn has them.
  it.each([
    ['digits', 64, 561718, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180], [0, 0, 0, 2]],
    ['wine', 13, 159975.295999, [59, 71, 48], [12.08, 2.08, 1.7, 17.5]],
    ['iris', 4, 2078.7, [50, 50, 50], [6.3, 3.3, 6, 2.5]],
    ['breast', 30, 1056474.4596356, [212, 357], [13.61, 24.98, 88.05, 582.7]],
  ] as const)('%s is scikit-learn’s', async (id, inputs, total, classes, row100) => {
    const set = await PACKAGED_SETS[id]();
    expect([set.inputs, set.classes]).toEqual([inputs, classes.length]);
    expect(sum(set.rows.features) / total).toBeCloseTo(1, 6);
    expect(classes.map((_, k) => set.rows.labels.filter((label) => label === k).length)).toEqual(classes);
    expect([...set.rows.features.subarray(100 * inputs, 100 * inputs + 4)]).toEqual(row100.map(Math.fround));
  });
});

describe('a split', () => {
  const rowsOf = ({ features }: LabelledRows, inputs: number) =>
    Array.from({ length: features.length / inputs }, (_, i) =>
      features.subarray(i * inputs, (i + 1) * inputs).join(),
    );

  /** Features that are the row's number, so that one can tell which it was. */
  const numbered = (count: number, change: Partial<DataSet> = {}): DataSet => ({
    rows: {
      features: Float32Array.from({ length: count }, (_, i) => i),
      labels: Int32Array.from({ length: count }, (_, i) => i % 4),
    },
    inputs: 1,
    classes: 4,
    classNames: null,
    scale: 'none',
    wrongLabels: 0,
    ...change,
  });

  it('has each row in one part only, with its label, and differs by seed', () => {
    const set = numbered(100);
    const split = splitSet(set, 3, { train: 40, validation: 20 })!;
    const all = [split.train, split.validation, split.test].flatMap((rows) => [...rows.features]);
    expect(all.toSorted((a, b) => a - b)).toEqual([...set.rows.features]);
    for (const { features, labels } of [split.train, split.validation, split.test])
      expect([...labels]).toEqual([...features].map((row) => row % 4));
    expect(splitSet(set, 3, { train: 40, validation: 20 })).toEqual(split);
    expect(splitSet(set, 4, { train: 40, validation: 20 })!.train.features).not.toEqual(split.train.features);
  });

  it('keeps the rows that are judged on apart from those of every seed that are chosen by', () => {
    const set = numbered(100);
    const splits = [1, 2, 3].map((seed) => splitSet(set, seed, { train: 40, validation: 20 }, true)!);
    for (const { test } of splits) expect(test).toEqual(splits[0]!.test);
    const judged = new Set(splits[0]!.test.features);
    for (const { train, validation } of splits)
      expect([...train.features, ...validation.features].filter((row) => judged.has(row))).toEqual([]);
    expect(splits[1]!.train.features).not.toEqual(splits[0]!.train.features);
  });

  it('is scaled by its training rows alone', () => {
    const split = splitSet(numbered(100, { scale: 'standard' }), 1, { train: 40, validation: 20 })!;
    const { features } = split.train;
    expect(sum(features) / 40).toBeCloseTo(0, 5);
    expect(sum(features.map((x) => x * x)) / 40).toBeCloseTo(1, 5);
    const constant = numbered(60, { scale: 'standard' });
    constant.rows.features.fill(7);
    expect(new Set(splitSet(constant, 1, { train: 20, validation: 20 })!.test.features)).toEqual(
      new Set([0]),
    );
  });

  it('has wrong labels to train on and choose by, and right ones to judge on', async () => {
    const digits = await PACKAGED_SETS['digits-20']();
    const split = splitSet(digits, 5, { train: 600, validation: 300 })!;
    const clean = splitSet(await PACKAGED_SETS.digits(), 5, { train: 600, validation: 300 })!;
    expect(split.train.clean).toEqual(clean.train.labels);
    expect(split.train.features).toEqual(clean.train.features);
    expect(split.test).toEqual(clean.test);
    // A fifth is replaced, and a tenth of those by what they were.
    const wrong = split.train.labels.filter((label, row) => label !== split.train.clean![row]).length;
    expect(wrong / 600).toBeGreaterThan(0.13);
    expect(wrong / 600).toBeLessThan(0.23);
  });

  it('isn’t made of too few rows', () => {
    expect(splitSet(numbered(100), 1, { train: 80, validation: 20 })).toBeNull();
    expect(splitSet(numbered(100), 1, { train: 40, validation: 20, test: 41 })).toBeNull();
    expect(splitSet(numbered(100), 1, { train: 40, validation: 20, test: 40 })).not.toBeNull();
    expect(rowsOf(splitSet(numbered(10), 1, { train: 5, validation: 2 })!.test, 1)).toHaveLength(3);
  });
});

describe('clouds', () => {
  it('have the posterior of their densities', () => {
    const at = (x: number, y: number) => cloudPosterior(Float32Array.of(x, y));
    for (const p of at(0, 0)) expect(p).toBeCloseTo(1 / 3, 6);
    const [[x, y]] = CLOUD_CENTRES as [readonly [number, number]];
    const near = at(x, y);
    // The centres are √3·1.45 apart: densities of 1 and e^(−3·1.45²/2).
    const other = Math.exp((-3 * 1.45 ** 2) / 2);
    expect(near[0]).toBeCloseTo(1 / (1 + 2 * other), 6);
  });

  it('let who knows them be right in 82.5 %', () => {
    const { test } = drawClouds(1, { train: 1, validation: 1, test: 100_000 });
    const right = test.labels.filter((label, row) => {
      const p = [...test.posterior!.subarray(3 * row, 3 * row + 3)];
      return p.indexOf(Math.max(...p)) === label;
    }).length;
    expect(right / 100_000).toBeCloseTo(0.8254, 2);
    const certain = test.labels.reduce((total, label, row) => total + test.posterior![3 * row + label]!, 0);
    const sure = test.labels.reduce(
      (total, _, row) => total + Math.max(...test.posterior!.subarray(3 * row, 3 * row + 3)),
      0,
    );
    expect(sure / 100_000).toBeCloseTo(right / 100_000, 2);
    expect(certain / 100_000).toBeLessThan(sure / 100_000);
  });

  it('are the same for a seed', () => {
    const sizes = { train: 10, validation: 5, test: 5 };
    expect(drawClouds(4, sizes)).toEqual(drawClouds(4, sizes));
    expect(drawClouds(5, sizes)).not.toEqual(drawClouds(4, sizes));
  });

  it('are shown in a square, from the top left', () => {
    expect([...squareOfPoints(3, 2)]).toEqual([-2, 2, 0, 2, 2, 2, -2, 0, 0, 0, 2, 0, -2, -2, 0, -2, 2, -2]);
  });
});

describe('someone’s own rows', () => {
  const rows = (change: Partial<OwnRows> = {}): OwnRows => ({
    features: Float32Array.from({ length: 100 }, (_, i) => i),
    columns: 2,
    labels: Array.from({ length: 50 }, (_, i) => i % 3),
    classNames: null,
    sampled: null,
    ...change,
  });

  it('are a data set', () => {
    expect(ownDataSet(rows())).toMatchObject({ inputs: 2, classes: 3, scale: 'standard', wrongLabels: 0 });
  });

  it('are refused with the first row that can’t be used, which may be left out', () => {
    const infinite = rows();
    infinite.features[2 * 21 + 1] = Number.NEGATIVE_INFINITY;
    expect(ownDataSet(infinite)).toEqual({ reason: 'infinite', row: 21, column: 1 });
    const without = ownDataSet(infinite, new Set([21])) as DataSet;
    expect(without.rows.labels).toHaveLength(49);
    expect(without.rows.features[2 * 21]).toBe(44);
    // Of a sample rows are named as they're numbered where they come from.
    const sampled = Int32Array.from({ length: 50 }, (_, i) => 10 * i);
    expect(ownDataSet({ ...infinite, sampled })).toEqual({ reason: 'infinite', row: 210, column: 1 });
    expect((ownDataSet({ ...infinite, sampled }, new Set([210])) as DataSet).rows.labels).toHaveLength(49);
    infinite.features[2] = Number.NaN;
    expect(ownDataSet(infinite)).toEqual({ reason: 'not-a-number', row: 1, column: 0 });
    expect(ownDataSet(rows({ labels: Array.from({ length: 50 }, (_, i) => (i === 9 ? -1 : 0)) }))).toEqual({
      reason: 'label',
      row: 9,
      found: -1,
    });
    expect(ownDataSet(rows({ labels: Array.from({ length: 50 }, () => 1) }))).toEqual({
      reason: 'one-class',
    });
    expect(ownDataSet(rows({ labels: [0, 1] }))).toEqual({ reason: 'rows-differ', features: 50, labels: 2 });
    expect(ownDataSet(rows(), new Set(Array.from({ length: 11 }, (_, i) => i)))).toEqual({
      reason: 'too-few-rows',
      rows: 39,
      least: 40,
    });
  });
});

describe('numbers drawn by a seed', () => {
  it('are these bits', () => {
    const numbers = new SeededNumbers(1, 'test');
    expect([numbers.bits(), numbers.bits(), numbers.bits()]).toEqual([3902444471, 3499052969, 86301079]);
    expect(new SeededNumbers(1, 'test').uniform()).toBe(0.9086086587211992);
  });

  it('are uniform and normal, and of one stream have nothing to do with another', () => {
    const [a, b] = [new SeededNumbers(7, 'a'), new SeededNumbers(7, 'b')];
    const count = 100_000;
    const uniform = Array.from({ length: count }, () => a.uniform());
    expect(sum(uniform) / count).toBeCloseTo(0.5, 2);
    const normal = Array.from({ length: count }, () => b.normal());
    expect(sum(normal) / count).toBeCloseTo(0, 1);
    expect(sum(normal.map((x) => x * x)) / count).toBeCloseTo(1, 1);
    expect(Math.abs(sum(normal.map((x, i) => x * (uniform[i]! - 0.5))) / count)).toBeLessThan(0.005);
  });

  it('permute: each order as likely as the others', () => {
    const numbers = new SeededNumbers(2, 'orders');
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = numbers.permutation(3).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const times of counts.values()) expect(Math.abs(times - 1000)).toBeLessThan(130);
  });
});
