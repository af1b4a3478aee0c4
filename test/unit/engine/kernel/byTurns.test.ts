import fc from 'fast-check';
import { expect, it } from 'vitest';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../../src/loss/work.ts';
import { expectSame } from './same.ts';
import { anyPass, inputsOf } from './watched/anyPass.ts';
import { WatchedMeasure } from './watched/watchedMeasure.ts';

const OUTSIDE = { place: 'outside', type: 'float32' } as const;

it('passes that go on by turns, as jobs do, don’t disturb each other', () => {
  const passes = fc.array(anyPass, { minLength: 2, maxLength: 3 });
  fc.assert(
    fc.property(passes, fc.constantFrom(1, 16, 64), (cases, blockLogits) => {
      const watched = new WatchedMeasure('shared-relaxed');
      // Passes are of as many rows each, as far as what may be written goes.
      const questions = cases.map((each) => inputsOf({ ...each, where: OUTSIDE }));
      const kernel = watched.measure(Number.NaN, blockLogits);
      const works = questions.map(({ layout, logits, targets, spec }) => ({
        work: kernel.measure({ values: logits, layout }, targets, spec),
        expected: finish(measureRowStats({ values: logits, layout }, targets, spec)),
        rows: layout.rows,
      }));
      while (works.length > 0) {
        const next = works.shift()!;
        watched.allowed.rows = next.rows;
        const step = next.work.next();
        if (!step.done) works.push(next);
        else {
          expectSame(step.value, next.expected);
          kernel.release(step.value);
        }
      }
      watched.memory.check();
      expect(watched.memory.used).toBe(0);
    }),
    { numRuns: 300 },
  );
});
