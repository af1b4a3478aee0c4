import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flatten } from '../../src/answers/nestedNumbers.ts';
import { specOf } from '../../src/frameworks/specOf.ts';
import { computeLossInSteps } from '../../src/loss/batch/crossEntropy.ts';
import { finish } from '../../src/loss/work.ts';
import { difference } from './cases.ts';

interface Case {
  readonly id: string;
  readonly inputs: {
    readonly logits: number[][];
    readonly targets: number[][];
    readonly label_smoothing: number;
  };
  readonly expected: { readonly targets: number[][]; readonly loss: number[] };
}

const { cases } = JSON.parse(readFileSync(new URL('optax.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

describe('targets and losses are those of optax 0.2.8', () => {
  it('has all the cases to compare with', () => expect(cases).toHaveLength(16));

  for (const { id, inputs, expected } of cases) {
    it(`${id}: α = ${inputs.label_smoothing}`, () => {
      const spec = specOf({ api: 'optax.smooth_labels', labelSmoothing: inputs.label_smoothing });
      const logits = flatten(inputs.logits);
      const targets = flatten(inputs.targets);
      const result = finish(computeLossInSteps({ ...spec, logits, targets, withTargets: true }));
      expect(difference(result.targets!.data, flatten(expected.targets).data)).toBeLessThanOrEqual(1e-15);
      expect(difference(result.loss as Float64Array, expected.loss)).toBeLessThanOrEqual(1e-12);
    });
  }
});
