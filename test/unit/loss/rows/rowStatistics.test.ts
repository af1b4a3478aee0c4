import { describe, expect, it } from 'vitest';
import { ScoreSums } from '../../../../src/loss/calibration/calibrationScores.ts';
import { scoresOfStatistics } from '../../../../src/loss/calibration/scoresOfStatistics.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { statsOfStatistics } from '../../../../src/loss/rows/rowStatistics.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../../src/loss/work.ts';
import { readText } from '../../../../src/readers/readText.ts';
import { statisticsOf } from '../../readers/statistics/written.ts';

const { NEGATIVE_INFINITY, NaN: NOT } = Number;

/** Rows of 3 classes on axis 1 of (4, 3, 2), with what isn't finite among them. */
const SHAPE = [4, 3, 2];
const VALUES = Float64Array.of(
  ...[1, -2, 0.5, 3, 2.25, 0],
  ...[NEGATIVE_INFINITY, 700, 4, -700, 2, 0],
  ...[NOT, 1e6, 1, 1e6 + 1, 0, 1e6 - 3],
  ...[0, 5, 0, 5, 0, 5],
);
const TARGET = Int32Array.of(2, 0, 1, 1, 0, 2, -100, 1);
const WEIGHT = Float64Array.of(0.5, 2, 3);
const rows = { values: VALUES, layout: layoutOf(SHAPE, 1) };

function readBack(target?: Int32Array, weight?: Float64Array) {
  const statistics = { shape: SHAPE, class_axis: 1, ...statisticsOf(rows, target, weight) };
  const document = { row_statistics: statistics, ...(weight && { weight: [...weight] }) };
  const outcome = finish(readText(new TextEncoder().encode(JSON.stringify(document))));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value.statistics!;
}

const columns = ['pTarget', 'pMax', 'hard', 'uniform'] as const;

describe('row statistics', () => {
  it.each([
    ['targets', TARGET, null, -100],
    ['targets and weights', TARGET, WEIGHT, -100],
    ['another ignored target', TARGET.map((k) => Math.max(k, 0)), null, 0],
    ['no targets', null, null, -100],
  ])('give what the logits give, with %s', (_, target, weight, ignoreIndex) => {
    const spec = { ...DEFAULT_SPEC, weight, ignoreIndex };
    const given = target && ({ kind: 'indices', values: target } as const);
    const expected = finish(measureRowStats(rows, given, spec));
    const statistics = readBack(target ?? undefined, weight ?? undefined);
    const stats = finish(statsOfStatistics(statistics, 3, target, spec));
    expect({ ...stats, pTarget: 0, pMax: 0, hard: 0, uniform: 0 }).toEqual({
      ...expected,
      pTarget: 0,
      pMax: 0,
      hard: 0,
      uniform: 0,
    });
    for (const column of columns)
      for (let row = 0; row < expected.rows; row++) {
        const [found, wanted] = [stats[column][row]!, expected[column][row]!];
        // A float64 near a million has 10 decimals.
        const within = Number.isFinite(wanted) ? Math.abs(found - wanted) < 1e-9 : Object.is(found, wanted);
        expect([column, row, found, within]).toEqual([column, row, found, true]);
      }
  });

  it('give the same confidence, NLL and Brier score at T = 1', () => {
    const sums = new ScoreSums(8, 1);
    // Row 4 has a NaN.
    const known = TARGET.map((k, row) => (row === 4 ? -100 : k));
    for (let row = 0; row < 8; row++) sums.add(rows, row, known[row] === -100 ? undefined : known[row]!, row);
    const scores = scoresOfStatistics(readBack(known), known, -100);
    expect(scores.counted).toBe(6);
    expect(scores.nll / 6).toBeCloseTo(sums.means[0]!, 9);
    expect(scores.brier / 6).toBeCloseTo(sums.means[1]!, 9);
    for (const [row, confidence] of sums.confidence.entries())
      if (Number.isNaN(confidence)) expect(scores.confidence[row]).toBeNaN();
      else expect(scores.confidence[row]).toBeCloseTo(confidence, 9);
  });
});
