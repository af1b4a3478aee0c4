import { UNKNOWN_RANGE } from '../acceptedAlpha.ts';
import { ofClass, ofFlags, ofFunction, ofKeys } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';
import type { FrameworkPackage } from '../frameworkPackage.ts';
import { PYTORCH_RANGE } from './pytorch.ts';
import { BELOW_ONE, VISION } from './timm.ts';

const FASTAI: FrameworkPackage = { name: 'fastai', aliases: { 'fastai2.': 'fastai.' } };

/** One thing under each name that fastai exports it by. */
function fastaiPaths(name: string): readonly string[] {
  const modules = ['losses', 'vision.all', 'basics', 'text.all', 'tabular.all', 'vision.losses', 'layers'];
  return modules.map((module) => `fastai.${module}.${name}`);
}

/** Losses of image classifiers, and options of their training scripts. */
export const VISION_APIS: readonly FrameworkApi[] = [
  {
    ...VISION,
    id: 'torchvision.references',
    framework: 'torchvision',
    calls: [
      ofFlags('--label-smoothing', {
        signs: [
          {
            words: [
              /--lr-scheduler\s+cosineannealinglr|--ra-sampler|--lr-warmup-epochs|--auto-augment\s+(?:ta_wide|imagenet|ra)|references\/classification/,
            ],
          },
        ],
      }),
    ],
    default: 0,
    range: PYTORCH_RANGE,
    notes: ['evaluate() uses the same criterion, so its loss is smoothed, too.'],
    verified: 'read',
    source: 'pytorch/vision#4335; forks of references/classification/train.py',
  },
  {
    ...VISION,
    id: 'deit_convnext',
    framework: 'DeiT, ConvNeXt',
    calls: [
      ofFlags('--smoothing', {
        signs: [
          {
            words: [/--(?:mixup|drop[-_]path|cutmix|reprob|nb_classes)\b|--model[ =](?:deit|convnext)/],
            script: /main/,
          },
        ],
      }),
    ],
    range: { ...BELOW_ONE, below: 'unknown' },
    notes: ['With mixup, the mixup function smooths the targets; otherwise LabelSmoothingCrossEntropy does.'],
    verified: 'read',
    source: 'facebookresearch/deit main.py @7e160fe; facebookresearch/ConvNeXt main.py @048efce',
  },
  {
    ...VISION,
    id: 'classyvision',
    framework: 'ClassyVision',
    calls: [
      ofClass(
        [
          'classy_vision.losses.LabelSmoothingCrossEntropyLoss',
          'classy_vision.losses.label_smoothing_loss.LabelSmoothingCrossEntropyLoss',
        ],
        'ignore_index reduction smoothing_param',
        'smoothing_param',
        { registered: { names: ['label_smoothing_cross_entropy'], withArgument: true } },
      ),
      ofKeys('smoothing_param'),
    ],
    conventions: ['ADDITIVE_RENORM'],
    default: null,
    notes: ['A row with ignore_index isn’t ignored: its target becomes uniform, and its loss counts.'],
    source: 'facebookresearch/ClassyVision classy_vision/losses/label_smoothing_loss.py @08a82e8',
  },
  {
    ...VISION,
    id: 'torchreid',
    copiedAs: 'CrossEntropyLabelSmooth',
    framework: 'torchreid',
    calls: [
      ofClass(
        ['torchreid.losses.CrossEntropyLoss', 'torchreid.losses.cross_entropy_loss.CrossEntropyLoss'],
        'num_classes eps use_gpu label_smooth',
        'eps',
        { switch: 'label_smooth' },
      ),
    ],
    notes: ['It has the same name as PyTorch’s class. label_smooth=False turns smoothing off.'],
    source: 'KaiyangZhou/deep-person-reid torchreid/losses/cross_entropy_loss.py @f8cd150',
  },
  {
    ...VISION,
    id: 'fastai',
    framework: 'fastai',
    package: FASTAI,
    calls: [
      ofClass(fastaiPaths('LabelSmoothingCrossEntropy'), 'eps weight reduction', 'eps'),
      ofClass(fastaiPaths('LabelSmoothingCrossEntropyFlat'), '', 'eps'),
    ],
    weights: 'hard-part',
    notes: [
      'Class weights apply only to the unsmoothed part, unlike in PyTorch.',
      'Before fastai’s pull request #1814 (2019), the coefficients didn’t add up to 1.',
    ],
    verified: 'formula',
    source: 'fastai/fastai fastai/losses.py @0dae7d2',
  },
  {
    ...VISION,
    id: 'fastai.CrossEntropyLossFlat',
    framework: 'fastai',
    package: FASTAI,
    calls: [
      ofClass(
        fastaiPaths('CrossEntropyLossFlat'),
        'weight size_average ignore_index reduce reduction label_smoothing',
        'label_smoothing',
        { ifTrue: 1, refusesNone: true },
      ),
    ],
    default: 0,
    range: PYTORCH_RANGE,
    denominator: 'weight',
    ignore: { argument: 'ignore_index', index: -100 },
    weights: 'target',
    notes: ['It passes its arguments to nn.CrossEntropyLoss, with the rows of all examples in one list.'],
    verified: 'read',
    source: 'fastai/fastai fastai/losses.py @0dae7d2',
  },
  {
    ...VISION,
    id: 'catalyst',
    framework: 'Catalyst',
    calls: [
      ofFunction(
        ['catalyst.contrib.utils.numpy.get_one_hot', 'catalyst.utils.get_one_hot'],
        'label num_classes smoothing',
        'smoothing',
        { onlyWithAlpha: true },
      ),
    ],
    conventions: ['UNIFORM_OTHERS'],
    default: null,
    range: {
      from: 0,
      to: 1,
      open: 'both',
      below: 'raises',
      above: 'raises',
      error: 'AssertionError',
      at: 'call',
    },
    notes: ['Returns only targets.'],
    source: 'catalyst-team/catalyst catalyst/contrib/utils/numpy.py @e99f906',
  },
  {
    ...VISION,
    id: 'composer',
    framework: 'Composer',
    calls: [
      ofClass('composer.algorithms.LabelSmoothing', 'smoothing', 'smoothing'),
      ofFunction(
        ['composer.functional.smooth_labels', 'composer.algorithms.label_smoothing.smooth_labels'],
        'logits target smoothing',
        'smoothing',
      ),
    ],
    range: UNKNOWN_RANGE,
    notes: ['The hard labels are restored after the loss, so metrics see hard labels.'],
    source: 'mosaicml/composer composer/algorithms/label_smoothing @6405188',
  },
];
