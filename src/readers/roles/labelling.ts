import { layoutOf, offsetOf } from '../../loss/rows/rowLayout.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import { SLICE, type Work } from '../../loss/work.ts';
import type { Labelling } from '../logitsBatch.ts';
import { Unreadable } from '../text/cursor.ts';

/** Targets that were rounded sum to 1 within this. */
const SLACK = 0.02;

/**
 * What targets of the logits' shape say of their rows: distributions sum to 1; where one sums to something else, each class is right by
 * itself. Throws Unreadable for what is neither.
 */
export function* labellingOf(
  targets: Targets | null,
  shape: readonly number[],
  classAxis: number,
  offset: number,
): Work<Labelling> {
  if (targets?.kind !== 'soft') return 'one-class';
  const layout = layoutOf(shape, classAxis);
  const { rows, classes, inner } = layout;
  let labelling: Labelling = 'one-class';
  for (let row = 0; row < rows; row++) {
    if ((row * classes) % SLICE < classes) yield row / rows;
    let sum = 0;
    for (let k = 0, i = offsetOf(layout, row); k < classes; k++, i += inner) {
      const value = targets.values[i]!;
      if (!(value >= 0 && value <= 1))
        throw new Unreadable({ reason: 'target-value', offset, row, found: value });
      sum += value;
    }
    if (Math.abs(sum - 1) > SLACK) labelling = 'multi-label';
  }
  return labelling;
}
