import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  argmaxBound,
  CONVENTIONS,
  type ConventionName,
  composedAlpha,
  convertAlpha,
  rowMass,
  smoothedBy,
  smoothedValues,
} from '../../../src/loss/conventions.ts';
import { binaryCost, softmaxCosts } from '../../../src/loss/costs.ts';
import { addSums, lossAt, softmaxSums, sumsOf } from '../../../src/loss/sums.ts';
import { oneHot } from '../../../src/loss/targets.ts';

const NAMES = Object.keys(CONVENTIONS) as ConventionName[];
const classes = fc.integer({ min: 3, max: 12 });
const alpha = fc.double({ min: 0, max: 0.5, noNaN: true });
const logit = fc.double({ min: -15, max: 15, noNaN: true });

describe('what α means: K = 10, α = 0.2', () => {
  it.each<[ConventionName, number, number, number, number]>([
    ['UNIFORM_K', 0.82, 0.02, 1, 1],
    ['UNIFORM_OTHERS', 0.8, 0.2 / 9, 1, 0.9],
    ['PAD_EXCLUDED', 0.8, 0.025, 1, 8 / 9],
    ['ADDITIVE_RENORM', 1.02 / 1.2, 0.02 / 1.2, 1, Number.POSITIVE_INFINITY],
    ['BINARY_HALF', 0.9, 0.1, 1.8, 1],
    ['BINARY_FULL', 0.8, 0.2, 2.6, 0.5],
    ['BINARY_UNIFORM_K', 0.82, 0.02, 1, 10 / 18],
  ])('%s', (name, on, off, mass, bound) => {
    const values = smoothedValues(name, 0.2, 10);
    expect(values.on).toBeCloseTo(on, 15);
    expect(values.off).toBeCloseTo(off, 15);
    expect(rowMass(name, 0.2, 10)).toBeCloseTo(mass, 14);
    if (Number.isFinite(bound)) expect(argmaxBound(name, 10)).toBeCloseTo(bound, 14);
    else expect(argmaxBound(name, 10)).toBeGreaterThan(1e9);
  });
});

describe('a padding class', () => {
  it('gets nothing, and its rows count nothing', () => {
    const target = smoothedBy('PAD_EXCLUDED', oneHot(5, 2), 0.3, 0);
    for (const [k, expected] of [0, 0.1, 0.7, 0.1, 0.1].entries())
      expect(target[k]).toBeCloseTo(expected, 15);
    expect([...smoothedBy('PAD_EXCLUDED', oneHot(5, 0), 0.3, 0)]).toEqual([0, 0, 0, 0, 0]);
  });

  it('takes no part in the loss', () => {
    const costs = softmaxCosts(Float64Array.of(3, 1, 2, -1, 0.5));
    const q = smoothedBy('PAD_EXCLUDED', oneHot(5, 2), 0.3, 0);
    const direct = q.reduce((sum, x, k) => sum + x * costs[k]!, 0);
    expect(lossAt(softmaxSums(costs, oneHot(5, 2), null, 0), 'PAD_EXCLUDED', 0.3, 5)).toBeCloseTo(direct, 13);
    expect(lossAt(softmaxSums(costs, oneHot(5, 0), null, 0), 'PAD_EXCLUDED', 0.3, 5)).toBe(0);
  });
});

describe('converting α', () => {
  it('gives equal targets, and back again the same α', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES), alpha, classes, (from, to, a, k) => {
        const there = convertAlpha(from, to, a, k);
        if (there === undefined) return;
        const target = oneHot(k, 1);
        const [x, y] = [smoothedBy(from, target, a, 0), smoothedBy(to, target, there.alpha, 0)];
        x.forEach((value, i) => {
          expect(y[i]).toBeCloseTo(value, 12);
        });
        expect(convertAlpha(to, from, there.alpha, k)!.alpha).toBeCloseTo(a, 12);
      }),
    );
  });

  it.each<[ConventionName, ConventionName, number, number, number, boolean]>([
    ['UNIFORM_OTHERS', 'UNIFORM_K', 0.1, 10, 1 / 9, true],
    ['UNIFORM_K', 'UNIFORM_OTHERS', 0.1, 10, 0.09, true],
    ['UNIFORM_K', 'ADDITIVE_RENORM', 0.1, 10, 1 / 9, true],
    ['BINARY_FULL', 'BINARY_HALF', 0.1, 7, 0.2, true],
    ['BINARY_UNIFORM_K', 'UNIFORM_K', 0.1, 10, 0.1, false],
    ['BINARY_HALF', 'UNIFORM_K', 0.1, 2, 0.1, true],
  ])('%s → %s', (from, to, a, k, expected, sameLoss) => {
    const converted = convertAlpha(from, to, a, k)!;
    expect(converted.alpha).toBeCloseTo(expected, 14);
    expect(converted.sameLoss).toBe(sameLoss);
  });

  it('says where no α does', () => {
    expect(convertAlpha('PAD_EXCLUDED', 'UNIFORM_K', 0.1, 10)).toBeUndefined();
    expect(convertAlpha('BINARY_HALF', 'UNIFORM_K', 0.1, 10)).toBeUndefined();
  });

  it('0.1 twice is 0.19', () => {
    expect(composedAlpha(0.1, 0.1)).toBeCloseTo(0.19, 15);
    const once = smoothedBy('UNIFORM_K', oneHot(5, 2), 0.19);
    const twice = smoothedBy('UNIFORM_K', smoothedBy('UNIFORM_K', oneHot(5, 2), 0.1), 0.1);
    once.forEach((value, i) => {
      expect(twice[i]).toBeCloseTo(value, 15);
    });
  });
});

describe('the sums', () => {
  const row = classes.chain((k) =>
    fc.record({
      logits: fc.array(logit, { minLength: k, maxLength: k }),
      label: fc.integer({ min: 0, max: k - 1 }),
    }),
  );

  it('give the loss of the direct formula for any α, in every convention, of one row or several', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), row, alpha, (name, { logits, label }, a) => {
        const z = Float64Array.from(logits);
        const target = oneHot(z.length, label);
        const q = smoothedBy(name, target, a);
        const costs = softmaxCosts(z);
        const sigmoid = CONVENTIONS[name].activation === 'sigmoid';
        const direct = q.reduce((sum, x, k) => sum + (sigmoid ? binaryCost(z[k]!, x) : x * costs[k]!), 0);
        const sums = sumsOf(name, z, target);
        expect(lossAt(sums, name, a, z.length)).toBeCloseTo(direct, 10);
        expect(lossAt(addSums(sums, sums), name, a, z.length)).toBeCloseTo(2 * direct, 10);
      }),
    );
  });

  it('are infinite for a masked class only where smoothing gives it something', () => {
    const sums = sumsOf('UNIFORM_K', Float64Array.of(1, 2, Number.NEGATIVE_INFINITY), oneHot(3, 0));
    expect(lossAt(sums, 'UNIFORM_K', 0, 3)).toBeCloseTo(Math.log1p(Math.E), 14);
    expect(lossAt(sums, 'UNIFORM_K', 0.1, 3)).toBe(Number.POSITIVE_INFINITY);
  });
});
