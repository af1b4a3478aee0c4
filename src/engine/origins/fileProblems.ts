import type { Work } from '../../loss/work.ts';
import type { PlacedProblem } from '../../protocol/engineChannel.ts';
import { failure, type Outcome } from '../../readers/outcome.ts';
import { fileProblemOf } from '../measure/rowsFile.ts';

/** Work on a file, of which what is wrong with the file is a problem like others, not a fault. */
export function* withFileProblems<T>(work: Work<Outcome<T, PlacedProblem>>): Work<Outcome<T, PlacedProblem>> {
  try {
    return yield* work;
  } catch (error) {
    return failure(placedProblemOf(error));
  }
}

/** What is wrong with a file as a whole has no line. Throws what isn't about a file. */
export function placedProblemOf(error: unknown): PlacedProblem {
  const problem = fileProblemOf(error);
  if (!problem) throw error;
  return { ...problem, offset: 0, place: null };
}
