import type { Work } from '../../loss/work.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { Unreadable } from './cursor.ts';

/** What work comes to, or the problem of the Unreadable that it throws. Other errors go on. */
export function* checkReadable<T>(work: () => Work<T>): Work<Outcome<T, ReadProblem>> {
  try {
    return success(yield* work());
  } catch (error) {
    if (error instanceof Unreadable) return failure(error.problem);
    throw error;
  }
}
