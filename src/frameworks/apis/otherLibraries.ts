import { type AlphaRange, UNKNOWN_RANGE } from '../acceptedAlpha.ts';
import { ofBuilder, ofClass, ofFunction, ofKeys, ofMethod } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';
import type { FrameworkPackage } from '../frameworkPackage.ts';

const OTHER = {
  conventions: ['UNIFORM_K'],
  default: 0,
  range: UNKNOWN_RANGE,
  reduction: 'mean',
  denominator: 'counted',
  verified: 'read',
} as const satisfies Partial<FrameworkApi>;

function refused(error: string, at: AlphaRange['at'], open?: AlphaRange['open']): AlphaRange {
  return {
    from: 0,
    to: 1,
    ...(open && { open }),
    below: 'raises',
    above: 'raises',
    error,
    ...(at && { at }),
  };
}

const BURN_RANGE = refused(
  'panic: Alpha of Cross-entropy loss with smoothed labels should be in interval [0, 1]. Got X',
  'construction',
);

/** A project that was searched, and has no label smoothing. */
function none(id: string, source: string): FrameworkApi {
  return {
    ...OTHER,
    id,
    framework: id,
    calls: [],
    conventions: [],
    instead: 'nothing',
    default: null,
    source,
  };
}

/** `gluon` is its high-level half. */
const MXNET: FrameworkPackage = {
  name: 'mxnet',
  customary: { mx: 'mxnet', gluon: 'mxnet.gluon' },
  aliases: { 'mx.': 'mxnet.' },
};

/** Frameworks of their own, other languages, and projects that were searched in vain. */
export const OTHERS: readonly FrameworkApi[] = [
  {
    ...OTHER,
    id: 'paddle',
    framework: 'Paddle',
    package: { name: 'paddle', customary: { paddle: 'paddle' } },
    calls: [
      ofClass(
        'paddle.nn.CrossEntropyLoss',
        'weight ignore_index reduction soft_label axis use_softmax label_smoothing name',
        'label_smoothing',
      ),
      ofFunction(
        'paddle.nn.functional.cross_entropy',
        'input label weight ignore_index reduction soft_label axis use_softmax label_smoothing name',
        'label_smoothing',
      ),
      ofFunction('paddle.nn.functional.label_smooth', 'label prior_dist epsilon', 'epsilon', {
        default: 0.1,
      }),
      // PaddleClas: `CELoss: { epsilon: 0.1 }`, and `ls_epsilon` before.
      ofKeys('epsilon', {
        signs: [{ under: /^(?:Mix|KL|Multi)?CELoss$/ }, { beside: { key: 'name', value: /^CELoss$/ } }],
      }),
      ofKeys('ls_epsilon'),
    ],
    takesProbabilitiesWith: { argument: 'soft_label', value: true },
    range: refused('ValueError: The value of epsilon must be between 0 and 1.', 'call'),
    denominator: 'rows',
    classAxis: -1,
    notes: [
      'Smoothing first turns hard labels into soft ones, so don’t rely on ignore_index.',
      'Argument positions come from the signatures. The effect of class weights wasn’t checked.',
    ],
    source: 'PaddlePaddle functional/common.py label_smooth, and copies of cross_entropy',
  },
  {
    ...OTHER,
    id: 'mindspore',
    framework: 'MindSpore',
    calls: [
      ofClass(
        'mindspore.nn.CrossEntropyLoss',
        'weight ignore_index reduction label_smoothing',
        'label_smoothing',
      ),
    ],
    denominator: 'weight',
    ignore: { argument: 'ignore_index', index: -100 },
    weights: 'target',
    notes: ['The same as PyTorch, according to its documentation.'],
    source: 'mindspore.cn r1.8 – r2.11, API pages',
  },
  {
    ...OTHER,
    id: 'mxnet.SoftmaxOutput',
    framework: 'MXNet',
    package: MXNET,
    calls: [ofFunction(['mxnet.sym.SoftmaxOutput', 'mxnet.symbol.SoftmaxOutput'], '', 'smooth_alpha')],
    conventions: ['UNIFORM_OTHERS'],
    range: refused('error of the parameter’s range', 'construction'),
    ignore: { argument: 'ignore_label', index: -1 },
    notes: ['Smooths only the gradient: the forward pass returns a plain softmax.'],
    source: 'apache/mxnet src/operator/softmax_output-inl.h @b84609d',
  },
  {
    ...OTHER,
    id: 'gluon.SoftmaxCrossEntropyLoss',
    framework: 'MXNet Gluon',
    package: MXNET,
    calls: [
      ofClass(
        ['mxnet.gluon.loss.SoftmaxCrossEntropyLoss', 'mxnet.gluon.loss.SoftmaxCELoss'],
        'axis sparse_label from_logits weight batch_axis',
        null,
      ),
    ],
    conventions: [],
    computes: 'ce',
    takesProbabilitiesWith: { argument: 'sparse_label', value: false },
    instead: 'nothing',
    default: null,
    range: UNKNOWN_RANGE,
    classAxis: -1,
    notes: ['Pass it smoothed targets with sparse_label=False. label_smoothing raises TypeError.'],
    source: 'apache/mxnet python/mxnet/gluon/loss.py @b84609d',
  },
  {
    ...OTHER,
    id: 'mlx',
    framework: 'MLX',
    calls: [
      ofFunction(
        'mlx.nn.losses.cross_entropy',
        'logits targets weights axis label_smoothing reduction',
        'label_smoothing',
      ),
    ],
    range: refused('ValueError: Label smoothing must be in [0, 1), got X.', 'call', 'to'),
    reduction: 'none',
    denominator: 'rows',
    weights: 'row',
    classAxis: -1,
    notes: ['A cross-entropy only if the target sums to 1.'],
    source: 'ml-explore/mlx python/mlx/nn/losses.py @846d176',
  },
  {
    ...OTHER,
    id: 'tinygrad',
    framework: 'tinygrad',
    calls: [
      ofMethod('tinygrad.Tensor.cross_entropy', 'Y reduction label_smoothing', 'label_smoothing'),
      ofMethod(
        'tinygrad.Tensor.sparse_categorical_crossentropy',
        'Y ignore_index label_smoothing reduction',
        'label_smoothing',
      ),
    ],
    range: refused('AssertionError: label_smoothing must be in [0.0, 1.0]', 'call'),
    notes: [
      'sparse_categorical_crossentropy expects classes on the last axis, and its ignore_index of −1 ignores nothing.',
    ],
    source: 'tinygrad/tinygrad tinygrad/mixin/op.py @a9069c1',
  },
  {
    ...OTHER,
    id: 'burn.CrossEntropy',
    framework: 'Burn',
    calls: [ofBuilder('burn::nn::loss::CrossEntropyLossConfig', '', 'with_smoothing')],
    default: null,
    range: BURN_RANGE,
    denominator: 'all-weights',
    ignore: { argument: 'with_pad_tokens', index: null },
    weights: 'target',
    notes: [
      'Padded rows count in the denominator: it’s the number of all rows or, with weights, the sum of their weights.',
    ],
    source: 'tracel-ai/burn crates/burn-nn/src/loss/cross_entropy.rs @2c06be3',
  },
  {
    ...OTHER,
    id: 'burn.BinaryCrossEntropy',
    framework: 'Burn',
    calls: [ofBuilder('burn::nn::loss::BinaryCrossEntropyLossConfig', '', 'with_smoothing')],
    conventions: ['BINARY_HALF', 'BINARY_UNIFORM_K'],
    choice: 'BINARY_HALF for one axis, BINARY_UNIFORM_K (K is the last axis) for more',
    default: null,
    range: BURN_RANGE,
    denominator: 'rows',
    source: 'tracel-ai/burn crates/burn-nn/src/loss/binary_cross_entropy.rs @2c06be3',
  },
  {
    ...OTHER,
    id: 'flux',
    framework: 'Flux.jl',
    calls: [ofFunction('Flux.label_smoothing', 'y α', 'α')],
    conventions: ['UNIFORM_K', 'BINARY_HALF'],
    choice: 'dims=1 is UNIFORM_K, dims=0 is BINARY_HALF',
    default: null,
    range: refused('ArgumentError', 'call', 'both'),
    notes: ['Returns only targets.'],
    source: 'FluxML/Flux.jl src/losses/functions.jl @3f2f828',
  },
  none('clu_jraph', 'google/CommonLoopUtils @04ad2f9, google-deepmind/jraph @51f5990'),
  none('candle', 'huggingface/candle @2a13b0f'),
  none('kornia', 'kornia/kornia @b4f5a78a1'),
  none('pytorch-metric-learning', 'KevinMusgrave/pytorch-metric-learning @216a792'),
  none('XGBoost/LightGBM/CatBoost', 'lightgbm#6716: smooth labels by hand, objective cross_entropy'),
];
