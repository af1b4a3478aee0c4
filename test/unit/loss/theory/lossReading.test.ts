import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONVENTION_NAMES,
  CONVENTIONS,
  type ConventionName,
} from '../../../../src/loss/conventions/conventions.ts';
import { type Smoothing, smoothingOf, uniformSmoothing } from '../../../../src/loss/conventions/smoothing.ts';
import { classFloors, lossAtProbability, optimalGap } from '../../../../src/loss/theory/floors.ts';
import { subtracted } from '../../../../src/loss/theory/lossForms.ts';
import { lossAtGap, optimalLogits, readLoss } from '../../../../src/loss/theory/lossReading.ts';
import { compute } from '../inputs.ts';

const SOFTMAX = CONVENTION_NAMES.filter((name) => CONVENTIONS[name].activation === 'softmax');

/** Class 0 is the padding class where there is one, class 1 the true one. */
const smoothing = (convention: ConventionName, labelSmoothing: number, classes: number): Smoothing =>
  smoothingOf({ convention, labelSmoothing, ignoreIndex: 0 }, classes);
const floorOf = (of: Smoothing) => classFloors(of, null)[1]!;

/** The lowest point of a function with one, by golden-section search. */
function minimum(f: (x: number) => number): number {
  let [a, b] = [-40, 40];
  const ratio = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 120; i++) {
    const [c, d] = [b - ratio * (b - a), a + ratio * (b - a)];
    if (f(c) < f(d)) b = d;
    else a = c;
  }
  return (a + b) / 2;
}

describe('floors found by minimising are those of the formulas', () => {
  it.each(CONVENTION_NAMES)('%s', (convention) => {
    const loss = (on: number, off: number) =>
      compute({
        logits: {
          data: Float64Array.of(CONVENTIONS[convention].padded ? -1e9 : off, on, off, off, off, off),
          shape: [1, 6],
        },
        targets: { data: Int32Array.of(1), shape: [1] },
        convention,
        labelSmoothing: 0.2,
        ignoreIndex: 0,
      }).loss as number;
    const of = smoothing(convention, 0.2, 6);
    const off = of.activation === 'softmax' ? 0 : minimum((x) => loss(0, x));
    const on = minimum((x) => loss(x, off));
    const { trueLogit, otherLogit } = optimalLogits(of);
    expect(on).toBeCloseTo(trueLogit, 5);
    expect(off).toBeCloseTo(otherLogit, 5);
    expect(loss(on, off)).toBeCloseTo(floorOf(of), 12);
  });
});

describe('worked values of UNIFORM_OTHERS', () => {
  it.each([
    [2, 0.1, 0.325083, 2.197225],
    [3, 0.1, 0.394398, 2.890372],
    [5, 0.1, 0.463712, 3.583519],
    [10, 0.1, 0.544805, 4.394449],
    [10, 0.3, 1.270032, 3.044522],
    [100, 0.1, 0.784595, 6.792344],
    [1000, 0.1, 1.015758, 9.103979],
    [32000, 0.1, 1.362429, 12.570685],
  ])('K = %i, α = %f', (classes, alpha, floor, gap) => {
    const of = smoothing('UNIFORM_OTHERS', alpha, classes);
    expect(floorOf(of)).toBeCloseTo(floor, 6);
    expect(optimalGap(of)).toBeCloseTo(gap, 6);
  });
});

describe('loss forms', () => {
  const logits = { data: Float64Array.of(2, 1, 0, -1, 0, 3), shape: [2, 3] };
  const targets = { data: Int32Array.of(0, 2), shape: [2] };
  const spec = { logits, targets, convention: 'UNIFORM_OTHERS', labelSmoothing: 0.1 } as const;

  it('KL is 0 at the floor, and so is CE less its constant, nearly', () => {
    const of = smoothing('UNIFORM_OTHERS', 0.1, 32000);
    expect(floorOf(of) - subtracted('kl', of)).toBe(0);
    expect(Math.abs(floorOf(of) - subtracted('ce-constant', of))).toBeLessThan(1e-14);
  });
  it('KL takes the entropy of its target off each row that counts', () => {
    const [ce, kl] = (['ce', 'kl'] as const).map((form) => compute({ ...spec, form, reduction: 'sum' }));
    const entropy = floorOf(smoothing('UNIFORM_OTHERS', 0.1, 3));
    expect(kl!.loss).toBeCloseTo((ce!.loss as number) - 2 * entropy, 13);
    expect(kl!.rows[0]).toBeCloseTo(ce!.rows[0]! - entropy, 14);
    expect(kl!.floor).toBeCloseTo(0, 14);
    expect(kl!.excess).toBeCloseTo(ce!.excess, 13);
    expect(compute({ ...spec, form: 'kl', ignoreIndex: 0 }).rows[0]).toBe(0);
  });
  it('the constant of α = 1 is not a number, as in those frameworks', () =>
    expect(subtracted('ce-constant', smoothing('UNIFORM_OTHERS', 1, 5))).toBeNaN());
});

describe('reading a loss', () => {
  it('gives back the probability on both sides of the optimum', () => {
    const p = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    const alpha = fc.double({ min: 0.01, max: 0.6, noNaN: true });
    fc.assert(
      fc.property(p, alpha, fc.integer({ min: 2, max: 50 }), (probability, a, classes) => {
        const of = uniformSmoothing(a, classes);
        const loss = lossAtProbability(probability, of);
        const read = readLoss(loss, of);
        // Exactly at the floor rounding decides.
        if ('impossible' in read) return expect(loss).toBeCloseTo(floorOf(of), 12);
        for (const { gap } of [read.unsure, read.oversure!]) {
          const logits = {
            data: Float64Array.from({ length: classes }, (_, k) => (k === 0 ? gap : 0)),
            shape: [classes],
          };
          const again = compute({
            logits,
            targets: { data: Int32Array.of(0), shape: [] },
            labelSmoothing: a,
          });
          expect(Math.abs((again.loss as number) - loss)).toBeLessThan(1e-9 * Math.max(1, loss));
        }
        expect(read.unsure.p).toBeLessThanOrEqual(read.oversure!.p);
      }),
    );
  });

  it('has one side without smoothing: p = e^−loss', () => {
    expect(readLoss(0.5, uniformSmoothing(0, 10))).toMatchObject({
      unsure: { p: expect.closeTo(Math.exp(-0.5), 14) },
      oversure: null,
    });
    expect(readLoss(0, uniformSmoothing(0, 10))).toMatchObject({ unsure: { p: 1 } });
  });

  it.each(SOFTMAX)('%s: says why less than the floor, or NaN, can’t be', (name) => {
    const of = smoothing(name, 0.1, 5);
    const floor = floorOf(of);
    expect(lossAtGap(optimalGap(of), of)).toBeCloseTo(floor, 14);
    const impossible = { impossible: 'below-floor', floor: expect.closeTo(floor, 14) };
    expect(readLoss(floor - 1e-6, of)).toEqual(impossible);
    expect(readLoss(Number.NaN, of)).toMatchObject({ impossible: 'not-a-number' });
    expect(readLoss(floor + 1e-6, of)).toHaveProperty('unsure');
  });
});
