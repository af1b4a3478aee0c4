import type { Layout } from '../../../loss/rows/rowLayout.ts';
import type { Targets } from '../../../loss/rows/targets.ts';
import type { LogitsSource } from '../rowsFile.ts';

/** Rows and what they should be. Without targets all count. */
export interface RowsToScore {
  readonly source: LogitsSource;
  readonly layout: Layout;
  readonly targets: Targets | null;
  readonly ignoreIndex: number | null;
}

/** What is asked of rows at β = 1/T: all, what Newton's steps take, or the entropy. */
export interface ScoreQuestion {
  readonly beta: number;
  readonly what: 'scores' | 'moments' | 'entropy';
  /** Of the rows about one of so many is looked at, by blocks. Absent: all. */
  readonly every?: number;
}

/** Sums over the rows that count, of softmax(β·z): 0 where it wasn't asked for. */
export interface ScoreTotals {
  readonly counted: number;
  /** Σ t (−ln p) in nats, and its first two derivatives by β. */
  readonly nll: number;
  readonly slope: number;
  readonly curvature: number;
  /** Where the slope goes as β grows: Σ t (max z − z). Not among moments. */
  readonly finalSlope: number;
  /** Σ (p − t)² */
  readonly brier: number;
  /** −Σ p ln p in nats. Not of soft targets. */
  readonly entropy: number;
}

/** What rows were scored. */
export interface RowScores {
  readonly totals: ScoreTotals;
  /** (rows) max p; NaN where a row counts nothing. Null if it wasn't asked for. */
  readonly confidence: Float64Array | null;
  /**
   * (rows) Σ e^{β(z − m)} without the largest logit itself, where the confidence was made of that, and it's rounded to float32. NaN
   * where a row counts nothing.
   */
  readonly rests: Float32Array | null;
}
