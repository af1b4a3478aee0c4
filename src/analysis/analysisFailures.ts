import type { Work } from '../loss/work.ts';

/** A place that analysis failed at, by a fault of its own: what is there isn't known. */
export interface AnalysisFailure {
  /** Zero-based. */
  readonly line: number;
  readonly reason: string;
}

/** What `make` gives, or `otherwise` if it throws: one configuration never loses the others. */
export function guarded<T>(
  failures: AnalysisFailure[],
  line: number,
  make: () => T,
  otherwise: NoInfer<T>,
): T {
  try {
    return make();
  } catch (error) {
    failures.push(failureOf(error, line));
    return otherwise;
  }
}

/** What work comes to, or nothing if it throws. */
export function* guardedSteps<T>(
  failures: AnalysisFailure[],
  line: number,
  work: Work<readonly T[]>,
): Work<readonly T[]> {
  try {
    return yield* work;
  } catch (error) {
    failures.push(failureOf(error, line));
    return [];
  }
}

function failureOf(error: unknown, line: number): AnalysisFailure {
  return { line, reason: error instanceof Error ? error.message : String(error) };
}
