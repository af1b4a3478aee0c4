import type { ConventionName } from '../../../loss/conventions/conventions.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import type { CodeSpan, PythonSource } from './code/pythonSource.ts';
import type { StopReason } from './run/endings.ts';

/** What came of executing a definition. */
export type Execution = Reading | Stopped | Fails;

/** It couldn't be followed: nothing is known of its targets. */
export interface Stopped {
  readonly kind: 'stopped';
  readonly at: SourceSpan;
  /** Of which `at` is a part. */
  readonly source: PythonSource;
  readonly reason: StopReason;
  /** What stopped it, as it is written, or what it raised. */
  readonly what: string;
  /** It's a class without a method to call it by, whatever it's given. */
  readonly isUncallable?: true;
}

/** It raises whenever it's called. */
export interface Fails {
  readonly kind: 'fails';
  readonly at: SourceSpan;
  readonly source: PythonSource;
  /** Python's name of the error, and its message. */
  readonly error: string;
  readonly message: string;
}

/** What a loss is for one row: how it depends on the model's output. */
export type ReadForm =
  /** −Σ q log p of a softmax */
  | 'ce'
  /** Σ q log(q/p); `normalized` where q is divided by its sum first */
  | 'kl'
  /** A sigmoid for each class */
  | 'sigmoid'
  /** A cross-entropy and a divergence on the same logits: the targets are those of both. */
  | 'sum'
  /** None of these: the targets are what it mixes its own losses without smoothing by. */
  | 'other';

/** Targets, at one α and one K. */
export interface Figures {
  /** Null where the definition has an α of its own that isn't known as such. */
  readonly alpha: number | null;
  /** Null where it makes no difference. */
  readonly classes: number | null;
  /** Of the true class, of each other one; they're the same for all true classes. */
  readonly on: number;
  readonly off: number;
  /** Of the row: the padding class has none. */
  readonly sum: number | null;
  /** The least the loss of a row can be, nats; null where that isn't known. */
  readonly floor: number | null;
}

/** The targets of one set of logits. */
export interface ReadPart {
  /** The parameter the logits come in. */
  readonly parameter: string;
  /** At the α and K that were tried. */
  readonly figures: readonly Figures[];
  /** At the place that is asked about; null where α or K isn't known there. */
  readonly atSite: Figures | null;
  /** Null if it's none of the known ones. */
  readonly convention: ConventionName | null;
  /** What each loss is multiplied by: a number, or 1/K. */
  readonly scale: number | 'perClass';
}

export interface Reading {
  readonly kind: 'read';
  readonly what: 'loss' | 'targets';
  readonly form: ReadForm;
  /** Multiplied by a factor that falls with the probability: the targets are those without it, and there's no floor. */
  readonly focal: boolean;
  readonly takes: 'logits' | 'logProbabilities' | 'probabilities' | null;
  /** Several where several sets of logits are compared with the same labels. */
  readonly parts: readonly ReadPart[];
  /** What the parameter is to the convention; `fixed` where the definition has an α of its own. */
  readonly alphaIs: 'parameter' | 'oneMinus' | { readonly fixed: number } | 'unused';
  /** The parameter for α, if there is one. */
  readonly alphaParameter: string | null;
  /** False if α = 0 leaves something of the labels to others. */
  readonly hardAtZero: boolean | null;
  /** The class that gets nothing. */
  readonly paddingClass: number | null;
  /** What becomes of rows whose target is the index to be ignored. */
  readonly ignored: {
    readonly index: number;
    /** By the call, not by the definition's default. */
    readonly isGiven: boolean;
    readonly how: 'leftOut' | 'zeroInMean' | 'stillCounts' | 'fails';
    /** Of `fails`: what is raised, and by which statement. */
    readonly raised: { readonly error: string; readonly from: CodeSpan | null } | null;
  } | null;
  /** `meanAgain`: a mean, divided by the number of rows once more. `perSequence`: summed, and divided by the number of sequences. */
  readonly reduction: 'mean' | 'meanAgain' | 'sum' | 'perSequence' | 'rows' | 'elements' | null;
  /**
   * `asTorch`: classes weighted as PyTorch does; `meanOfRows`: rows by their true class, divided by their weights; `otherwise`: in a way
   * that isn't known, as where only a part of the loss is weighted. Null: it has none.
   */
  readonly weights: 'perClass' | 'perRow' | 'asTorch' | 'meanOfRows' | 'unused' | 'otherwise' | null;
  /** Of all parts together at the place that is asked about, nats; null where it isn't known. */
  readonly floor: number | null;
  /** By true class, where class weights make them differ. */
  readonly floors: readonly number[] | null;
  /** Statements that make the targets, from the first to the last. */
  readonly made: CodeSpan | null;
  /** The statement that makes one number of the losses. */
  readonly reduced: CodeSpan | null;
  /** Null: of the loss. `cut`: a part is detached, at a place; `own`: the definition has one of its own. */
  readonly gradient: { readonly is: 'cut' | 'own'; readonly at: CodeSpan } | null;
  /** It was only tried while these are so, or aren't; without a place: in training, from its first step on. */
  readonly holds: readonly { readonly at: CodeSpan | null; readonly is: boolean }[];
  /** It's called with logits (N, K) and labels of torch, and nothing else, as torch's own losses are. */
  readonly calledAsTorch: boolean;
  /** K as it's given, where that makes a difference. */
  readonly toldClasses: number | null;
  /** Against `F.cross_entropy(label_smoothing=α)`: on so many random rows, for these K. */
  readonly torch: {
    readonly alpha: number;
    readonly equal: boolean;
    readonly rows: number;
    readonly classes: readonly number[];
    readonly largest: number;
  } | null;
}
