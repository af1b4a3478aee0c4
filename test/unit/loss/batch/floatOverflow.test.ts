import { describe, expect, it } from 'vitest';
import type { LossProblem } from '../../../../src/frameworks/namingErrors.ts';
import { specOf } from '../../../../src/frameworks/specOf.ts';
import { computeLossInSteps, crossEntropyGradient } from '../../../../src/loss/batch/crossEntropy.ts';
import type { CrossEntropyInput } from '../../../../src/loss/batch/lossInput.ts';
import { lossTotals, overflowsFloat32 } from '../../../../src/loss/batch/reduction.ts';
import { MOST_CLASSES, uniformSmoothing } from '../../../../src/loss/conventions/smoothing.ts';
import { LossError } from '../../../../src/loss/lossErrors.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../../src/loss/work.ts';
import { compute } from '../inputs.ts';

const indices = (...data: number[]) => ({ data: Float64Array.from(data), shape: [data.length] });
const rows = (classes: number, ...data: number[]) => ({
  data: Float64Array.from(data),
  shape: [data.length / classes, classes],
});

function problemOf(input: CrossEntropyInput): LossProblem | undefined {
  try {
    finish(computeLossInSteps(input));
  } catch (error) {
    if (error instanceof LossError) return error.problem;
    throw error;
  }
  return undefined;
}

describe('a mean over rows whose classes all weigh 0', () => {
  const input = {
    logits: rows(3, 1, 2, 3, 0, 1, 5),
    targets: indices(0, 0),
    weight: Float64Array.of(0, 1, 2),
  };

  it.each([0, 0.1, 1])('is NaN at α = %d, and so is its floor', (labelSmoothing) => {
    expect(compute({ ...input, labelSmoothing })).toMatchObject({
      loss: Number.NaN,
      floor: Number.NaN,
      excess: Number.NaN,
    });
  });

  it.each([0, 0.1, 1])('has no gradient at α = %d but where a row is ignored', (labelSmoothing) => {
    const call = { ...specOf({ labelSmoothing, weight: input.weight }), ...input, targets: indices(0, -100) };
    expect([...crossEntropyGradient(call)]).toEqual([Number.NaN, Number.NaN, Number.NaN, 0, 0, 0]);
  });

  it('is what PyTorch makes of it where weights below 0 cancel others', () => {
    const weight = Float64Array.of(1, -1, 2);
    const cancelling = { ...input, targets: indices(0, 1), weight };
    expect(compute(cancelling).loss).toBe(Number.NEGATIVE_INFINITY);
    expect(compute({ ...cancelling, labelSmoothing: 0.1 }).loss).toBeNaN();
  });

  it('has a sum', () => {
    const { loss } = compute({ ...input, labelSmoothing: 0.1, reduction: 'sum' });
    expect(loss).toBeCloseTo(0.209901752124987, 14);
  });

  it('isn’t known where nobody has looked what is divided first', () => {
    const named = specOf({ api: 'liger', labelSmoothing: 0.1, weight: input.weight, reduction: 'mean' });
    expect(problemOf({ ...named, ...input })).toEqual({ reason: 'no-weight', argument: 'weight' });
    const ignored = { ...input, targets: indices(-100, -100) };
    expect(finish(computeLossInSteps({ ...named, ...ignored })).loss).toBeNaN();
  });
});

describe('sums that overflow', () => {
  const input = { logits: rows(3, 1e308, 0, -5e307), targets: indices(0), labelSmoothing: 0.1 };

  it('are infinite in PyTorch, where the loss itself needn’t be', () => {
    expect(compute(input).loss).toBe(Number.POSITIVE_INFINITY);
    expect(compute({ ...input, labelSmoothing: 0 }).loss).toBe(0);
    const soft = { ...input, targets: rows(3, 1, 0, 0) };
    expect(compute(soft).loss).toBeCloseTo(8.333333333333334e306, -293);
  });

  it('of float32 logits are infinite where float32 ends', () => {
    const { data, shape } = rows(3, 3e38, 0, -1e37);
    const logits = { data: Float32Array.from(data), shape };
    expect(compute({ ...input, logits }).loss).toBe(Number.POSITIVE_INFINITY);
    expect(compute({ ...input, logits: { data, shape } }).loss).toBeCloseTo(2.0333333e37, -31);
  });

  it.each([0, 0.1, 1])(
    'of float32 are known from the sums over rows that float64 gives, at α = %d',
    (labelSmoothing) => {
      for (const far of [1e37, 1e38, 2.9e38, 3.3e38]) {
        const data = Float32Array.of(far, 0, 0, 0, -far / 3, 0, 1, 2);
        const logits = { data, shape: [2, 4] };
        for (const targets of [indices(0, 1), indices(1, 0)]) {
          const totals = lossTotals(
            finish(
              measureRowStats(
                { values: data, layout: layoutOf([2, 4], 1) },
                { kind: 'indices', values: Int32Array.from(targets.data) },
                DEFAULT_SPEC,
              ),
            ),
          );
          const { loss } = compute({ logits, targets, labelSmoothing });
          expect(overflowsFloat32(totals, uniformSmoothing(labelSmoothing, 4))).toBe(!Number.isFinite(loss));
        }
      }
      const masked = { hard: 1, uniform: Number.POSITIVE_INFINITY };
      expect(overflowsFloat32(masked, uniformSmoothing(labelSmoothing, 4))).toBe(false);
    },
  );

  it.each(['keras.CategoricalCrossentropy', 'optax.smooth_labels', 'timm.BinaryCrossEntropy'])(
    'of %s aren’t known',
    (api) => {
      const spec = { ...specOf({ api, labelSmoothing: 0.1, reduction: 'mean' }), classAxis: 1 };
      const targets = rows(3, 0, 1, 0);
      const problem = problemOf({ ...spec, logits: rows(3, 1e308, -1e308, 1e308), targets });
      expect(problem).toEqual({ reason: 'overflow', argument: 'logits' });
      // Nothing overflows that counts.
      if (api !== 'timm.BinaryCrossEntropy') {
        const hard = { ...spec, labelSmoothing: 0, logits: rows(3, 1e308, 0, -1e308), targets: indices(0) };
        expect(finish(computeLossInSteps(hard)).loss).toBe(0);
      }
    },
  );
});

describe('sums that don’t overflow', () => {
  it.each(['keras.CategoricalCrossentropy', 'keras.BinaryCrossentropy', 'optax.smooth_labels'])(
    'of %s are known, however large the logits',
    (api) => {
      const conventions = { 'keras.BinaryCrossentropy': 'BINARY_HALF' } as Readonly<Record<string, string>>;
      const convention = conventions[api];
      const named = {
        api,
        labelSmoothing: 0.1,
        reduction: 'mean',
        ...(convention && { convention }),
      } as const;
      const spec = { ...specOf(named), classAxis: 1 };
      const logits = rows(2, 1e307, -1e307);
      const { loss } = finish(computeLossInSteps({ ...spec, logits, targets: rows(2, 1, 0) }));
      expect(loss).toBeCloseTo(spec.convention === 'BINARY_HALF' ? 5e305 : 1e306, -292);
    },
  );
});

describe('an ignore index', () => {
  const logits = rows(2, 1, 2, 3, 1);

  it.each([2 ** 32 - 1, 2 ** 32, 2 ** 40, -(2 ** 31) - 1, -(2 ** 31), 2 ** 31 - 1, Number.MAX_SAFE_INTEGER])(
    'of %d is the target of rows that count nothing',
    (ignoreIndex) => {
      const ignored = compute({ logits, targets: indices(0, ignoreIndex), ignoreIndex, labelSmoothing: 0.1 });
      const alone = compute({ logits: rows(2, 1, 2), targets: indices(0), labelSmoothing: 0.1 });
      expect(ignored.loss).toBe(alone.loss);
      expect(ignored.rows[1]).toBe(0);
      expect(ignored.accuracy).toBe(0);
    },
  );

  it('that is no target leaves all rows as they are', () => {
    const all = compute({ logits, targets: indices(0, 1), ignoreIndex: null });
    // Its lower 32 bits are those of class 1.
    expect(compute({ logits, targets: indices(0, 1), ignoreIndex: 2 ** 32 + 1 }).loss).toBe(all.loss);
  });

  it.each([2 ** 53, -1e300, 0.5, Number.NaN])('of %d is refused', (ignoreIndex) => {
    const spec = { ...specOf({}), ignoreIndex };
    expect(problemOf({ ...spec, logits, targets: indices(0, 1) })).toEqual({
      reason: 'not-exact',
      argument: 'ignoreIndex',
      found: ignoreIndex,
    });
  });

  it('isn’t any target that has the same lower 32 bits', () => {
    const spec = { ...specOf({}), ignoreIndex: -1 };
    const problem = problemOf({ ...spec, logits, targets: indices(0, 2 ** 32 - 1) });
    expect(problem).toMatchObject({ reason: 'out-of-bounds', row: 1, found: 2 ** 32 - 1 });
  });
});

describe('logits', () => {
  it('of more classes than int32 has are refused', () => {
    const input = { ...specOf({}), targets: indices() };
    const logits = { data: new Float32Array(0), shape: [0, MOST_CLASSES + 1] };
    expect(problemOf({ ...input, logits })).toEqual({
      reason: 'too-many-classes',
      argument: 'logits',
      found: MOST_CLASSES + 1,
      most: MOST_CLASSES,
    });
  });

  it.each([[[-1, -4]], [[2.5, 1.6]], [[Number.NaN, 2]]])('of shape %j are refused', (shape) => {
    const logits = { data: new Float32Array(4), shape };
    expect(problemOf({ ...specOf({}), targets: indices(0, 1), logits })).toMatchObject({
      reason: 'size',
      argument: 'logits',
    });
  });
});
