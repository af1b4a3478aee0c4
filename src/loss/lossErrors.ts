import type { GivenValues } from './batch/lossInput.ts';
import type { LossForm } from './lossSpec.ts';

/** Why a loss can't be computed of this. `argument` is the name PyTorch has for what is wrong. */
export type InputProblem =
  | { readonly reason: 'no-classes'; readonly argument: 'logits'; readonly shape: readonly number[] }
  | {
      readonly reason: 'too-many-classes';
      readonly argument: 'logits';
      readonly found: number;
      readonly most: number;
    }
  | { readonly reason: 'not-exact'; readonly argument: 'ignoreIndex'; readonly found: number }
  | { readonly reason: 'overflow'; readonly argument: 'logits' }
  | { readonly reason: 'no-weight'; readonly argument: 'weight' }
  | {
      readonly reason: 'size';
      readonly argument: 'logits' | 'targets';
      readonly found: number;
      readonly shape: readonly number[];
    }
  | {
      readonly reason: 'shape';
      readonly argument: 'targets';
      readonly found: readonly number[];
      readonly logits: readonly number[];
    }
  | {
      readonly reason: 'out-of-bounds';
      readonly argument: 'targets';
      readonly row: number;
      readonly found: number;
      readonly classes: number;
    }
  | {
      readonly reason: 'fraction';
      readonly argument: 'targets';
      readonly row: number;
      readonly found: number;
    }
  | {
      readonly reason: 'length';
      readonly argument: 'weight';
      readonly found: number;
      readonly classes: number;
    }
  | { readonly reason: 'with-soft-targets'; readonly argument: 'ignoreIndex'; readonly found: number }
  | {
      readonly reason: 'no-padding-class';
      readonly argument: 'ignoreIndex';
      readonly found: number;
      readonly classes: number;
    }
  /** Not between 0 and 1, a logarithm above 0, or a row of zeros. */
  | {
      readonly reason: 'no-probability';
      readonly argument: 'logits';
      readonly row: number;
      readonly found: number;
      readonly values: GivenValues;
    }
  /** More than there is memory for. */
  | { readonly reason: 'too-large'; readonly argument: 'logits'; readonly shape: readonly number[] }
  | { readonly reason: 'soft-targets'; readonly argument: 'targets'; readonly form: LossForm };

/** Thrown for arguments that `torch.nn.functional.cross_entropy` refuses too, and for what a convention has no meaning for. */
export class LossError extends Error {
  override readonly name = 'LossError';
  readonly problem: InputProblem;

  constructor(problem: InputProblem) {
    super(`${problem.argument}: ${problem.reason}`);
    this.problem = problem;
  }
}
