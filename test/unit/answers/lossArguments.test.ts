import { describe, expect, it } from 'vitest';
import { ArgumentError, lossCallOf } from '../../../src/answers/lossArguments.ts';
import { LossError } from '../../../src/loss/lossErrors.ts';
import { cyclic, nestedIn, TENSORS, TOO_LARGE } from '../../fixtures/wrongTensors.ts';

const RIGHT = { logits: [[1, 2]], targets: [0] };

interface Refusal {
  readonly argument: string;
  readonly problem: Readonly<Record<string, unknown>>;
}

/** Why a request is refused; undefined if it isn't. */
function refusalOf(request: unknown): Refusal | undefined {
  try {
    lossCallOf(request);
    return undefined;
  } catch (error) {
    if (error instanceof ArgumentError) return { argument: error.argument, problem: { ...error.problem } };
    if (error instanceof LossError)
      return { argument: error.problem.argument, problem: { ...error.problem } };
    throw error;
  }
}

/** Checks without printing what was asked: it may be too large, or contain itself. */
function expectRefusal(request: unknown, argument: string, expected: Readonly<Record<string, unknown>>) {
  const refusal = refusalOf(request);
  expect(refusal?.argument).toBe(argument);
  for (const [name, value] of Object.entries(expected)) expect(refusal?.problem[name]).toEqual(value);
}

describe('what is asked to be computed is refused', () => {
  it.each([undefined, null, 'logits', 1, [], [[1, 2]], () => 1, new Float32Array(2)])(
    'if it’s %o',
    (request) => {
      expectRefusal(request, 'request', { reason: 'type', expected: 'object' });
    },
  );

  describe.each(['logits', 'targets'] as const)('if its %s are', (argument) => {
    for (const { what, make, problem } of TENSORS) {
      it(what, () => {
        const expected =
          problem.expected === 'data' ? { ...problem, expected: `${kinds[argument]}-data` } : problem;
        expectRefusal({ ...RIGHT, [argument]: make() }, argument, expected);
      });
    }
  });

  it('if its logits are whole numbers in a typed array, which targets may be', () => {
    const tensor = { data: Int32Array.of(0, 1), shape: [2] };
    expectRefusal({ ...RIGHT, logits: tensor }, 'logits', { expected: 'float-data' });
    expect(
      refusalOf({
        logits: [
          [1, 2],
          [3, 4],
        ],
        targets: tensor,
      }),
    ).toBeUndefined();
  });

  const kinds = { logits: 'float', targets: 'target' } as const;
  /** Values that are neither a number nor a string. */
  const others = [null, true, {}, [[1]], 1n, Symbol('x'), () => 1, new Float32Array(1)];
  const simple: readonly (readonly [argument: string, expected: string, more: readonly unknown[]])[] = [
    ['api', 'string', [1, Number.NaN]],
    ['convention', 'string', [0]],
    ['labelSmoothing', 'number', ['0.1', '', Number.NaN]],
    ['ignoreIndex', 'whole-number', [1.5, Number.NaN, Number.POSITIVE_INFINITY, '0', 2 ** 60]],
    ['reduction', 'reduction', ['max', '', 'MEAN', 0]],
    ['weight', 'numbers', [0, 1, '', 'ab', Number.NaN, { data: Float64Array.of(1), shape: [1] }]],
  ];
  describe.each(simple)('if its %s isn’t a %s but', (argument, expected, more) => {
    it.each([...others, ...more].map((value) => [value]))('%o', (value) => {
      expectRefusal({ ...RIGHT, [argument]: value }, argument, { reason: 'type', expected, found: value });
    });
  });

  it('if its weights aren’t a list of numbers', () => {
    const refused = (weight: unknown, problem: Readonly<Record<string, unknown>>) =>
      expectRefusal({ ...RIGHT, weight }, 'weight', problem);
    refused([1, '2'], { reason: 'element', path: [1], found: '2', expected: 'number' });
    refused([1, [2]], { reason: 'element', path: [1], expected: 'number' });
    refused(cyclic(), { reason: 'in-itself' });
    refused(new Array(2 ** 32 - 1), { reason: 'too-many' });
  });

  it('if it asks for values or targets by other words', () => {
    expectRefusal({ ...RIGHT, values: 'probs' }, 'values', { reason: 'type', expected: 'values' });
    expectRefusal({ ...RIGHT, withTargets: 1 }, 'withTargets', { reason: 'type', expected: 'boolean' });
  });

  it.each(['label_smoothing', 'labelsmoothing', 'alpha', 'class_weights'])('if it has “%s”', (name) => {
    expectRefusal({ ...RIGHT, [name]: 0.1 }, name, { reason: 'no-such-argument' });
  });
});

describe('nested arrays that are too large are refused soon, and without room for them:', () => {
  for (const { what, make, problem } of TOO_LARGE) {
    it(what, () => {
      const logits = make();
      const before = process.memoryUsage().arrayBuffers;
      const start = performance.now();
      expectRefusal({ ...RIGHT, logits }, 'logits', problem);
      expect(performance.now() - start).toBeLessThan(1000);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
    });
  }
});

describe('what is right is taken', () => {
  it.each([
    ['nested arrays', RIGHT],
    ['one row', { logits: [1, 2], targets: 1 }],
    ['the same row twice', { logits: new Array(2).fill([1, 2]), targets: [0, 1] }],
    ['no rows', { logits: [], targets: [] }],
    ['undefined, as if it weren’t there', { ...RIGHT, weight: undefined, alpha: undefined }],
    ['what isn’t finite', { logits: [[Number.NaN, Number.NEGATIVE_INFINITY]], targets: [0] }],
  ])('%s', (_, request) => {
    expect(refusalOf(request)).toBeUndefined();
  });

  it('64 axes', () => {
    expect(refusalOf({ logits: nestedIn(64), targets: nestedIn(63) })).toBeUndefined();
  });

  it('in C order', () => {
    const rows = (...values: number[]) => [values.slice(0, 2), values.slice(2)];
    const { logits, weight } = lossCallOf({
      ...RIGHT,
      logits: [rows(1, 2, 3, 4), rows(5, 6, 7, 8)],
      weight: [1, 3],
    });
    expect(logits).toEqual({ data: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape: [2, 2, 2] });
    expect(weight).toEqual(Float64Array.of(1, 3));
  });

  it('with no more of its memory than is meant, and nothing that others may write to meanwhile', () => {
    const dataOf = (data: Float32Array | Float64Array) =>
      lossCallOf({ ...RIGHT, logits: { data, shape: [1, 2] } }).logits.data;
    const whole = Float32Array.of(1, 2);
    expect(dataOf(whole)).toBe(whole);
    const part = dataOf(Float32Array.from({ length: 1000 }, (_, i) => i).subarray(10, 12));
    expect(part).toEqual(Float32Array.of(10, 11));
    expect(part.buffer.byteLength).toBe(8);
    expect(dataOf(new Float64Array(new SharedArrayBuffer(16))).buffer).toBeInstanceOf(ArrayBuffer);
  });
});
