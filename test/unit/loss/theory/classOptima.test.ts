import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smoothed, smoothingOf, uniformSmoothing } from '../../../../src/loss/conventions/smoothing.ts';
import { inversionBound, weightedOptimum } from '../../../../src/loss/rows/softTargets.ts';
import { oneHot } from '../../../../src/loss/rows/targets.ts';
import { classOptima, optimumAt, uniformBound } from '../../../../src/loss/theory/classOptima.ts';

describe('the optimum of each class', () => {
  it('of two classes with weights 0.01 and 0.99 is the other one at α = 0.1', () => {
    const { favoured, most, own } = classOptima(uniformSmoothing(0.1, 2), Float64Array.of(0.01, 0.99));
    expect([...favoured]).toEqual([1, 1]);
    expect(most[0]).toBeCloseTo(0.839, 3);
    expect(own[0]).toBeCloseTo(0.161, 3);
    expect(inversionBound(uniformSmoothing(0.1, 2))).toBeCloseTo(19, 9);
  });

  it('without weights is the smoothed target: 0.92 for K = 5', () => {
    const smoothing = uniformSmoothing(0.1, 5);
    const optima = classOptima(smoothing, null);
    expect([...optima.own].map((p) => p.toFixed(12))).toEqual(Array(5).fill('0.920000000000'));
    expect([...optima.favoured]).toEqual([0, 1, 2, 3, 4]);
    const row = Array.from({ length: 5 }, (_, k) => optimumAt(smoothing, optima, 2, k).toFixed(2));
    expect(row).toEqual(['0.02', '0.02', '0.92', '0.02', '0.02']);
  });

  it('is w∘q / Σ w∘q of every class, and the class it favours is its argmax', () => {
    const weights = fc.array(fc.double({ min: 0.001, max: 100, noNaN: true }), {
      minLength: 2,
      maxLength: 8,
    });
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (list, alpha) => {
        const weight = Float64Array.from(list);
        const smoothing = uniformSmoothing(alpha, weight.length);
        const optima = classOptima(smoothing, weight);
        for (let y = 0; y < weight.length; y++) {
          const expected = weightedOptimum(smoothed(oneHot(weight.length, y), smoothing), weight);
          expected.forEach((p, k) => {
            expect(optimumAt(smoothing, optima, y, k)).toBeCloseTo(p, 10);
          });
          expect(optima.own[y]).toBeCloseTo(expected[y]!, 10);
          expect(optima.most[y]).toBeCloseTo(Math.max(...expected), 10);
          expect(expected[optima.favoured[y]!]).toBeCloseTo(Math.max(...expected), 10);
        }
      }),
    );
  });

  it('moves where u passes the bound of the weights’ ratio', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.01, max: 500, noNaN: true }),
        fc.integer({ min: 2, max: 50 }),
        (ratio, classes) => {
          const weight = new Float64Array(classes).fill(1);
          weight[0] = ratio;
          const bound = uniformBound(ratio, uniformSmoothing(0, classes));
          const favoured = (alpha: number) =>
            classOptima(uniformSmoothing(alpha, classes), weight).favoured[1];
          expect(favoured(bound * 0.999)).toBe(1);
          expect(favoured(Math.min(1, bound * 1.001))).toBe(0);
        },
      ),
    );
  });

  it('gives a padding class nothing, and a class of weight 0 no optimum without smoothing', () => {
    const padded = smoothingOf({ convention: 'PAD_EXCLUDED', labelSmoothing: 0.1, ignoreIndex: 0 }, 4);
    const optima = classOptima(padded, null);
    expect(optima.own[0]).toBeNaN();
    expect(optimumAt(padded, optima, 1, 0)).toBe(0);
    expect(classOptima(uniformSmoothing(0, 2), Float64Array.of(0, 1)).own[0]).toBeNaN();
  });
});
