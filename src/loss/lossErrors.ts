import type { AlphaRange, FrameworkApi, Outside } from '../frameworks/frameworkApi.ts';
import type { ConventionName } from './conventions/conventions.ts';
import type { LossForm } from './lossSpec.ts';

/** What a framework does with an α outside of what it takes. */
export interface FrameworkRefusal {
  readonly framework: string;
  readonly does: Outside;
  readonly error?: string;
  readonly at?: AlphaRange['at'];
}

export type Instead = NonNullable<FrameworkApi['instead']>;

/** Why the loss that was named isn't one that can be computed. */
export type NamingProblem =
  | {
      readonly reason: 'range';
      readonly argument: 'labelSmoothing';
      readonly found: number;
      readonly range: Pick<AlphaRange, 'from' | 'to' | 'open'>;
      /** What frameworks do with it. */
      readonly elsewhere: readonly FrameworkRefusal[];
    }
  | { readonly reason: 'unknown'; readonly argument: 'api' | 'convention'; readonly found: string }
  | {
      readonly reason: 'no-smoothing';
      readonly argument: 'api';
      readonly api: string;
      readonly instead: Instead;
    }
  | { readonly reason: 'beyond'; readonly argument: 'api'; readonly api: string; readonly what: string }
  | {
      readonly reason: 'which-convention';
      readonly argument: 'convention';
      readonly api: string;
      /** What the API has; if that's more than one, `choice` says when which. */
      readonly conventions: readonly ConventionName[];
      readonly choice?: string;
    }
  | {
      readonly reason: 'required';
      readonly argument: 'labelSmoothing' | 'ignoreIndex';
      /** The API or convention that needs it. */
      readonly by: string;
    }
  | { readonly reason: 'no-such-argument'; readonly argument: 'ignoreIndex'; readonly api: string }
  | {
      readonly reason: 'weighs-otherwise';
      readonly argument: 'weight';
      readonly api: string;
      readonly weights: NonNullable<FrameworkApi['weights']> | null;
    };

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
  /** More than there is memory for. */
  | { readonly reason: 'too-large'; readonly argument: 'logits'; readonly shape: readonly number[] }
  | { readonly reason: 'soft-targets'; readonly argument: 'targets'; readonly form: LossForm };

export type LossProblem = NamingProblem | InputProblem;

/** Thrown for arguments that `torch.nn.functional.cross_entropy` refuses too, and for what an API or a convention has no meaning for. */
export class LossError extends Error {
  override readonly name = 'LossError';
  readonly problem: LossProblem;

  constructor(problem: LossProblem) {
    super(`${problem.argument}: ${problem.reason}`);
    this.problem = problem;
  }
}
