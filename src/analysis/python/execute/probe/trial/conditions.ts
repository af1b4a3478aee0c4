import type { ExecutionQuestion, SiteArgument } from '../../question.ts';
import type { Interpreter } from '../../run/interpreter.ts';
import type { Batch } from './batch.ts';
import type { Setup } from './setup.ts';

/** What one run is made with. */
export interface Conditions {
  readonly run: Interpreter;
  readonly question: ExecutionQuestion;
  readonly setup: Setup;
  readonly batch: Batch;
  /** Arguments that are known to be of no known value: they aren't evaluated again. */
  readonly unknown: Set<SiteArgument>;
  /** What was seen of the definition on the way, whatever came of the run. */
  readonly noticed: { takesWeights: boolean };
}
