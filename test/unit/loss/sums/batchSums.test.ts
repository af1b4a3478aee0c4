import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lossTotals, reducedLoss } from '../../../../src/loss/batch/reduction.ts';
import { smoothingOf } from '../../../../src/loss/conventions/smoothing.ts';
import { DEFAULT_SPEC, type LossSpec } from '../../../../src/loss/lossSpec.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { accuracyOfSums, isSummedFor, totalsOfSums } from '../../../../src/loss/sums/batchSums.ts';
import { addVectors, classesOfVector, sumsOfVector } from '../../../../src/loss/sums/sumsVector.ts';
import { finish } from '../../../../src/loss/work.ts';
import { summedVector } from '../../../fixtures/summedRows.ts';

const CLASSES = 4;
const row = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), {
  minLength: CLASSES,
  maxLength: CLASSES,
});
const batch = fc.array(fc.tuple(row, fc.integer({ min: 0, max: CLASSES - 1 })), {
  minLength: 1,
  maxLength: 12,
});

function lossOfRows(rows: readonly (readonly number[])[], targets: readonly number[], spec: LossSpec) {
  const layout = { rows: rows.length, classes: CLASSES, inner: 1 };
  const indices = { kind: 'indices', values: Int32Array.from(targets) } as const;
  const stats = finish(measureRowStats({ values: Float64Array.from(rows.flat()), layout }, indices, spec));
  return lossTotals(stats);
}

describe('the loss of sums', () => {
  it('is that of the rows at any α, in each softmax convention, with any weights and reduction', () => {
    fc.assert(
      fc.property(
        batch,
        fc.constantFrom('UNIFORM_K', 'UNIFORM_OTHERS', 'ADDITIVE_RENORM', 'PAD_EXCLUDED'),
        fc.option(
          fc.array(fc.double({ min: 0.1, max: 5, noNaN: true }), { minLength: CLASSES, maxLength: CLASSES }),
        ),
        fc.constantFrom(-100, 2),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (pairs, convention, weights, ignoreIndex, labelSmoothing) => {
          fc.pre(isSummedFor(convention, ignoreIndex, CLASSES));
          const [rows, targets] = [pairs.map(([z]) => z), pairs.map(([, k]) => k)];
          const weight = weights && Float64Array.from(weights);
          const spec = { ...DEFAULT_SPEC, convention, weight, ignoreIndex, labelSmoothing };
          const found = totalsOfSums(sumsOfVector(summedVector(rows, targets, ignoreIndex)), spec);
          const wanted = lossOfRows(rows, targets, spec);
          const { uniform } = smoothingOf(spec, CLASSES);
          for (const reduction of ['mean', 'sum'] as const) {
            const loss = reducedLoss(wanted, uniform, reduction);
            const close =
              Math.abs(reducedLoss(found, uniform, reduction) - loss) <= 1e-12 * (1 + Math.abs(loss));
            expect(close || Number.isNaN(loss)).toBe(true);
          }
          expect([...found.perClass]).toEqual([...wanted.perClass]);
          expect(found.share).toBeCloseTo(wanted.share, 12);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('needs the logits of sigmoids, and of a padding class that wasn’t ignored', () => {
    expect(isSummedFor('BINARY_HALF', -100, 5)).toBe(false);
    expect(isSummedFor('PAD_EXCLUDED', -100, 5)).toBe(false);
    expect(isSummedFor('PAD_EXCLUDED', 0, 5)).toBe(true);
  });

  it('isn’t a number if a row’s softmax isn’t, and nobody knows the accuracy', () => {
    const sums = sumsOfVector(
      summedVector(
        [
          [1, 2],
          [Number.NaN, 0],
        ],
        [0, 1],
      ),
    );
    const { hard, uniform, counted } = totalsOfSums(sums, DEFAULT_SPEC);
    expect([hard, uniform, counted, accuracyOfSums(sums)]).toEqual([Number.NaN, Number.NaN, 2, Number.NaN]);
  });

  it('is infinite where a target has no probability, and at α > 0 where any class has none', () => {
    const sums = sumsOfVector(
      summedVector(
        [
          [1, Number.NEGATIVE_INFINITY, 0],
          [1, 2, 0],
        ],
        [0, 1],
      ),
    );
    const { hard, uniform } = totalsOfSums(sums, DEFAULT_SPEC);
    expect([Number.isFinite(hard), uniform]).toEqual([true, Number.POSITIVE_INFINITY]);
  });
});

describe('parts', () => {
  it('of any number and in any order have the same sums, to 1e−12', () => {
    const rows = Array.from({ length: 100 }, (_, i) =>
      Array.from({ length: CLASSES }, (_each, k) => 9 * Math.sin(i * i + 3 * k)),
    );
    const targets = rows.map((_, i) => (i * 5) % CLASSES);
    const whole = summedVector(rows, targets);
    const parts = rows.map((z, i) => summedVector([z], [targets[i]!]));
    const size = fc.integer({ min: 1, max: rows.length });
    const places = Array.from(whole, (_, i) => i).filter((i) => whole[i] !== 0);
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), size, (order, each) => {
        const groups = Array.from({ length: Math.ceil(order.length / each) }, (_, i) =>
          addVectors(order.slice(i * each, (i + 1) * each)),
        );
        const sum = addVectors(groups);
        // What is signed is as exact as what it's a difference of.
        const off = places.filter(
          (i) => Math.abs(sum[i]! - whole[i]!) > 1e-12 * Math.max(Math.abs(whole[i]!), 1),
        );
        expect(off).toEqual([]);
      }),
      { numRuns: 2 },
    );
  });

  it('keep what rounding would take', () => {
    const one = (value: number) => new Float64Array(1).fill(value);
    expect(addVectors([one(1), one(1e100), one(1), one(-1e100)])[0]).toBe(2);
  });

  it('have a length that says K', () => {
    expect(classesOfVector(summedVector([[1, 2, 3]], [0]).length)).toBe(3);
    expect(classesOfVector(3 * 3 + 196_824)).toBeUndefined();
    expect(classesOfVector(3 + 196_823)).toBeUndefined();
  });

  it('without targets don’t know what is right', () => {
    const sums = sumsOfVector(summedVector([[1, 2]], undefined));
    expect([sums.hasTargets, accuracyOfSums(sums)]).toEqual([false, Number.NaN]);
  });
});
