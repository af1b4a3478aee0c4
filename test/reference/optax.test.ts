import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flatten } from '../../src/host/nestedNumbers.ts';
import { smoothedBy } from '../../src/loss/conventions.ts';
import { lossAt, sumsOf } from '../../src/loss/sums.ts';
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
      const alpha = inputs.label_smoothing;
      const targets = inputs.targets.map((row) => Float64Array.from(row));
      const smoothed = targets.flatMap((row) => [...smoothedBy('UNIFORM_K', row, alpha)]);
      expect(difference(smoothed, flatten(expected.targets).data)).toBeLessThanOrEqual(1e-15);
      const losses = inputs.logits.map((row, i) =>
        lossAt(sumsOf('UNIFORM_K', Float64Array.from(row), targets[i]!), 'UNIFORM_K', alpha, row.length),
      );
      expect(difference(losses, expected.loss)).toBeLessThanOrEqual(1e-12);
    });
  }
});
