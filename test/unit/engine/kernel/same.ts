import { expect } from 'vitest';
import type { RowStats } from '../../../../src/loss/rows/rowStats.ts';

/** The contract: a loss is within 1e−6 of float64, relative to itself or to 1e−6. */
function isClose(found: number, expected: number): boolean {
  if (Object.is(found, expected) || found === expected) return true;
  return Math.abs(found - expected) <= 1e-6 * Math.max(Math.abs(expected), 1e-6);
}

/** Fails unless a result is what float64 gives. */
export function expectSame(found: RowStats, expected: RowStats): void {
  expect(found.prediction).toEqual(expected.prediction);
  expect(found.target).toEqual(expected.target);
  expect(isClose(found.share, expected.share), `share ${found.share}, not ${expected.share}`).toBe(true);
  for (const column of ['hard', 'uniform'] as const) {
    const wrong = expected[column].findIndex((x, row) => !isClose(found[column][row]!, x));
    expect(wrong, `${column} is ${found[column][wrong]}, not ${expected[column][wrong]}`).toBe(-1);
  }
  for (const column of ['pTarget', 'pMax'] as const) {
    const wrong = expected[column].findIndex(
      (p, row) =>
        Number.isNaN(p) !== Number.isNaN(found[column][row]!) || Math.abs(found[column][row]! - p) > 1e-6,
    );
    expect(wrong, `${column} is ${found[column][wrong]}, not ${expected[column][wrong]}`).toBe(-1);
  }
}
