import { describe, expect, it } from 'vitest';
import { lossTotals, reducedLoss } from '../../../../src/loss/batch/reduction.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { statsOfStatistics } from '../../../../src/loss/rows/rowStatistics.ts';
import { finish } from '../../../../src/loss/work.ts';
import { membersOfText, readText } from '../../../../src/readers/readText.ts';
import { statisticsOf, typed } from './written.ts';

const SHAPE = [3, 4];
const VALUES = Float64Array.of(1, 2, 0.5, -1, 0, 0, 3, 1, -2, 4, 4, 0);
const TARGET = Int32Array.of(1, -100, 3);
const GOOD = statisticsOf({ values: VALUES, layout: layoutOf(SHAPE, 1) }, TARGET);

function read(statistics: object, beside: object = {}) {
  const text = JSON.stringify({ row_statistics: { shape: SHAPE, ...statistics }, ...beside });
  return finish(readText(new TextEncoder().encode(text)));
}

/** Of what is wrong all but its place. */
function problemOf(statistics: object, beside?: object) {
  const outcome = read(statistics, beside);
  if (outcome.ok) return undefined;
  const { offset, ...problem } = outcome.problem;
  expect(offset).toBeGreaterThanOrEqual(0);
  return problem;
}

const FIVE = statisticsOf(
  { values: Float64Array.of(1, 2, 3, 4, 5), layout: layoutOf([1, 5], 1) },
  Int32Array.of(1),
);

const changed = (name: string, row: number, value: number, values = floatsOf(name)) => {
  values[row] = value;
  return { ...GOOD, [name]: typed(values) };
};

function floatsOf(name: string): Float64Array {
  const bytes = Buffer.from(GOOD[name]!.slice('float64:'.length), 'base64');
  return new Float64Array(new Uint8Array(bytes).buffer);
}

describe('row statistics in JSON', () => {
  it('are a batch without logits', () => {
    const outcome = read(GOOD, { label_smoothing: 0.1, class_names: ['a', 'b', 'c', 'd'] });
    if (!outcome.ok) throw new Error(outcome.problem.reason);
    const { statistics, values, shape, classAxis, targets, declared, classNames, rounding } = outcome.value;
    expect(values).toHaveLength(0);
    expect([shape, classAxis]).toEqual([SHAPE, 1]);
    expect(targets).toEqual({ kind: 'indices', values: TARGET });
    expect(declared.labelSmoothing).toBe(0.1);
    expect(classNames).toEqual(['a', 'b', 'c', 'd']);
    expect(rounding).toBe(0);
    expect([...statistics!.argmax]).toEqual([1, 2, 1]);
    expect([...statistics!.max]).toEqual([2, 3, 4]);
    expect(statistics!.lse[1]).toBeCloseTo(Math.log(2 + Math.E ** 3 + Math.E), 15);
  });

  it('say how far float32 may be off', () => {
    const outcome = read({ ...GOOD, lse: typed(Float32Array.from(floatsOf('lse'))) });
    expect(outcome.ok && outcome.value.rounding).toBeCloseTo(4.703 * 2 ** -24, 9);
  });

  it('are listed as one tensor', () => {
    const text = JSON.stringify({ row_statistics: { shape: SHAPE, ...GOOD } });
    const members = finish(membersOfText(new TextEncoder().encode(text)));
    expect(members.ok && members.value.map(({ name, shape }) => [name, shape])).toEqual([
      ['row_statistics', SHAPE],
    ]);
  });

  it.each(['lse', 'mean', 'max', 'argmax', 'p_squared', 'z_target'])('need %s', (name) => {
    const { [name]: _, ...rest } = GOOD;
    expect(problemOf(rest)).toEqual({ reason: 'statistics-field', name });
  });

  it.each([
    ['another encoding', 'lse', 'float16:AAAA', { reason: 'statistics-field' }],
    ['something else', 'lse', [1, 2, 3], { reason: 'statistics-field' }],
    ['floats as indices', 'argmax', typed(new Float64Array(3)), { reason: 'statistics-field' }],
    ['indices as floats', 'lse', typed(new Int32Array(3)), { reason: 'statistics-field' }],
    ['too few', 'lse', typed(new Float64Array(2)), { reason: 'statistics-length', found: 2, expected: 3 }],
    ['too many', 'max', typed(new Float64Array(9)), { reason: 'statistics-length', found: 9, expected: 3 }],
    ['no base64', 'lse', `float64:${'!'.repeat(32)}`, { reason: 'statistics-field' }],
    [
      'beyond int32',
      'argmax',
      typed(BigInt64Array.of(1n, 2n ** 40n, 1n)),
      { reason: 'statistics-row', row: 1 },
    ],
    ['a class that isn’t', 'argmax', typed(Int32Array.of(1, 4, 1)), { reason: 'statistics-row', row: 1 }],
    ['a target that isn’t', 'target', typed(Int32Array.of(1, -100, 4)), { reason: 'statistics-row', row: 2 }],
  ])('with %s are refused', (_, name, value, problem) => {
    expect(problemOf({ ...GOOD, [name]: value })).toEqual({ name, ...problem });
  });

  it.each([
    ['lse', 0, 1.9],
    ['lse', 0, 2 + Math.log(4) + 0.01],
    ['mean', 1, 2],
    ['mean', 1, Number.NaN],
    ['max', 2, Number.NaN],
    ['p_squared', 0, 1.1],
    ['p_squared', 0, Number.NaN],
    ['z_target', 2, 4.1],
    ['z_target', 2, Number.NaN],
    // Its target is its prediction.
    ['z_target', 0, 1],
  ])('in which %s of row %i is %f aren’t of any logits', (name, row, value) => {
    const problem = problemOf(changed(name, row, value));
    expect(problem).toMatchObject({ reason: 'statistics-row', row });
  });

  it('of a row whose softmax isn’t a number are taken as they are', () => {
    expect(problemOf(changed('lse', 1, Number.NaN))).toBeUndefined();
  });

  it.each([
    [{ shape: [] }, 'shape'],
    [{ shape: [3, 0] }, 'shape'],
    [{ shape: [3, 1] }, 'shape'],
    [{ shape: [3, 1.5] }, 'shape'],
    [{ shape: [-3, 4] }, 'shape'],
    [{ shape: [2 ** 53, 2 ** 20, 4], class_axis: 2 }, 'shape'],
    // Figures by class would fill the memory.
    [{ shape: [3, 2 ** 30] }, 'shape'],
    [{ shape: '3, 4' }, 'shape'],
    [{ class_axis: 2 }, 'class_axis'],
    [{ class_axis: -1 }, 'class_axis'],
    [{ temperature: 2 }, 'temperature'],
  ])('%j are refused', (statistics, name) => {
    expect(problemOf({ ...GOOD, ...statistics })).toEqual({ reason: 'statistics-field', name });
  });

  it('of very many rows are refused before anything is allocated', () => {
    const problem = problemOf({ ...GOOD, shape: [2 ** 50, 4] });
    expect(problem).toMatchObject({ reason: 'statistics-length', expected: 2 ** 50 });
  });

  it('need the weighted mean where weights are declared', () => {
    expect(problemOf(GOOD, { weight: [1, 2, 3, 4] })).toEqual({
      reason: 'statistics-field',
      name: 'weighted_mean',
    });
  });
});

describe('parts that were measured in several places', () => {
  const part = (rows: readonly number[], beside: object = {}) => {
    const values = Float64Array.from(rows.flatMap((row) => [...VALUES.subarray(4 * row, 4 * row + 4)]));
    const target = Int32Array.from(rows, (row) => TARGET[row]!);
    const shape = [rows.length, 4];
    return {
      row_statistics: { shape, ...statisticsOf({ values, layout: layoutOf(shape, 1) }, target) },
      ...beside,
    };
  };
  const readParts = (parts: readonly object[], join: (texts: readonly string[]) => string) =>
    finish(readText(new TextEncoder().encode(join(parts.map((each) => JSON.stringify(each))))));
  const lines = (texts: readonly string[]) => texts.join('\n');

  it.each([
    ['lines', lines],
    ['a list', (texts: readonly string[]) => `[${texts.join(', ')}]`],
  ])('are one batch, as %s', (_, join) => {
    const outcome = readParts([part([0, 1]), part([2])], join);
    const whole = read(GOOD);
    if (!outcome.ok || !whole.ok) throw new Error('not read');
    expect(outcome.value.shape).toEqual(SHAPE);
    expect(outcome.value.statistics).toEqual(whole.value.statistics);
    expect(outcome.value.targets).toEqual(whole.value.targets);
  });

  it('are listed as one tensor', () => {
    const text = lines([part([0, 1]), part([2])].map((each) => JSON.stringify(each)));
    const members = finish(membersOfText(new TextEncoder().encode(text)));
    expect(members.ok && members.value.map(({ shape }) => shape)).toEqual([SHAPE]);
  });

  it.each([
    ['shape', { row_statistics: { shape: [1, 5], ...FIVE } }],
    ['ignore_index', part([2], { ignore_index: -1 })],
    ['label_smoothing', part([2], { label_smoothing: 0.1 })],
    ['class_names', part([2], { class_names: ['a', 'b', 'c', 'd'] })],
  ])('that differ in %s are refused', (name, other) => {
    const outcome = readParts([part([0, 1]), other], lines);
    expect(outcome.ok || outcome.problem).toMatchObject({ name });
  });

  it.each([2, 100])('give the same loss in any order, %i of them', (count) => {
    const [rows, classes] = [1000, 7];
    const values = Float64Array.from({ length: rows * classes }, (_, i) => 9 * Math.sin(i * i));
    const target = Int32Array.from({ length: rows }, (_, i) => (i * 5) % classes);
    const partOf = (first: number, end: number) => {
      const shape = [end - first, classes];
      const logits = { values: values.subarray(first * classes, end * classes), layout: layoutOf(shape, 1) };
      return { row_statistics: { shape, ...statisticsOf(logits, target.subarray(first, end)) } };
    };
    const lossOf = (parts: readonly object[]) => {
      const outcome = readParts(parts, lines);
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
      const { statistics, targets } = outcome.value;
      const indices = targets!.values as Int32Array;
      const stats = finish(statsOfStatistics(statistics!, classes, indices, DEFAULT_SPEC));
      return reducedLoss(lossTotals(stats), 0.1, 'mean');
    };
    const whole = lossOf([partOf(0, rows)]);
    const size = rows / count;
    const parts = Array.from({ length: count }, (_, i) => partOf(i * size, (i + 1) * size));
    const mixed = parts.map((_, i) => parts[(i * 37) % count]!);
    for (const order of [parts, parts.toReversed(), count === 100 ? mixed : parts])
      expect(Math.abs(lossOf(order) / whole - 1)).toBeLessThan(1e-12);
  });

  it('are refused where one isn’t a part', () => {
    const outcome = readParts([part([0, 1]), { logits: [[1, 2, 3, 4]] }], lines);
    expect(outcome.ok || outcome.problem).toMatchObject({ reason: 'statistics-field', name: 'shape' });
  });

  it('take time in proportion to their number', () => {
    const timeOf = (count: number) => {
      const start = performance.now();
      expect(readParts(Array(count).fill(part([0])), lines).ok).toBe(true);
      return performance.now() - start;
    };
    timeOf(500);
    expect(timeOf(4000)).toBeLessThan(40 * timeOf(400));
  });

  it('without targets don’t go with those that have them', () => {
    const one = statisticsOf({ values: VALUES.subarray(8), layout: layoutOf([1, 4], 1) });
    const outcome = readParts([part([0, 1]), { row_statistics: { shape: [1, 4], ...one } }], lines);
    expect(outcome.ok || outcome.problem).toMatchObject({ reason: 'statistics-field', name: 'target' });
  });
});
