import { rowGradient } from '../loss/gradient.ts';
import { type Smoothing, smoothed } from '../loss/smoothing.ts';
import { probabilities } from '../loss/softmax.ts';
import type { RowDetail } from '../protocol/engine.ts';

/** More classes than this are not all shown. */
export const MOST_CLASSES = 24;
const TOP_CLASSES = 12;

/** One line of the picture of a row: a class, or all the others together. */
export interface ClassLine {
  /** −1: the others. */
  readonly index: number;
  /** How many classes it stands for. */
  readonly count: number;
  readonly hard: number;
  readonly target: number;
  readonly prediction: number;
  readonly gradient: number;
}

/** The classes of a row, in their order; of many the ones in the target and the most probable ones, and the rest as one. */
export function classLines(
  { logits, target }: RowDetail,
  smoothing: Smoothing,
  weight: Float64Array | null,
): ClassLine[] {
  // An ignored row has no target, and no gradient.
  const ignored = target.every((t) => t === 0);
  const targets = ignored ? target : smoothed(target, smoothing);
  const predictions = probabilities(logits, smoothing.activation);
  const gradient = ignored ? target : rowGradient(logits, target, smoothing, { weight, focal: null });
  const line = (index: number): ClassLine => ({
    index,
    count: 1,
    hard: target[index]!,
    target: targets[index]!,
    prediction: predictions[index]!,
    gradient: gradient[index]!,
  });
  const all = Array.from(logits, (_, index) => line(index));
  if (all.length <= MOST_CLASSES) return all;
  const rank = (a: ClassLine, b: ClassLine) =>
    b.hard - a.hard || b.prediction - a.prediction || a.index - b.index;
  const ranked = all.toSorted(rank);
  const shown = ranked.slice(0, TOP_CLASSES).sort((a, b) => a.index - b.index);
  return [...shown, ranked.slice(TOP_CLASSES).reduce(together)];
}

function together(a: ClassLine, b: ClassLine): ClassLine {
  return {
    index: -1,
    count: a.count + b.count,
    hard: a.hard + b.hard,
    target: a.target + b.target,
    prediction: a.prediction + b.prediction,
    gradient: a.gradient + b.gradient,
  };
}
