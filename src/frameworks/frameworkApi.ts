import type { ConventionName } from '../loss/conventions/conventions.ts';
import type { Denominator, Focal, LossForm, Reduction } from '../loss/lossSpec.ts';

/** What a framework does with label smoothing in one of its APIs. Data only: nothing here computes. */
export interface FrameworkApi {
  /** As in docs/semantics.md: what other extensions name it by. */
  readonly id: string;
  readonly framework: string;
  readonly calls: readonly CallForm[];
  /** Which convention, or which ones (`choice` says when which). Empty: it has none of them, `instead` says what it has. */
  readonly conventions: readonly ConventionName[];
  readonly choice?: string;
  readonly instead?: 'nothing' | 'fixed' | 'focal' | 'preference';
  /** α where the argument is left out. Null: there's no smoothing without it, or it must be given. */
  readonly default: number | null;
  readonly range: AlphaRange;
  /** Absent: a plain cross-entropy. */
  readonly form?: LossForm;
  readonly focal?: Focal;
  /** What the loss has beyond a smoothed cross-entropy: it can't be computed from that alone. */
  readonly beyond?: string;
  /** The reduction where none is asked for. */
  readonly reduction: Reduction;
  readonly denominator: Denominator;
  /** Absent: no target is special. `index` null: it must be given. */
  readonly ignore?: { readonly argument: string; readonly index: number | null };
  /**
   * What class weights multiply: each class of the smoothed target (as in PyTorch), the unsmoothed part of the loss only, or the
   * whole row. Absent: there are none.
   */
  readonly weights?: 'target' | 'hard-part' | 'row';
  /** Where the classes are, if not second: −1 is last. */
  readonly classAxis?: number;
  /** Which releases this is true for. */
  readonly versions?: string;
  /** Traps: what surprises people. */
  readonly notes?: readonly string[];
  /** How it was found out: by running it, by running its formula, or by reading its source only. */
  readonly verified: 'run' | 'formula' | 'read';
  readonly source: string;
}

/** How an API is called or configured. */
export interface CallForm {
  /** A `key` is one of a config file or a keyword of a config object, a `flag` one of a command line. */
  readonly kind: 'class' | 'function' | 'method' | 'builder' | 'key' | 'flag';
  /** Full names; a framework may export one thing under several. */
  readonly paths: readonly string[];
  /** In the order in which they can be given by position, without self. Keyword-only ones aren't here. */
  readonly parameters: readonly string[];
  /** The one that holds α; null if it has none. By position it's where it is among the parameters. */
  readonly argument: string | null;
  /** Where this form's default is another one than the API's. */
  readonly default?: number;
}

/** What a framework does outside of what it takes: raise an error, compute with it, take it as 0, give NaN. */
export type Outside = 'raises' | 'applies' | 'off' | 'nan' | 'unknown';

/** Which α an API takes. NaN is treated as what is below. */
export interface AlphaRange {
  readonly from: number;
  readonly to: number;
  /** The ends that are outside. */
  readonly open?: 'from' | 'to' | 'both';
  readonly below: Outside;
  readonly above: Outside;
  /** The error, as it reads; X is the value. */
  readonly error?: string;
  readonly at?: 'construction' | 'call';
  /** True if it has to be a float: 0 and 1 are refused. */
  readonly floatOnly?: boolean;
}

/** No check at all. */
export const UNCHECKED: AlphaRange = { from: 0, to: 1, below: 'applies', above: 'applies' };
/** Nothing happens unless it's above 0. */
export const POSITIVE: AlphaRange = { from: 0, to: 1, below: 'off', above: 'applies' };
/** Documented or not said; what happens outside wasn't looked at. */
export const UNKNOWN_RANGE: AlphaRange = { from: 0, to: 1, below: 'unknown', above: 'unknown' };

/** The position of α among the arguments; undefined if it can be given by name only. */
export function positionOf({ parameters, argument }: CallForm): number | undefined {
  const position = argument === null ? -1 : parameters.indexOf(argument);
  return position === -1 ? undefined : position;
}

function form(kind: CallForm['kind']) {
  return (paths: string | readonly string[], parameters: string, argument: string | null): CallForm => ({
    kind,
    paths: typeof paths === 'string' ? [paths] : paths,
    parameters: parameters === '' ? [] : parameters.split(' '),
    argument,
  });
}

export const ofClass = form('class');
export const ofFunction = form('function');
export const ofMethod = form('method');
export const ofBuilder = form('builder');

export function ofKeys(...names: readonly string[]): CallForm {
  return { kind: 'key', paths: names, parameters: [], argument: null };
}

export function ofFlags(...names: readonly string[]): CallForm {
  return { kind: 'flag', paths: names, parameters: [], argument: null };
}
