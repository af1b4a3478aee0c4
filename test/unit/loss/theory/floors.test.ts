import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossEntropyGradient } from '../../../../src/loss/batch/crossEntropy.ts';
import type { CrossEntropyInput } from '../../../../src/loss/batch/lossInput.ts';
import { lossTotals } from '../../../../src/loss/batch/reduction.ts';
import { smoothed, uniformSmoothing, valuesOf } from '../../../../src/loss/conventions/smoothing.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { oneHot } from '../../../../src/loss/rows/targets.ts';
import {
  classFloors,
  entropy,
  guessSum,
  labelEntropy,
  lossAtProbability,
  optimalGap,
  targetFloor,
} from '../../../../src/loss/theory/floors.ts';
import { uniformOfEntropy } from '../../../../src/loss/theory/matchedEntropy.ts';
import { finish } from '../../../../src/loss/work.ts';
import { anyInput, compute } from '../inputs.ts';

const EXAMPLE = uniformSmoothing(0.1, 5);

describe('the running example: α = 0.1, K = 5, class 2', () => {
  it('smooths the target to [0.02, 0.02, 0.92, 0.02, 0.02]', () => {
    const target = [...smoothed(oneHot(5, 2), EXAMPLE)];
    for (const [k, expected] of [0.02, 0.02, 0.92, 0.02, 0.02].entries())
      expect(target[k]).toBeCloseTo(expected, 15);
  });
  it('floor 0.389673 nats', () => expect(targetFloor(oneHot(5, 2), EXAMPLE, null)).toBeCloseTo(0.389673, 6));
  it('is lowest at a logit gap of 3.828641', () => expect(optimalGap(EXAMPLE)).toBeCloseTo(3.828641, 6));
});

describe('worked values', () => {
  it.each([
    [2, 0.1, 0.95, 0.05, 0.198515, 2.944439],
    [3, 0.1, 0.933333, 0.033333, 0.29114, 3.332205],
    [10, 0.1, 0.91, 0.01, 0.500288, 4.51086],
    [10, 0.3, 0.73, 0.03, 1.176509, 3.191847],
    [100, 0.1, 0.901, 0.001, 0.777797, 6.803505],
    [1000, 0.1, 0.9001, 0.0001, 1.014848, 9.105091],
    [32000, 0.1, 0.900003, 0.000003, 1.36239, 12.570719],
  ])('K = %i, α = %f', (classes, alpha, on, off, floor, gap) => {
    const smoothing = uniformSmoothing(alpha, classes);
    const values = valuesOf(smoothing);
    expect(values.on).toBeCloseTo(on, 6);
    expect(values.off).toBeCloseTo(off, 6);
    expect(classFloors(smoothing, null)[0]).toBeCloseTo(floor, 6);
    expect(optimalGap(smoothing)).toBeCloseTo(gap, 6);
  });
});

describe('the smoothing of an entropy', () => {
  it('is the one that has it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.integer({ min: 2, max: 1000 }),
        (alpha, classes) => {
          const smoothing = uniformSmoothing(alpha, classes);
          const found = uniformOfEntropy(labelEntropy(smoothing), smoothing);
          // Flat at the top: there u has half the digits of the entropy.
          expect(Math.abs(found - alpha)).toBeLessThan(alpha > 0.99 ? 1e-5 : 1e-9);
        },
      ),
    );
    expect(uniformOfEntropy(0.389673, EXAMPLE)).toBeCloseTo(0.1, 6);
    expect(uniformOfEntropy(0, EXAMPLE)).toBe(0);
    expect(uniformOfEntropy(Math.log(5), EXAMPLE)).toBe(1);
    expect(uniformOfEntropy(2, EXAMPLE)).toBeNaN();
  });
});

describe('the floor', () => {
  it('is never above the loss, whatever the logits, weights and targets', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { excess } = compute(input);
        expect(Number.isNaN(excess) || excess >= -1e-9).toBe(true);
      }),
    );
  });

  it('is reached where the prediction is the weighted target', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 4, noNaN: true }), { minLength: 5, maxLength: 5 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (weights, alpha) => {
          const weight = Float64Array.from(weights);
          const r = smoothed(oneHot(5, 2), uniformSmoothing(alpha, 5)).map((q, k) => q * weight[k]!);
          const input: CrossEntropyInput = {
            ...DEFAULT_SPEC,
            logits: { data: r.map(Math.log), shape: [1, 5] },
            targets: { data: Int32Array.of(2), shape: [1] },
            labelSmoothing: alpha,
            weight,
            reduction: 'sum',
          };
          expect(compute(input).excess).toBeCloseTo(0, 12);
          expect(crossEntropyGradient(input).every((g) => Math.abs(g) < 1e-12)).toBe(true);
        },
      ),
    );
  });

  it('is the entropy of the target without weights', () => {
    const target = Float64Array.of(0.5, 0.25, 0.25);
    expect(targetFloor(target, uniformSmoothing(0, 3), null)).toBe(entropy(target));
  });
});

describe('the curve', () => {
  it('is lowest where p is the smoothed target', () => {
    const at = (p: number) => lossAtProbability(p, uniformSmoothing(0.1, 10));
    expect(at(0.91)).toBeCloseTo(0.500288, 6);
    for (const p of [0.5, 0.9, 0.92, 0.999]) expect(at(p)).toBeGreaterThan(at(0.91));
  });
  it('is −ln p for hard targets', () =>
    expect(lossAtProbability(0.25, uniformSmoothing(0, 10))).toBeCloseTo(Math.log(4), 15));
});

describe('guessing', () => {
  it.each([null, Float64Array.of(0.5, 1, 2)])('costs what equal logits cost, weights %j', (weight) => {
    const targets = { kind: 'indices', values: Int32Array.of(0, 2, 2, -100) } as const;
    const rows = { values: new Float64Array(12), layout: { rows: 4, classes: 3, inner: 1 } };
    const totals = lossTotals(finish(measureRowStats(rows, targets, { ...DEFAULT_SPEC, weight })));
    const logits = { data: rows.values, shape: [4, 3] };
    const input = { logits, targets: { data: targets.values, shape: [4] }, weight };
    const { loss } = compute({ ...input, labelSmoothing: 0.2, reduction: 'sum' });
    expect(guessSum(totals, uniformSmoothing(0.2, 3), weight)).toBeCloseTo(loss as number, 12);
  });
});
