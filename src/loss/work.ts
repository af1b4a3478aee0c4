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
