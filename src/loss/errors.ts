/** Why a loss can't be computed. `argument` is the name PyTorch has for what is wrong. */
export type LossProblem =
  | { readonly reason: 'range'; readonly argument: 'labelSmoothing'; readonly found: number }
  | { readonly reason: 'no-classes'; readonly argument: 'logits'; readonly shape: readonly number[] }
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
  | { readonly reason: 'with-soft-targets'; readonly argument: 'ignoreIndex'; readonly found: number };

/** Thrown for arguments that `torch.nn.functional.cross_entropy` refuses too. */
export class LossError extends Error {
  override readonly name = 'LossError';
  readonly problem: LossProblem;

  constructor(problem: LossProblem) {
    super(`${problem.argument}: ${problem.reason}`);
    this.problem = problem;
  }
}
