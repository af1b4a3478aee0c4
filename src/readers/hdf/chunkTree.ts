import { lengthOf } from '../../loss/rows/shape.ts';
import { damagedFile, wholeWithin } from '../columnar/damaged.ts';

/** A chunk of a data set: where its bytes are, and where in the array it begins. */
export interface Chunk {
  readonly offset: number;
  readonly size: number;
  /** Filters that were left out, by their places. */
  readonly mask: number;
  readonly start: readonly number[];
}

const SIGNATURE = 0x45455254;
const HEAD_BYTES = 24;
const UNDEFINED = 0xffffffffffffffffn;

/** The chunks in a version 1 B-tree. Throws Unreadable for a tree that isn't one, or has a chunk outside of the array, or twice. */
export function chunksOf(
  bytes: Uint8Array,
  address: number,
  chunkShape: readonly number[],
  shape: readonly number[],
): readonly Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // jsfive has it as a double.
  if (address >= Number(UNDEFINED)) return [];
  const chunks: Chunk[] = [];
  const places = new Set<string>();
  const visited = new Set<number>();
  const grid = shape.map((size, axis) => Math.ceil(size / chunkShape[axis]!));
  const most = Math.min(lengthOf(grid), bytes.length);
  const visit = (at: number, level: number | undefined): void => {
    wholeWithin(at, 0, bytes.length - HEAD_BYTES);
    if (visited.has(at)) throw damagedFile(at);
    visited.add(at);
    const own = view.getUint8(at + 5);
    const isTree = view.getUint32(at, true) === SIGNATURE && view.getUint8(at + 4) === 1;
    if (!isTree || (level !== undefined && own !== level)) throw damagedFile(at);
    const entries = view.getUint16(at + 6, true);
    let key = at + HEAD_BYTES;
    for (let i = 0; i < entries; i++) {
      const [size, mask] = [view.getUint32(key, true), view.getUint32(key + 4, true)];
      const start = shape.map((_, axis) => Number(view.getBigUint64(key + 8 + 8 * axis, true)));
      // The last is the place in a number: 0.
      key += 8 + 8 * (shape.length + 1);
      const child = wholeWithin(view.getBigUint64(key, true), 0, bytes.length, key);
      key += 8;
      if (own > 0) {
        visit(child, own - 1);
        continue;
      }
      const isPlaced = start.every((place, axis) => place < shape[axis]! && place % chunkShape[axis]! === 0);
      const name = start.join();
      if (!isPlaced || places.has(name) || child + size > bytes.length || chunks.length >= most)
        throw damagedFile(key);
      places.add(name);
      chunks.push({ offset: child, size, mask, start });
    }
  };
  visit(address, undefined);
  return chunks;
}
