import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lossTotals, reducedLoss } from '../../../../src/loss/batch/reduction.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { copied } from '../../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../../src/loss/work.ts';
import { FAMILIES, randomOf } from './families.ts';
import { threadedKernel } from './kernels.ts';

const SHAPES = fc.record({
  family: fc.constantFrom(...Object.keys(FAMILIES)),
  classes: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(100, 1000)),
  rows: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 250, max: 3000 })),
  targets: fc.constantFrom('indices', 'mostly ignored', 'none'),
  seed: fc.integer({ min: 1, max: 2 ** 30 }),
});

it('the kernel adds up a result to the last digit as it is added up elsewhere', () => {
  const kernel = threadedKernel(0);
  fc.assert(
    fc.property(SHAPES, ({ family, classes, rows, targets, seed }) => {
      const random = randomOf(seed);
      const logit = FAMILIES[family]!;
      const values = Float32Array.from({ length: rows * classes }, (_, i) =>
        logit(random, i % classes, Math.floor(i / classes)),
      );
      const index = () => (targets !== 'indices' && random() < 0.9 ? -100 : Math.floor(random() * classes));
      const indices = { kind: 'indices', values: Int32Array.from({ length: rows }, index) } as const;
      const question = { values, layout: layoutOf([rows, classes], 1) };
      const stats = finish(kernel.measure(question, targets === 'none' ? null : indices, DEFAULT_SPEC));
      const used = kernel.memory.used;
      expect(kernel.totals(stats)).toEqual(lossTotals(copied(stats)));
      expect(kernel.memory.used).toBe(used);
      kernel.release(stats);
    }),
    { numRuns: 300 },
  );
  expect(kernel.memory.used).toBe(0);
});

it('of many rows whose classes all weigh 0 there is no mean', () => {
  const kernel = threadedKernel(0);
  const random = randomOf(9);
  const values = Float32Array.from({ length: 3 * 1000 }, random);
  const spec = { ...DEFAULT_SPEC, weight: Float64Array.of(0, 0, 2) };
  const targets = { kind: 'indices', values: Int32Array.from({ length: 1000 }, (_, i) => i % 2) } as const;
  const stats = finish(kernel.measure({ values, layout: layoutOf([1000, 3], 1) }, targets, spec));
  const totals = kernel.totals(stats);
  for (const alpha of [0, 0.1, 1]) expect(reducedLoss(totals, alpha, 'mean')).toBeNaN();
  expect(reducedLoss(totals, 0.1, 'sum')).toBeGreaterThan(10);
});

it('a result that was copied is added up, too', () => {
  const kernel = threadedKernel(0);
  const question = { values: new Float32Array(2000), layout: layoutOf([1000, 2], 1) };
  const stats = finish(kernel.copyRows(question, null, DEFAULT_SPEC));
  expect(kernel.totals(stats)).toEqual(lossTotals(stats));
  expect(kernel.totals(stats)).toMatchObject({ counted: 1000, perClass: Float64Array.of(1000, 0) });
});
