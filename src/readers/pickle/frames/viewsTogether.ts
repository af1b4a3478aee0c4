import type { Floats } from '../../../loss/rows/rowLayout.ts';
import { portion, type Work } from '../../../loss/work.ts';
import type { ArrayView } from '../machine/pickleValues.ts';
import { readView } from '../views/readView.ts';
import type { Leaf } from '../walk/leaf.ts';

/** Of the columns that lie between those that are wanted, so many for each of these are read, too. */
const MOST_BETWEEN = 2;

/**
 * Fills `into` with columns of the same block, row by row, reading the block once: column by column, a table that is stored row by row would
 * be read as often as it has columns. False, and nothing done, if they aren't of one block.
 */
export function* filledTogether(leaves: readonly Leaf[], into: Floats): Work<boolean> {
  const views = leaves.flatMap(({ content }) => (content.kind === 'view' ? [content.view] : []));
  const hull = views.length === leaves.length ? hullOf(views) : undefined;
  if (!hull) return false;
  const { view, places } = hull;
  const [rows, columns] = view.shape as [number, number];
  if (columns === places.length && places.every((place, i) => place === i)) {
    yield* readView(view, into);
    return true;
  }
  const all =
    into instanceof Float64Array ? new Float64Array(rows * columns) : new Float32Array(rows * columns);
  yield* portion(readView(view, all), 0, 0.9);
  for (let row = 0, at = 0; row < rows; row++)
    for (const place of places) into[at++] = all[row * columns + place]!;
  return true;
}

/** A view of rows that has all of these columns, and which of its own each is; undefined if they lie too far apart. */
function hullOf(
  columns: readonly ArrayView[],
): { readonly view: ArrayView; readonly places: readonly number[] } | undefined {
  const [one] = columns as [ArrayView];
  const bytes = one.place();
  const areAlike = columns.every(
    ({ element, shape, strides, place }) =>
      element === one.element &&
      shape[0] === one.shape[0] &&
      strides[0] === one.strides[0] &&
      place() === bytes,
  );
  if (!areAlike) return undefined;
  const firsts = [...new Set(columns.map(({ first }) => first))].toSorted((a, b) => a - b);
  const start = firsts[0]!;
  const step = firsts.slice(1).reduce((least, first, i) => Math.min(least, first - firsts[i]!), Infinity);
  if (!Number.isFinite(step)) return undefined;
  const places = columns.map(({ first }) => (first - start) / step);
  const count = (firsts.at(-1)! - start) / step + 1;
  if (!places.every(Number.isInteger) || count > MOST_BETWEEN * columns.length) return undefined;
  const view = { ...one, shape: [one.shape[0]!, count], strides: [one.strides[0]!, step], first: start };
  return { view, places };
}
