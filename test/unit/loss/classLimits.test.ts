import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equivalentAlphas } from '../../../src/frameworks/conventionUsers.ts';
import { CONVENTION_NAMES, CONVENTIONS } from '../../../src/loss/conventions/conventions.ts';
import { isClassCount, MOST_CLASSES, smoothed } from '../../../src/loss/conventions/smoothing.ts';
import { entropy, surprise } from '../../../src/loss/theory/floors.ts';
import { consistentChanges, readSeen, type SeenLoss } from '../../../src/loss/theory/lossChanges.ts';
import { specFiguresOf } from '../../../src/loss/theory/specFigures.ts';

const conventions = fc.constantFrom(...CONVENTION_NAMES);
const alphas = fc.double({ min: 0.001, max: 0.6, noNaN: true });

/** The same figures from the K targets of a row, each looked at. */
function byEachClass(convention: (typeof CONVENTION_NAMES)[number], alpha: number, classes: number) {
  const { smoothing } = specFiguresOf(convention, alpha, classes, 'ce');
  const hard = new Float64Array(classes);
  hard[0] = 1;
  const q = smoothed(hard, smoothing);
  const softmax = CONVENTIONS[convention].activation === 'softmax';
  const binary = q.reduce((sum, t) => sum + surprise(t) + surprise(1 - t), 0) / classes;
  const floor = softmax ? entropy(q) : binary;
  const counted = q.filter((_, k) => k !== smoothing.padding).length;
  const gap = softmax ? Math.log(q[0]! / q[1]!) : Math.log(q[0]! / (1 - q[0]!));
  return { on: q[0]!, off: q[1]!, floor, guessing: softmax ? Math.log(counted) : Math.LN2, gap };
}

/** Processor time in ms of the quickest of ten runs: what else the machine does isn't counted. */
function leastMs(run: () => unknown): number {
  const times = Array.from({ length: 10 }, () => {
    const before = process.threadCpuUsage();
    run();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

describe('figures', () => {
  it('are those of the targets looked at one by one', () => {
    fc.assert(
      fc.property(conventions, alphas, fc.integer({ min: 3, max: 500 }), (convention, alpha, classes) => {
        const { on, off, floor, guessing, gap } = specFiguresOf(convention, alpha, classes, 'ce');
        const expected = byEachClass(convention, alpha, classes);
        expect(on).toBeCloseTo(expected.on, 12);
        expect(off).toBeCloseTo(expected.off, 12);
        expect(floor).toBeCloseTo(expected.floor, 10);
        expect(guessing).toBeCloseTo(expected.guessing, 12);
        expect(gap).toBeCloseTo(expected.gap, 9);
      }),
    );
  });

  it.each(CONVENTION_NAMES)('take no longer for the largest K than for a small one: %s', (convention) => {
    const seen: SeenLoss = {
      loss: 0.01,
      unit: 'nats',
      convention,
      labelSmoothing: 0.1,
      classes: MOST_CLASSES,
      form: 'ce',
    };
    const ask = () => [
      ...(['ce', 'kl', 'ce-constant'] as const).map((form) =>
        specFiguresOf(convention, 0.1, MOST_CLASSES, form),
      ),
      equivalentAlphas(convention, 0.1, MOST_CLASSES),
      readSeen(seen),
      readSeen({ ...seen, loss: 30 }),
      consistentChanges(seen),
    ];
    const [figures] = ask();
    expect(leastMs(ask)).toBeLessThan(5);
    for (const value of Object.values(figures!))
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  });

  it.each(CONVENTION_NAMES)('of a single class are numbers: %s', (convention) => {
    for (const classes of CONVENTIONS[convention].padded ? [1, 2] : [1])
      for (const alpha of [0, 0.1, 1]) {
        const { smoothing, alone, ...figures } = specFiguresOf(convention, alpha, classes, 'ce');
        if (!alone) {
          expect(convention).toMatch(/BINARY_HALF|BINARY_FULL/);
          continue;
        }
        expect(figures).toMatchObject({ on: 1, off: 0, floor: 0, gap: 0 });
        expect(figures.guessing).toBe(smoothing.activation === 'softmax' ? 0 : Math.LN2);
      }
  });
});

describe('a number of classes', () => {
  it.each([1, 2, 1000, MOST_CLASSES])('may be %d', (value) => expect(isClassCount(value)).toBe(true));
  it.each([0, -0, -1, 0.5, 10.5, MOST_CLASSES + 1, 1e308, Number.NaN, Number.POSITIVE_INFINITY])(
    'may not be %d',
    (value) => expect(isClassCount(value)).toBe(false),
  );
});
