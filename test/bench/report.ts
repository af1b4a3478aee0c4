import type { Question } from './contenders/questions.ts';
import type { Machine } from './machine.ts';
import type { Shape } from './options.ts';

/**
 * PyTorch gives its memory back after each call and gets it anew, page by page, in the next, unless the C library is told to
 * keep it: that is `torch-eager-kept`.
 */
export type ContenderName =
  | 'smooth-labels'
  | 'torch-eager'
  | 'torch-eager-kept'
  | 'torch-compile'
  | 'tfjs-wasm'
  | 'tfjs-cpu';

/** What one contender took for the logits of one shape. */
export interface Result {
  readonly contender: ContenderName;
  readonly shape: Shape;
  readonly threads: number;
  readonly medianMs: number;
}

/** What one took from a file or a text to numbers. */
export interface IngestResult {
  /** `npy`: a file to all row statistics, a fresh process. `json`: text to float32. */
  readonly input: 'npy' | 'json';
  readonly contender: 'smooth-labels' | 'torch-eager' | 'json-parse';
  readonly shape: Shape;
  readonly megabytes: number;
  readonly threads: number;
  readonly medianMs: number;
}

/** What a change of α takes once the logits have been measured: for the mean, and for the losses of all rows. */
export interface AlphaResult {
  readonly shape: Shape;
  readonly meanMs: number;
  readonly rowsMs: number;
}

/** What one question about logits in memory takes. */
export interface QuestionResult {
  readonly question: Question;
  readonly shape: Shape;
  readonly threads: number;
  readonly medianMs: number;
}

/** What this machine can do at most, in WASM. */
export interface Limits {
  readonly readGBPerSecond: Readonly<Record<'oneThread' | 'twoThreads', number>>;
  readonly expGigaPerSecond: Readonly<Record<'oneThread' | 'twoThreads', number>>;
  readonly logGigaPerSecond: Readonly<Record<'oneThread' | 'twoThreads', number>>;
  /** Memory that is written for the first time: the system has to find it. */
  readonly firstTouchGBPerSecond: number;
}

export interface Report {
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly results: readonly Result[];
  readonly gradient: readonly Result[];
  readonly ingest: readonly IngestResult[];
  readonly alpha: readonly AlphaResult[];
  readonly questions: readonly QuestionResult[];
  readonly limits: Limits | null;
  /** Who was left out, and why. */
  readonly notes: readonly string[];
}
