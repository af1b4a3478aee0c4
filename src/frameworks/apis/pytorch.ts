import { type AlphaRange, UNKNOWN_RANGE } from '../acceptedAlpha.ts';
import { ofClass, ofFunction } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';
import type { FrameworkPackage } from '../frameworkPackage.ts';

/** The constructor never looks at it. */
export const PYTORCH_RANGE: AlphaRange = {
  from: 0,
  to: 1,
  below: 'off',
  above: 'raises',
  error: 'RuntimeError: label_smoothing must be between 0.0 and 1.0. Got: X',
  at: 'call',
};

const TORCH: FrameworkPackage = {
  name: 'torch',
  handwritten: { framework: 'PyTorch', code: /\bnn\.|\btorch\b|\bF\./, byImport: true },
  customary: { torch: 'torch', nn: 'torch.nn', F: 'torch.nn.functional' },
  // Operators have the names of functions, and other arguments.
  lookalikes: { under: 'nn', notUnder: '_C' },
  layers: {
    Linear: { parameter: 'out_features', position: 1 },
    LazyLinear: { parameter: 'out_features', position: 0 },
  },
};

/** True acts as 1, and None is a TypeError. */
const SPECIAL = { ifTrue: 1, refusesNone: true } as const;

const CROSS_ENTROPY = [
  ofClass(
    ['torch.nn.CrossEntropyLoss', 'torch.nn.modules.loss.CrossEntropyLoss'],
    'weight size_average ignore_index reduce reduction label_smoothing',
    'label_smoothing',
    SPECIAL,
  ),
  ofFunction(
    'torch.nn.functional.cross_entropy',
    'input target weight size_average ignore_index reduce reduction label_smoothing',
    'label_smoothing',
    SPECIAL,
  ),
];

/** What all the losses below have in common. */
const WITHOUT = {
  framework: 'PyTorch',
  package: TORCH,
  conventions: [],
  instead: 'nothing',
  default: null,
  range: UNKNOWN_RANGE,
  reduction: 'mean',
  denominator: 'counted',
  verified: 'run',
  source: 'torch 1.13',
} as const satisfies Partial<FrameworkApi>;

/** A loss that has no such argument. */
function without(
  name: string,
  functional: string | null,
  parameters: string,
  more: Pick<FrameworkApi, 'computes' | 'takes'>,
): FrameworkApi {
  return {
    ...WITHOUT,
    ...more,
    id: `torch.${name}`,
    calls: [
      ofClass([`torch.nn.${name}`, `torch.nn.modules.loss.${name}`], parameters, null),
      ...(functional
        ? [ofFunction(`torch.nn.functional.${functional}`, `input target ${parameters}`, null)]
        : []),
    ],
    notes: [`TypeError: ${name}.__init__() got an unexpected keyword argument 'label_smoothing'`],
  };
}

const SIGMOID = { computes: 'sigmoid' } as const;
/** Instead of `reduction`, deprecated. */
const OLD = 'size_average reduce reduction';

/** PyTorch’s own losses, those without smoothing too: the argument is a TypeError there. */
export const PYTORCH: readonly FrameworkApi[] = [
  {
    id: 'torch.CrossEntropyLoss.index',
    framework: 'PyTorch',
    package: TORCH,
    calls: CROSS_ENTROPY,
    conventions: ['UNIFORM_K'],
    default: 0,
    range: PYTORCH_RANGE,
    reduction: 'mean',
    denominator: 'weight',
    ignore: { argument: 'ignore_index', index: -100 },
    weights: 'target',
    versions:
      'PyTorch has had label_smoothing since 1.10. In 1.10 and 1.11, smoothing together with ignore_index or weight gave wrong results.',
    notes: [
      'Classes are on axis 1, or on axis 0 without a batch.',
      'If all rows are ignored, the mean is NaN.',
    ],
    smoothedNotes: ['With smoothing, one −∞ logit makes the loss of its row infinite.'],
    oddAlpha: 'An α of NaN acts as 0, and True acts as 1.',
    verified: 'run',
    source: 'pytorch/pytorch aten/src/ATen/native/LossNLL.cpp @0321fa7',
  },
  {
    id: 'torch.CrossEntropyLoss.prob',
    framework: 'PyTorch',
    package: TORCH,
    // Which of the two it is depends on the targets, at run time.
    sameCallAs: 'torch.CrossEntropyLoss.index',
    calls: CROSS_ENTROPY,
    conventions: ['UNIFORM_K'],
    default: 0,
    range: PYTORCH_RANGE,
    reduction: 'mean',
    denominator: 'counted',
    weights: 'target',
    versions: 'PyTorch has had label_smoothing since 1.10.',
    notes: [
      'Probability targets have the shape of the logits and a floating-point type. Whether rows sum to 1 is never checked.',
      'The mean divides by the number of rows even with weights, unlike with class indices.',
      'A target of 0 times a −∞ logit is NaN, even without smoothing.',
    ],
    verified: 'run',
    source: 'pytorch/pytorch aten/src/ATen/native/LossNLL.cpp @0321fa7',
  },
  without('BCEWithLogitsLoss', 'binary_cross_entropy_with_logits', `weight ${OLD} pos_weight`, SIGMOID),
  without('BCELoss', 'binary_cross_entropy', `weight ${OLD}`, SIGMOID),
  without('NLLLoss', 'nll_loss', 'weight size_average ignore_index reduce reduction', { computes: 'ce' }),
  without('MultiMarginLoss', 'multi_margin_loss', `p margin weight ${OLD}`, { computes: 'other' }),
  without('MultiLabelSoftMarginLoss', 'multilabel_soft_margin_loss', `weight ${OLD}`, SIGMOID),
  without('KLDivLoss', 'kl_div', `${OLD} log_target`, { computes: 'kl', takes: 'probabilities' }),
  without('GaussianNLLLoss', null, '', { computes: 'other' }),
];
