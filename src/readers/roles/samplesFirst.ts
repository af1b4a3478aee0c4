import type { NamedArray } from './namedArray.ts';

/** Rows of classes, of what has its samples as columns: (K, N) becomes (N, K). */
export function samplesFirst(array: NamedArray): NamedArray {
  const { content, shape } = array;
  if (!array.classesFirst || shape.length !== 2 || content.kind !== 'numbers') return array;
  const [classes, rows] = [shape[0]!, shape[1]!];
  const values = content.values.map(
    (_, i) => content.values[(i % classes) * rows + Math.floor(i / classes)]!,
  );
  const indices = array.type === 'bool' ? indicesOfRows(values, classes) : undefined;
  if (indices)
    return {
      ...array,
      type: 'int',
      shape: [rows],
      firstIndex: 0,
      content: { kind: 'numbers', values: indices },
    };
  // The numbers of a row are in all of its lines.
  const spans = Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? array.start : array.end));
  return { ...array, shape: [rows, classes], content: { kind: 'numbers', values }, spans };
}

/** The place of the 1 in each row; undefined if one hasn't just one. Flux keeps class indices so. */
function indicesOfRows(values: Float32Array | Float64Array, classes: number): Float64Array | undefined {
  const indices = new Float64Array(values.length / classes);
  for (let row = 0; row < indices.length; row++) {
    const own = Array.from(values.subarray(row * classes, (row + 1) * classes));
    const index = own.indexOf(1);
    if (index === -1 || own.some((value, k) => value !== Number(k === index))) return undefined;
    indices[row] = index;
  }
  return indices;
}
