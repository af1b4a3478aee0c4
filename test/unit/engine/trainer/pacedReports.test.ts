import { expect, it } from 'vitest';
import { PacedReports } from '../../../../src/engine/trainer/pacedReports.ts';

/** What is said to be left after an epoch of `all`, of which the first took `first` ms and the others 10 each. */
function leftAfter(first: number, epochs: readonly number[], all = 100): (number | null)[] {
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
    reports.flush(epoch, all);
  }
  return left;
}

it('doesn’t judge what is left by the first steps, which are slow', () => {
  // Not by the first second, however slow: from there on an epoch takes 10 ms.
  expect(leftAfter(500, [1, 50, 51, 151, 200, 250], 250)).toEqual([null, null, null, 990, 500, 0]);
  expect(leftAfter(60_000, [1, 2, 102, 103], 200)).toEqual([null, null, 980, 970]);
});

it('knows that nothing is left however soon it’s over', () => {
  expect(leftAfter(1, [1, 100])).toEqual([null, 0]);
});
