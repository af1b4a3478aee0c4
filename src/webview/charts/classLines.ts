import * as l10n from '@vscode/l10n';
import { type Smoothing, smoothed } from '../../loss/conventions/smoothing.ts';
import { rowGradient } from '../../loss/rows/rowGradient.ts';
import { probabilities } from '../../loss/rows/softmax.ts';
import type { RowDetail } from '../../protocol/engineChannel.ts';
import { count } from '../../words/numberFormat.ts';
import { nameOfClass } from '../widgets/classNames.ts';

/** More classes than this are not all shown. */
export const MOST_SHOWN = 24;
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

/** The classes of a row, in their order (an ignored one has no target, and no gradient); of many the ones in the target and the most probable ones, and the rest as one. */
export function classLines(
  { logits, target }: RowDetail,
  smoothing: Smoothing,
  { weight, ignored }: { readonly weight: Float64Array | null; readonly ignored: boolean },
): readonly ClassLine[] {
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
  return fewLines(
    Array.from(logits, (_, index) => line(index)),
    (a, b) => b.hard - a.hard || b.prediction - a.prediction,
  );
}

/** All of a few lines; of many the first by `rank`, in the order of their classes, and the sums of the rest as one. */
export function fewLines<Line extends Readonly<Record<keyof Line | 'index' | 'count', number>>>(
  all: readonly Line[],
  rank: (a: Line, b: Line) => number,
): readonly Line[] {
  if (all.length <= MOST_SHOWN) return all;
  const ranked = all.toSorted((a, b) => rank(a, b) || a.index - b.index);
  const shown = ranked.slice(0, TOP_CLASSES).sort((a, b) => a.index - b.index);
  const rest = ranked.slice(TOP_CLASSES);
  const keys = Object.keys(rest[0]!) as (keyof Line)[];
  const sums = keys.map((key) => [key, rest.reduce((sum, line) => sum + line[key], 0)] as const);
  return [...shown, { ...rest[0]!, ...Object.fromEntries(sums), index: -1 }];
}

export function nameOfLine(
  { index, count: classes }: Pick<ClassLine, 'index' | 'count'>,
  names: readonly string[] | null,
): string {
  return index === -1 ? l10n.t('Σ {0} others', count(classes)) : nameOfClass(index, names);
}
