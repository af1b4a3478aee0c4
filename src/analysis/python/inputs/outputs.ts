import type { Evidence } from '../../classes/classEvidence.ts';
import type { PyModule, Scope } from '../syntax/pythonScopes.ts';
import type { Expression } from '../values/expression.ts';
import type { Resolver } from '../values/resolver.ts';
import type { OneOf } from './unpackedOutput.ts';

/** What an expression is that a loss gets as logits, as far as it was followed. */
export interface FollowedOutput {
  /**
   * What says K: the layer that made it. Null: it was made by something that has no K of its own, such as a product of features, or
   * by a layer whose size isn't known. Undefined: it wasn't followed that far.
   */
  readonly layer: Evidence | null | undefined;
  /** It's one of several outputs in turn: a layer of the file may be another one's. */
  readonly isOneOfMany?: boolean;
  /** A softmax or a sigmoid was applied to it. */
  readonly isProbability: boolean;
  /** What applies it, if that is a call or a layer. */
  readonly activation?: { readonly name: string; readonly at: Expression };
  /** It's what a layer gives that has no activation: a dense one of Keras. */
  readonly plainLayer?: Expression;
  /** It can't grow without limit: it was normalised, clamped, or went through a tanh. */
  readonly isBounded?: boolean;
  /** Logarithms of probabilities. */
  readonly isLog?: boolean;
  /** The logarithm of something else, such as of 1 − p. */
  readonly isOtherLog?: boolean;
  /** It's masked with −∞, so that a class that is masked costs infinitely much. */
  readonly isMasked: boolean;
  /** What masks it. */
  readonly mask?: Expression;
}

export const NOT_FOLLOWED: FollowedOutput = { layer: undefined, isProbability: false, isMasked: false };
/** No layer of the file says K of it. */
export const NO_LAYER: FollowedOutput = { ...NOT_FOLLOWED, layer: null };

/** One of several in turn. */
export const ONE_OF_MANY: FollowedOutput = { ...NOT_FOLLOWED, isOneOfMany: true };

/** Whatever a model has. */
export const ANY_PART = '*';

/** What follows expressions, for models whose outputs are expressions. */
export interface Trail {
  readonly resolver: Resolver;
  /** How many more steps may be taken. */
  readonly steps: number;
  /** Of a model that is made in the file: its arguments, by parameter. */
  readonly given: ReadonlyMap<string, Expression> | null;
  /** Of what a function makes: it's called without arguments, and hands none on. */
  readonly isPlain?: boolean;
  /** Where it's used: what is put into models there counts. */
  readonly asker: PyModule;
  /** Of a model: the attributes that its output goes through, filled while it's followed; ANY_PART where it isn't shown which. */
  readonly through?: Set<string>;
  /** Of a model: the name that it's called by. */
  readonly named?: string;
  /** The names that models around what is followed are called by where they're used, and the modules that these are from. */
  readonly models: readonly string[];
  readonly modules: readonly PyModule[];
  /** The class of the innermost. */
  readonly model?: Scope;
  /** Of a model that gives several things at once: which one of how many. */
  readonly element?: OneOf;
  follow(expression: Expression, following: Trail): FollowedOutput;
}

export function nextStep(following: Trail): Trail {
  return { ...following, steps: following.steps - 1 };
}

/** Activations that make probabilities of logits. */
export const ACTIVATES: ReadonlySet<string> = new Set([
  'softmax',
  'sigmoid',
  'Softmax',
  'Sigmoid',
  'Softmax2d',
]);

/** Methods, functions and layers whose result has the classes of what they're given. */
export const KEEPS: ReadonlySet<string> = new Set(
  'float double half to cpu cuda contiguous clone detach masked_fill masked_fill_ log_softmax LogSoftmax Dropout Identity'.split(
    ' ',
  ),
);

/** Functions, methods and layers whose result has the classes of what they're given, and lies between limits. */
export const BOUNDS: ReadonlySet<string> = new Set(
  'tanh tanh_ Tanh clamp clamp_ clip clip_by_value hardtanh Hardtanh relu6 ReLU6 normalize l2_normalize'.split(
    ' ',
  ),
);

/** The same of other classes, or of some of its rows. */
export function withoutLayer({ isProbability, isBounded, activation }: FollowedOutput): FollowedOutput {
  return {
    ...NOT_FOLLOWED,
    isProbability,
    ...(isBounded && { isBounded }),
    ...(activation && { activation }),
  };
}

/** The same of other classes: no layer of the file says how many. */
export function withoutClasses(output: FollowedOutput): FollowedOutput {
  return { ...withoutLayer(output), layer: null };
}

/** What is computed of it isn't a probability any more. */
export function computedOf({ activation: _, ...output }: FollowedOutput): FollowedOutput {
  return { ...output, isProbability: false };
}
