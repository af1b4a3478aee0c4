import { describe, expect, it } from 'vitest';
import { computeLossInSteps } from '../../../../src/loss/batch/crossEntropy.ts';
import type { CrossEntropyInput, GivenValues } from '../../../../src/loss/batch/lossInput.ts';
import { LossError } from '../../../../src/loss/lossErrors.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { finish } from '../../../../src/loss/work.ts';

const P = [0.1, 0.2, 0.7];

function lossOf(values: GivenValues, row: readonly number[], spec: Partial<CrossEntropyInput> = {}): number {
  const logits = { data: Float64Array.from(row), shape: [1, row.length] };
  const targets = { data: Int32Array.of(2), shape: [1] };
  return finish(computeLossInSteps({ ...DEFAULT_SPEC, logits, targets, values, ...spec })).loss as number;
}

/** −Σ q ln p for α = 0.1 and the third class. */
function direct(p: readonly number[], alpha = 0.1): number {
  return p.reduce((sum, x, k) => sum - (alpha / p.length + (k === 2 ? 1 - alpha : 0)) * Math.log(x), 0);
}

describe('numbers that aren’t logits', () => {
  const smoothed = { labelSmoothing: 0.1 };

  it('give the loss of the logits they are of', () => {
    const logits = P.map((p) => Math.log(p) + 7);
    expect(lossOf('logits', logits, smoothed)).toBeCloseTo(direct(P), 14);
    expect(lossOf('probabilities', P, smoothed)).toBeCloseTo(direct(P), 14);
    expect(lossOf('log-probabilities', P.map(Math.log), smoothed)).toBeCloseTo(direct(P), 14);
  });

  it('are taken as they are where they don’t sum to 1', () => {
    const half = P.map((p) => p / 2);
    expect(lossOf('probabilities', half, smoothed)).toBeCloseTo(direct(half), 14);
    expect(lossOf('log-probabilities', half.map(Math.log), smoothed)).toBeCloseTo(direct(half), 14);
  });

  it('are divided by their sum and clipped as Keras does', () => {
    const spec = { ...smoothed, clips: true };
    expect(lossOf('probabilities', [0.05, 0.1, 0.35], spec)).toBeCloseTo(direct(P), 14);
    expect(lossOf('probabilities', [0, 0, 1], spec)).toBeCloseTo(direct([1e-7, 1e-7, 1 - 1e-7]), 12);
  });

  it('cost ∞ where a class with a share has none', () => {
    expect(lossOf('probabilities', [0, 0.3, 0.7], smoothed)).toBe(Number.POSITIVE_INFINITY);
    expect(lossOf('probabilities', [0, 0.3, 0.7])).toBeCloseTo(-Math.log(0.7), 14);
  });

  it('are those of a sigmoid in a binary convention', () => {
    const spec = { convention: 'BINARY_HALF', ...smoothed } as const;
    const expected = P.reduce((sum, p, k) => {
      const t = k === 2 ? 0.95 : 0.05;
      return sum - (t * Math.log(p) + (1 - t) * Math.log(1 - p)) / 3;
    }, 0);
    expect(lossOf('probabilities', P, spec)).toBeCloseTo(expected, 14);
    expect(lossOf('log-probabilities', P.map(Math.log), spec)).toBeCloseTo(expected, 14);
  });

  it.each<[GivenValues, readonly number[], number]>([
    ['probabilities', [0.5, 1.5, 0], 1.5],
    ['probabilities', [-0.1, 0.5, 0.6], -0.1],
    ['probabilities', [0.5, Number.NaN, 0.5], Number.NaN],
    ['log-probabilities', [-1, 0.5, -2], 0.5],
  ])('are refused where they can’t be %s', (values, row, found) => {
    const refused = () => lossOf(values, row);
    expect(refused).toThrow(LossError);
    try {
      refused();
    } catch (error) {
      expect((error as LossError).problem).toEqual({
        reason: 'no-probability',
        argument: 'logits',
        row: 0,
        found,
        values,
      });
    }
  });

  it('are refused where Keras would divide by 0', () => {
    expect(() => lossOf('probabilities', [0, 0, 0], { clips: true })).toThrow(LossError);
  });
});
