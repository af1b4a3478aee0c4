import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONVENTIONS } from '../../../../src/loss/conventions/conventions.ts';
import { asBetweenTwo, smoothingOf } from '../../../../src/loss/conventions/smoothing.ts';
import { lossAtProbability } from '../../../../src/loss/theory/floors.ts';
import {
  changed,
  consistentChanges,
  READABLE_CONVENTIONS,
  readSeen,
  type SeenLoss,
} from '../../../../src/loss/theory/lossChanges.ts';
import { fromNats, LOSS_UNITS, toNats } from '../../../../src/loss/theory/lossUnits.ts';
import { specFiguresOf } from '../../../../src/loss/theory/specFigures.ts';

const seen = (part: Partial<SeenLoss>): SeenLoss => ({
  loss: 0.5,
  unit: 'nats',
  convention: 'UNIFORM_K',
  labelSmoothing: 0.1,
  classes: 5,
  form: 'ce',
  ...part,
});

describe('a loss that was seen', () => {
  it.each(READABLE_CONVENTIONS)('%s: stands for the p it was computed from, in every unit', (convention) => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.85, noNaN: true }),
        fc.double({ min: 0.01, max: 0.1, noNaN: true }),
        fc.integer({ min: 3, max: 50 }),
        fc.constantFrom(...LOSS_UNITS),
        (p, labelSmoothing, classes, unit) => {
          const smoothing = asBetweenTwo(
            smoothingOf({ convention, labelSmoothing, ignoreIndex: classes - 1 }, classes),
          );
          const loss = fromNats(lossAtProbability(p, smoothing), unit);
          const read = readSeen(seen({ loss, unit, convention, labelSmoothing, classes }));
          if ('impossible' in read) return expect.unreachable();
          const found = p <= 1 - smoothing.uniform ? read.unsure.p : undefined;
          if (found !== undefined) expect(found).toBeCloseTo(p, 6);
        },
      ),
    );
  });

  it('of the running example is at its floor, and below it impossible', () => {
    expect(readSeen(seen({ loss: 0.38968 }))).toHaveProperty('unsure');
    expect(readSeen(seen({ loss: 0.38967 }))).toMatchObject({
      impossible: 'below-floor',
      floor: expect.closeTo(0.389673, 6),
    });
  });

  it('in the form KL begins at 0', () => {
    const read = readSeen(seen({ loss: 0, form: 'kl' }));
    expect(read).toMatchObject({ unsure: { p: expect.closeTo(0.92, 6) } });
    expect(readSeen(seen({ loss: -0.1, form: 'kl' }))).toMatchObject({ floor: expect.closeTo(0, 12) });
  });
});

describe('below the floor', () => {
  it('what was quoted as 0.44 for K = 1000 was a decimal logarithm', () => {
    const quoted = seen({ loss: 0.441, labelSmoothing: 0.1, classes: 1000, convention: 'UNIFORM_OTHERS' });
    expect(toNats(0.441, 'log10')).toBeCloseTo(1.01576, 2);
    expect(consistentChanges({ ...quoted, loss: 0.4412 })).toContainEqual({ of: 'unit', to: 'log10' });
  });

  it('every change on offer makes it possible, and the bounds are the last that do', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 0.5, noNaN: true }),
        fc.integer({ min: 3, max: 2000 }),
        fc.constantFrom(...READABLE_CONVENTIONS),
        fc.constantFrom('nats' as const, 'bits' as const),
        (share, labelSmoothing, classes, convention, unit) => {
          const { floor } = specFiguresOf(convention, labelSmoothing, classes, 'ce');
          const from = seen({
            loss: fromNats(share * floor, unit),
            labelSmoothing,
            classes,
            convention,
            unit,
          });
          if (!('impossible' in readSeen(from))) return;
          const changes = consistentChanges(from);
          for (const change of changes) expect(readSeen(changed(from, change))).toHaveProperty('unsure');
          const classesChange = changes.find(({ of }) => of === 'classes');
          if (classesChange) {
            const to = (classesChange.to as number) + 1;
            expect(readSeen({ ...from, classes: to })).toHaveProperty('impossible');
          }
          expect(changes.some(({ of }) => of === 'form')).toBe(
            CONVENTIONS[convention].activation === 'softmax',
          );
        },
      ),
    );
  });

  it('nothing explains a loss below 0', () => expect(consistentChanges(seen({ loss: -1 }))).toEqual([]));
});
