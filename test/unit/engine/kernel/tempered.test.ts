import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureExactly } from '../../../../src/engine/measure/exactPass.ts';
import { KernelMeasure } from '../../../../src/engine/measure/kernelMeasure.ts';
import { NO_THREADS } from '../../../../src/engine/measure/threads.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { finish, SLICE } from '../../../../src/loss/work.ts';
import { questionOf, SHAPES } from './askedRows.ts';
import { kernelModule } from './builds.ts';
import { FAMILIES } from './families.ts';
import { expectSame } from './same.ts';

/** Most 1/T have digits that float32 doesn't: of those here 0.090169 loses nearly half of its last one. */
const TEMPERATURES = fc.oneof(
  fc.double({ min: 0.05, max: 5, noNaN: true }),
  fc.constantFrom(0.05, 0.0901684, 0.7, 1.37, 30, 1e6, 1e-4),
);

describe.each(['private-relaxed', 'private-plain'] as const)('%s at a temperature, as float64', (build) => {
  const kernel = new KernelMeasure(kernelModule(build), false, NO_THREADS);

  it.each(Object.entries(FAMILIES))('%s logits', (_, logit) => {
    fc.assert(
      fc.property(SHAPES, TEMPERATURES, (shape, temperature) => {
        const { rows, targets, spec } = questionOf(shape, logit);
        const found = finish(
          kernel.passOverSource({ values: rows.values, temperature }, rows.layout, targets, spec),
        );
        const divided = { ...rows, values: Float64Array.from(rows.values, (z) => z / temperature) };
        expectSame(found, finish(measureRowStats(divided, targets, spec)));
      }),
      { numRuns: 80 },
    );
  });
});

it('divides what the kernel doesn’t measure slice by slice: it can be cancelled', () => {
  const values = new Float32Array(4 * SLICE).fill(3);
  const layout = { rows: SLICE, classes: 4, inner: 1 };
  const work = measureExactly({ values, temperature: 2 }, layout, null, DEFAULT_SPEC);
  const dividing = Array.from({ length: 5 }, () => work.next().value as number);
  expect(dividing.filter((fraction) => fraction < 0.2)).toHaveLength(4);
});
