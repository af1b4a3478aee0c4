import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchFigures } from '../../../../src/loss/batch/batchFigures.ts';
import { crossEntropyGradient } from '../../../../src/loss/batch/crossEntropy.ts';
import type { CrossEntropyInput } from '../../../../src/loss/batch/lossInput.ts';
import { lossTermsOf } from '../../../../src/loss/batch/lossTerms.ts';
import { hardFloors, softFloors } from '../../../../src/loss/batch/rowFloors.ts';
import { CONVENTION_NAMES, CONVENTIONS, sharesRows } from '../../../../src/loss/conventions/conventions.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { sumSoftFloors } from '../../../../src/loss/theory/floors.ts';
import { finish } from '../../../../src/loss/work.ts';
import { panelSpecOf } from '../../../../src/webview/controls/specOfPanel.ts';
import { measure } from '../../../../src/webview/summary/measuredRows.ts';
import { pushedDown } from '../../../../src/webview/summary/pushedDown.ts';
import { anyInput, compute } from '../../loss/inputs.ts';

/** The panel's figures of an input: measured once for a convention that shares rows with the one asked for. */
function panelFigures(input: CrossEntropyInput) {
  const { logits, targets, weight } = input;
  const classes = logits.shape[1]!;
  const layout = layoutOf(logits.shape, 1);
  const soft = !(targets.data instanceof Int32Array);
  const of = soft
    ? ({ kind: 'soft', values: targets.data as Float64Array } as const)
    : ({ kind: 'indices', values: targets.data as Int32Array } as const);
  const convention = CONVENTION_NAMES.find((name) => sharesRows(name, input.convention, classes))!;
  const rows = { values: logits.data, layout };
  const stats = finish(measureRowStats(rows, of, { ...input, convention, denominator: 'weight' }));
  const measured = measure({ stats, weight });
  const terms = lossTermsOf(input, stats);
  const floors = soft
    ? softFloors(
        terms,
        finish(sumSoftFloors({ layout, values: targets.data as Float64Array }, terms.smoothing, weight)),
      )
    : hardFloors(stats, measured.totals, terms);
  return { measured, terms, shown: batchFigures(measured.totals, terms, floors.sum, input.reduction) };
}

const close = (a: number | undefined, b: number) =>
  expect(Object.is(a, b) || Math.abs(a! - b) <= 1e-11 * Math.max(1, Math.abs(b))).toBe(true);

describe('the figures of the panel are those of the loss', () => {
  it('in every convention, with weights, ignored rows and soft targets', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { shown } = panelFigures(input);
        const { loss, floor, excess } = compute({ ...input, denominator: 'weight' });
        close(shown.loss, loss as number);
        close(shown.floor, floor);
        close(shown.excess, excess);
      }),
      { numRuns: 400 },
    );
  });

  it.each(['kl', 'ce-constant'] as const)('in the form %s, with what it takes off', (form) => {
    const logits = { data: Float64Array.of(2, 1, 0, -1, 0, 3), shape: [2, 3] };
    const targets = { data: Int32Array.of(0, 2), shape: [2] };
    for (const convention of ['UNIFORM_K', 'UNIFORM_OTHERS', 'ADDITIVE_RENORM'] as const) {
      const spec = { convention, labelSmoothing: 0.1, form, reduction: 'sum' } as const;
      const result = compute({ logits, targets, ...spec });
      const { shown } = panelFigures({
        ...spec,
        logits,
        targets,
        weight: null,
        ignoreIndex: -100,
        denominator: 'weight',
        focal: null,
        classAxis: 1,
      });
      close(shown.loss, result.loss as number);
      close(shown.floor, result.floor);
      expect(shown.constant).toBeGreaterThan(0);
    }
  });

  it('with a padding class, whose rows count nothing', () => {
    const logits = { data: Float64Array.of(2, 1, 0, -1, 0, 3, 1, 1, 1), shape: [3, 3] };
    const targets = { data: Int32Array.of(1, 2, 0), shape: [3] };
    const input = {
      logits,
      targets,
      convention: 'PAD_EXCLUDED',
      labelSmoothing: 0.2,
      ignoreIndex: 0,
      weight: Float64Array.of(5, 1, 2),
      reduction: 'mean',
      form: 'ce',
      denominator: 'weight',
      focal: null,
      classAxis: 1,
    } as const;
    const { shown, measured } = panelFigures(input);
    close(shown.loss, compute(input).loss as number);
    close(shown.floor, compute(input).floor);
    expect(measured.ignored).toBe(1);
  });

  it('guess as equal logits do', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const equal = {
          ...input,
          denominator: 'weight' as const,
          logits: { ...input.logits, data: new Float64Array(input.logits.data.length) },
        };
        const { guess } = panelFigures(equal).shown;
        if (input.weight && !(input.targets.data instanceof Int32Array) && Number.isNaN(guess)) return;
        const { loss } = compute(equal);
        // Probabilities of any sum: only those that sum to 1 have a loss that doesn't depend on them.
        if (input.targets.data instanceof Int32Array) close(guess, loss as number);
      }),
    );
  });
});

describe('rows beyond the optimum', () => {
  it('are those whose true class the gradient pushes down', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        if (!(input.targets.data instanceof Int32Array) || input.logits.shape.length !== 2) return;
        const { measured, terms } = panelFigures(input);
        const gradient = crossEntropyGradient({ ...input, denominator: 'weight', reduction: 'sum' });
        const classes = input.logits.shape[1]!;
        let down = 0;
        let unsure = 0;
        input.targets.data.forEach((target, row) => {
          if (target < 0) return;
          const g = gradient[row * classes + target]!;
          if (Math.abs(g) < 1e-12) unsure++;
          else if (g > 0) down++;
        });
        const { least, most } = pushedDown(measured, terms.smoothing)!;
        expect(least).toBe(most);
        expect(least).toBeGreaterThanOrEqual(down);
        expect(least).toBeLessThanOrEqual(down + unsure);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the spec', () => {
  const stats = panelFigures({
    logits: { data: Float64Array.of(1, 2, 3), shape: [1, 3] },
    targets: { data: Int32Array.of(0), shape: [1] },
    convention: 'UNIFORM_K',
    labelSmoothing: 0.1,
    weight: null,
    ignoreIndex: -100,
    reduction: 'mean',
    form: 'ce',
    denominator: 'weight',
    focal: null,
    classAxis: 1,
  }).measured.stats;
  const chosen = {
    convention: 'UNIFORM_OTHERS',
    labelSmoothing: 0.1,
    settledAlpha: 0.1,
    form: 'kl',
    reduction: 'mean',
    row: undefined,
    sort: { column: 'row', descending: false },
    logAxis: false,
    gradient: false,
    bins: { count: 15, kind: 'width' },
    teacherTemperature: 1,
    tab: 'rows',
    pins: [],
    pinSort: { column: 'pinned', descending: false },
    reading: { loss: '', unit: 'nats' },
    appliedId: undefined,
  } as const;

  it('is the chosen one where the rows are measured for it', () => {
    const measuredFor = { stats, weight: null, ignoreIndex: -100, temperature: 1 };
    expect(panelSpecOf({ ...measuredFor, convention: 'UNIFORM_K' }, chosen)).toMatchObject({
      convention: 'UNIFORM_OTHERS',
      form: 'kl',
    });
    expect(panelSpecOf({ ...measuredFor, convention: 'BINARY_FULL' }, chosen)).toMatchObject({
      convention: 'BINARY_FULL',
      form: 'ce',
    });
  });

  it('shares rows among conventions that differ in what α is only', () => {
    const groups = CONVENTION_NAMES.map(
      (name) => CONVENTION_NAMES.filter((other) => sharesRows(name, other, 5)).length,
    );
    expect(groups).toEqual([3, 3, 1, 3, 2, 2, 1]);
    expect(CONVENTION_NAMES.filter((name) => CONVENTIONS[name].padded)).toEqual(['PAD_EXCLUDED']);
  });
});
