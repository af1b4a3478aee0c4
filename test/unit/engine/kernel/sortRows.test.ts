import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KernelMeasure } from '../../../../src/engine/measure/kernelMeasure.ts';
import { NO_THREADS } from '../../../../src/engine/measure/threads.ts';
import { doubtfulRows } from '../../../../src/engine/questions/doubtfulRows.ts';
import { kernelModule } from './builds.ts';

const kernel = new KernelMeasure(kernelModule('private-relaxed'), false, NO_THREADS);
const anyRests = fc
  .array(fc.oneof(fc.float({ min: 0, noNaN: false }), fc.constantFrom(0, 1, 1e-30, Number.NaN)), {
    maxLength: 300,
  })
  .map((numbers) => Float32Array.from(numbers));

it('rows are sorted by their number, those without one left out', () => {
  fc.assert(
    fc.property(anyRests, (numbers) => {
      const found = kernel.withSortedRows(numbers, (sorted) => ({
        numbers: sorted.numbers.slice(),
        rows: sorted.rows.slice(),
      }));
      const counted = Array.from(numbers.keys()).filter((row) => !Number.isNaN(numbers[row]!));
      expect(Array.from(found.numbers)).toEqual(counted.map((row) => numbers[row]!).sort((a, b) => a - b));
      // Of equal ones the first comes first.
      expect(Array.from(found.rows)).toEqual(counted.sort((a, b) => numbers[a]! - numbers[b]! || a - b));
    }),
  );
});

it('a row is in doubt beside an edge of a bin, or where another one could be in its place', () => {
  const near = Math.SQRT1_2;
  const confidences = [0.25 + 5e-7, 0.25 + 1e-5, 1 / Math.PI, 1 / Math.sqrt(3), near, near + 1e-8, 0.9123456];
  const rests = Float32Array.from(confidences, (value) => 1 / value - 1);
  const doubtful = kernel.withSortedRows(rests, (sorted) => doubtfulRows(sorted, confidences.length, 10));
  expect(Array.from(doubtful)).toEqual([0, 4, 5]);
});
