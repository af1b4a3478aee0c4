import type { Sentences } from '../../words/sentences.ts';
import type { SourceProblem } from './sourceProblem.ts';

/** Where a problem is. */
export interface SentencePlace {
  /** From 1. */
  readonly line: number;
  /** " (line 3)" for the end of a sentence; empty where there are no lines, as in files of numbers. */
  readonly where: string;
}

/** Sentences a person can act on, one for each reason: what is wrong, where, and what would be right. */
export type ProblemSentences = Sentences<'reason', SourceProblem, [place: SentencePlace]>;
