import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowTargetOf, ScoreSums } from '../../../../src/loss/calibration/calibrationScores.ts';
import { fitTemperature } from '../../../../src/loss/calibration/fitTemperature.ts';
import { layoutOf, type Rows } from '../../../../src/loss/rows/rowLayout.ts';
import type { Targets } from '../../../../src/loss/rows/targets.ts';
import { finish } from '../../../../src/loss/work.ts';

function input(logits: readonly (readonly number[])[], targets: readonly number[]): [Rows, Targets] {
  const layout = { rows: logits.length, classes: logits[0]!.length, inner: 1 };
  return [
    { values: Float64Array.from(logits.flat()), layout },
    { kind: 'indices', values: Int32Array.from(targets) },
  ];
}

const fit = (rows: Rows, targets: Targets) => finish(fitTemperature(rows, targets, -100));

function nll(rows: Rows, targets: Targets, temperature: number): number {
  const scores = new ScoreSums(rows.layout.rows, temperature);
  for (let row = 0; row < rows.layout.rows; row++)
    scores.add(rows, row, rowTargetOf(targets, row, rows.layout, -100), row);
  return scores.means[0]!;
}

/** Rows with mistakes among them, so that some temperature is best. */
const mixed = fc
  .record({ n: fc.integer({ min: 2, max: 20 }), k: fc.integer({ min: 2, max: 5 }) })
  .chain(({ n, k }) =>
    fc.record({
      logits: fc.array(
        fc.array(
          fc.integer({ min: -600, max: 600 }).map((x) => x / 100),
          { minLength: k, maxLength: k },
        ),
        { minLength: n, maxLength: n },
      ),
      targets: fc.array(fc.integer({ min: 0, max: k - 1 }), { minLength: n, maxLength: n }),
    }),
  );

describe('the fitted temperature', () => {
  it('has the lowest NLL there is', () => {
    let found = 0;
    fc.assert(
      fc.property(mixed, ({ logits, targets }) => {
        const [rows, labels] = input(logits, targets);
        const best = fit(rows, labels);
        const there = nll(rows, labels, best === 0 ? 1e-6 : Math.min(best, 1e9));
        for (const other of [0.05, 0.5, 1, 2, 20, 0.99 * best, 1.01 * best])
          if (other > 0 && Number.isFinite(other))
            expect(there).toBeLessThanOrEqual(nll(rows, labels, other) + 1e-9);
        if (best > 0 && Number.isFinite(best)) found++;
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(50);
  });

  it('grows with the logits, and doesn’t see what is added to all of a row', () => {
    fc.assert(
      fc.property(mixed, fc.double({ min: 0.2, max: 5, noNaN: true }), ({ logits, targets }, factor) => {
        const best = fit(...input(logits, targets));
        const scaled = logits.map((row, i) => row.map((z) => z * factor + i));
        const other = fit(...input(scaled, targets));
        if (best > 1e-3 && best < 1e3) expect(other / (best * factor)).toBeCloseTo(1, 6);
      }),
    );
  });

  it('is 0 where every row is right: the NLL falls as long as T does', () => {
    expect(
      fit(
        ...input(
          [
            [2, 1, 0],
            [0, 5, 1],
          ],
          [0, 1],
        ),
      ),
    ).toBe(0);
  });

  it('is ∞ where the model is worse than guessing', () => {
    expect(
      fit(
        ...input(
          [
            [2, 1, 0],
            [0, 5, 1],
          ],
          [2, 0],
        ),
      ),
    ).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    ['a logit is NaN', [[Number.NaN, 1]], [0]],
    ['a logit is +∞', [[Number.POSITIVE_INFINITY, 1]], [0]],
    ['a target has a logit of −∞', [[Number.NEGATIVE_INFINITY, 1]], [0]],
    ['no row counts', [[2, 1]], [-100]],
  ])('is NaN where %s', (_, logits, targets) => expect(fit(...input(logits, targets))).toBeNaN());

  it('passes over −∞ where nothing is wanted, and over ignored rows', () => {
    const plain = fit(
      ...input(
        [
          [2, 0],
          [0, 1],
          [1, 0],
        ],
        [0, 0, 0],
      ),
    );
    const masked = fit(
      ...input(
        [
          [2, 0, Number.NEGATIVE_INFINITY],
          [0, 1, Number.NEGATIVE_INFINITY],
          [1, 0, Number.NEGATIVE_INFINITY],
          [9, 0, 0],
        ],
        [0, 0, 0, -100],
      ),
    );
    expect(masked).toBeCloseTo(plain, 10);
  });

  it('is the same of hard targets and of the same targets as probabilities, on any class axis', () => {
    const [rows, labels] = input(
      [
        [3, 0, 1],
        [0, 1, 2],
        [1, 4, 0],
        [2, 0, 1],
      ],
      [0, 1, 1, 2],
    );
    const layout = layoutOf([1, 3, 4], 1);
    const values = new Float64Array(12);
    const soft = new Float64Array(12);
    for (let row = 0; row < 4; row++) {
      for (let k = 0; k < 3; k++) values[k * 4 + row] = rows.values[row * 3 + k]!;
      soft[labels.values[row]! * 4 + row] = 1;
    }
    const best = fit({ values, layout }, { kind: 'soft', values: soft });
    expect(best).toBeCloseTo(fit(rows, labels), 10);
  });
});
