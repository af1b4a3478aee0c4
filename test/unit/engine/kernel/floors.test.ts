import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelMeasure } from '../../../../src/engine/measure/kernelMeasure.ts';
import { NO_THREADS } from '../../../../src/engine/measure/threads.ts';
import { type Smoothing, smoothingOf, valuesOf } from '../../../../src/loss/conventions/smoothing.ts';
import { type Layout, layoutOf, rowOf } from '../../../../src/loss/rows/rowLayout.ts';
import { sumSoftFloors, surprise } from '../../../../src/loss/theory/floors.ts';
import { finish } from '../../../../src/loss/work.ts';
import { kernelModule } from './builds.ts';
import { anyClasses, randomOf } from './families.ts';

type Share = (random: () => number, k: number, classes: number) => number;

/** Targets of one class: what they add up to is made 1 where that's asked for. */
const SHARES: Readonly<Record<string, Share>> = {
  uniform: (_, __, classes) => 1 / classes,
  random: (random) => random(),
  'peaked at all sizes': (random, k) => 10 ** (-12 * random() * (k === 2 ? 0 : 1)),
  'all but certain': (random, k) => (k === 1 ? 1 : 1e-7 * random()),
  'one-hot': (_, k) => (k === 1 ? 1 : 0),
  denormal: (random) => 1e-40 * random(),
  'none at all': () => 0,
  'more than one': (random) => (random() < 0.3 ? 1 : 0.6 * random()),
};

/** What the terms of a floor add up to if none is taken off another. */
function magnitudes(values: Float32Array, layout: Layout, row: number, smoothing: Smoothing): number {
  const { off } = valuesOf(smoothing);
  let [sum, mass] = [0, 0];
  for (const t of rowOf({ values, layout }, row)) {
    const q = (1 - smoothing.uniform) * t + off;
    sum += Math.abs(surprise(q));
    mass += q;
  }
  return sum + Math.abs(surprise(mass));
}

describe.each(['private-relaxed', 'private-plain'] as const)('%s has the floors of soft targets', (build) => {
  const kernel = new KernelMeasure(kernelModule(build), false, NO_THREADS);

  function expectSame(
    values: Float32Array,
    shape: readonly number[],
    alpha: number,
    among: 'UNIFORM_K' | 'UNIFORM_OTHERS',
  ) {
    const layout = layoutOf(shape, 1);
    const smoothing = smoothingOf(
      { convention: among, labelSmoothing: alpha, ignoreIndex: null },
      layout.classes,
    );
    const work = kernel.floors({ values, layout }, smoothing, null);
    if (!work) return;
    const [found, expected] = [finish(work), finish(sumSoftFloors({ values, layout }, smoothing, null))];
    for (let row = 0; row < layout.rows; row++) {
      const [a, b] = [found[row]!, expected[row]!];
      const terms = Math.max(Math.abs(b), magnitudes(values, layout, row, smoothing), 1e-6);
      const isSame = Object.is(a, b) || Math.abs(a - b) <= 1e-6 * terms;
      expect(isSame, `${a}, not ${b}, in row ${row}`).toBe(true);
    }
  }

  it.each(Object.entries(SHARES))('%s', (_, share) => {
    const shapes = fc.record({
      classes: anyClasses,
      rows: fc.integer({ min: 1, max: 9 }),
      inner: fc.constantFrom(1, 1, 3),
      seed: fc.integer({ min: 1, max: 2 ** 30 }),
      isWhole: fc.boolean(),
      alpha: fc.constantFrom(0, 1e-4, 0.1, 0.9, 1),
      convention: fc.constantFrom('UNIFORM_K', 'UNIFORM_OTHERS'),
    } as const);
    fc.assert(
      fc.property(shapes, ({ classes, rows, inner, seed, isWhole, alpha, convention }) => {
        const random = randomOf(seed);
        const values = new Float32Array(rows * classes * inner);
        for (let outer = 0; outer < rows * inner; outer++) {
          const row = Float64Array.from({ length: classes }, (_, k) => share(random, k, classes));
          const sum = isWhole ? row.reduce((a, b) => a + b, 0) || 1 : 1;
          const start = Math.floor(outer / inner) * classes * inner + (outer % inner);
          for (let k = 0; k < classes; k++) values[start + k * inner] = row[k]! / sum;
        }
        expectSame(values, [rows, classes, inner], alpha, convention);
      }),
      { numRuns: 60 },
    );
  });

  it('NaN, infinities and less than nothing', () => {
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0.5])
      for (const at of [0, 5, 8, 9])
        for (const alpha of [0, 0.1]) {
          const values = new Float32Array(10).fill(0.1);
          values[at] = odd;
          expectSame(values, [1, 10], alpha, 'UNIFORM_K');
        }
  });

  it('rows of 130,000 classes', () => {
    const random = randomOf(5);
    const values = Float32Array.from({ length: 390_000 }, () => random() / 65_000);
    expectSame(values, [3, 130_000], 0.1, 'UNIFORM_K');
  });
});
