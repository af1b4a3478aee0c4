import type { ContenderName } from '../report.ts';
import type { Question } from './questions.ts';

/** A contender is a process that is told a shape when it's started and then asked, a line of JSON each, for one repetition. */
export interface Request {
  readonly task: 'loss' | 'gradient' | 'alpha-mean' | 'alpha-rows' | 'read' | 'question';
  /** Which, for that task. */
  readonly question?: Question;
  readonly contender: ContenderName | 'json-parse';
  readonly threads: number;
  /** Of the rows, only the first so many: for those that may be too slow for all. */
  readonly rows: number;
}

/** Its first line, once it has its data. */
export interface Greeting {
  readonly versions: Readonly<Record<string, string>>;
  /** Contenders that this process could be, but isn't, and why. */
  readonly missing: Readonly<Partial<Record<ContenderName, string>>>;
  /** How large the text is that it has made. */
  readonly megabytes?: number;
}

/** `ms` is what the process measured itself; `loss`, in nats or a sum of what was read, shows that it did what it was asked. */
export type Reply = { readonly ms: number; readonly loss: number } | { readonly error: string };
