import { lengthOf } from './shape.ts';
/** How rows of K logits lie in a flat array: row `i` is `classes` numbers, `inner` apart. */
export interface Layout {
  /** How many rows: N, or N·d1·d2… */
  readonly rows: number;
  /** K */
  readonly classes: number;
  /** The distance from one class to the next: the product of the axes after the class axis. */
  readonly inner: number;
}

export type Floats = Float32Array | Float64Array;

/** Logits, or probabilities, in any of the shapes (C), (N, C), (N, C, d1 …). */
export interface Rows {
  readonly values: Floats;
  readonly layout: Layout;
}

/** The layout of a C-contiguous array of this shape with its classes on `classAxis`. Rows count in the order of the other axes. */
export function layoutOf(shape: readonly number[], classAxis: number): Layout {
  const inner = lengthOf(shape.slice(classAxis + 1));
  return { rows: lengthOf(shape.slice(0, classAxis)) * inner, classes: shape[classAxis] ?? 0, inner };
}

/** Where row `row` starts; its class `k` is at `offsetOf(layout, row) + k * layout.inner`. */
export function offsetOf({ classes, inner }: Layout, row: number): number {
  const outer = Math.floor(row / inner);
  return outer * classes * inner + (row - outer * inner);
}

/** A copy of one row: (K) float64. */
export function rowOf({ values, layout }: Rows, row: number): Float64Array {
  const start = offsetOf(layout, row);
  return Float64Array.from({ length: layout.classes }, (_, k) => values[start + k * layout.inner]!);
}
