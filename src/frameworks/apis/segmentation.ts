import { POSITIVE, UNCHECKED } from '../acceptedAlpha.ts';
import { ofClass } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';
import { PYTORCH_RANGE } from './pytorch.ts';

const LOSS = {
  default: null,
  reduction: 'mean',
  denominator: 'rows',
  ignore: { argument: 'ignore_index', index: -100 },
  verified: 'run',
  source: 'qubvel-org/segmentation_models.pytorch losses @5006616',
} as const satisfies Partial<FrameworkApi>;

const SMP = {
  ...LOSS,
  framework: 'segmentation_models.pytorch',
  package: {
    name: 'segmentation_models_pytorch',
    customary: { smp: 'segmentation_models_pytorch' },
  },
} as const satisfies Partial<FrameworkApi>;

const ALL_PIXELS = 'The mean divides by all pixels, including ignored ones.';

/** Losses of image segmentation. */
export const SEGMENTATION: readonly FrameworkApi[] = [
  {
    ...SMP,
    id: 'smp.SoftCrossEntropyLoss',
    calls: [
      ofClass(
        [
          'segmentation_models_pytorch.losses.SoftCrossEntropyLoss',
          'segmentation_models_pytorch.losses.soft_ce.SoftCrossEntropyLoss',
        ],
        'reduction smooth_factor ignore_index dim',
        'smooth_factor',
        { registered: { names: ['SoftCrossEntropyLoss'], withArgument: true } },
      ),
    ],
    conventions: ['UNIFORM_K'],
    range: UNCHECKED,
    notes: [
      'smooth_factor=None, the default, raises TypeError on the first call.',
      ALL_PIXELS,
      'Its documentation shows [0.9, 0.05, 0.05], as if α went to the other classes only; the code gives [0.933, 0.033, 0.033].',
    ],
  },
  {
    ...SMP,
    id: 'smp.SoftBCEWithLogitsLoss',
    calls: [
      ofClass(
        [
          'segmentation_models_pytorch.losses.SoftBCEWithLogitsLoss',
          'segmentation_models_pytorch.losses.soft_bce.SoftBCEWithLogitsLoss',
        ],
        'weight ignore_index reduction smooth_factor pos_weight',
        'smooth_factor',
        { registered: { names: ['SoftBCEWithLogitsLoss'], withArgument: true } },
      ),
    ],
    conventions: ['BINARY_FULL'],
    range: UNCHECKED,
    weights: 'target',
    notes: [ALL_PIXELS],
  },
  {
    ...LOSS,
    id: 'toolbelt',
    framework: 'pytorch-toolbelt',
    calls: [
      ofClass(
        'pytorch_toolbelt.losses.SoftCrossEntropyLoss',
        'reduction smooth_factor ignore_index dim',
        'smooth_factor',
        { convention: 'UNIFORM_K' },
      ),
      ofClass('pytorch_toolbelt.losses.BiTemperedLogisticLoss', 't1 t2 smoothing', 'smoothing', {
        convention: 'UNIFORM_OTHERS',
      }),
    ],
    conventions: ['UNIFORM_K', 'UNIFORM_OTHERS'],
    choice: 'SoftCrossEntropyLoss is UNIFORM_K, BiTemperedLogisticLoss is UNIFORM_OTHERS',
    default: 0,
    range: POSITIVE,
    notes: [ALL_PIXELS, 'Verified by running SoftCrossEntropyLoss and by reading BiTemperedLogisticLoss.'],
    source: 'BloodAxe/pytorch-toolbelt @05e07ac',
  },
  {
    default: 0,
    reduction: 'mean',
    denominator: 'rows',
    verified: 'read',
    id: 'monai.DiceCELoss',
    framework: 'MONAI',
    calls: [ofClass(['monai.losses.DiceCELoss', 'monai.losses.dice.DiceCELoss'], '', 'label_smoothing')],
    conventions: ['UNIFORM_K'],
    range: PYTORCH_RANGE,
    computes: 'sum',
    beyond: 'a Dice loss, which is never smoothed',
    weights: 'target',
    notes: ['With one channel it’s a binary loss, and the argument has no effect.'],
    source: 'Project-MONAI/MONAI monai/losses/dice.py @d388d1c',
  },
];
