import type { Interpreter } from '../../run/interpreter.ts';
import type { ClassValue } from '../../run/values.ts';
import type { CutValues } from '../../tensors/cutValues.ts';
import type { Losses, Way } from './batch.ts';
import type { RoleParameter } from './roles.ts';

/** How one run is set up. */
export interface Setup {
  readonly classes: number;
  /** Null leaves it as it is at the place that is asked about. */
  readonly alpha: number | null;
  readonly way: Way;
  /** Of a focal loss: with this γ. */
  readonly gamma: number | null;
  /** Class weights where the loss takes some; `none` leaves those of the place. */
  readonly weights: 'none' | 'ones' | 'distinct';
  /** What each row weighs, where rows have weights; 1 if it's absent. */
  readonly rowWeight?: number;
  /** Where the loss has to be told which labels to ignore. */
  readonly ignored: number;
  /** With what is given at the place, not with what is tried. */
  readonly isSite: boolean;
  /** It's told of one class more than there are logits: where that makes no difference it isn't told K. */
  readonly tellsMore?: boolean;
  /** Calls it a second time, which has to give the same. */
  readonly checksState: boolean;
  /** As where a model is evaluated: it isn't being trained, and has come to some epoch. */
  readonly isElsewhere?: boolean;
  /** Keeps, or is given, what no gradient flows through. */
  readonly cuts?: CutValues;
  /** Keeps what each statement gives. */
  readonly traces?: boolean;
}

/** What a run gave. */
export interface Ran {
  readonly losses: Losses | null;
  /** Made of labels alone: the targets. */
  readonly isTargets: boolean;
  /** Parameters that got logits. */
  readonly scores: readonly string[];
  readonly roles: readonly RoleParameter[];
  /** Of what is called with the logits, without `self`. */
  readonly called: readonly RoleParameter[];
  readonly run: Interpreter;
  /** K as it's given at the place that is asked about. */
  readonly siteClasses: number | null;
  /** The class of the loss. */
  readonly made: ClassValue | null;
  /** Indices to be ignored, as the definition was given them. */
  readonly ignoredValues: readonly number[];
  /** An index that isn't known was taken for one that is tried. */
  readonly assumesIgnored: boolean;
  /** Those of them that the call gives. */
  readonly ignoredGiven: readonly number[];
}
