import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equivalentAlphas } from '../../../../src/frameworks/conventionUsers.ts';
import { CONVENTION_NAMES, CONVENTIONS } from '../../../../src/loss/conventions/conventions.ts';
import { asBetweenTwo } from '../../../../src/loss/conventions/smoothing.ts';
import { lossAtProbability } from '../../../../src/loss/theory/floors.ts';
import { lossAtGap } from '../../../../src/loss/theory/lossReading.ts';
import { ignoresClasses, specFiguresOf } from '../../../../src/loss/theory/specFigures.ts';

const alpha = fc.double({ min: 0.001, max: 0.4, noNaN: true });
const classes = fc.integer({ min: 3, max: 2000 });

describe('what smoothing comes to', () => {
  it('is the running example for α = 0.1 and 5 classes', () => {
    const { on, off, floor, guessing, gap } = specFiguresOf('UNIFORM_K', 0.1, 5, 'ce');
    expect(on).toBeCloseTo(0.92, 12);
    expect(off).toBeCloseTo(0.02, 12);
    expect(floor).toBeCloseTo(0.389672920658179, 12);
    expect(guessing).toBe(Math.log(5));
    expect(gap).toBeCloseTo(Math.log(46), 12);
  });

  it('has its floor where the loss is lowest', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CONVENTION_NAMES), alpha, classes, (convention, a, k) => {
        const { smoothing, on, floor, gap } = specFiguresOf(convention, a, k, 'ce');
        if (smoothing.activation === 'softmax') {
          expect(lossAtGap(gap, smoothing)).toBeCloseTo(floor, 9);
          expect(lossAtGap(gap + 0.1, smoothing)).toBeGreaterThan(floor);
          expect(lossAtGap(gap - 0.1, smoothing)).toBeGreaterThan(floor);
        } else {
          const two = asBetweenTwo(smoothing);
          for (const p of [on - 0.01, Math.min(on + 0.01, 1 - 1e-9)])
            expect(lossAtProbability(p, two)).toBeGreaterThan(lossAtProbability(on, two));
        }
      }),
    );
  });

  it('has no floor in the forms that leave the entropy of the target out', () => {
    fc.assert(
      fc.property(alpha, classes, (a, k) => {
        expect(specFiguresOf('UNIFORM_OTHERS', a, k, 'kl').floor).toBeCloseTo(0, 9);
      }),
    );
  });

  it('is the same for any number of classes in two conventions', () => {
    expect(CONVENTION_NAMES.filter(ignoresClasses)).toEqual(['BINARY_HALF', 'BINARY_FULL']);
  });
});

describe('the α that others need', () => {
  it('gives the same targets, under the same activation', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CONVENTION_NAMES), alpha, classes, (convention, a, k) => {
        const here = specFiguresOf(convention, a, k, 'ce');
        for (const other of equivalentAlphas(convention, a, k)) {
          const there = specFiguresOf(other.convention, other.alpha, k, 'ce');
          expect(CONVENTIONS[other.convention].activation).toBe(CONVENTIONS[convention].activation);
          expect(there.on).toBeCloseTo(here.on, 9);
          expect(there.off).toBeCloseTo(here.off, 9);
        }
      }),
    );
  });

  it('is said without K only where it’s the same for every K', () => {
    for (const convention of CONVENTION_NAMES)
      for (const other of equivalentAlphas(convention, 0.1, null))
        for (const k of [2, 3, 10])
          expect(equivalentAlphas(convention, 0.1, k), convention).toContainEqual(other);
    expect(equivalentAlphas('BINARY_HALF', 0.1, null)).toEqual([{ convention: 'BINARY_FULL', alpha: 0.05 }]);
    expect(equivalentAlphas('UNIFORM_K', 0.1, null)).toEqual([]);
  });

  it('is 0.125 in PyTorch for 0.1 in fairseq and 5 classes', () => {
    const pytorch = equivalentAlphas('UNIFORM_OTHERS', 0.1, 5).find(
      ({ convention }) => convention === 'UNIFORM_K',
    );
    expect(pytorch?.alpha).toBeCloseTo(0.125, 12);
  });
});
