import { type AlphaRange, UNCHECKED, UNKNOWN_RANGE } from '../acceptedAlpha.ts';
import { ofFunction } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';
import type { FrameworkPackage } from '../frameworkPackage.ts';

/** 0·ln 0 at α = 1. */
const BELOW_ONE: AlphaRange = { from: 0, to: 1, open: 'to', below: 'unknown', above: 'nan' };

/** The losses of Google's JAX and TensorFlow examples: rows are weighed by a mask, and who calls them divides. */
const EXAMPLES = {
  conventions: ['UNIFORM_OTHERS'],
  default: 0,
  range: BELOW_ONE,
  form: 'ce-constant',
  reduction: 'sum',
  denominator: 'counted',
  weights: 'row',
  classAxis: -1,
  verified: 'read',
} as const satisfies Partial<FrameworkApi>;

const OPTAX: FrameworkPackage = {
  name: 'optax',
  handwritten: { framework: 'JAX', code: /\bjnp\b|\bjax\b/ },
  customary: { optax: 'optax' },
};

/** optax, and losses of examples for JAX and of their relatives in TensorFlow. */
export const JAX: readonly FrameworkApi[] = [
  {
    id: 'optax.smooth_labels',
    framework: 'optax',
    package: OPTAX,
    calls: [ofFunction(['optax.smooth_labels', 'optax.losses.smooth_labels'], 'labels alpha', 'alpha')],
    conventions: ['UNIFORM_K'],
    default: null,
    range: UNCHECKED,
    reduction: 'none',
    denominator: 'rows',
    classAxis: -1,
    versions: 'axis= and where= exist only in recent releases. With where=, K is the number of classes kept.',
    notes: [
      'optax.softmax_cross_entropy computes the loss of these targets, one value per row.',
      'Integer labels raise TypeError. Multi-hot labels still sum to more than 1.',
    ],
    verified: 'run',
    source: 'google-deepmind/optax optax/losses/_smoothing.py @2edbcbe2; 0.2.8',
  },
  {
    id: 'optax.softmax_cross_entropy',
    framework: 'optax',
    package: OPTAX,
    calls: [
      ofFunction(
        [
          'optax.softmax_cross_entropy',
          'optax.losses.softmax_cross_entropy',
          'optax.safe_softmax_cross_entropy',
          'optax.losses.safe_softmax_cross_entropy',
        ],
        'logits labels axis',
        null,
      ),
    ],
    conventions: [],
    computes: 'ce',
    takes: 'probabilities',
    instead: 'nothing',
    default: null,
    range: UNKNOWN_RANGE,
    reduction: 'none',
    denominator: 'rows',
    classAxis: -1,
    notes: [
      'Its labels are probabilities, or one-hot: optax.smooth_labels smooths them. label_smoothing raises TypeError.',
    ],
    verified: 'read',
    source: 'optax 0.2.8',
  },
  {
    id: 'optax.integer',
    framework: 'optax',
    package: OPTAX,
    calls: [
      ofFunction(
        [
          'optax.softmax_cross_entropy_with_integer_labels',
          'optax.losses.softmax_cross_entropy_with_integer_labels',
        ],
        'logits labels',
        null,
      ),
    ],
    conventions: [],
    computes: 'ce',
    instead: 'nothing',
    default: null,
    range: UNKNOWN_RANGE,
    reduction: 'none',
    denominator: 'rows',
    notes: ['label_smoothing raises TypeError.'],
    verified: 'run',
    source: 'optax 0.2.8',
  },
  {
    ...EXAMPLES,
    id: 'flax.wmt_lm1b',
    framework: 'Flax examples',
    calls: [
      ofFunction(
        'compute_weighted_cross_entropy',
        'logits targets weights label_smoothing',
        'label_smoothing',
      ),
    ],
    notes: ['The WMT config sets 0.1. With K = 1 it divides by 0.'],
    verified: 'formula',
    source: 'google/flax examples/wmt/train.py, lm1b/train.py @18f8f31',
  },
  {
    ...EXAMPLES,
    id: 't5x',
    framework: 'T5X',
    calls: [
      ofFunction(
        't5x.losses.compute_weighted_cross_entropy',
        'logits targets weights label_smoothing z_loss loss_normalizing_factor',
        'label_smoothing',
      ),
    ],
    notes: [
      'If they are set, z_loss adds z_loss·logsumexp², and loss_normalizing_factor divides the sum.',
      'Its gin configs set LABEL_SMOOTHING.',
    ],
    source: 'google-research/t5x t5x/losses.py @cc342d4',
  },
  {
    ...EXAMPLES,
    id: 't2t',
    framework: 'tensor2tensor',
    calls: [
      ofFunction(
        'tensor2tensor.layers.common_layers.padded_cross_entropy',
        'logits labels label_smoothing',
        'label_smoothing',
      ),
      ofFunction(
        'tensor2tensor.layers.common_layers.smoothing_cross_entropy',
        'logits labels vocab_size confidence',
        'confidence',
        { complement: true },
      ),
    ],
    default: 0.1,
    ignore: { argument: 'weights_fn', index: 0 },
    notes: [
      'confidence is 1 − α.',
      'gaussian=True uses a different target: a normal density over the class index.',
      'Rows with label 0 have weight 0.',
    ],
    source: 'tensorflow/tensor2tensor layers/common_layers.py @bafdc1b6',
  },
  {
    ...EXAMPLES,
    id: 'big_vision',
    framework: 'big_vision',
    calls: [ofFunction('big_vision.utils.weighted_softmax_xent', 'logits labels', 'label_smoothing')],
    range: UNKNOWN_RANGE,
    form: 'ce',
    reduction: 'mean',
    notes: ['No constant is subtracted, unlike in related libraries. The mean is taken over each sequence.'],
    source: 'google-research/big_vision big_vision/utils.py @0127fb6',
  },
  {
    ...EXAMPLES,
    id: 'scenic',
    offWithout: true,
    framework: 'Scenic',
    calls: [
      ofFunction(
        'scenic.model_lib.base_models.model_utils.weighted_softmax_cross_entropy',
        'logits one_hot_targets weights label_smoothing label_weights',
        'label_smoothing',
      ),
      ofFunction(
        'scenic.model_lib.base_models.model_utils.apply_label_smoothing',
        'one_hot_targets label_smoothing',
        'label_smoothing',
      ),
    ],
    conventions: ['UNIFORM_K'],
    default: null,
    range: UNKNOWN_RANGE,
    form: 'ce',
    reduction: 'mean',
    weights: 'target',
    notes: ['Its multi-label model uses the same targets, with a sigmoid for each class.'],
    source: 'google-research/scenic scenic/model_lib/base_models/model_utils.py @4a38d47',
  },
];
