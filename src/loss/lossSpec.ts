import type { ConventionName } from './conventions/conventions.ts';

export const LOSS_REDUCTIONS = ['mean', 'sum', 'none'] as const;

export type Reduction = (typeof LOSS_REDUCTIONS)[number];

/**
 * What the mean divides by: the weights of the targets that count (PyTorch) or of all targets (Burn), the number of rows that
 * count, or of all rows (Keras, and whoever forgets that ignored rows are none).
 */
export type Denominator = 'weight' | 'all-weights' | 'counted' | 'rows';

/**
 * Three forms of the same loss: they differ by what is subtracted, never in the gradient. KL is the cross-entropy less the
 * entropy of the target; `ce-constant` is the same with 1e−20 inside the logarithm (tensor2tensor, T5X, the Flax examples).
 */
export const LOSS_FORMS = ['ce', 'kl', 'ce-constant'] as const;

export type LossForm = (typeof LOSS_FORMS)[number];

/** balance·(1 − p)^gamma·(−ln p) in place of −ln p. Keras calls `balance` alpha: it has nothing to do with smoothing. */
export interface Focal {
  readonly balance: number;
  readonly gamma: number;
}

/** What a loss is computed with, whatever framework asked for it. Losses are in nats. */
export interface LossSpec {
  readonly convention: ConventionName;
  /** α, as the convention reads it. */
  readonly labelSmoothing: number;
  /** One weight for each class, (K), or null for all 1. Multiplies the smoothed target, as in PyTorch. */
  readonly weight: Float64Array | null;
  /**
   * Rows with this target count nothing; null if no target is special. Means nothing with soft targets. In a convention with
   * a padding class it is that class.
   */
  readonly ignoreIndex: number | null;
  readonly reduction: Reduction;
  readonly denominator: Denominator;
  readonly form: LossForm;
  readonly focal: Focal | null;
  /** Logits are ln p already: no softmax is applied. Absent: they are logits. */
  readonly isNormalized?: boolean;
  /** Probabilities are divided by their sum and clipped to 1e−7 … 1 − 1e−7, as in Keras. */
  readonly clips?: boolean;
  /** The order of its sums, where that isn't PyTorch's. It decides what comes of sums that overflow, and of a mean over weights of 0. */
  readonly sums?: 'unknown';
  /** Where the classes are in more than one axis; counts from the end if negative. */
  readonly classAxis: number;
}

/** The defaults of `torch.nn.CrossEntropyLoss`. */
export const DEFAULT_SPEC = {
  convention: 'UNIFORM_K',
  labelSmoothing: 0,
  weight: null,
  ignoreIndex: -100,
  reduction: 'mean',
  denominator: 'weight',
  form: 'ce',
  focal: null,
  classAxis: 1,
} as const satisfies LossSpec;
