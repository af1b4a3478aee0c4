import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONVENTIONS, type ConventionName, smoothedBy } from '../../../src/loss/conventions.ts';
import { LOSS_FORMS, readLoss, subtracted, theoryOf } from '../../../src/loss/reading.ts';
import { distilled, inversionBound, mixed, toBits, weightedOptimum } from '../../../src/loss/soft.ts';
import { softmax } from '../../../src/loss/softmax.ts';
import { lossAt, sumsOf } from '../../../src/loss/sums.ts';
import { oneHot } from '../../../src/loss/targets.ts';
import { lossAtProbability } from '../../../src/loss/theory.ts';

const NAMES = Object.keys(CONVENTIONS) as ConventionName[];
const SOFTMAX = NAMES.filter((name) => CONVENTIONS[name].activation === 'softmax');

/** Minimises over the logits of the true class and of the others, which stay equal, by golden-section search. */
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
  const target = oneHot(6, 1);
  it.each(NAMES.filter((name) => name !== 'PAD_EXCLUDED'))('%s', (name) => {
    const loss = (on: number, off: number) =>
      lossAt(
        sumsOf(
          name,
          target.map((t) => (t === 1 ? on : off)),
          target,
        ),
        name,
        0.2,
        6,
      );
    const theory = theoryOf(name, 0.2, 6);
    const softmaxed = CONVENTIONS[name].activation === 'softmax';
    const off = softmaxed ? 0 : minimum((x) => loss(0, x));
    const on = minimum((x) => loss(x, off));
    expect(on).toBeCloseTo(theory.trueLogit, 5);
    expect(off).toBeCloseTo(theory.otherLogit, 5);
    expect(loss(on, off)).toBeCloseTo(theory.floor, 12);
  });

  it('PAD_EXCLUDED: the entropy of its target', () => {
    const q = smoothedBy('PAD_EXCLUDED', oneHot(10, 3), 0.1, 0);
    const entropy = q.reduce((sum, x) => sum - (x > 0 ? x * Math.log(x) : 0), 0);
    expect(theoryOf('PAD_EXCLUDED', 0.1, 10).floor).toBeCloseTo(entropy, 14);
    expect(entropy).toBeCloseTo(0.5330271, 6);
  });
});

describe('worked values of UNIFORM_OTHERS', () => {
  it.each([
    [2, 0.1, 0.325083, 2.197225],
    [5, 0.1, 0.463712, 3.583519],
    [10, 0.3, 1.270032, 3.044522],
    [32000, 0.1, 1.362429, 12.570685],
  ])('K = %i, α = %f', (classes, alpha, floor, gap) => {
    const theory = theoryOf('UNIFORM_OTHERS', alpha, classes);
    expect(theory.floor).toBeCloseTo(floor, 6);
    expect(theory.trueLogit).toBeCloseTo(gap, 6);
  });
});

describe('loss forms', () => {
  it('KL is 0 at the floor, and so is CE less its constant, nearly', () => {
    const { floor } = theoryOf('UNIFORM_OTHERS', 0.1, 32000);
    const rest = LOSS_FORMS.map((form) => floor - subtracted(form, 'UNIFORM_OTHERS', 0.1, 32000));
    expect(rest[0]).toBe(floor);
    expect(rest[1]).toBe(0);
    expect(Math.abs(rest[2]!)).toBeLessThan(1e-14);
  });
  it('the constant of α = 1 is not a number, as in those frameworks', () =>
    expect(subtracted('ce-constant', 'UNIFORM_OTHERS', 1, 5)).toBeNaN());
});

describe('reading a loss', () => {
  it('gives back the probability on both sides of the optimum', () => {
    const p = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    const alpha = fc.double({ min: 0.01, max: 0.6, noNaN: true });
    fc.assert(
      fc.property(p, alpha, fc.integer({ min: 2, max: 50 }), (probability, a, classes) => {
        const loss = lossAtProbability(probability, a, classes);
        const read = readLoss(loss, 'UNIFORM_K', a, classes);
        // Exactly at the floor rounding decides.
        if (read === undefined)
          return expect(loss - theoryOf('UNIFORM_K', a, classes).floor).toBeCloseTo(0, 12);
        for (const side of [read.unsure, read.oversure!])
          expect(Math.abs(lossAtGap(side.gap, a, classes) - loss)).toBeLessThan(1e-9 * Math.max(1, loss));
        expect(read.unsure.p).toBeLessThanOrEqual(read.oversure!.p);
      }),
    );
  });

  function lossAtGap(gap: number, alpha: number, classes: number): number {
    const logits = oneHot(classes, 0).map((t) => t * gap);
    return lossAt(sumsOf('UNIFORM_K', logits, oneHot(classes, 0)), 'UNIFORM_K', alpha, classes);
  }

  it('has one side without smoothing: p = e^−loss', () => {
    const read = readLoss(0.5, 'UNIFORM_K', 0, 10)!;
    expect(read.unsure.p).toBeCloseTo(Math.exp(-0.5), 14);
    expect(read.oversure).toBeNull();
    expect(readLoss(0, 'UNIFORM_K', 0, 10)!.unsure.p).toBe(1);
  });

  it.each(SOFTMAX)('%s: nothing gives less than the floor, or NaN', (name) => {
    const { floor } = theoryOf(name, 0.1, 5);
    expect(readLoss(floor - 1e-6, name, 0.1, 5)).toBeUndefined();
    expect(readLoss(Number.NaN, name, 0.1, 5)).toBeUndefined();
    expect(readLoss(floor + 1e-6, name, 0.1, 5)).toBeDefined();
  });
});

describe('soft targets', () => {
  it('a uniform teacher mixed in with weight α is label smoothing', () => {
    const teacher = distilled(Float64Array.of(7, 7, 7, 7, 7), 4);
    const q = mixed(oneHot(5, 2), teacher, 0.9);
    smoothedBy('UNIFORM_K', oneHot(5, 2), 0.1).forEach((x, k) => {
      expect(q[k]).toBeCloseTo(x, 15);
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
    const q = smoothedBy('UNIFORM_K', oneHot(2, 0), 0.1);
    const optimum = weightedOptimum(q, Float64Array.of(0.01, 0.99));
    expect(optimum[0]).toBeCloseTo(0.161, 3);
    expect(optimum[1]).toBeCloseTo(0.839, 3);
  });

  it('the optimum turns over just where the weights are further apart than the bound', () => {
    const q = smoothedBy('UNIFORM_K', oneHot(10, 0), 0.1);
    const bound = inversionBound(0.1, 10);
    expect(bound).toBeCloseTo(91, 10);
    const optimum = (ratio: number) =>
      weightedOptimum(
        q,
        Float64Array.from({ length: 10 }, (_, k) => (k === 3 ? ratio : 1)),
      );
    const [below, above] = [optimum(bound * 0.99), optimum(bound * 1.01)];
    expect(below[0]).toBeGreaterThan(below[3]!);
    expect(above[0]).toBeLessThan(above[3]!);
  });
});

it('ln 2 nats are a bit', () => expect(toBits(Math.LN2)).toBe(1));
