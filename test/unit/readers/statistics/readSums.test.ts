import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { membersOfText, readText } from '../../../../src/readers/readText.ts';
import { placeOf, summedMessage, summedVector } from '../../../fixtures/summedRows.ts';

const LOGITS = [
  [1, 2, 0.5, -1],
  [0, 0, 3, 1],
  [-2, 4, 4, 0],
];
const TARGETS = [1, -100, 3];
const WHOLE = summedVector(LOGITS, TARGETS);

const bytesOf = (message: object) => new TextEncoder().encode(JSON.stringify(message));
const read = (message: object) => finish(readText(bytesOf(message)));
const readLines = (messages: readonly object[]) =>
  finish(readText(new TextEncoder().encode(messages.map((each) => JSON.stringify(each)).join('\n'))));

function problemOf(message: object) {
  const outcome = read(message);
  if (outcome.ok) return undefined;
  const { offset, ...problem } = outcome.problem;
  expect(offset).toBeGreaterThanOrEqual(0);
  return problem;
}

const changed = (name: string, index: number, value: number) => {
  const vector = WHOLE.slice();
  vector[placeOf(name, 4) + index] = value;
  return summedMessage(vector);
};

describe('sums in JSON', () => {
  it('are a batch without logits', () => {
    const message = summedMessage(WHOLE, { label_smoothing: 0.1, class_names: ['a', 'b', 'c', 'd'] });
    const outcome = read(message);
    if (!outcome.ok) throw new Error(outcome.problem.reason);
    const { sums, values, shape, targets, declared, classNames } = outcome.value;
    expect(values).toHaveLength(0);
    expect(shape).toEqual([3, 4]);
    expect(targets?.kind).toBe('indices');
    expect(declared.labelSmoothing).toBe(0.1);
    expect(classNames).toEqual(['a', 'b', 'c', 'd']);
    expect([...sums!.perClass]).toEqual([0, 1, 0, 1]);
    expect(sums!.hasTargets).toBe(true);
  });

  it('are listed as one tensor', () => {
    const members = finish(membersOfText(bytesOf(summedMessage(WHOLE))));
    expect(members.ok && members.value.map(({ name, shape }) => [name, shape])).toEqual([
      ['loss_sums', [3, 4]],
    ]);
  });

  it('may have a sample of their rows, with the targets', () => {
    const sample = { sample_logits: LOGITS.slice(0, 2), sample_targets: TARGETS.slice(0, 2) };
    const outcome = read(summedMessage(WHOLE, sample));
    if (!outcome.ok) throw new Error(outcome.problem.reason);
    expect([...outcome.value.values]).toEqual(LOGITS.slice(0, 2).flat());
    expect(outcome.value.targets?.values).toEqual(Int32Array.of(1, -100));
  });

  it('without targets have none', () => {
    const outcome = read(summedMessage(summedVector(LOGITS, undefined)));
    expect(outcome.ok && [outcome.value.targets, outcome.value.sums!.hasTargets]).toEqual([null, false]);
  });

  it('may be infinite where a logit is −∞, and leave out rows whose softmax isn’t a number', () => {
    const rows = [
      [1, Number.NEGATIVE_INFINITY, 0],
      [Number.NaN, 1, 2],
    ];
    expect(problemOf(summedMessage(summedVector(rows, [0, 1])))).toBeUndefined();
  });

  it.each([
    ['no text', { loss_sums: { vector: [1, 2, 3] } }, 'loss_sums'],
    ['another type', { loss_sums: { vector: `float32:${'A'.repeat(32)}` } }, 'loss_sums'],
    ['a number too many', summedMessage(Float64Array.of(...WHOLE.slice(0, 9), 1)), 'loss_sums'],
    ['no base64', { loss_sums: { vector: `float64:${'!'.repeat(32)}` } }, 'loss_sums'],
    ['a sample of other classes', summedMessage(WHOLE, { sample_logits: [[1, 2]] }), 'sample_logits'],
    ['a sample without targets', summedMessage(WHOLE, { sample_logits: LOGITS }), 'sample_targets'],
    [
      'a sample with other targets',
      summedMessage(WHOLE, { sample_logits: LOGITS, sample_targets: [0, 4, 1] }),
      'sample_targets',
    ],
  ])('with %s are refused', (_, message, name) => {
    expect(problemOf(message)).toEqual({ reason: 'statistics-field', name });
  });

  it.each([
    ['class_rows', 0, -1],
    ['class_rows', 0, 0.5],
    ['class_rows', 0, 2],
    ['class_nll', 1, Number.NaN],
    ['class_nll', 1, -1],
    ['class_nll', 0, 1],
    ['class_cost', 0, -1],
    ['class_cost', 0, Number.NaN],
    ['bin_rows', 3, 1],
    ['bin_rows', 3, Number.NaN],
    ['bin_confidence', 3, 1],
    ['bin_right', 3, 1],
    ['cell_rows', 65_535, 1],
    ['cell_right', 65_535, 1],
    ['cell_target', 0, 1],
    ['grid_nll', 6, 100],
    ['grid_nll', 0, 100],
    ['grid_slope', 5, Number.NaN],
    ['grid_slope', 5, 100],
    ['grid_curvature', 5, -1],
    ['grid_curvature', 5, Number.POSITIVE_INFINITY],
    ['brier', 0, 5],
    ['brier', 0, Number.NaN],
    ['rows', 0, 1],
  ])('in which %s[%i] is %f aren’t of any logits', (name, index, value) => {
    expect(problemOf(changed(name, index, value))?.reason).toBe('impossible-sums');
  });
});

describe('sums of parts', () => {
  const part = (rows: readonly number[], beside: object = {}) =>
    summedMessage(
      summedVector(
        rows.map((row) => LOGITS[row]!),
        rows.map((row) => TARGETS[row]!),
      ),
      beside,
    );

  it.each([
    ['lines', (parts: readonly object[]) => readLines(parts)],
    ['a list', (parts: readonly object[]) => read(parts)],
  ])('are one batch, as %s', (_, together) => {
    const outcome = together([part([2]), part([0, 1])]);
    const whole = read(summedMessage(WHOLE));
    if (!outcome.ok || !whole.ok) throw new Error(JSON.stringify(outcome));
    expect(outcome.value.shape).toEqual([3, 4]);
    const { nll, cost } = outcome.value.sums!;
    for (let k = 0; k < 4; k++) {
      expect(nll[k]).toBeCloseTo(whole.value.sums!.nll[k]!, 13);
      expect(cost[k]).toBeCloseTo(whole.value.sums!.cost[k]!, 13);
    }
    expect(outcome.value.sums!.cells).toEqual(whole.value.sums!.cells);
  });

  it.each([
    ['loss_sums', summedMessage(summedVector([[1, 2, 3]], [0]))],
    ['loss_sums', summedMessage(summedVector([[1, 2, 3, 4]], undefined))],
    ['loss_sums', { row_statistics: { shape: [1, 4] } }],
    ['ignore_index', part([2], { ignore_index: -1 })],
    ['weight', part([2], { weight: [1, 2, 3, 4] })],
  ])('that differ in %s are refused', (name, other) => {
    const outcome = readLines([part([0, 1]), other]);
    expect(outcome.ok || outcome.problem).toMatchObject({ reason: 'statistics-field', name });
  });
});
