import { expect, it } from 'vitest';
import { DEFAULT_SPEC } from '../../src/loss/lossSpec.ts';
import { layoutOf } from '../../src/loss/rows/rowLayout.ts';
import { measureRowStats } from '../../src/loss/rows/rowStats.ts';
import { finish } from '../../src/loss/work.ts';
import { FAMILIES, randomOf } from '../unit/engine/kernel/families.ts';
import { threadedKernel } from '../unit/engine/kernel/kernels.ts';
import { interleaved, median } from './interleaved.ts';

/** About 4 million logits in the kernel's memory. */
function residentRows(classes: number) {
  const kernel = threadedKernel(0);
  const rows = Math.floor(4e6 / classes);
  const random = randomOf(classes);
  const values = kernel.memory.floats(kernel.memory.allocate(4 * rows * classes), rows * classes);
  for (let i = 0; i < values.length; i++) values[i] = FAMILIES.normal!(random, i % classes, 0);
  return { kernel, rows: { values, layout: layoutOf([rows, classes], 1) } };
}

it.each([2, 10, 64, 100, 1000, 32_000])(
  'the kernel is at least 5 times as fast as float64 at K = %d',
  (classes) => {
    const { kernel, rows } = residentRows(classes);
    const contenders = {
      ours: () => kernel.release(finish(kernel.measure(rows, null, DEFAULT_SPEC))),
      theirs: () => finish(measureRowStats(rows, null, DEFAULT_SPEC)),
    };
    const times = interleaved(contenders, 5);
    const ratio = median(times.theirs) / median(times.ours);
    console.log(`K = ${classes}: ${ratio.toFixed(1)} × float64`);
    expect(ratio).toBeGreaterThan(5);
  },
);
