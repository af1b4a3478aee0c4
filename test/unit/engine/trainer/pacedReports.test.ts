import { expect, it } from 'vitest';
import { PacedReports } from '../../../../src/engine/trainer/pacedReports.ts';

/** What is said to be left after an epoch of 100, of which the first took `first` ms and the others 10 each. */
function leftAfter(first: number, epochs: readonly number[]): (number | null)[] {
  const left: (number | null)[] = [];
  let now = 0;
  const reports = new PacedReports(
    ({ msLeft }) => left.push(msLeft),
    () => {},
    () => now,
  );
  reports.resume(0);
  for (const epoch of epochs) {
    now = first + 10 * (epoch - 1);
    reports.flush(epoch, 100);
  }
  return left;
}

it('doesn’t judge what is left by the first steps, which are slow', () => {
  expect(leftAfter(500, [1, 50, 51, 100])).toEqual([null, null, (1000 / 51) * 49, 0]);
});

it('knows that nothing is left however soon it’s over', () => {
  expect(leftAfter(1, [1, 100])).toEqual([null, 0]);
});
