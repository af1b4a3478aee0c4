import { POSITIVE, UNKNOWN_RANGE } from '../acceptedAlpha.ts';
import { ofFunction } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';
import type { FrameworkPackage } from '../frameworkPackage.ts';

/** TensorFlow's own losses (not Keras'), and their like in JavaScript. SUM_BY_NONZERO_WEIGHTS: Σ w·l over how many w aren't 0. */
const TENSORFLOW = {
  default: 0,
  range: POSITIVE,
  reduction: 'mean',
  denominator: 'counted',
  weights: 'row',
  classAxis: -1,
  verified: 'run',
} as const satisfies Partial<FrameworkApi>;

/** `tf_slim` and `contrib` are what TensorFlow 1 had them in. */
const TENSORFLOW_PACKAGE: FrameworkPackage = {
  name: 'tensorflow',
  customary: { tf: 'tensorflow', tensorflow: 'tensorflow' },
  aliases: {
    'tensorflow.compat.v1.keras.': 'tensorflow.keras.',
    'tensorflow.compat.v2.': 'tensorflow.',
    'tensorflow.python.keras.': 'tensorflow.keras.',
    'tensorflow.contrib.slim.losses.': 'tensorflow.losses.',
    'tensorflow.contrib.losses.': 'tensorflow.losses.',
    'tensorflow.contrib.keras.': 'tensorflow.keras.',
    'tf_slim.losses.': 'tensorflow.losses.',
  },
};

const V1 = {
  ...TENSORFLOW,
  package: TENSORFLOW_PACKAGE,
  framework: 'TensorFlow',
  source: 'tensorflow/python/ops/losses/losses_impl.py; TensorFlow 2.21',
} as const;

/** What has no argument for smoothing. */
const WITHOUT = {
  conventions: [],
  instead: 'nothing',
  default: null,
  range: UNKNOWN_RANGE,
  reduction: 'none',
  verified: 'read',
} as const satisfies Partial<FrameworkApi>;

const TFJS = { ...TENSORFLOW, framework: 'TensorFlow.js' } as const;

/** TensorFlow’s own losses, and TensorFlow.js’. */
export const TENSORFLOW_APIS: readonly FrameworkApi[] = [
  {
    ...V1,
    id: 'tf.v1.softmax_cross_entropy',
    calls: [
      ofFunction(
        ['tensorflow.compat.v1.losses.softmax_cross_entropy', 'tensorflow.losses.softmax_cross_entropy'],
        'onehot_labels logits weights label_smoothing',
        'label_smoothing',
      ),
    ],
    conventions: ['UNIFORM_K'],
    notes: ['Labels and losses are cast to float32.'],
  },
  {
    ...V1,
    id: 'tf.v1.sigmoid_cross_entropy',
    calls: [
      ofFunction(
        ['tensorflow.compat.v1.losses.sigmoid_cross_entropy', 'tensorflow.losses.sigmoid_cross_entropy'],
        'multi_class_labels logits weights label_smoothing',
        'label_smoothing',
      ),
    ],
    conventions: ['BINARY_HALF'],
    notes: ['Labels and losses are cast to float32. Weights multiply each element.'],
  },
  {
    ...V1,
    ...WITHOUT,
    id: 'tf.nn.softmax_cross_entropy_with_logits',
    calls: [
      ofFunction('tensorflow.nn.softmax_cross_entropy_with_logits', 'labels logits axis', null),
      ofFunction(
        [
          'tensorflow.compat.v1.nn.softmax_cross_entropy_with_logits',
          'tensorflow.compat.v1.nn.softmax_cross_entropy_with_logits_v2',
          'tensorflow.nn.softmax_cross_entropy_with_logits_v2',
        ],
        '',
        null,
      ),
    ],
    computes: 'ce',
    takes: 'probabilities',
    notes: ['Its labels are probabilities, or one-hot; whether rows sum to 1 isn’t checked.'],
  },
  {
    ...V1,
    ...WITHOUT,
    id: 'tf.nn.sparse_softmax_cross_entropy_with_logits',
    calls: [
      ofFunction('tensorflow.nn.sparse_softmax_cross_entropy_with_logits', 'labels logits', null),
      ofFunction(
        [
          'tensorflow.compat.v1.losses.sparse_softmax_cross_entropy',
          'tensorflow.losses.sparse_softmax_cross_entropy',
        ],
        'labels logits weights',
        null,
      ),
      ofFunction('tensorflow.compat.v1.nn.sparse_softmax_cross_entropy_with_logits', '', null),
    ],
    computes: 'ce',
    notes: ['Its labels are class indices.'],
  },
  {
    ...V1,
    ...WITHOUT,
    id: 'tf.nn.sigmoid_cross_entropy_with_logits',
    calls: [
      ofFunction('tensorflow.nn.sigmoid_cross_entropy_with_logits', 'labels logits', null),
      ofFunction('tensorflow.compat.v1.nn.sigmoid_cross_entropy_with_logits', '', null),
    ],
    computes: 'sigmoid',
    notes: ['Its labels are a separate probability for each class.'],
  },
  {
    ...TFJS,
    id: 'tfjs.softmaxCrossEntropy',
    calls: [
      ofFunction(
        ['tf.losses.softmaxCrossEntropy', '@tensorflow/tfjs.losses.softmaxCrossEntropy'],
        'onehotLabels logits weights labelSmoothing reduction',
        'labelSmoothing',
      ),
    ],
    conventions: ['UNIFORM_K'],
    notes: [
      'With more than two axes α is divided by the size of axis 1, not by K, so targets don’t sum to 1.',
      'Its documentation says “towards 1/2”, but the code smooths towards 1/K.',
      'Reduction MEAN divides by the sum of the weights.',
    ],
    source: 'tensorflow/tfjs tfjs-core/src/ops/losses/softmax_cross_entropy.ts @0fc04d9; 4.22',
  },
  {
    ...TFJS,
    id: 'tfjs.sigmoidCrossEntropy',
    calls: [
      ofFunction(
        ['tf.losses.sigmoidCrossEntropy', '@tensorflow/tfjs.losses.sigmoidCrossEntropy'],
        'multiClassLabels logits weights labelSmoothing reduction',
        'labelSmoothing',
      ),
    ],
    conventions: ['BINARY_HALF'],
    notes: ['tf.metrics and losses passed to compile() by name have no smoothing.'],
    source: 'tensorflow/tfjs tfjs-core/src/ops/losses/sigmoid_cross_entropy.ts @0fc04d9; 4.22',
  },
];
