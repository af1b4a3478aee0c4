import type { FrameworkApi, LossKind } from '../frameworks/frameworkApi.ts';
import type { NamedLoss } from '../frameworks/specOf.ts';
import type { ConventionName } from '../loss/conventions/conventions.ts';
import type { AnalysisFailure } from './analysisFailures.ts';
import type { LossFinding } from './checks/findings.ts';
import type { ExecutedLoss } from './claims/executedLoss.ts';
import type { SourcePlace, SourceSpan } from './sourcePlace.ts';

/** A loss that code or a config file sets up. */
export interface LossConfig {
  /** A call, a config object that names its type (mmpretrain), a key of a config file, a flag of a command line. */
  readonly kind: 'call' | 'object' | 'key' | 'flag';
  /** An id of the registry; for a class or function of the user's own, or a key many frameworks share, its name. */
  readonly api: string;
  /** The registry's entry, or null. */
  readonly entry: FrameworkApi | null;
  /** Null for a key that many frameworks share. A class of the user's own has the framework it is built on. */
  readonly framework: string | null;
  /** As it is written: `nn.CrossEntropyLoss`, `label_smoothing`, `--label-smoothing`. */
  readonly name: string;
  /** Null if it isn't known, or if there is none (`entry.instead` says what there is then). */
  readonly convention: ConventionName | null;
  readonly conventionBy: ConventionEvidence;
  /** The whole call or entry. */
  readonly span: SourceSpan;
  /** Zero-based, of `span.from`. */
  readonly line: number;
  /** What is called, or the key; what a hover is for, besides `alpha.span`. */
  readonly callee: SourceSpan;
  readonly alpha: ConfigAlpha;
  /**
   * What its targets are before α: one class each (or one-hot, or 1 and 0); probabilities; probabilities that surely sum to 1.
   */
  readonly labels: 'hard' | 'soft' | 'distribution';
  /** What it gets in place of plain logits, where the code shows that: its floor is another one then, or can't be reached. */
  readonly input: 'probabilities' | 'masked' | 'bounded' | 'other' | null;
  /** What is computed of targets and logits; null where that isn't known. */
  readonly form: LossKind | null;
  /**
   * What it computes by its name, or by the expression it returns, where its code isn't here or couldn't be run: nothing else follows
   * from it.
   */
  readonly looksLike?: LossKind | null;
  /** Of a sum of losses with constant factors. */
  readonly sum: SummedTargets | null;
  readonly classes: Classes;
  /** Class weights are given. */
  readonly weighted: boolean;
  /** What came of running a hand-written loss. Null: there's nothing to run, or it wasn't run. */
  readonly executed: ExecutedLoss | null;
  /** What `specOf` takes, as far as it is known. */
  readonly loss: NamedLoss;
  /** Arguments besides α that the loss follows from, and that aren't known: `weight`. Absent: there are none. */
  readonly unread?: readonly string[];
  readonly findings: readonly LossFinding[];
}

/**
 * How the convention is known: the API has that one; an argument chose (`mode="classy_vision"`); the formula of a class of the
 * user's own was read; that class hands α to a known API; it is named like a known API, nothing more.
 */
export type ConventionEvidence = 'api' | 'argument' | 'formula' | 'wrapped' | 'name' | null;

/** Losses that are added up, each smoothed by its own α, on the same logits or each on its own. */
export interface SummedTargets {
  readonly terms: readonly { readonly factor: number; readonly alpha: number }[];
  readonly isSameLogits: boolean;
}

/**
 * How α is known: the code says it; the API's default is used; whoever calls the code, or starts the program, may set it and
 * `value` is what it is otherwise; nobody knows; it's one of a few.
 */
export type AlphaState = 'known' | 'default' | 'callers' | 'unknown' | 'several';

/** Why α isn't known. */
export interface UnknownAlpha {
  /**
   * What is called is in a file that isn't here (`name`: the module); arguments are handed on (`**options`); the value isn't
   * known here (`cfg.loss.eps`); what the callee does with its arguments isn't known; `name` may be α, or something else; the callee
   * makes another α of it, or uses it in one branch only; a statement that doesn't show what it sets may have set it
   * (`exec(open("config.py").read())`).
   */
  readonly kind: 'import' | 'arguments' | 'value' | 'callee' | 'position' | 'changed' | 'branch' | 'set';
  readonly name: string;
  readonly place: SourcePlace | null;
}

/** α: its value, where that is from, and how to set it. */
export interface ConfigAlpha {
  /** Undefined where it isn't known here. Of `callers` the default, undefined where there's none. */
  readonly value: number | undefined;
  readonly state: AlphaState;
  /** Of `several` each value it may have, in the order of the source; else empty. */
  readonly values: readonly number[];
  /** Null where it's known. */
  readonly unknown: UnknownAlpha | null;
  /** The argument's value as written (`cfg.smoothing`, `0.1`), or null where the argument is left out. */
  readonly text: string | null;
  /** Where that is; null where the argument is left out. */
  readonly span: SourceSpan | null;
  /** The argument with its name, `label_smoothing=0.1`; null where it's left out. */
  readonly argument: SourceSpan | null;
  /** The way from the argument to the number: empty for a literal. */
  readonly origins: readonly ValueOrigin[];
  /** The number to replace to set α, in this document or another; null if no single one sets it. */
  readonly token: NumberToken | null;
  /** Where α can be given if it is left out: insert `before`, the number, `after`. */
  readonly insertion: Insertion | null;
}

/** A number in a source. */
export interface NumberToken {
  readonly place: SourcePlace;
  /** The source has 1 − α (`confidence=0.9`). */
  readonly complement: boolean;
}

export interface Insertion {
  /** UTF-16 offset. */
  readonly at: number;
  readonly before: string;
  readonly after: string;
  /** Where a comma has to be put besides, in front of `at`. */
  readonly comma?: number;
}

/** One step from an expression to its value. `name` is as the source has it. */
export interface ValueOrigin {
  readonly kind: OriginKind;
  readonly name: string;
  /** Null for what isn't in any source: an API's default. */
  readonly place: SourcePlace | null;
}

type OriginKind =
  /** The API's default: the argument is left out. */
  | 'api-default'
  /** `SMOOTHING = 0.1` */
  | 'constant'
  /** `self.smoothing = 0.1`, `class Config: smoothing = 0.1`, `cfg.smoothing = 0.1` */
  | 'attribute'
  /** `smoothing: float = 0.1` of a dataclass, a NamedTuple or a model of settings. */
  | 'field'
  /** The default of a function's parameter. */
  | 'parameter'
  /** `add_argument('--smoothing', default=0.1)` and its like. */
  | 'flag'
  /** What there is if a variable of the environment, or an argument of a script, isn't set: `${LS:-0.1}`. */
  | 'environment'
  /** An entry of a dict: `HP['smoothing']`. */
  | 'entry'
  /** Computed from literals and named values. */
  | 'arithmetic'
  /** From another file; `name` is the module. */
  | 'import'
  /** Another place of the same config file: an anchor, `${…}`, `!ref <…>`. */
  | 'reference';

/** K. */
export interface Classes {
  /** The best guess; null if there's nothing to go by. */
  readonly guess: ClassGuess | null;
  /** What says K, by a comment or an argument of the call, and isn't a number of classes: `K=1e308`. */
  readonly refused: { readonly name: string; readonly place: SourcePlace | null } | null;
  /** The K of the call itself, as written: the argument's value, or null where the API has no such argument or it's left out. */
  readonly argument: { readonly span: SourceSpan; readonly text: string } | null;
}

export interface ClassGuess {
  /** A whole number from 1 to `MOST_CLASSES`. */
  readonly value: number;
  readonly by: ClassEvidence;
  /** What says so: `nn.Linear(512, 10)`, `CIFAR10`, `NUM_CLASSES`; of an argument its parameter. */
  readonly name: string;
  /** Null for what the host was told, or an API fixes. */
  readonly place: SourcePlace | null;
  /** The number to replace to set K, if there is one. */
  readonly token: SourcePlace | null;
  /** The person said so; the call says so; one thing points to it; one of several things that don't agree. */
  readonly sure: 'said' | 'stated' | 'likely' | 'weak';
}

export type ClassEvidence =
  /** `# smooth-labels: K=10` */
  | 'comment'
  /** An argument of the call. */
  | 'argument'
  /** `weight=torch.tensor([1., 2.])` */
  | 'weights'
  /** `nn.Linear(512, 10)`, `Dense(10)` */
  | 'last-layer'
  /** `num_classes = 10` */
  | 'count'
  /** `CLASSES = ['cat', 'dog']` */
  | 'labels'
  | 'dataset'
  /** A binary loss: two. */
  | 'api';

/** A file that would tell a value: `from project.config import SMOOTHING`. */
export interface ModuleRequest {
  /** Says which: `AnalysisContext.modules` has its text under this. */
  readonly key: string;
  /** Dots in front: 0 is absolute, 1 the folder of the file that asks. */
  readonly level: number;
  /** `['project', 'config']`: `project/config.py` or `project/config/__init__.py`, from the root or from any folder above. */
  readonly path: readonly string[];
  /** The key of the module that asks; absent: the document. */
  readonly from?: string;
}

/** What is around a document. Analysis reads nothing itself. */
export interface AnalysisContext {
  readonly fileName?: string;
  /** The Python cells above, of a notebook or an interactive window, in order. */
  readonly cells?: readonly string[];
  /** Texts of the modules asked for in `LossAnalysis.wanted`, by key; null if there's no such file. */
  readonly modules?: ReadonlyMap<string, string | null>;
  /** Installed or pinned releases, like `{ keras: '3.15.1' }`: what they settle isn't a finding. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Of these the exact ones: what is pinned, or locked. */
  readonly pins?: Readonly<Record<string, string>>;
  /** Hand-written losses that are run: as many as nobody has to wait for, or all of them, which is the default. */
  readonly runs?: 'some' | 'all';
}

/** What was found in a document. */
export interface LossAnalysis {
  /** In the order of the source. */
  readonly configs: readonly LossConfig[];
  /** The source parsed: without an error, or with no more of them than when it was first seen. */
  readonly complete: boolean;
  /** Where a configuration couldn't be looked at. */
  readonly failures: readonly AnalysisFailure[];
  /** Files that would settle what isn't known: ask again with them. Empty when nothing more can be learnt. */
  readonly wanted: readonly ModuleRequest[];
  /** Why some of the source wasn't looked into; null if all of it was. */
  readonly unread: Unread | null;
  /** Definitions that may be losses are still to be run; true only with `runs: 'some'`. */
  readonly unrun?: boolean;
}

/** What is too much of a source: it has more than any that people write, more levels, or more that isn't of its language. */
export type Unread = 'length' | 'depth' | 'errors';
