import { UNCHECKED, UNKNOWN_RANGE } from '../acceptedAlpha.ts';
import { ofClass, ofFunction } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';
import type { FrameworkPackage } from '../frameworkPackage.ts';

/** TensorFlow 2 has the losses and metrics in `tf.losses` and `tf.metrics`, too; TensorFlow 1 its own, with other names. */
const ROOTS = ['keras', 'tensorflow.keras', 'tf_keras', 'tensorflow'];

/** One thing under each name Keras goes by. */
function paths(of: string): readonly string[] {
  return ROOTS.map((root) => `${root}.${of}`);
}

const KERAS_PACKAGE: FrameworkPackage = {
  name: 'keras',
  handwritten: { framework: 'Keras', code: /\btf\.|\bkeras\b|\bK\./ },
  customary: { keras: 'keras' },
  aliases: { 'keras.api.': 'keras.', 'keras.src.': 'keras.', 'tf_keras.src.': 'tf_keras.' },
  layers: { Dense: { parameter: 'units', position: 0 } },
  takesNames: [
    { call: 'compile', argument: 'loss', position: 1 },
    { call: 'compile', argument: 'metrics', position: 2 },
    { call: 'compile', argument: 'weighted_metrics' },
    {
      call: 'get',
      argument: 'identifier',
      position: 0,
      paths: [...paths('losses.get'), ...paths('metrics.get')],
    },
  ],
};

/** What Keras' losses have in common. Their class weights and sample weights multiply a whole row, after smoothing. */
const KERAS = {
  framework: 'Keras',
  package: KERAS_PACKAGE,
  default: 0,
  range: UNCHECKED,
  reduction: 'mean',
  denominator: 'rows',
  weights: 'row',
  classAxis: -1,
  clips: true,
  verified: 'run',
  source: 'keras-team/keras keras/src/losses/losses.py @3422977a5e; release 3.15.1',
} as const satisfies Partial<FrameworkApi>;

/** Fixed on main in August 2026 by f4d0e5d83b. */
const AXIS_BUG = 'Up to Keras 3.15.1, K is taken from the last axis, whatever `axis` says.';

/** Keras, under all of its names. */
export const KERAS_APIS: readonly FrameworkApi[] = [
  {
    ...KERAS,
    id: 'keras.CategoricalCrossentropy',
    names: ['categorical_crossentropy', 'CategoricalCrossentropy'],
    calls: [
      ofClass(
        paths('losses.CategoricalCrossentropy'),
        'from_logits label_smoothing axis reduction',
        'label_smoothing',
      ),
      ofFunction(
        [...paths('losses.categorical_crossentropy'), ...paths('metrics.categorical_crossentropy')],
        'y_true y_pred from_logits label_smoothing axis',
        'label_smoothing',
      ),
    ],
    conventions: ['UNIFORM_K'],
    notes: [
      AXIS_BUG,
      'CategoricalCrossentropy(0.1) sets from_logits, not the smoothing.',
      'Without from_logits, predictions are divided by their sum and clipped to 1e−7 … 1 − 1e−7.',
      'The mean divides by the number of rows, not by the sum of the weights.',
    ],
  },
  {
    ...KERAS,
    id: 'keras.BinaryCrossentropy',
    names: ['binary_crossentropy', 'BinaryCrossentropy'],
    calls: [
      ofClass(
        paths('losses.BinaryCrossentropy'),
        'from_logits label_smoothing axis reduction',
        'label_smoothing',
      ),
      ofFunction(
        [...paths('losses.binary_crossentropy'), ...paths('metrics.binary_crossentropy')],
        'y_true y_pred from_logits label_smoothing axis',
        'label_smoothing',
      ),
      ofClass(
        paths('metrics.BinaryCrossentropy'),
        'name dtype from_logits label_smoothing',
        'label_smoothing',
      ),
    ],
    conventions: ['BINARY_HALF'],
    notes: ['On a one-hot row of K columns the targets sum to 1 + α(K/2 − 1).'],
  },
  {
    ...KERAS,
    id: 'keras.CategoricalFocalCrossentropy',
    names: ['categorical_focal_crossentropy', 'CategoricalFocalCrossentropy'],
    calls: [
      ofClass(
        paths('losses.CategoricalFocalCrossentropy'),
        'alpha gamma from_logits label_smoothing axis reduction',
        'label_smoothing',
      ),
      ofFunction(
        paths('losses.categorical_focal_crossentropy'),
        'y_true y_pred alpha gamma from_logits label_smoothing axis',
        'label_smoothing',
      ),
    ],
    conventions: ['UNIFORM_K'],
    focal: { balance: 0.25, gamma: 2 },
    notes: ['`alpha` is the weight of the focal loss, not the smoothing.', AXIS_BUG],
  },
  {
    ...KERAS,
    id: 'keras.BinaryFocalCrossentropy',
    names: ['binary_focal_crossentropy', 'BinaryFocalCrossentropy'],
    calls: [
      ofClass(
        paths('losses.BinaryFocalCrossentropy'),
        'apply_class_balancing alpha gamma from_logits label_smoothing axis reduction',
        'label_smoothing',
      ),
      ofFunction(
        paths('losses.binary_focal_crossentropy'),
        'y_true y_pred apply_class_balancing alpha gamma from_logits label_smoothing axis',
        'label_smoothing',
      ),
    ],
    conventions: ['BINARY_HALF'],
    computes: 'focal',
    beyond: 'a focal factor built from the smoothed target',
    notes: ['`alpha` is the weight of the focal loss, not the smoothing.'],
  },
  {
    ...KERAS,
    id: 'keras.SparseCategoricalCrossentropy',
    names: ['sparse_categorical_crossentropy', 'SparseCategoricalCrossentropy'],
    calls: [
      ofClass(
        paths('losses.SparseCategoricalCrossentropy'),
        'from_logits ignore_class reduction axis name dtype label_smoothing',
        'label_smoothing',
      ),
      ofFunction(
        [
          ...paths('losses.sparse_categorical_crossentropy'),
          ...paths('metrics.sparse_categorical_crossentropy'),
        ],
        'y_true y_pred from_logits ignore_class axis',
        'label_smoothing',
      ),
      ofClass(
        paths('metrics.SparseCategoricalCrossentropy'),
        'name dtype from_logits axis',
        'label_smoothing',
      ),
    ],
    conventions: ['UNIFORM_K'],
    default: null,
    offWithout: true,
    ignore: { argument: 'ignore_class', index: null },
    // tf_keras stays as it is; tf.keras is Keras 3 in recent releases of TensorFlow.
    since: { package: 'keras', after: '3.15.1', never: ['tf_keras'] },
    versions:
      "Only after 3.15.1 (#23488). Up to 3.15.1: TypeError: unexpected keyword argument 'label_smoothing'",
    notes: ['Only the TypeError was verified by running it.'],
  },
  {
    ...KERAS,
    id: 'keras.metrics.CategoricalCrossentropy',
    calls: [
      ofClass(
        paths('metrics.CategoricalCrossentropy'),
        'name dtype from_logits label_smoothing axis',
        'label_smoothing',
      ),
    ],
    conventions: ['UNIFORM_K'],
    notes: [
      'The docstring’s example (0.2 gives 0.1 and 0.9) holds only for K = 2.',
      'metrics.BinaryCrossentropy smooths as the loss does.',
    ],
  },
  {
    ...KERAS,
    id: 'tf_keras.legacy',
    sameCallAs: 'keras.CategoricalCrossentropy',
    framework: 'TensorFlow ≤ 2.0',
    calls: [
      ofFunction(
        'tensorflow.keras.losses.categorical_crossentropy',
        'y_true y_pred from_logits label_smoothing',
        'label_smoothing',
      ),
    ],
    conventions: ['UNIFORM_K'],
    versions: 'Up to TensorFlow 2.0.',
    notes: ['TensorFlow 1.14 and 2.0 took K from axis 1: wrong for more than two axes.'],
    verified: 'read',
    source: 'tensorflow/tensorflow#32231; tf-keras @dd0a7237b',
  },
  {
    ...KERAS,
    id: 'keras_cv.FocalLoss',
    framework: 'KerasCV',
    calls: [
      ofClass('keras_cv.losses.FocalLoss', 'alpha gamma from_logits label_smoothing', 'label_smoothing'),
    ],
    conventions: ['BINARY_HALF'],
    computes: 'focal',
    beyond: 'a focal factor',
    range: UNKNOWN_RANGE,
    notes: ['`alpha` is the weight of the focal loss, not the smoothing. KerasHub has no label smoothing.'],
    verified: 'read',
    source: 'keras-team/keras-cv keras_cv/src/losses/focal.py @94b0a551d',
  },
];
