import type { LossSpec } from '../../loss/lossSpec.ts';
import type { SplitRows } from './labelledRows.ts';

/** What a network is trained with. No class weights: each row counts alike. */
export interface TrainingLoss
  extends Pick<LossSpec, 'convention' | 'labelSmoothing' | 'ignoreIndex' | 'focal'> {
  /**
   * T of distillation: the loss is T²·CE(soft targets, softmax(z/T)), Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a
   * neural network", §2. 1 otherwise.
   */
  readonly temperature: number;
}

/** One network of a comparison. */
export interface PlannedNetwork {
  /** Of its first weights and the order of its batches. Networks with the same seed differ in nothing but their loss. */
  readonly seed: number;
  /** Which of the plan's `splits` it is trained and measured on. */
  readonly split: number;
  readonly loss: TrainingLoss;
}

export type PlannedOptimizer =
  /** Kingma and Ba 2015, β = 0.9 and 0.999, ε = 1e−8, as in PyTorch. */
  | { readonly kind: 'adam'; readonly learningRate: number }
  | { readonly kind: 'sgd'; readonly learningRate: number; readonly momentum: number };

/** What is measured beside the figures, for pictures. */
export interface PlannedPictures {
  /** Three classes whose activations are shown in the plane of their weights, or null. */
  readonly plane: readonly [number, number, number] | null;
  /** (points, inputs) where every network is asked for its probabilities, or null. */
  readonly probe: Float32Array | null;
}

/**
 * Networks of the same shape, trained side by side on as many rows each, one step of each in turn. They are ReLU networks whose
 * weights and biases begin as PyTorch's `nn.Linear` does: uniform in ±1/√inputs of the layer.
 */
export interface TrainingPlan {
  readonly inputs: number;
  /** Units of the 0–3 hidden layers. */
  readonly hidden: readonly number[];
  /** How many logits, at least the number of classes: a convention with a padding class has one more. */
  readonly outputs: number;
  readonly optimizer: PlannedOptimizer;
  /** λ: λ·w is added to the gradient of every weight and bias, as PyTorch's optimizers have it. */
  readonly weightDecay: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** The epochs after which everything is measured, ascending; the last epoch is always among what's measured. */
  readonly marks: readonly number[];
  readonly splits: readonly SplitRows[];
  readonly networks: readonly PlannedNetwork[];
  readonly pictures: PlannedPictures;
}
