import { describe, expect, it } from 'vitest';
import type { KernelMeasure } from '../../../../src/engine/measure/kernelMeasure.ts';
import { lossTotals } from '../../../../src/loss/batch/reduction.ts';
import { copied, measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../../src/loss/work.ts';
import { readJson } from '../../../../src/readers/json/readJson.ts';
import { threadedKernel } from './kernels.ts';
import { expectSame } from './same.ts';
import { inputsOf } from './watched/anyPass.ts';

describe('above 2 GiB, where addresses are negative as int32', () => {
  /** A kernel that has given away all below. */
  function highKernel(): KernelMeasure {
    const kernel = threadedKernel(0);
    kernel.memory.allocate(2 ** 31);
    return kernel;
  }

  it('rows are measured as they are below', () => {
    for (const shape of [{ classes: 10 }, { classes: 300 }, { classes: 7, inner: 12 }]) {
      const { layout, logits, targets, spec } = inputsOf({ ...HIGH, ...shape });
      const kernel = highKernel();
      const values = kernel.memory.floats(kernel.memory.allocate(4 * logits.length), logits.length);
      values.set(logits);
      const stats = finish(kernel.measure({ values, layout }, targets, spec));
      expectSame(stats, finish(measureRowStats({ values: logits, layout }, targets, spec)));
      expect(kernel.totals(stats)).toEqual(lossTotals(copied(stats)));
    }
  });

  it('JSON is read as it is below', () => {
    const bytes = new TextEncoder().encode(`[${Array.from({ length: 500 }, (_, i) => `[${i}, 0.5]`)}]`);
    const { scanner } = highKernel();
    const scanned = scanner.open(bytes, bytes.length).rows(1, 2, false);
    expect(scanned.values).toHaveLength(1000);
    expect(scanned.offset).toBe(bytes.length - 1);
    expect(finish(readJson(bytes, { scanner }))).toEqual(finish(readJson(bytes)));
  });
});

const HIGH = {
  outer: 300,
  inner: 1,
  where: { place: 'inside' },
  family: 'normal',
  targets: 'indices',
  convention: 'UNIFORM_K',
  weighted: false,
  ignoring: true,
  blockLogits: 1 << 10,
  helpers: [],
  seed: 5,
} as const;
