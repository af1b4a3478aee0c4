import { describe, expect, it } from 'vitest';
import { smoothed, uniformSmoothing } from '../../../../src/loss/conventions/smoothing.ts';
import { softmax } from '../../../../src/loss/rows/softmax.ts';
import { distilled, inversionBound, mixed, weightedOptimum } from '../../../../src/loss/rows/softTargets.ts';
import { oneHot } from '../../../../src/loss/rows/targets.ts';

describe('soft targets', () => {
  it('a uniform teacher mixed in with weight α is label smoothing', () => {
    const teacher = distilled(Float64Array.of(7, 7, 7, 7, 7), 4);
    const q = mixed(oneHot(5, 2), teacher, 0.9);
    smoothed(oneHot(5, 2), uniformSmoothing(0.1, 5)).forEach((x, k) => {
      expect(q[k]).toBeCloseTo(x, 15);
    });
  });

  it('smoothing before or after mixing gives the same', () => {
    const [a, b, of] = [oneHot(4, 0), oneHot(4, 3), uniformSmoothing(0.2, 4)];
    const after = smoothed(mixed(a, b, 0.3), of);
    mixed(smoothed(a, of), smoothed(b, of), 0.3).forEach((x, k) => {
      expect(after[k]).toBeCloseTo(x, 15);
    });
  });

  it('temperature 1 is softmax; a higher one is flatter', () => {
    const logits = Float64Array.of(1, 2, 4);
    expect([...distilled(logits, 1)]).toEqual([...softmax(logits)]);
    expect(Math.max(...distilled(logits, 5))).toBeLessThan(Math.max(...softmax(logits)));
  });
});

describe('class weights', () => {
  it('K = 2, α = 0.1, weights 0.01 and 0.99: class 0 is pushed to (0.161, 0.839)', () => {
    const optimum = weightedOptimum(
      smoothed(oneHot(2, 0), uniformSmoothing(0.1, 2)),
      Float64Array.of(0.01, 0.99),
    );
    expect(optimum[0]).toBeCloseTo(0.161, 3);
    expect(optimum[1]).toBeCloseTo(0.839, 3);
  });

  it.each([
    [2, 19],
    [5, 46],
    [10, 91],
  ])('the optimum of K = %i turns over where weights are further apart than %i', (classes, expected) => {
    const of = uniformSmoothing(0.1, classes);
    const bound = inversionBound(of);
    expect(bound).toBeCloseTo(expected, 10);
    const optimum = (ratio: number) =>
      weightedOptimum(
        smoothed(oneHot(classes, 0), of),
        Float64Array.from({ length: classes }, (_, k) => (k === 1 ? ratio : 1)),
      );
    const [below, above] = [optimum(bound * 0.99), optimum(bound * 1.01)];
    expect(below[0]).toBeGreaterThan(below[1]!);
    expect(above[0]).toBeLessThan(above[1]!);
  });
});
