import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossEntropyGradient } from '../../../../src/loss/batch/crossEntropy.ts';
import { CONVENTIONS } from '../../../../src/loss/conventions/conventions.ts';
import { smoothed, uniformSmoothing } from '../../../../src/loss/conventions/smoothing.ts';
import { LossError } from '../../../../src/loss/lossErrors.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { sumOf } from '../../../../src/loss/rows/pairwiseSum.ts';
import { layoutOf, offsetOf, rowOf } from '../../../../src/loss/rows/rowLayout.ts';

import { anyInput, compute } from '../inputs.ts';

const lossOf = (input: Parameters<typeof compute>[0]) => compute(input).loss as number;
const close = (a: number, b: number, tolerance = 1e-9) =>
  Object.is(a, b) || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));

describe('cross-entropy with label smoothing', () => {
  it('doesn’t change when all logits of a row do by the same', () => {
    fc.assert(
      fc.property(anyInput, fc.double({ min: -50, max: 50, noNaN: true }), (input, shift) => {
        fc.pre(CONVENTIONS[input.convention].activation === 'softmax');
        const { data, shape } = input.logits;
        const shifted = { ...input, logits: { data: data.map((x) => x + shift) as Float64Array, shape } };
        expect(close(lossOf(shifted), lossOf(input))).toBe(true);
      }),
    );
  });

  it('is affine in α', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        // There α is added first, then divided by.
        fc.pre(input.convention !== 'ADDITIVE_RENORM');
        const at = (labelSmoothing: number) => lossOf({ ...input, labelSmoothing });
        const a = input.labelSmoothing;
        expect(close(at(a), (1 - a) * at(0) + a * at(1))).toBe(true);
      }),
    );
  });

  it('is plain cross-entropy at α = 0', () => {
    const logits = { data: Float64Array.of(1, 2, 4), shape: [1, 3] };
    const targets = { data: Int32Array.of(1), shape: [1] };
    const input = {
      logits,
      targets,
      labelSmoothing: 0,
    };
    const expected = -Math.log(Math.exp(2) / (Math.exp(1) + Math.exp(2) + Math.exp(4)));
    expect(lossOf(input)).toBeCloseTo(expected, 14);
  });

  it('has the gradient that finite differences have', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        fc.pre(Number.isFinite(lossOf(input)));
        const gradient = crossEntropyGradient(input);
        const { data, shape } = input.logits;
        const step = 1e-5;
        const moved = (i: number, by: number) => {
          const copy = Float64Array.from(data);
          copy[i]! += by;
          return lossOf({ ...input, logits: { data: copy, shape } });
        };
        for (let i = 0; i < data.length; i++) {
          const slope = (moved(i, step) - moved(i, -step)) / (2 * step);
          expect(close(gradient[i]!, slope, 1e-6)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('doesn’t mind in which order the classes are', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const classes = input.logits.shape[1]!;
        const turned = (k: number) => (k + 1) % classes;
        const layout = layoutOf(input.logits.shape, 1);
        const turn = (data: Float64Array) => {
          const result = new Float64Array(data.length);
          for (let row = 0; row < layout.rows; row++) {
            rowOf({ values: data, layout }, row).forEach((value, k) => {
              result[offsetOf(layout, row) + turned(k) * layout.inner] = value;
            });
          }
          return result;
        };
        const { data } = input.targets;
        const targets =
          data instanceof Int32Array ? data.map((t) => (t < 0 ? t : turned(t))) : turn(data as Float64Array);
        const weight =
          input.weight &&
          Float64Array.from(input.weight, (_, k) => input.weight![(k + classes - 1) % classes]!);
        const other = {
          ...input,
          logits: { ...input.logits, data: turn(input.logits.data as Float64Array) },
          targets: { ...input.targets, data: targets },
          weight,
        };
        expect(close(lossOf(other), lossOf(input))).toBe(true);
      }),
    );
  });

  it('smooths targets so that they still sum to 1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 50 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (classes, alpha) => {
          const target = new Float64Array(classes);
          target[1] = 1;
          expect(sumOf(smoothed(target, uniformSmoothing(alpha, classes)))).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  it('loses no digits to large logits', () => {
    const logits = { data: Float64Array.of(1e4, 1e4, 1e4 - 1), shape: [1, 3] };
    const targets = { data: Int32Array.of(0), shape: [1] };
    const input = {
      logits,
      targets,
      labelSmoothing: 0,
      reduction: 'sum',
    } as const;
    expect(lossOf(input)).toBe(Math.log(2 + Math.exp(-1)));
  });

  it('is NaN when all rows are ignored, and 0 as a sum', () => {
    const logits = { data: Float64Array.of(1, 2), shape: [1, 2] };
    const targets = { data: Int32Array.of(-100), shape: [1] };
    const input = { logits, targets, labelSmoothing: 0.1 };
    expect(lossOf({ ...input, reduction: 'mean' })).toBeNaN();
    expect(lossOf({ ...input, reduction: 'sum' })).toBe(0);
  });

  it('leaves out an ignore index that is a class', () => {
    const logits = { data: Float64Array.of(5, 0, 0, 0, 3, 0), shape: [2, 3] };
    const targets = { data: Int32Array.of(0, 1), shape: [2] };
    const { rows, accuracy } = compute({
      logits,
      targets,
      labelSmoothing: 0.1,
      ignoreIndex: 0,
    });
    expect(rows[0]).toBe(0);
    expect(accuracy).toBe(1);
  });

  it.each([
    [{ weight: Float64Array.of(1) }, 'weight'],
    [{ targets: { data: Int32Array.of(3), shape: [1] } }, 'targets'],
    [{ targets: { data: Float64Array.of(0.5), shape: [1] } }, 'targets'],
    [{ targets: { data: Int32Array.of(0, 0), shape: [2] } }, 'targets'],
    [{ logits: { data: Float64Array.of(1), shape: [1, 3] } }, 'logits'],
    [{ convention: 'PAD_EXCLUDED' as const }, 'ignoreIndex'],
    [{ form: 'kl' as const, targets: { data: Float64Array.of(1, 0, 0), shape: [1, 3] } }, 'targets'],
    [{ ignoreIndex: 1, targets: { data: Float64Array.of(1, 0, 0), shape: [1, 3] } }, 'ignoreIndex'],
  ])('refuses %j and names the argument', (part, argument) => {
    const logits = { data: Float64Array.of(1, 2, 4), shape: [1, 3] };
    const targets = { data: Int32Array.of(1), shape: [1] };
    try {
      compute({ logits, targets, ...part });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(LossError);
      expect((error as LossError).problem.argument).toBe(argument);
    }
  });
});

describe('a sum over many rows', () => {
  it('keeps what a plain sum loses', () => {
    expect(sumOf(Float64Array.of(1, 1e100, 1, -1e100))).toBe(2);
  });
  it('is infinite or NaN where a term is', () => {
    expect(sumOf(Float64Array.of(1, Number.POSITIVE_INFINITY, 2))).toBe(Number.POSITIVE_INFINITY);
    expect(sumOf(Float64Array.of(1, Number.NaN))).toBeNaN();
  });
});

describe('soft targets that aren’t finite', () => {
  const lossOf = (targets: number[], logits: number[], labelSmoothing: number) =>
    compute({
      ...DEFAULT_SPEC,
      labelSmoothing,
      logits: { data: Float64Array.from(logits), shape: [1, 3] },
      targets: { data: Float64Array.from(targets), shape: [1, 3] },
    }).loss;

  it.each([0.1, 1])('have no loss beside a −∞ logit, at α = %s', (alpha) => {
    for (const target of [
      [Number.NaN, 0.5, 0.5],
      [Number.POSITIVE_INFINITY, 0, 0],
      [0, Number.NEGATIVE_INFINITY, 0],
    ])
      expect(lossOf(target, [Number.NEGATIVE_INFINITY, 2, 3], alpha)).toBeNaN();
    expect(lossOf([0, 0.5, 0.5], [Number.NEGATIVE_INFINITY, 2, 3], alpha)).toBe(Number.POSITIVE_INFINITY);
  });
});
