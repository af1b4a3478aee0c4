import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { CrossEntropyInput } from '../../../../src/loss/batch/lossInput.ts';
import { lossTotals, reduced } from '../../../../src/loss/batch/reduction.ts';
import { uniformSmoothing } from '../../../../src/loss/conventions/smoothing.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { massSum } from '../../../../src/loss/theory/floors.ts';
import { roundingError } from '../../../../src/loss/theory/roundingError.ts';
import { finish } from '../../../../src/loss/work.ts';
import { anyInput, compute } from '../inputs.ts';

const decimals = fc.integer({ min: 0, max: 6 });

/** How far a loss moves when its logits are rounded. */
function moved(input: CrossEntropyInput, digits: number): number {
  const data = Float64Array.from(input.logits.data, (z) => Math.round(z * 10 ** digits) / 10 ** digits);
  const loss = (logits: CrossEntropyInput['logits']) => compute({ ...input, logits }).loss as number;
  const [exact, read] = [loss(input.logits), loss({ ...input.logits, data })];
  // Where no row counts, both means are 0/0.
  return Number.isNaN(exact) ? 0 : Math.abs(read - exact);
}

describe('logits rounded to some decimals', () => {
  it('move no loss further than the bound, whatever α, class weights and reduction', () => {
    const hard = anyInput.filter(({ targets }) => targets.data instanceof Int32Array);
    fc.assert(
      fc.property(hard, decimals, (any, digits) => {
        const input = { ...any, convention: 'UNIFORM_K' } as const;
        const { logits, targets, weight, labelSmoothing } = input;
        const layout = layoutOf(logits.shape, 1);
        const indices = { kind: 'indices', values: Int32Array.from(targets.data) } as const;
        const rows = { values: Float64Array.from(logits.data), layout };
        const totals = lossTotals(finish(measureRowStats(rows, indices, input)));
        const sum = massSum(totals, uniformSmoothing(labelSmoothing, layout.classes), weight);
        const mass = reduced(sum, totals, input.reduction === 'sum' ? 'sum' : 'mean');
        expect(moved(input, digits)).toBeLessThanOrEqual(
          (Number.isNaN(mass) ? 0 : roundingError(0.5 / 10 ** digits, mass)) + 1e-12,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('move the loss of soft targets no further', () => {
    const row = fc.array(
      fc.record({
        logit: fc.double({ min: -12, max: 12, noNaN: true }),
        share: fc.double({ min: 0.01, max: 1, noNaN: true }),
      }),
      { minLength: 2, maxLength: 6 },
    );
    fc.assert(
      fc.property(row, decimals, (classes, digits) => {
        const total = classes.reduce((sum, { share }) => sum + share, 0);
        const shape = [1, classes.length];
        const logits = { data: Float64Array.from(classes, ({ logit }) => logit), shape };
        const targets = { data: Float64Array.from(classes, ({ share }) => share / total), shape };
        const { loss } = compute({ logits, targets });
        const data = logits.data.map((z) => Math.round(z * 10 ** digits) / 10 ** digits);
        const read = compute({ logits: { data, shape }, targets }).loss as number;
        expect(Math.abs(read - (loss as number))).toBeLessThanOrEqual(
          roundingError(0.5 / 10 ** digits, 1) + 1e-12,
        );
      }),
    );
  });

  it('move some loss by all of the bound', () => {
    const targets = { data: Int32Array.of(0), shape: [1] };
    const loss = (...data: number[]) =>
      compute({ logits: { data: Float64Array.from(data), shape: [1, 2] }, targets }).loss as number;
    expect(loss(-20.00005, 20.00005) - loss(-20, 20)).toBeCloseTo(roundingError(0.00005, 1), 10);
    expect(roundingError(0.00005, 1)).toBe(0.0001);
  });
});
