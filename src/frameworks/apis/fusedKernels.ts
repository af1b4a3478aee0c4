import { type AlphaRange, UNCHECKED, UNKNOWN_RANGE } from '../acceptedAlpha.ts';
import { ofClass, ofFlags, ofFunction } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';

/** Losses with kernels of their own, mostly for GPUs: their source was read. */
const KERNEL = {
  conventions: ['UNIFORM_K'],
  default: 0,
  range: UNCHECKED,
  reduction: 'mean',
  denominator: 'counted',
  verified: 'read',
} as const satisfies Partial<FrameworkApi>;

const BELOW_ONE: AlphaRange = {
  from: 0,
  to: 1,
  open: 'to',
  below: 'off',
  above: 'raises',
  error: 'AssertionError',
  at: 'call',
};

/** Losses with kernels of their own. */
export const KERNELS: readonly FrameworkApi[] = [
  {
    ...KERNEL,
    id: 'apex.xentropy',
    framework: 'Apex',
    calls: [
      ofFunction(
        'apex.contrib.xentropy.SoftmaxCrossEntropyLoss.apply',
        'logits labels smoothing padding_idx half_to_float',
        'smoothing',
      ),
    ],
    reduction: 'none',
    ignore: { argument: 'padding_idx', index: 0 },
    notes: ['padding_idx is 0 by default, so rows of class 0 are silently dropped.'],
    source: 'NVIDIA/apex apex/contrib/xentropy/softmax_xentropy.py @6424da3',
  },
  {
    ...KERNEL,
    id: 'apex.focal',
    framework: 'Apex',
    calls: [
      ofFunction(
        [
          'apex.contrib.focal_loss.focal_loss',
          'apex.contrib.focal_loss.focal_loss.focal_loss',
          'apex.contrib.focal_loss.FocalLoss.apply',
          'apex.contrib.focal_loss.focal_loss.FocalLoss.apply',
        ],
        'cls_output cls_targets_at_level num_positives_sum num_real_classes alpha gamma label_smoothing',
        'label_smoothing',
      ),
    ],
    conventions: [],
    instead: 'focal',
    range: UNKNOWN_RANGE,
    notes: [
      '`alpha` is the weight of the focal loss, not the smoothing. The smoothing is spread over all K classes, with a K that is fixed in the kernel.',
    ],
    source: 'NVIDIA/apex apex/contrib/csrc/focal_loss/focal_loss_cuda_kernel.cu @6424da3',
  },
  {
    ...KERNEL,
    id: 'nvidia.DLE',
    framework: 'NVIDIA DeepLearningExamples',
    calls: [
      ofClass(['image_classification.smoothing.LabelSmoothing'], 'smoothing', 'smoothing'),
      ofFlags('--label-smoothing', {
        signs: [{ words: [/multiproc\.py|--static-loss-scale|--data-backend\s+dali|launch\.py\s+--model/] }],
      }),
    ],
    denominator: 'rows',
    verified: 'run',
    source:
      'NVIDIA/DeepLearningExamples PyTorch/Classification/ConvNets/image_classification/smoothing.py @729963d',
  },
  {
    ...KERNEL,
    id: 'megatron',
    framework: 'Megatron-LM',
    calls: [
      ofFunction(
        [
          'megatron.core.tensor_parallel.vocab_parallel_cross_entropy',
          'megatron.core.tensor_parallel.cross_entropy.vocab_parallel_cross_entropy',
        ],
        'logits target label_smoothing tp_group',
        'label_smoothing',
      ),
      ofFlags('--label-smoothing', {
        signs: [
          { words: [/--tensor-model-parallel-size/] },
          { words: [], script: /pretrain_(?:gpt|bert|t5)/ },
        ],
      }),
    ],
    conventions: ['UNIFORM_OTHERS'],
    range: BELOW_ONE,
    reduction: 'none',
    classAxis: -1,
    notes: [
      'With tensor parallelism, K is the size of one shard, so the ranks disagree (#737, #7452, #7464).',
    ],
    verified: 'formula',
    source: 'NVIDIA/Megatron-LM megatron/core/tensor_parallel/cross_entropy.py @d98e8a6',
  },
  {
    ...KERNEL,
    id: 'flash_attn',
    framework: 'flash-attention',
    calls: [
      ofClass(
        'flash_attn.losses.cross_entropy.CrossEntropyLoss',
        'ignore_index reduction label_smoothing logit_scale lse_square_scale',
        'label_smoothing',
      ),
    ],
    ignore: { argument: 'ignore_index', index: -100 },
    notes: [
      'logit_scale and lse_square_scale change the loss if they are set.',
      'A label out of range still adds the smoothed part of its loss.',
    ],
    source: 'Dao-AILab/flash-attention flash_attn/ops/triton/cross_entropy.py @0251105',
  },
  {
    ...KERNEL,
    id: 'liger',
    framework: 'Liger Kernel',
    calls: [
      ofClass(
        ['liger_kernel.transformers.LigerCrossEntropyLoss'],
        'weight ignore_index lse_square_scale label_smoothing reduction softcap',
        'label_smoothing',
      ),
      ofFunction(
        'liger_kernel.transformers.functional.liger_cross_entropy',
        'input target weight size_average ignore_index reduce reduction label_smoothing',
        'label_smoothing',
      ),
    ],
    range: {
      from: 0,
      to: 1,
      below: 'raises',
      above: 'raises',
      error: 'AssertionError: label_smoothing must be between 0.0 and 1.0. Got: X',
      at: 'construction',
    },
    denominator: 'weight',
    ignore: { argument: 'ignore_index', index: -100 },
    weights: 'target',
    notes: ['softcap and lse_square_scale change the loss if they are set.'],
    source: 'linkedin/Liger-Kernel src/liger_kernel/ops/cross_entropy.py @ead96b6',
  },
];
