import type { Severity } from '../../problems/severity.ts';

/** What is written about a check, whatever the format. */
export interface Report {
  readonly problems: readonly ReportedProblem[];
  readonly files: number;
  readonly losses: number;
  /** Files that couldn't be read. */
  readonly unreadable: number;
  /** Files that are too large to be looked at. */
  readonly tooLarge: readonly string[];
}

export interface ReportedProblem {
  /** Relative to where the program runs, with slashes. */
  readonly path: string;
  /** Zero-based, of a notebook; null for other files. */
  readonly cell: number | null;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly start: ReportedPlace;
  readonly end: ReportedPlace;
}

/** From 1, in UTF-16 code units; of a notebook within the cell. */
interface ReportedPlace {
  readonly line: number;
  readonly column: number;
}
