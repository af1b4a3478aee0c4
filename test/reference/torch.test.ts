import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flatten } from '../../src/answers/nestedNumbers.ts';
import { type LossProblem, NamingError } from '../../src/frameworks/namingErrors.ts';
import { computeLossInSteps, crossEntropyGradient } from '../../src/loss/batch/crossEntropy.ts';
import { LossError } from '../../src/loss/lossErrors.ts';
import { finish } from '../../src/loss/work.ts';
import { difference, inputOf, numbers, type TorchInputs, type Written } from './cases.ts';

interface Case {
  readonly id: string;
  readonly inputs: TorchInputs;
  readonly expected: {
    readonly loss?: Written;
    readonly grad?: Written;
    readonly error?: string;
    readonly message?: string;
  };
}

const { cases } = JSON.parse(readFileSync(new URL('torch.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};
const TOLERANCE = 1e-12;

const asList = (written: Written) => flatten(numbers(written)).data;

function problemOf(inputs: TorchInputs): LossProblem | undefined {
  try {
    finish(computeLossInSteps(inputOf(inputs)));
    return undefined;
  } catch (error) {
    if (error instanceof LossError || error instanceof NamingError) return error.problem;
    throw error;
  }
}

/** What PyTorch says, and which of our reasons it is. */
function reasonFor(message: string): LossProblem['reason'] {
  if (/label_smoothing must be between/.test(message)) return 'range';
  if (/out of bounds/.test(message)) return 'out-of-bounds';
  if (/weight tensor/.test(message)) return 'length';
  if (/batch_size/.test(message)) return 'shape';
  throw new Error(`No reason known for: ${message}`);
}

describe('cross-entropy is PyTorch’s', () => {
  it('has all the cases to compare with', () => expect(cases).toHaveLength(317));

  for (const { id, inputs, expected } of cases) {
    if (expected.error !== undefined) {
      it(`${id}: refuses what PyTorch refuses (${expected.message})`, () => {
        expect(problemOf(inputs)?.reason).toBe(reasonFor(expected.message ?? ''));
      });
      continue;
    }
    it(`${id}: loss`, () => {
      const { loss } = finish(computeLossInSteps(inputOf(inputs)));
      const found = typeof loss === 'number' ? [loss] : loss;
      expect(difference(found, asList(expected.loss!))).toBeLessThanOrEqual(TOLERANCE);
    });
    if (expected.grad !== undefined) {
      it(`${id}: gradient`, () => {
        expect(difference(crossEntropyGradient(inputOf(inputs)), asList(expected.grad!))).toBeLessThanOrEqual(
          TOLERANCE,
        );
      });
    }
  }
});
