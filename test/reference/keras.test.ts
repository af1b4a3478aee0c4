import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flatten } from '../../src/host/nestedNumbers.ts';
import type { ConventionName } from '../../src/loss/conventions.ts';
import { clippedCosts, focalCosts, softmaxCosts } from '../../src/loss/costs.ts';
import { softmax } from '../../src/loss/softmax.ts';
import { type LossSums, lossAt, sigmoidSums, softmaxSums } from '../../src/loss/sums.ts';
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

/** The convention of each API, and the sums of one of its rows. The focal loss has Keras' defaults: 0.25 and 2. */
const APIS: Record<
  string,
  [ConventionName, (row: Float64Array, target: Float64Array, logits: boolean) => LossSums]
> = {
  'keras.losses.CategoricalCrossentropy': [
    'UNIFORM_K',
    (row, target, logits) => softmaxSums(logits ? softmaxCosts(row) : clippedCosts(row), target),
  ],
  'keras.losses.CategoricalFocalCrossentropy': [
    'UNIFORM_K',
    (row, target) => softmaxSums(focalCosts(softmax(row), 0.25, 2), target),
  ],
  'keras.losses.BinaryCrossentropy': ['BINARY_HALF', (row, target) => sigmoidSums(row, target)],
  'tf.compat.v1.losses.softmax_cross_entropy': [
    'UNIFORM_K',
    (row, target) => softmaxSums(softmaxCosts(row), target),
  ],
  'tf.compat.v1.losses.sigmoid_cross_entropy': ['BINARY_HALF', (row, target) => sigmoidSums(row, target)],
};

/** TensorFlow's v1 losses cast labels and logits to float32, so their last digits are float32's. */
const tolerance = (api: string) => (api.startsWith('tf.compat.v1.') ? 2e-7 : 1e-12);

function rowsOf(written: Written): Float64Array[] {
  const { data, shape } = flatten(numbers(written));
  const classes = shape.at(-1)!;
  return Array.from({ length: data.length / classes }, (_, i) => data.slice(i * classes, (i + 1) * classes));
}

describe('losses are those of Keras 3.15 and TensorFlow 2.21', () => {
  it('has all the cases to compare with', () => expect(cases).toHaveLength(192));

  for (const { id, api, inputs, expected } of cases) {
    it(`${id}: ${api}, α = ${inputs.label_smoothing}`, () => {
      const [convention, sums] = APIS[api]!;
      const rows = rowsOf((inputs.predictions ?? inputs.logits)!);
      const targets = rowsOf(inputs.targets);
      const classes = rows[0]!.length;
      const losses = rows.map((row, i) =>
        lossAt(
          sums(row, targets[i]!, inputs.from_logits ?? true),
          convention,
          inputs.label_smoothing,
          classes,
        ),
      );
      // A sigmoid loss is the mean over its elements, a softmax loss the mean over rows.
      const elements = convention === 'BINARY_HALF' ? classes : 1;
      const total = losses.reduce((a, b) => a + b, 0);
      const reduced = {
        none: losses,
        sum: [total],
        sum_over_batch_size: [total / (rows.length * elements)],
      }[inputs.reduction ?? 'sum_over_batch_size'];
      expect(difference(reduced, flatten(numbers(expected.loss)).data)).toBeLessThanOrEqual(tolerance(api));
    });
  }
});
