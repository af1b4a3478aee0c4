import { layoutOf, offsetOf } from '../../loss/rows/rowLayout.ts';
import type { LogitsBatch } from '../logitsBatch.ts';

/**
 * The byte offsets [start, end) of a row's numbers: its list or record. If the classes aren't on the last axis its
 * numbers are spread over several lists; then from the first of those to the last. Row statistics have one place for all rows.
 */
export function spanOfRow(
  { shape, classAxis, spans }: Pick<LogitsBatch, 'shape' | 'classAxis' | 'spans'>,
  row: number,
): readonly [number, number] {
  const layout = layoutOf(shape, classAxis);
  const perList = shape.at(-1)!;
  const first = offsetOf(layout, row);
  const last = first + (layout.classes - 1) * layout.inner;
  const [from, to] = [2 * Math.floor(first / perList), 2 * Math.floor(last / perList) + 1];
  return to < spans.length ? [spans[from]!, spans[to]!] : [spans[0]!, spans.at(-1)!];
}
