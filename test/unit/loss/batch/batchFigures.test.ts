import { describe, expect, it } from 'vitest';
import { exportedFigures, figureMembers } from '../../../../src/engine/export/exportedFigures.ts';
import { batchFigures } from '../../../../src/loss/batch/batchFigures.ts';
import type { CrossEntropyInput } from '../../../../src/loss/batch/lossInput.ts';
import { lossTermsOf } from '../../../../src/loss/batch/lossTerms.ts';
import { hardFloors, softFloors } from '../../../../src/loss/batch/rowFloors.ts';
import {
  CONVENTION_NAMES,
  CONVENTIONS,
  type ConventionName,
  sharesRows,
} from '../../../../src/loss/conventions/conventions.ts';
import { DEFAULT_SPEC, LOSS_FORMS, LOSS_REDUCTIONS } from '../../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { sumSoftFloors } from '../../../../src/loss/theory/floors.ts';
import { finish } from '../../../../src/loss/work.ts';
import { pinLine, pinOf } from '../../../../src/webview/compare/pins.ts';
import { panelSpecOf } from '../../../../src/webview/controls/specOfPanel.ts';
import { columnOf } from '../../../../src/webview/rows/sortedRows.ts';
import { measure } from '../../../../src/webview/summary/measuredRows.ts';
import { compute } from '../inputs.ts';

const CLASSES = 4;
const SHAPE = [5, CLASSES, 3];
const ROWS = 15;
/** Numbers of no pattern, from −1 to 1. */
const scattered = (count: number, seed: number) =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(seed + 12.9898 * i ** 1.3));
const LOGITS = scattered(ROWS * CLASSES, 1).map((x) => 7 * x);
const CLASS_OF_ROW = Int32Array.from({ length: ROWS }, (_, row) => (row * 7 + 1) % CLASSES);
const IGNORING = CLASS_OF_ROW.map((target, row) => (row % 4 === 2 ? -100 : target));

/** Rows that sum to 1 along axis 1. */
function probabilities(): Float64Array {
  const values = scattered(ROWS * CLASSES, 5).map(Math.abs);
  const layout = layoutOf(SHAPE, 1);
  for (let row = 0; row < ROWS; row++) {
    const at = (k: number) =>
      Math.floor(row / layout.inner) * CLASSES * layout.inner + (row % layout.inner) + k * layout.inner;
    const sum = Array.from({ length: CLASSES }, (_, k) => values[at(k)]!).reduce((a, b) => a + b);
    for (let k = 0; k < CLASSES; k++) values[at(k)]! /= sum;
  }
  return values;
}

const TARGETS = {
  hard: { data: CLASS_OF_ROW, shape: [5, 3] },
  'with ignored rows': { data: IGNORING, shape: [5, 3] },
  soft: { data: probabilities(), shape: SHAPE },
} as const;
const WEIGHTS = { 'no weights': null, 'class weights': Float64Array.of(0.3, 2, 0, 1.7) } as const;

/** All ways by which somebody sees the figures of a batch. */
function everyWay(input: CrossEntropyInput) {
  const { logits, targets, weight, convention, labelSmoothing, form, reduction } = input;
  const layout = layoutOf(logits.shape, 1);
  const of =
    targets.data instanceof Int32Array
      ? ({ kind: 'indices', values: targets.data } as const)
      : ({ kind: 'soft', values: targets.data } as const);
  // The panel has measured for another convention that leaves the same of each row.
  const measuredFor = CONVENTION_NAMES.find((name) => sharesRows(name, convention, layout.classes))!;
  const rows = { values: logits.data, layout };
  const stats = finish(measureRowStats(rows, of, { ...input, convention: measuredFor }));
  const snapshot = { stats, weight, convention: measuredFor, ignoreIndex: input.ignoreIndex, temperature: 1 };
  const spec = panelSpecOf(snapshot, { convention, labelSmoothing, form, reduction });

  const measured = measure(snapshot);
  const terms = lossTermsOf(spec, stats);
  const floors =
    of.kind === 'soft'
      ? softFloors(terms, finish(sumSoftFloors({ layout, values: of.values }, terms.smoothing, weight)))
      : hardFloors(stats, measured.totals, terms);
  const panel = batchFigures(measured.totals, terms, floors.sum, reduction);
  const inRows = (column: 'loss' | 'excess') =>
    Array.from({ length: stats.rows }, (_, row) => columnOf(measured, floors, column)(row));
  const pin = pinOf(spec, CONVENTIONS[convention].padded);
  const exported = exportedFigures({ stats, sums: null, layout, targets: of }, spec);
  return {
    api: compute(input),
    panel: { ...panel, losses: inRows('loss'), excesses: inRows('excess') },
    pin: pinLine(pin, spec, measured.totals, of.kind === 'soft' ? floors.sum : undefined).figures!,
    exported,
    members: figureMembers(exported, spec, 'logits.json'),
  };
}

function same(...values: readonly unknown[]): void {
  for (const value of values)
    if (!Object.is(value, values[0])) expect(values).toEqual(values.map(() => values[0]));
}

/** That every figure has the same digits everywhere. */
function expectSame(input: CrossEntropyInput): void {
  const { api, panel, pin, exported, members } = everyWay(input);
  const none = input.reduction === 'none';
  for (const name of ['loss', 'nll', 'uniform', 'floor', 'excess', 'guess'] as const)
    same(panel[name], pin[name], exported[name]);
  // Members have the losses of rows where nothing is reduced, and no guess.
  for (const name of ['nll', 'uniform', 'floor', 'excess'] as const) same(panel[name], members[name]);
  for (const name of ['floor', 'excess', 'accuracy'] as const) same(api[name], exported[name]);
  expect(members).toMatchObject({ loss: none ? exported.losses : api.loss, accuracy: api.accuracy });
  if (!none) same(api.loss, panel.loss);
  same(api.accuracy, exported.accuracy);
  const plain = compute({
    ...input,
    form: 'ce',
    labelSmoothing: 0,
    reduction: none ? 'mean' : input.reduction,
  });
  same(plain.loss, panel.nll);
  api.rows.forEach((loss, row) => {
    same(loss, panel.losses[row], exported.losses[row]);
    same(loss - exported.floors[row]!, panel.excesses[row]);
  });
  if (none) expect(api.loss).toEqual(api.rows);
}

const base = { ...DEFAULT_SPEC, logits: { data: LOGITS, shape: SHAPE } };

/** What an API would refuse, or the panel doesn't offer. */
function hasForm(convention: ConventionName, form: string, soft: boolean): boolean {
  return form === 'ce' || (!soft && CONVENTIONS[convention].activation === 'softmax');
}

describe.each(CONVENTION_NAMES)('the figures in %s', (convention) => {
  const { padded } = CONVENTIONS[convention];
  const names = Object.keys(TARGETS) as (keyof typeof TARGETS)[];
  const cases = names.flatMap((targets) =>
    LOSS_FORMS.filter((form) => hasForm(convention, form, targets === 'soft'))
      // A padding class is one of the targets; others can't be ignored.
      .filter(() => !padded || targets === 'hard')
      .map((form) => [targets, form] as const),
  );
  it.each(cases)(
    'are the same from the API, in an export, in the panel and as a pin: %s, %s',
    (targets, form) => {
      for (const reduction of LOSS_REDUCTIONS)
        for (const weight of Object.values(WEIGHTS))
          for (const labelSmoothing of [0, 0.1, 0.7])
            expectSame({
              ...base,
              convention,
              form,
              reduction,
              weight,
              labelSmoothing,
              targets: TARGETS[targets],
              ignoreIndex: padded ? 1 : -100,
            });
    },
  );
});

describe('the figures', () => {
  const oneRow = (logits: number[], targets: CrossEntropyInput['targets'], labelSmoothing: number) =>
    everyWay({
      ...base,
      logits: { data: Float64Array.from(logits), shape: [1, logits.length] },
      targets,
      labelSmoothing,
    });

  it('have the uniform term as it is where the NLL is infinite', () => {
    const { panel, exported, members, pin } = oneRow(
      [0, Number.NEGATIVE_INFINITY, 1],
      { data: Int32Array.of(1), shape: [1] },
      0.1,
    );
    for (const { nll, uniform } of [panel, exported, members, pin])
      expect([nll, uniform]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  it.each([
    [[0, 0, 0], 0],
    [[Number.NaN, 0, 1], 0],
    [[0, Number.NEGATIVE_INFINITY, 1], 1],
  ])('are the same of logits %o where they aren’t finite', (logits, target) => {
    for (const labelSmoothing of [0, 0.1, 1]) {
      const targets = { data: Int32Array.of(target), shape: [1] };
      const { api, panel, exported } = oneRow(logits, targets, labelSmoothing);
      same(api.loss, panel.loss, exported.loss);
      same(api.excess, panel.excess, exported.excess);
    }
  });

  it('of a KL without weights have a floor of 0, to the last digit', () => {
    for (const labelSmoothing of [0.1, 0.3, 0.77]) {
      const input = { ...base, targets: TARGETS['with ignored rows'], form: 'kl' as const, labelSmoothing };
      expect(compute(input).floor).toBe(0);
    }
  });

  it('of rows that are all ignored are no numbers, and their sums 0', () => {
    const targets = { data: new Int32Array(ROWS).fill(-100), shape: [5, 3] };
    for (const reduction of LOSS_REDUCTIONS) expectSame({ ...base, targets, reduction, labelSmoothing: 0.1 });
    expect(compute({ ...base, targets }).floor).toBeNaN();
    expect(compute({ ...base, targets, reduction: 'sum' }).floor).toBe(0);
  });
});
