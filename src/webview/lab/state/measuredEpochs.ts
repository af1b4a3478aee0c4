import type { TrainedPart } from './trainedPart.ts';

/** The epochs after which something was measured, ascending. */
export function marksIn(part: TrainedPart | undefined): readonly number[] {
  return (part?.runs[0]?.snapshots ?? []).map(({ epoch }) => epoch);
}

/** The measured epoch nearest to a place in time; null for the last one. */
export function nearestMark(part: TrainedPart | undefined, wanted: number): number | null {
  const marks = marksIn(part);
  const [first] = marks;
  if (first === undefined) return null;
  const nearest = marks.reduce(
    (best, mark) => (Math.abs(mark - wanted) < Math.abs(best - wanted) ? mark : best),
    first,
  );
  return nearest === marks.at(-1) ? null : nearest;
}
