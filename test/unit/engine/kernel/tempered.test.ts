import fc from 'fast-check';
import { describe, it } from 'vitest';
import { KernelMeasure } from '../../../../src/engine/measure/kernelMeasure.ts';
import { NO_THREADS } from '../../../../src/engine/measure/threads.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../../src/loss/work.ts';
import { questionOf, SHAPES } from './askedRows.ts';
import { kernelModule } from './builds.ts';
import { FAMILIES } from './families.ts';
import { expectSame } from './same.ts';

describe.each(['private-relaxed', 'private-plain'] as const)('%s at a temperature, as float64', (build) => {
  const kernel = new KernelMeasure(kernelModule(build), false, NO_THREADS);

  it.each(Object.entries(FAMILIES))('%s logits', (_, logit) => {
    fc.assert(
      fc.property(SHAPES, fc.constantFrom(0.05, 0.7, 1.37, 30, 1e6), (shape, temperature) => {
        const { rows, targets, spec } = questionOf(shape, logit);
        const found = finish(
          kernel.passOverSource({ values: rows.values, temperature }, rows.layout, targets, spec),
        );
        const divided = { ...rows, values: Float64Array.from(rows.values, (z) => z / temperature) };
        expectSame(found, finish(measureRowStats(divided, targets, spec)));
      }),
      { numRuns: 40 },
    );
  });
});
