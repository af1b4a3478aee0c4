import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { type MeasureWork, measureRowStats, type RowStats } from '../../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../../src/loss/work.ts';
import { type Question, questionOf, SHAPES } from './askedRows.ts';
import { FAMILIES, randomOf } from './families.ts';
import { BACKENDS } from './kernels.ts';
import { expectSame } from './same.ts';

function ask(measure: MeasureWork, { rows, targets, spec }: Question): RowStats {
  return finish(measure(rows, targets, spec));
}

describe.each(BACKENDS)('$name measures as float64 does', ({ measure }) => {
  it.each(Object.entries(FAMILIES))('%s logits', (_, logit) => {
    fc.assert(
      fc.property(SHAPES, (shape) => {
        const question = questionOf(shape, logit);
        expectSame(ask(measure, question), ask(measureRowStats, question));
      }),
      { numRuns: 60 },
    );
  });

  it.each([32_001, 130_000])('rows of %d classes', (classes) => {
    for (const logit of Object.values(FAMILIES)) {
      const shape = { classes, rows: 3, inner: 1, seed: 7, targets: 'indices', weighted: false } as const;
      const rest = { ignoring: false, convention: 'UNIFORM_K', denominator: 'weight' } as const;
      const question = questionOf({ ...shape, ...rest }, logit);
      expectSame(ask(measure, question), ask(measureRowStats, question));
    }
  });

  it.each([[[3, 1000, 100]], [[8, 10, 100, 100]], [[1, 60_000, 7]], [[2, 32_000, 5]]])(
    'classes on axis 1 of shape %j',
    (shape) => {
      const random = randomOf(11);
      const layout = layoutOf(shape, 1);
      const values = Float32Array.from({ length: layout.rows * layout.classes }, () => 6 * random() - 3);
      const targets = {
        kind: 'indices',
        values: Int32Array.from({ length: layout.rows }, () => Math.floor(random() * layout.classes)),
      } as const;
      const question = { rows: { values, layout }, targets, spec: DEFAULT_SPEC };
      expectSame(ask(measure, question), ask(measureRowStats, question));
    },
  );

  it('an ignore index that is none of int32, or no whole number, as one that no row has', () => {
    const shape = { classes: 7, rows: 9, inner: 1, seed: 3, targets: 'indices', weighted: false } as const;
    const rest = { ignoring: false, convention: 'UNIFORM_K', denominator: 'weight' } as const;
    const question = questionOf({ ...shape, ...rest }, FAMILIES.normal!);
    const expected = ask(measureRowStats, { ...question, spec: { ...question.spec, ignoreIndex: null } });
    for (const ignoreIndex of [2 ** 32 + 3, -(2 ** 33), 2 ** 40 + 1, 1.5]) {
      const spec = { ...question.spec, ignoreIndex };
      expectSame(ask(measure, { ...question, spec }), expected);
    }
  });

  it('NaN and infinities as PyTorch', () => {
    fc.assert(
      fc.property(SHAPES, fc.integer({ min: 1, max: 4 }), (shape, count) => {
        const question = questionOf(shape, FAMILIES.normal!);
        const random = randomOf(shape.seed + 1);
        const values = question.rows.values;
        for (let i = 0; i < count; i++) {
          const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][
            Math.floor(3 * random())
          ]!;
          values[Math.floor(random() * values.length)] = odd;
        }
        expectSame(ask(measure, question), ask(measureRowStats, question));
      }),
      { numRuns: 400 },
    );
  });

  it('a row of nothing but −∞, NaN or ∞', () => {
    for (const value of [Number.NEGATIVE_INFINITY, Number.NaN, Number.POSITIVE_INFINITY]) {
      for (const classes of [2, 5, 20, 300]) {
        const rows = { values: new Float32Array(5 * classes).fill(value), layout: layoutOf([5, classes], 1) };
        const question = { rows, targets: null, spec: DEFAULT_SPEC };
        expectSame(ask(measure, question), ask(measureRowStats, question));
      }
    }
  });

  it('no rows', () => {
    const rows = { values: new Float32Array(0), layout: layoutOf([0, 5], 1) };
    expect(ask(measure, { rows, targets: null, spec: DEFAULT_SPEC })).toMatchObject({
      rows: 0,
      share: 0,
    });
  });

  it('the running example', () => {
    const values = Float32Array.of(0, 0, Math.log(0.92 / 0.02), 0, 0);
    const targets = { kind: 'indices', values: Int32Array.of(2) } as const;
    const stats = ask(measure, {
      rows: { values, layout: layoutOf([1, 5], 1) },
      targets,
      spec: DEFAULT_SPEC,
    });
    expect(0.9 * stats.hard[0]! + 0.1 * stats.uniform[0]!).toBeCloseTo(0.389673, 6);
    expect(stats.pTarget[0]).toBeCloseTo(0.92, 6);
  });
});
