import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flatten } from '../../src/answers/nestedNumbers.ts';
import { specOf } from '../../src/frameworks/specOf.ts';
import { computeLossInSteps } from '../../src/loss/batch/crossEntropy.ts';
import type { Reduction } from '../../src/loss/lossSpec.ts';
import { finish } from '../../src/loss/work.ts';
import { difference, numbers, type Written } from './cases.ts';

interface Case {
  readonly id: string;
  readonly api: string;
  readonly inputs: {
    readonly predictions?: Written;
    readonly logits?: Written;
    readonly targets: Written;
    readonly label_smoothing: number;
    readonly reduction?: 'sum_over_batch_size' | 'sum' | 'none';
    readonly from_logits?: boolean;
  };
  readonly expected: { readonly loss: Written };
}

const { cases } = JSON.parse(readFileSync(new URL('keras.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

const IDS: Readonly<Record<string, string>> = {
  'keras.losses.CategoricalCrossentropy': 'keras.CategoricalCrossentropy',
  'keras.losses.CategoricalFocalCrossentropy': 'keras.CategoricalFocalCrossentropy',
  'keras.losses.BinaryCrossentropy': 'keras.BinaryCrossentropy',
  'tf.compat.v1.losses.softmax_cross_entropy': 'tf.v1.softmax_cross_entropy',
  'tf.compat.v1.losses.sigmoid_cross_entropy': 'tf.v1.sigmoid_cross_entropy',
};

const REDUCTIONS = { sum_over_batch_size: 'mean', sum: 'sum', none: 'none' } as const satisfies Record<
  string,
  Reduction
>;

/** TensorFlow's v1 losses cast labels and logits to float32, so their last digits are float32's. */
const tolerance = (api: string) => (api.startsWith('tf.compat.v1.') ? 2e-7 : 1e-12);

describe('losses are those of Keras 3.15 and TensorFlow 2.21', () => {
  it('has all the cases to compare with', () => expect(cases).toHaveLength(192));

  for (const { id, api, inputs, expected } of cases) {
    it(`${id}: ${api}, α = ${inputs.label_smoothing}`, () => {
      const reduction = REDUCTIONS[inputs.reduction ?? 'sum_over_batch_size'];
      const spec = specOf({ api: IDS[api]!, labelSmoothing: inputs.label_smoothing, reduction });
      const logits = flatten(numbers((inputs.predictions ?? inputs.logits)!));
      const targets = flatten(numbers(inputs.targets));
      const values = inputs.from_logits === false ? 'probabilities' : 'logits';
      const { loss } = finish(computeLossInSteps({ ...spec, logits, targets, values }));
      const found = typeof loss === 'number' ? [loss] : loss;
      expect(difference(found, flatten(numbers(expected.loss)).data)).toBeLessThanOrEqual(tolerance(api));
    });
  }
});
