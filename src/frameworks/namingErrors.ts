import type { ConventionName } from '../loss/conventions/conventions.ts';
import type { InputProblem } from '../loss/lossErrors.ts';
import type { AlphaRange, Outside } from './acceptedAlpha.ts';
import type { FrameworkApi } from './frameworkApi.ts';

/** What a framework does with an α outside of what it takes. */
export interface FrameworkRefusal {
  readonly framework: string;
  readonly does: Outside;
  readonly error?: string;
  readonly at?: AlphaRange['at'];
}

/** What an API has in place of label smoothing. */
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

/** Why a loss can't be computed: its name, or the numbers it's given. */
export type LossProblem = NamingProblem | InputProblem;

/** Thrown where a framework's API, or a convention, has no meaning for a name or an argument. */
export class NamingError extends Error {
  override readonly name = 'NamingError';
  readonly problem: NamingProblem;

  constructor(problem: NamingProblem) {
    super(`${problem.argument}: ${problem.reason}`);
    this.problem = problem;
  }
}
