import { type AlphaRange, UNCHECKED } from '../acceptedAlpha.ts';
import { ofClass, ofKeys } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';

/** Also for the integers 0 and 1. */
const MM_RANGE: AlphaRange = {
  from: 0,
  to: 1,
  open: 'to',
  below: 'raises',
  above: 'raises',
  error: 'AssertionError: LabelSmoothLoss accepts a float label_smooth_val over [0, 1), but gets X',
  at: 'construction',
  floatOnly: true,
};

const MM = {
  framework: 'MMPretrain',
  calls: [
    ofClass(
      ['mmpretrain.models.losses.LabelSmoothLoss', 'LabelSmoothLoss'],
      'label_smooth_val num_classes use_sigmoid mode reduction loss_weight class_weight pos_weight',
      'label_smooth_val',
      { registered: { names: ['LabelSmoothLoss'] } },
    ),
    ofKeys('label_smooth_val'),
  ],
  package: {
    name: 'mmpretrain',
    aliases: { 'mmcls.': 'mmpretrain.' },
  },
  // Without a mode `use_sigmoid` changes nothing.
  chosenBy: {
    argument: 'mode',
    values: { original: 'UNIFORM_K', classy_vision: 'ADDITIVE_RENORM', multi_label: 'BINARY_FULL' },
    otherwise: 'UNIFORM_K',
  },
  default: null,
  range: MM_RANGE,
  reduction: 'mean',
  denominator: 'rows',
  verified: 'run',
  source: 'open-mmlab/mmpretrain mmpretrain/models/losses/label_smooth_loss.py @ee7f2e8',
} as const satisfies Partial<FrameworkApi>;

/** OpenMMLab’s projects. */
export const OPENMMLAB: readonly FrameworkApi[] = [
  {
    ...MM,
    id: 'mmpretrain.original',
    conventions: ['UNIFORM_K'],
    weights: 'target',
    notes: ['Its mode is "original", the default.'],
  },
  {
    ...MM,
    id: 'mmpretrain.classy',
    sameCallAs: 'mmpretrain.original',
    conventions: ['ADDITIVE_RENORM'],
    notes: ['Its mode is "classy_vision".'],
  },
  {
    ...MM,
    id: 'mmpretrain.multi_label',
    sameCallAs: 'mmpretrain.original',
    conventions: ['BINARY_FULL'],
    notes: [
      'Its mode is "multi_label", with use_sigmoid. At the same α it smooths twice as much as Keras.',
      'Any label above 0 counts as 1, so mixed labels are lost.',
    ],
  },
  {
    conventions: ['UNIFORM_K'],
    default: 0,
    range: UNCHECKED,
    reduction: 'mean',
    denominator: 'rows',
    verified: 'read',
    id: 'mmaction2',
    framework: 'MMAction2',
    calls: [ofKeys('label_smooth_eps')],
    notes: ['Multi-label heads use the same targets, with a sigmoid for each class.'],
    source: 'open-mmlab/mmaction2 mmaction/models/heads/base.py @4d6c934',
  },
];
