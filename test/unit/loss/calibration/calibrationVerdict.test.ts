import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Calibrated, CHANCE, verdictOf } from '../../../../src/loss/calibration/calibrationVerdict.ts';
import {
  binsOf,
  equalWidthEdges,
  errorByChance,
  expectedError,
  gapByChance,
  rank,
} from '../../../../src/loss/calibration/reliabilityBins.ts';

const calibrated: Calibrated = {
  confidence: 0.8,
  accuracy: 0.81,
  chance: 0.01,
  nll: 0.5,
  expectedError: 0.01,
  chanceError: 0.02,
};
const over = { ...calibrated, confidence: 0.9, expectedError: 0.1 };
const under = { ...calibrated, confidence: 0.792, accuracy: 0.81, chance: 0.002, expectedError: 0.05 };

describe('the verdict', () => {
  it('says that nothing is wrong where chance explains all there is', () =>
    expect(verdictOf(calibrated, { ...calibrated, nll: 0.499 }, 1.1)).toMatchObject({
      lean: 'even',
      withinChance: true,
      distance: 'fine',
    }));

  it.each([
    ['overconfident logits are too far apart', over, 2, 'far'],
    ['underconfident ones too close together', under, 0.5, 'close'],
    ['overconfident ones aren’t too close, though NLL has them apart', over, 0.5, 'disputed'],
    ['underconfident ones aren’t too far apart, though NLL has them closer', under, 1.091, 'disputed'],
  ] as const)('%s', (_, before, factor, distance) => {
    const better = { ...before, nll: 0.4, expectedError: 0.005 };
    expect(verdictOf(before, better, factor).distance).toBe(distance);
  });

  it('is disputed where the temperature that lowers NLL raises ECE, or changes neither, or is worse for all rows', () => {
    for (const [nll, expectedError] of [
      [0.4, 0.2],
      [0.5, 0.1],
      [0.6, 0.05],
    ] as const)
      expect(verdictOf(over, { ...over, nll, expectedError }, 2).distance).toBe('disputed');
  });

  it('is about what the digits show: a change below them is none', () =>
    expect(verdictOf(over, { ...over, nll: 0.500001, expectedError: 0.09999 }, 2).scaled).toEqual({
      lean: 'over',
      nll: 'same',
      expectedError: 'same',
    }));

  it('is unknown where no row counts, or no temperature is best', () => {
    const none = { ...calibrated, confidence: Number.NaN, accuracy: Number.NaN };
    expect(verdictOf(none, null, Number.NaN)).toMatchObject({ lean: 'unknown', distance: 'unknown' });
    expect(verdictOf(over, null, 0)).toMatchObject({ lean: 'over', scaled: null, distance: 'unknown' });
  });
});

describe('what chance leaves', () => {
  /** Rows that are right just as often as they are confident. */
  const rows = (count: number, random: () => number) => {
    const confidence = Float64Array.from({ length: count }, () => 0.3 + 0.7 * random());
    const right = Array.from(confidence, (c) => random() < c);
    return rank(confidence, (row) => right[row]!);
  };
  const generator = (seed: number) => () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };

  it('is rarely less than what calibrated predictions show', () => {
    const random = generator(11);
    let [gaps, errors] = [0, 0];
    const batches = 400;
    for (let i = 0; i < batches; i++) {
      const ranked = rows(50 + Math.floor(400 * random()), random);
      const n = ranked.confidence.length;
      const gap = Math.abs(ranked.sums[n]! - ranked.right[n]!) / n;
      if (gap > CHANCE * gapByChance(ranked)) gaps++;
      const bins = binsOf(ranked, equalWidthEdges(15));
      if (expectedError(bins) > errorByChance(bins, CHANCE)) errors++;
    }
    // A normal variable is farther off than 2σ in 4.6 % of all cases.
    expect(gaps / batches).toBeGreaterThan(0.01);
    expect(gaps / batches).toBeLessThan(0.09);
    expect(errors / batches).toBeLessThan(0.09);
  });

  it('is little beside what miscalibrated ones show', () => {
    const random = generator(5);
    const confidence = Float64Array.from({ length: 1000 }, () => 0.8 + 0.2 * random());
    const ranked = rank(confidence, () => random() < 0.7);
    const bins = binsOf(ranked, equalWidthEdges(15));
    expect(expectedError(bins)).toBeGreaterThan(2 * errorByChance(bins, CHANCE));
  });

  it('is nothing where every row is certain', () => {
    const certain = rank(Float64Array.of(1, 1, 1), (row) => row > 0);
    expect(gapByChance(certain)).toBe(0);
    expect(errorByChance(binsOf(certain, equalWidthEdges(5)), CHANCE)).toBe(0);
  });

  it('of one row per bin or many bins is a number', () => {
    // What three sums to 2 leaves of the third is more than 1.
    const above = { low: 0.9, high: 1, rows: 1, confidence: 1 + 2 ** -52, accuracy: 1 };
    expect(errorByChance([above], CHANCE)).toBe(0);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 100 }),
        (confidence, count) => {
          const bins = binsOf(
            rank(Float64Array.from(confidence), () => true),
            equalWidthEdges(count),
          );
          expect(errorByChance(bins, CHANCE)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
