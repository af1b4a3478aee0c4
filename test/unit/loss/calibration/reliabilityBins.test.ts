import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binsOf,
  equalMassEdges,
  equalWidthEdges,
  expectedError,
  maximumError,
  meanConfidence,
  rank,
} from '../../../../src/loss/calibration/reliabilityBins.ts';

const judged = fc.array(
  fc.record({
    // Few different ones, so that many are the same.
    confidence: fc.integer({ min: 1, max: 20 }).map((x) => x / 20),
    right: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);
const count = fc.integer({ min: 1, max: 25 });

type Judged = readonly { readonly confidence: number; readonly right: boolean }[];

const ranked = (rows: Judged) =>
  rank(
    Float64Array.from(rows, (row) => row.confidence),
    (row) => rows[row]!.right,
  );
const share = (rows: Judged) => rows.filter((row) => row.right).length / rows.length;

describe('bins', () => {
  it('hold every row once, in (low, high]', () => {
    fc.assert(
      fc.property(judged, count, (rows, most) => {
        const all = ranked(rows);
        for (const edges of [equalWidthEdges(most), equalMassEdges(all, most)]) {
          for (const [i, bin] of binsOf(all, edges).entries()) {
            const mine = rows.filter(
              ({ confidence }) => confidence > bin.low && (confidence <= bin.high || i === most - 1),
            );
            expect(bin.rows).toBe(mine.length);
            if (mine.length > 0) expect(bin.accuracy).toBeCloseTo(share(mine), 12);
          }
        }
      }),
    );
  });

  it('of equal mass have as many rows each, where no two are equally sure', () => {
    const confidence = Float64Array.from({ length: 103 }, (_, i) => (i + 1) / 103);
    const all = rank(confidence, () => true);
    const sizes = binsOf(all, equalMassEdges(all, 10)).map((bin) => bin.rows);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(sizes.reduce((a, b) => a + b)).toBe(103);
  });

  it('are the same whatever the order of the rows is', () => {
    const shuffled = judged.chain((rows) =>
      fc.tuple(
        fc.constant(rows),
        fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, count, ([rows, others], most) => {
        const [a, b] = [ranked(rows), ranked(others)];
        expect(binsOf(a, equalMassEdges(a, most))).toEqual(binsOf(b, equalMassEdges(b, most)));
      }),
    );
  });

  it('leave out rows without a confidence', () => {
    const all = rank(Float64Array.of(0.5, Number.NaN, 0.9), () => true);
    expect(binsOf(all, equalWidthEdges(2)).map((bin) => bin.rows)).toEqual([1, 1]);
    expect(meanConfidence(rank(Float64Array.of(Number.NaN), () => true))).toBeNaN();
  });
});

describe('calibration errors', () => {
  it('are at least the gap between mean confidence and accuracy, and the mean is at most the maximum', () => {
    fc.assert(
      fc.property(judged, count, (rows, most) => {
        const all = ranked(rows);
        for (const edges of [equalWidthEdges(most), equalMassEdges(all, most)]) {
          const bins = binsOf(all, edges);
          const expected = expectedError(bins);
          expect(expected).toBeLessThanOrEqual(maximumError(bins) + 1e-12);
          expect(expected).toBeGreaterThanOrEqual(Math.abs(meanConfidence(all) - share(rows)) - 1e-12);
        }
      }),
    );
  });

  it('are 0 where every bin is as sure as it is right', () => {
    const rows = [0.5, 0.5, 1, 1, 1].map((confidence, i) => ({ confidence, right: i !== 0 }));
    const all = ranked(rows);
    expect(expectedError(binsOf(all, equalWidthEdges(15)))).toBe(0);
    expect(expectedError(binsOf(all, equalMassEdges(all, 15)))).toBe(0);
  });
});
