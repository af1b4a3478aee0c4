import type { PlacedProblem } from '../../protocol/engineChannel.ts';

/** A source isn't there now. The message is a sentence for the user. */
export class SourceGoneError extends Error {
  override readonly name = 'SourceGoneError';
}

/** A source that isn't read, and why: known before it's handed to the engine. */
export class SourceRefusedError extends Error {
  override readonly name = 'SourceRefusedError';
  readonly problem: PlacedProblem;

  constructor(problem: PlacedProblem) {
    super(problem.reason);
    this.problem = problem;
  }
}
