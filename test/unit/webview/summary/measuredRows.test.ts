import { describe, expect, it } from 'vitest';
import { batchFigures } from '../../../../src/loss/batch/batchFigures.ts';
import { type LossTerms, lossTermsOf } from '../../../../src/loss/batch/lossTerms.ts';
import { hardFloors, softFloors } from '../../../../src/loss/batch/rowFloors.ts';
import { uniformSmoothing } from '../../../../src/loss/conventions/smoothing.ts';
import { DEFAULT_SPEC, type Reduction } from '../../../../src/loss/lossSpec.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { sumsOfVector } from '../../../../src/loss/sums/sumsVector.ts';
import { sumSoftFloors } from '../../../../src/loss/theory/floors.ts';
import { finish } from '../../../../src/loss/work.ts';
import type { PanelSpec } from '../../../../src/protocol/panelSpec.ts';
import { columnOf, sortedRows } from '../../../../src/webview/rows/sortedRows.ts';
import { certaintiesOf, certaintiesOfSums, rowCountText } from '../../../../src/webview/summary/certainty.ts';
import {
  culprit,
  lossRange,
  type Measured,
  measure,
  printedError,
} from '../../../../src/webview/summary/measuredRows.ts';
import { summedVector } from '../../../fixtures/summedRows.ts';

function measured(logits: number[][], targets: number[], weight: Float64Array | null = null): Measured {
  const layout = { rows: logits.length, classes: logits[0]!.length, inner: 1 };
  const rows = { values: Float64Array.from(logits.flat()), layout };
  const indices = { kind: 'indices', values: Int32Array.from(targets) } as const;
  return measure({ stats: finish(measureRowStats(rows, indices, { ...DEFAULT_SPEC, weight })), weight });
}

const at = (labelSmoothing: number, classes: number, weight: Float64Array | null = null) =>
  lossTermsOf({ ...DEFAULT_SPEC, labelSmoothing, weight }, { classes, targets: 'indices' });

const figures = ({ stats, totals }: Measured, terms: LossTerms, reduction: Reduction) =>
  batchFigures(totals, terms, hardFloors(stats, totals, terms).sum, reduction);

const example = measured([[0, 0, 3.828641396489095, 0, 0]], [2]);

describe('the error that printing leaves', () => {
  const rows = measured(
    [
      [1, 2],
      [3, 5],
      [0, 1],
    ],
    [0, 1, -100],
    Float64Array.of(1, 3),
  );
  const printed = { kind: 'logits', rounding: 0.00005 } as const;
  const spec = (labelSmoothing: number, reduction: Reduction): PanelSpec => ({
    ...DEFAULT_SPEC,
    labelSmoothing,
    reduction,
    temperature: 1,
  });
  it('is twice that of a logit, for a mean', () =>
    expect(printedError(example, printed, spec(0.1, 'mean'))).toBeCloseTo(0.0001, 15));
  it('counts weights, as the loss does', () => {
    expect(printedError(rows, printed, spec(0, 'none'))).toBeCloseTo(0.0001, 15);
    expect(printedError(rows, printed, spec(0, 'sum'))).toBeCloseTo(0.0004, 15);
    expect(printedError(rows, printed, spec(0.5, 'sum'))).toBeCloseTo(0.0001 * (0.5 * 4 + 0.5 * 2 * 2), 15);
  });
  it('is less of logits that are divided by a temperature, and the same for sigmoids', () => {
    expect(printedError(example, printed, { ...spec(0.1, 'mean'), temperature: 2 })).toBeCloseTo(0.00005, 15);
    const binary = { ...spec(0.1, 'mean'), convention: 'BINARY_HALF' } as const;
    expect(printedError(example, printed, binary)).toBeCloseTo(0.0001, 15);
  });
  it('has no bound for probabilities', () =>
    expect(printedError(example, { ...printed, kind: 'probabilities' }, spec(0.1, 'mean'))).toBeNaN());
});

describe('the figures', () => {
  it.each([0, 0.1, 1])(
    'of rows whose classes all weigh 0 are no numbers at α = %d, but their sums are',
    (alpha) => {
      const weight = Float64Array.of(0, 2, 1);
      const light = measured(
        [
          [1, 2, 3],
          [0, 1, 5],
        ],
        [0, 0],
        weight,
      );
      const terms = at(alpha, 3, weight);
      const mean = figures(light, terms, 'mean');
      for (const figure of ['loss', 'nll', 'uniform', 'floor', 'excess', 'guess'] as const)
        expect(mean[figure]).toBeNaN();
      // No row is to blame.
      expect(culprit(light, terms, mean.loss)).toBe(-1);
      const sum = figures(light, terms, 'sum');
      for (const figure of ['loss', 'floor', 'excess', 'guess'] as const)
        expect(Number.isFinite(sum[figure])).toBe(true);
    },
  );

  it('of the running example are at the floor', () => {
    const { loss, floor, excess, guess } = figures(example, at(0.1, 5), 'mean');
    expect(floor).toBeCloseTo(0.389673, 6);
    expect(loss).toBeCloseTo(floor!, 12);
    expect(excess).toBeCloseTo(0, 12);
    expect(guess).toBe(Math.log(5));
  });

  it('leave out ignored rows', () => {
    const some = measured(
      [
        [1, 2],
        [5, 5],
      ],
      [0, -100],
    );
    expect(some.ignored).toBe(1);
    expect(figures(some, at(0, 2), 'mean').loss).toBeCloseTo(Math.log(1 + Math.E), 12);
  });

  it('of soft targets take floors of each row', () => {
    const layout = { rows: 1, classes: 2, inner: 1 };
    const targets = { kind: 'soft', values: Float64Array.of(0.25, 0.75) } as const;
    const logits = { values: Float64Array.of(Math.log(0.25), Math.log(0.75)), layout };
    const stats = finish(measureRowStats(logits, targets, DEFAULT_SPEC));
    const soft = measure({ stats, weight: null });
    const floors = softFloors(
      at(0, 2),
      finish(sumSoftFloors({ layout, values: targets.values }, uniformSmoothing(0, 2), null)),
    );
    expect(batchFigures(soft.totals, at(0, 2), floors.sum, 'sum').excess).toBeCloseTo(0, 12);
  });
});

describe('the table', () => {
  const rows = measured(
    [
      [0, 4],
      [4, 0],
      [0, 0],
      [Number.NaN, 0],
    ],
    [0, 0, 0, 0],
  );

  it('has the largest excess first, and what isn’t a number last', () => {
    const excess = columnOf(rows, hardFloors(rows.stats, rows.totals, at(0.1, 2)), 'excess');
    expect([...sortedRows(4, excess, true)]).toEqual([0, 2, 1, 3]);
    expect([...sortedRows(4, excess, false)]).toEqual([1, 2, 0, 3]);
  });
  it('is sorted by the floor of each row’s class where weights make them differ', () => {
    const two = measured(
      [
        [0, 4],
        [4, 0],
      ],
      [0, 1],
    );
    const floors = hardFloors(two.stats, two.totals, at(0.1, 2, Float64Array.of(1, 9)));
    const floor = columnOf(two, floors, 'floor');
    expect(floor(0)).toBeGreaterThan(floor(1));
    expect([...sortedRows(2, floor, false)]).toEqual([1, 0]);
  });
  it('keeps equal rows in their order', () =>
    expect([...sortedRows(4, () => 1, true)]).toEqual([0, 1, 2, 3]));
  it('knows which row makes the loss NaN', () => expect(culprit(rows, at(0.1, 2), Number.NaN)).toBe(3));
});

describe('certainty', () => {
  it('counts the rows above a probability', () => {
    const { rows, above } = certaintiesOf(Float64Array.of(0.1, 0.5, 0.5, 0.9));
    const counts = [0, 0.1, 0.5, 0.9, 1].map(above);
    expect(rows).toBe(4);
    expect(counts.map(({ least }) => least)).toEqual([4, 3, 1, 0, 0]);
    expect(counts.map(({ most }) => most)).toEqual([4, 3, 1, 0, 0]);
  });
  it('counts them between two numbers where sums have them in one cell', () => {
    // p(target): 0.5 twice, e/(1 + e)
    const sums = sumsOfVector(
      summedVector(
        [
          [0, 0],
          [1, 0],
          [2, 2],
        ],
        [0, 0, 1],
      ),
    );
    const { rows, above } = certaintiesOfSums(sums);
    const p = Math.E / (1 + Math.E);
    expect(rows).toBe(3);
    expect([0, 0.5, p, p + 1e-9, 0.75, 1].map((each) => rowCountText(above(each)))).toEqual([
      '3',
      '1',
      '0–1',
      '0–1',
      '0',
      '0',
    ]);
  });
  it('fills the histogram, p = 1 in its last bin', () => {
    const { histogram } = measured([[1e4, 0]], [0]);
    expect(histogram.at(-1)).toBe(1);
  });
  it('has no range when no row counts', () =>
    expect(lossRange(measured([[1, 2]], [-100]), at(0.1, 2))).toBeUndefined());
});
