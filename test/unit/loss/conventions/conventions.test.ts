import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  argmaxBound,
  CONVENTION_NAMES,
  CONVENTIONS,
  type ConventionName,
  composedAlpha,
  convertAlpha,
} from '../../../../src/loss/conventions/conventions.ts';
import {
  rowMass,
  type Smoothing,
  smoothed,
  smoothingOf,
  valuesOf,
} from '../../../../src/loss/conventions/smoothing.ts';
import { binaryCost } from '../../../../src/loss/rows/probabilityCosts.ts';
import { logSoftmax } from '../../../../src/loss/rows/softmax.ts';
import { oneHot } from '../../../../src/loss/rows/targets.ts';
import { hardFloor } from '../../../../src/loss/theory/floors.ts';
import { compute } from '../inputs.ts';

const classes = fc.integer({ min: 3, max: 12 });
const alpha = fc.double({ min: 0, max: 0.5, noNaN: true });
const logit = fc.double({ min: -15, max: 15, noNaN: true });

/** Class 0 is the padding class where there is one. */
function smoothingBy(convention: ConventionName, labelSmoothing: number, classes: number): Smoothing {
  return smoothingOf({ convention, labelSmoothing, ignoreIndex: 0 }, classes);
}

/** The target of a row, smoothed. */
function smoothedBy(convention: ConventionName, target: Float64Array, labelSmoothing: number): Float64Array {
  return smoothed(target, smoothingBy(convention, labelSmoothing, target.length));
}

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
    const smoothing = smoothingBy(name, 0.2, 10);
    const values = valuesOf(smoothing);
    expect(values.on).toBeCloseTo(on, 15);
    expect(values.off).toBeCloseTo(off, 15);
    expect(rowMass(smoothing)).toBeCloseTo(mass, 14);
    if (Number.isFinite(bound)) expect(argmaxBound(name, 10)).toBeCloseTo(bound, 14);
    else expect(argmaxBound(name, 10)).toBe(bound);
  });

  it('the target stops being the likeliest just at the bound', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CONVENTION_NAMES), classes, (name, k) => {
        const bound = argmaxBound(name, k);
        if (!Number.isFinite(bound)) return;
        const rival = CONVENTIONS[name].activation === 'sigmoid' ? () => 0.5 : ({ off = 0 }) => off;
        const [below, above] = [bound - 1e-6, bound + 1e-6].map((a) => valuesOf(smoothingBy(name, a, k)));
        expect(below!.on).toBeGreaterThan(rival(below!));
        expect(above!.on).toBeLessThan(rival(above!));
      }),
    );
  });

  it('nothing is given away where there’s nobody to share with', () => {
    for (const name of ['UNIFORM_OTHERS', 'UNIFORM_K'] as const)
      expect(valuesOf(smoothingBy(name, 0.1, 1))).toEqual({ on: 1, off: 0 });
    expect(valuesOf(smoothingBy('PAD_EXCLUDED', 0.1, 2))).toEqual({ on: 1, off: 0 });
  });
});

describe('a padding class', () => {
  it('gets nothing, and its rows count nothing', () => {
    const target = smoothedBy('PAD_EXCLUDED', oneHot(5, 2), 0.3);
    for (const [k, expected] of [0, 0.1, 0.7, 0.1, 0.1].entries())
      expect(target[k]).toBeCloseTo(expected, 15);
    expect([...smoothedBy('PAD_EXCLUDED', oneHot(5, 0), 0.3)]).toEqual([0, 0, 0, 0, 0]);
  });

  it('takes no part in the loss', () => {
    const row = [3, 1, 2, -1, 0.5];
    const q = smoothedBy('PAD_EXCLUDED', oneHot(5, 2), 0.3);
    const direct = logSoftmax(Float64Array.from(row)).reduce((sum, x, k) => sum - q[k]! * x, 0);
    const { rows, targets } = compute({
      logits: { data: Float64Array.from([...row, ...row]), shape: [2, 5] },
      targets: { data: Int32Array.of(2, 0), shape: [2] },
      convention: 'PAD_EXCLUDED',
      labelSmoothing: 0.3,
      ignoreIndex: 0,
      withTargets: true,
    });
    expect(rows[0]).toBeCloseTo(direct, 13);
    expect(rows[1]).toBe(0);
    expect([...targets!.data.slice(5)]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('converting α', () => {
  it('gives equal targets, and back again the same α', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CONVENTION_NAMES),
        fc.constantFrom(...CONVENTION_NAMES),
        alpha,
        classes,
        (from, to, a, k) => {
          const there = convertAlpha(from, to, a, k);
          if (there === undefined) return;
          const [x, y] = [smoothedBy(from, oneHot(k, 1), a), smoothedBy(to, oneHot(k, 1), there.alpha)];
          x.forEach((value, i) => {
            expect(y[i]).toBeCloseTo(value, 12);
          });
          expect(convertAlpha(to, from, there.alpha, k)!.alpha).toBeCloseTo(a, 12);
        },
      ),
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

describe('two numbers for each row', () => {
  const row = classes.chain((k) =>
    fc.record({
      logits: fc.array(logit, { minLength: k, maxLength: k }),
      label: fc.integer({ min: 1, max: k - 1 }),
    }),
  );

  it('give the loss of the direct formula for any α, in every convention', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CONVENTION_NAMES), row, alpha, (convention, { logits, label }, a) => {
        const z = Float64Array.from(logits);
        const k = z.length;
        const q = smoothedBy(convention, oneHot(k, label), a);
        const logP = logSoftmax(z);
        const direct =
          CONVENTIONS[convention].activation === 'sigmoid'
            ? q.reduce((sum, x, i) => sum + binaryCost(z[i]!, x), 0) / k
            : q.reduce((sum, x, i) => sum - x * logP[i]!, 0);
        const { loss } = compute({
          logits: { data: z, shape: [1, k] },
          targets: { data: Int32Array.of(label), shape: [1] },
          convention,
          labelSmoothing: a,
          ignoreIndex: 0,
        });
        expect(loss).toBeCloseTo(direct, 10);
      }),
    );
  });

  it('are infinite for a masked class only where smoothing gives it something', () => {
    const logits = { data: Float64Array.of(1, 2, Number.NEGATIVE_INFINITY), shape: [1, 3] };
    const targets = { data: Int32Array.of(0), shape: [1] };
    expect(compute({ logits, targets }).loss).toBeCloseTo(Math.log1p(Math.E), 14);
    expect(compute({ logits, targets, labelSmoothing: 0.1 }).loss).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('what the mean divides by', () => {
  const logits = { data: Float64Array.of(0, 0, 0, 0, 0, 0), shape: [3, 2] };
  const targets = { data: Int32Array.of(0, 1, 1), shape: [3] };
  const weight = Float64Array.of(3, 1);
  // Rows of ln 2 with weights 3, 1 and 1, of which class 0 is ignored or not.
  it.each([
    ['weight', -100, 1],
    ['counted', -100, 5 / 3],
    ['rows', -100, 5 / 3],
    ['weight', 0, 1],
    ['counted', 0, 1],
    ['rows', 0, 2 / 3],
    ['all-weights', 0, 2 / 5],
  ] as const)('%s, ignoring %i', (denominator, ignoreIndex, expected) => {
    const { loss } = compute({ logits, targets, weight, denominator, ignoreIndex });
    expect((loss as number) / Math.LN2).toBeCloseTo(expected, 14);
  });
});

describe('all of α given to the others', () => {
  it.each([2, 3, 5, 7, 10, 100, 1000, 50_257])('leaves the true class of %i exactly nothing', (count) => {
    const smoothing = smoothingOf(
      { convention: 'UNIFORM_OTHERS', labelSmoothing: 1, ignoreIndex: null },
      count,
    );
    expect(valuesOf(smoothing).on).toBe(0);
    const [target] = smoothed(oneHot(count, 0), smoothing);
    expect(target).toBe(0);
    expect(hardFloor(smoothing)).toBeCloseTo(Math.log(count - 1), 12);
  });
});
