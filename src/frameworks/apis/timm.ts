import { type AlphaRange, UNCHECKED, UNKNOWN_RANGE } from '../acceptedAlpha.ts';
import { ofClass, ofFlags, ofKeys } from '../callForm.ts';
import type { FrameworkApi } from '../frameworkApi.ts';

/** Asserts α < 1, without a message. */
export const BELOW_ONE: AlphaRange = {
  from: 0,
  to: 1,
  open: 'to',
  below: 'applies',
  above: 'raises',
  error: 'AssertionError',
  at: 'construction',
};

/** Losses of image classifiers, on by default. */
export const VISION = {
  conventions: ['UNIFORM_K'],
  default: 0.1,
  range: UNCHECKED,
  reduction: 'mean',
  denominator: 'rows',
  verified: 'run',
} as const satisfies Partial<FrameworkApi>;

const TIMM = {
  ...VISION,
  framework: 'timm',
  package: { name: 'timm', customary: { timm: 'timm' } },
  source: 'huggingface/pytorch-image-models timm/loss @aa4b585',
} as const satisfies Partial<FrameworkApi>;

/** Keys of its config files; some are shared with Transformers that are trained by it. */
const TIMM_SIGNS = {
  keys: 'mixup cutmix cutmix_minmax mixup_prob mixup_switch_prob mixup_mode aa reprob remode recount drop_path drop model_ema model_ema_decay train_interpolation bce_loss jsd_loss aug_splits hflip color_jitter sched warmup_lr warmup_epochs',
  least: 3,
};
const TIMM_FLAGS =
  /--(?:mixup|cutmix|drop-path|drop|aa|reprob|remode|model-ema|sched|bce-loss|jsd-loss|amp)\b/;

/** PyTorch image models. */
export const TIMM_APIS: readonly FrameworkApi[] = [
  // Before the softmax loss: its command line has the same signs and one more.
  {
    ...TIMM,
    id: 'timm.BinaryCrossEntropy',
    calls: [
      ofClass(
        ['timm.loss.BinaryCrossEntropy', 'timm.loss.binary_cross_entropy.BinaryCrossEntropy'],
        'smoothing target_threshold',
        'smoothing',
      ),
      ofFlags('--smoothing', { signs: [{ words: [TIMM_FLAGS, /--bce-loss\b/] }] }),
    ],
    conventions: ['BINARY_UNIFORM_K'],
    range: { ...BELOW_ONE, below: 'raises' },
    weights: 'target',
    notes: [
      'Targets that have the shape of the logits aren’t smoothed.',
      'target_threshold turns the targets back into 0 and 1.',
    ],
  },
  {
    ...TIMM,
    id: 'timm.LabelSmoothingCrossEntropy',
    calls: [
      ofClass(
        ['timm.loss.LabelSmoothingCrossEntropy', 'timm.loss.cross_entropy.LabelSmoothingCrossEntropy'],
        'smoothing',
        'smoothing',
      ),
      ofFlags('--smoothing', { signs: [{ words: [TIMM_FLAGS] }] }),
      ofKeys('smoothing', { signs: [TIMM_SIGNS] }),
    ],
    range: BELOW_ONE,
    copiedAs: 'LabelSmoothingCrossEntropy',
    notes: [
      'α is 0.1 by default.',
      'Accepts only (N, K) logits and class indices; there is no ignore index.',
    ],
  },
  {
    ...TIMM,
    id: 'timm.SoftTargetCrossEntropy',
    calls: [
      ofClass(
        ['timm.loss.SoftTargetCrossEntropy', 'timm.loss.cross_entropy.SoftTargetCrossEntropy'],
        '',
        null,
      ),
    ],
    conventions: [],
    computes: 'ce',
    takes: 'probabilities',
    instead: 'nothing',
    default: null,
    range: UNKNOWN_RANGE,
  },
  {
    ...TIMM,
    id: 'timm.Mixup',
    calls: [
      ofClass(
        ['timm.data.Mixup', 'timm.data.mixup.Mixup', 'timm.data.FastCollateMixup'],
        'mixup_alpha cutmix_alpha cutmix_minmax prob switch_prob mode correct_lam label_smoothing num_classes',
        'label_smoothing',
      ),
    ],
    mixes: true,
    notes: ['Returns only targets. A loss that smooths them again smooths twice.', 'α is 0.1 by default.'],
    source: 'huggingface/pytorch-image-models timm/data/mixup.py @aa4b585',
  },
  {
    ...TIMM,
    id: 'timm.JsdCrossEntropy',
    calls: [
      ofClass(
        ['timm.loss.JsdCrossEntropy', 'timm.loss.jsd.JsdCrossEntropy'],
        'num_splits alpha smoothing',
        'smoothing',
      ),
    ],
    range: BELOW_ONE,
    computes: 'sum',
    beyond: 'a Jensen–Shannon divergence',
    notes: ['`alpha` isn’t the smoothing but the weight of that divergence.'],
    verified: 'read',
  },
  {
    ...TIMM,
    id: 'timm.AsymmetricLossSingleLabel',
    calls: [
      ofClass(
        ['timm.loss.AsymmetricLossSingleLabel', 'timm.loss.asymmetric_loss.AsymmetricLossSingleLabel'],
        'gamma_pos gamma_neg eps reduction',
        'eps',
      ),
    ],
    range: UNKNOWN_RANGE,
    computes: 'focal',
    beyond: 'asymmetric focal factors',
    notes: ['In AsymmetricLossMultiLabel `eps` isn’t the smoothing: it keeps logarithms finite.'],
  },
];
