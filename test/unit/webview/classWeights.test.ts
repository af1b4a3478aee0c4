import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniformSmoothing } from '../../../src/loss/conventions/smoothing.ts';
import { classOptima } from '../../../src/loss/theory/classOptima.ts';
import { MOST_SHOWN } from '../../../src/webview/charts/classLines.ts';
import { shownClasses } from '../../../src/webview/classWeights/shownClasses.ts';

const optimaOf = (weights: readonly number[], alpha = 0.1) =>
  classOptima(uniformSmoothing(alpha, weights.length), Float64Array.from(weights));

describe('the classes of the heat map', () => {
  it('are all there are of a few', () => {
    expect(shownClasses(optimaOf([1, 2, 3]))).toEqual([0, 1, 2]);
  });

  it('of many are those that weights have moved most, each with the class it was moved to', () => {
    const weights = Array.from({ length: 1000 }, () => 1);
    weights[700] = 1e-6;
    weights[3] = 1e5;
    const shown = shownClasses(optimaOf(weights));
    expect(shown).toContain(700);
    expect(shown).toContain(3);
    expect(shown.length).toBeLessThanOrEqual(MOST_SHOWN);
  });

  it('never show a class without the one it was moved to', () => {
    const weights = fc.array(fc.double({ min: 1e-6, max: 1e3, noNaN: true }), {
      minLength: 25,
      maxLength: 60,
    });
    fc.assert(
      fc.property(weights, (list) => {
        const optima = optimaOf(list);
        const shown = shownClasses(optima);
        expect(shown).toEqual([...new Set(shown)].sort((a, b) => a - b));
        expect(shown.length).toBeGreaterThan(MOST_SHOWN - 2);
        expect(shown.length).toBeLessThanOrEqual(MOST_SHOWN);
      }),
    );
  });
});
