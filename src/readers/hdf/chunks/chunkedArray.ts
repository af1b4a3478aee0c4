import type { Floats } from '../../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../../loss/rows/shape.ts';
import type { Work } from '../../../loss/work.ts';
import { bytesOf, decode } from '../../arrays/numberType.ts';
import type { ArrayHeader, Stored } from '../../arrays/storedArray.ts';
import { damagedFile, type Guarded } from '../../columnar/damaged.ts';
import { fillValueOf } from '../dataSpace.ts';
import type { HdfBytes } from '../hdfBytes.ts';
import type { HdfLayout } from '../hdfLayout.ts';
import type { HdfObject } from '../hdfObject.ts';
import { type ChunkFilter, chunkFilters, filtered } from './chunkFilters.ts';
import { type Chunk, chunksOf } from './chunkTree.ts';

/** A data set in chunks, each of which is filtered by itself; what has no chunk has the fill value. */
export function chunkedArray(
  guarded: Guarded,
  object: HdfObject,
  layout: HdfLayout & { readonly kind: 'chunked' },
  header: ArrayHeader,
): Stored {
  const { file } = object;
  const { shape, type } = header;
  const { tree, shape: chunkShape } = layout;
  if (chunkShape.length !== shape.length) throw damagedFile(object.address);
  const filters = chunkFilters(object);
  const missing = fillValueOf(object, type);
  const chunks = tree === undefined ? [] : chunksOf(file, tree, chunkShape, shape);
  const stored = chunks.reduce((sum, { size }) => sum + size, 0);
  return {
    bytes: stored,
    fill: (room) =>
      guarded.run(function* () {
        const values = guarded.own(() => room(lengthOf(shape)));
        if (missing !== 0) values.fill(missing);
        yield* putChunks(file, chunks, chunkShape, header, filters, values);
        return values;
      }),
  };
}

function* putChunks(
  file: HdfBytes,
  chunks: readonly Chunk[],
  chunkShape: readonly number[],
  { shape, type }: ArrayHeader,
  filters: readonly ChunkFilter[],
  values: Floats,
): Work<void> {
  const count = lengthOf(chunkShape);
  const size = bytesOf(type);
  for (const [i, { offset, size: length, mask, start }] of chunks.entries()) {
    yield i / chunks.length;
    const raw = filtered(file.bytes(offset, length), filters, mask, count * size, size);
    const numbers = new Float64Array(count);
    decode(raw, type, numbers);
    putChunk(numbers, chunkShape, start, shape, values);
  }
}

/** Copies the part of a chunk that is within the array, run by run along the last axis. */
function putChunk(
  chunk: Float64Array,
  chunkShape: readonly number[],
  start: readonly number[],
  shape: readonly number[],
  values: Floats,
): void {
  const last = shape.length - 1;
  const run = Math.min(chunkShape[last]!, shape[last]! - start[last]!);
  const index = new Array<number>(last).fill(0);
  const rows = lengthOf(chunkShape.slice(0, -1));
  for (let row = 0; row < rows; row++) {
    let [into, isWithin] = [0, true];
    for (let axis = 0; axis < last; axis++) {
      const place = start[axis]! + index[axis]!;
      isWithin &&= place < shape[axis]!;
      into = (into + place) * shape[axis + 1]!;
    }
    const from = row * chunkShape[last]!;
    if (isWithin) values.set(chunk.subarray(from, from + run), into + start[last]!);
    for (let axis = last - 1; axis >= 0 && ++index[axis]! === chunkShape[axis]!; axis--) index[axis] = 0;
  }
}
