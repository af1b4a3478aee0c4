import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flatten } from '../../src/answers/nestedNumbers.ts';
import { computeLossInSteps } from '../../src/loss/batch/crossEntropy.ts';
import { finish } from '../../src/loss/work.ts';
import { inputOf, numbers, type TorchInputs, type Written } from './cases.ts';

interface Case {
  readonly inputs: TorchInputs & { readonly dtype: 'float64' | 'float32'; readonly soft: boolean };
  readonly loss: readonly Written[];
}

const { cases } = JSON.parse(readFileSync(new URL('extremes.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

/** PyTorch sums in another order. */
const TOLERANCE = { float64: 1e-12, float32: 1e-5 } as const;

function lossOf({ dtype, ...inputs }: Case['inputs']): readonly number[] {
  const input = inputOf(inputs);
  const { data, shape } = input.logits;
  const logits = { data: dtype === 'float32' ? Float32Array.from(data) : data, shape };
  const { loss } = finish(computeLossInSteps({ ...input, logits }));
  return typeof loss === 'number' ? [loss] : [...loss];
}

/** ∞ and NaN are what they are, other numbers as near as the order of a sum lets them be. */
function isSame(found: readonly number[], expected: ArrayLike<number>, tolerance: number): boolean {
  return found.every((x, i) => {
    const y = expected[i]!;
    return Object.is(x, y) || x === y || Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(y));
  });
}

describe('where sums overflow, weights are 0 or the ignore index is beyond int32', () => {
  it.each(['float64', 'float32'] as const)('losses are those of PyTorch in %s', (dtype) => {
    const wrong = cases
      .filter(({ inputs }) => inputs.dtype === dtype)
      .flatMap(({ inputs, loss }) => {
        const [found, expected] = [lossOf(inputs), flatten(numbers(loss)).data];
        return isSame(found, expected, TOLERANCE[dtype])
          ? []
          : [`${found} instead of ${expected} for ${JSON.stringify(inputs)}`];
      });
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(wrong).toHaveLength(0);
  });
});
