export const LOSS_REDUCTIONS = ['mean', 'sum', 'none'] as const;

export type Reduction = (typeof LOSS_REDUCTIONS)[number];

/** What a loss is computed with, whatever framework asked for it. Losses are in nats. */
export interface LossSpec {
  /** α: the target is (1 − α)·onehot + α/K. 0…1. */
  readonly labelSmoothing: number;
  /** One weight for each class, (K), or null for all 1. Multiplies the smoothed target, as in PyTorch. */
  readonly weight: Float64Array | null;
  /** Rows with this target count nothing. Means nothing with soft targets. */
  readonly ignoreIndex: number;
  readonly reduction: Reduction;
}

/** The defaults of `torch.nn.CrossEntropyLoss`. */
export const DEFAULT_SPEC: LossSpec = {
  labelSmoothing: 0,
  weight: null,
  ignoreIndex: -100,
  reduction: 'mean',
};
