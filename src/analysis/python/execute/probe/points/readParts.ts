import type { Figures } from '../../execution.ts';
import type { Callable } from '../callable.ts';
import type { Tried } from '../triedConventions.ts';
import { figuresOf, type Point } from './figures.ts';
import type { Kind } from './kinds.ts';

/** The targets of each set of logits, as figures and as what conventions are compared with. */
export interface TriedPart {
  readonly set: number;
  readonly parameter: string;
  readonly tried: readonly Tried[];
  readonly figures: readonly Figures[];
}

/** A set of logits that nothing comes of is no part, where others are. */
export function triedParts(points: readonly Point[], found: Callable, kind: Kind): TriedPart[] {
  const isSigmoid = kind.form === 'sigmoid';
  const sets = points[0]!.evens.length;
  const parts = Array.from({ length: sets }, (_, set) => {
    const tried: Tried[] = [];
    const figures: Figures[] = points.map(({ alpha, classes, evens, matrix }) => {
      const { on, off, padding } = evens[set]!;
      const scale = isSigmoid ? 1 : kind.scaleOf(set, classes);
      tried.push({ alpha, classes, on: on / scale, off: off / scale, isPadded: padding !== null });
      return figuresOf(alpha, evens[set]!, matrix, scale, found);
    });
    return { set, parameter: found.ran.scores[set] ?? '', tried, figures };
  });
  const used = parts.filter(({ figures }) => figures.some(({ on, off }) => on !== 0 || off !== 0));
  return used.length > 0 ? used : parts;
}
