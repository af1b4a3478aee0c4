/**
 * Long work is a generator that yields the fraction done (0…1) every few milliseconds and returns its result, so that
 * whoever runs it decides about progress, cancelling and threads.
 */
export type Work<T> = Generator<number, T, void>;

/** How many numbers a piece of work handles between two yields. */
export const SLICE = 1 << 16;

/** Runs work to its end, without a pause. */
export function finish<T>(work: Work<T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

/** The same work as a part of something longer: its 0…1 becomes `from`…`to`. */
export function* portion<T>(work: Work<T>, from: number, to: number): Work<T> {
  try {
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) return step.value;
      yield from + (to - from) * step.value;
    }
  } finally {
    // Given up with what it's part of, it gives back what it holds.
    work.return(undefined as never);
  }
}
