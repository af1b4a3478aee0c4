import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeLossInSteps } from '../../../../src/loss/batch/crossEntropy.ts';
import { CONVENTION_NAMES, CONVENTIONS } from '../../../../src/loss/conventions/conventions.ts';
import { MOST_CLASSES } from '../../../../src/loss/conventions/smoothing.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { probabilities } from '../../../../src/loss/rows/softmax.ts';
import { groupedFigures, logitFor } from '../../../../src/loss/theory/groupedRow.ts';
import { finish } from '../../../../src/loss/work.ts';

const rows = fc
  .record({
    convention: fc.constantFrom(...CONVENTION_NAMES),
    labelSmoothing: fc.double({ min: 0, max: 1, noNaN: true }),
    form: fc.constantFrom('ce', 'kl' as const),
    sizes: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 5 }),
    logits: fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 7, maxLength: 7 }),
  })
  .map(({ sizes, logits, ...spec }) => {
    const { padded } = CONVENTIONS[spec.convention];
    const all = [1, ...sizes, ...(padded ? [1] : [])];
    const row = {
      sizes: all,
      logits: logits.slice(0, all.length),
      trueGroup: 0,
      padding: padded ? all.length - 1 : null,
    };
    return { spec, row };
  });

/** Each class on its own. */
function written({ sizes, logits }: { sizes: readonly number[]; logits: readonly number[] }): number[] {
  return sizes.flatMap((size, g) => Array.from({ length: size }, () => logits[g]!));
}

describe('a row of groups of classes', () => {
  it('has the loss, floor and excess of the row with each class written out', () => {
    fc.assert(
      fc.property(rows, ({ spec, row }) => {
        const data = Float64Array.from(written(row));
        const whole = finish(
          computeLossInSteps({
            ...DEFAULT_SPEC,
            ...spec,
            ignoreIndex: row.padding === null ? -100 : data.length - 1,
            logits: { data, shape: [1, data.length] },
            targets: { data: Int32Array.of(0), shape: [1] },
          }),
        );
        const figures = groupedFigures(row, spec);
        expect(figures.loss).toBeCloseTo(whole.loss as number, 9);
        expect(figures.floor).toBeCloseTo(whole.floor, 9);
        expect(figures.excess).toBeCloseTo(whole.excess, 9);
        expect(figures.targets[0]).toBe(whole.onValue);
        const p = probabilities(data, CONVENTIONS[spec.convention].activation);
        expect(figures.probabilities[0]).toBeCloseTo(p[0]!, 12);
        expect(figures.probabilities.at(-1)).toBeCloseTo(p.at(-1)!, 12);
      }),
    );
  });

  it('has that of the running example, and of hard labels', () => {
    const row = { sizes: [1, 1, 1, 2], logits: [0, 0, 3, 0], trueGroup: 2, padding: null };
    const { targets, loss, hardLoss, floor } = groupedFigures(row, {
      convention: 'UNIFORM_K',
      labelSmoothing: 0.1,
      form: 'ce',
    });
    expect(targets).toEqual([0.02, 0.02, 0.92, 0.02]);
    const nll = Math.log(Math.exp(3) + 4) - 3;
    expect(hardLoss).toBeCloseTo(nll, 14);
    expect(loss).toBeCloseTo(nll + 0.08 * 3, 14);
    expect(floor).toBeCloseTo(0.389673, 6);
  });

  it('may have as many classes as there can be', () => {
    const row = { sizes: [1, MOST_CLASSES - 1], logits: [0, 0], trueGroup: 0, padding: null };
    const { loss, targets } = groupedFigures(row, {
      convention: 'UNIFORM_K',
      labelSmoothing: 0.1,
      form: 'ce',
    });
    expect(loss).toBeCloseTo(Math.log(MOST_CLASSES), 9);
    expect(targets[1]).toBe(0.1 / MOST_CLASSES);
  });

  it('has the logit for any p', () => {
    fc.assert(
      fc.property(
        rows,
        fc.nat(),
        fc.double({ min: 0.002, max: 0.998, noNaN: true }),
        ({ spec, row }, g, part) => {
          const group = g % row.sizes.length;
          const { activation } = CONVENTIONS[spec.convention];
          const p = activation === 'softmax' ? part / row.sizes[group]! : part;
          const logits = row.logits.with(group, logitFor(row, group, p, activation));
          const { probabilities: found } = groupedFigures({ ...row, logits }, spec);
          expect(found[group]).toBeCloseTo(p, 9);
        },
      ),
    );
  });
});
