import type { AlphaRange, Outside } from '../../frameworks/acceptedAlpha.ts';

import type { Release } from '../../frameworks/frameworkApi.ts';
import type { SourceSpan } from '../sourcePlace.ts';
import type { ExecutedFinding } from './executedFindings.ts';
import type { Fix } from './fix.ts';
import type { UsageFinding } from './usageFindings.ts';

/** What is wrong with a loss configuration. Facts: whoever shows it finds the words. */
export type LossFinding = AlphaOutside | NoSuchArgument | OtherParameter | UsageFinding | ExecutedFinding;

/** α is outside what the callee takes, or isn't the kind of number it takes. */
export interface AlphaOutside {
  readonly rule: 'alpha-range';
  readonly span: SourceSpan;
  readonly found: number;
  readonly range: AlphaRange;
  /** What happens then; `range` has the error and when it's raised. */
  readonly does: Outside;
  /** The value would be right as a float: `1` for `1.0`. */
  readonly integer: boolean;
  /** A percentage, by the look of it: 10 for 0.1. */
  readonly percent: boolean;
  readonly fix: Fix | null;
}

/** An argument for smoothing that the callee doesn't have. */
export interface NoSuchArgument {
  readonly rule: 'no-such-argument';
  readonly span: SourceSpan;
  readonly argument: string;
  /** The release after which it has it, or before which; null: no release does. */
  readonly since: Release | null;
  readonly fix: Fix | null;
}

/** A number that looks like α and is bound to something else: `CategoricalCrossentropy(0.1)` sets from_logits. */
export interface OtherParameter {
  readonly rule: 'other-parameter';
  readonly span: SourceSpan;
  readonly found: number;
  /** What it is bound to. */
  readonly parameter: string;
  /** What was meant, probably. */
  readonly argument: string;
  readonly fix: Fix | null;
}
