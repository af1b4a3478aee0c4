import { lengthOf } from '../../../loss/rows/shape.ts';
import { damagedFile } from '../../columnar/damaged.ts';
import type { HdfBytes } from '../hdfBytes.ts';

/** A chunk of a data set: where its bytes are, and where in the array it begins. */
export interface Chunk {
  readonly offset: number;
  readonly size: number;
  /** Filters that were left out, by their places. */
  readonly mask: number;
  readonly start: readonly number[];
}

const HEAD_BYTES = 24;

/** The chunks in a version 1 B-tree. Throws Unreadable for a tree that isn't one, or has a chunk outside of the array, or twice. */
export function chunksOf(
  file: HdfBytes,
  tree: number,
  chunkShape: readonly number[],
  shape: readonly number[],
): readonly Chunk[] {
  const chunks: Chunk[] = [];
  const places = new Set<string>();
  const visited = new Set<number>();
  const grid = shape.map((size, axis) => Math.ceil(size / chunkShape[axis]!));
  const most = Math.min(lengthOf(grid), file.size);
  const visit = (node: number, level: number | undefined): void => {
    if (visited.has(node)) throw damagedFile(node);
    visited.add(node);
    const isTree = file.says(node, 'TREE') && file.u8(node + 4) === 1;
    const own = file.u8(node + 5);
    if (!isTree || (level !== undefined && own !== level)) throw damagedFile(node);
    const entries = file.u16(node + 6);
    let key = node + HEAD_BYTES;
    for (let i = 0; i < entries; i++) {
      const [size, mask] = [file.u32(key), file.u32(key + 4)];
      const corner = key + 8;
      // The last is the place in a number: 0.
      key += 8 + 8 * (shape.length + 1);
      const child = file.address(key);
      if (child === undefined) throw damagedFile(key);
      key += 8;
      if (own > 0) {
        visit(child, own - 1);
        continue;
      }
      const start = shape.map((_, axis) => file.length(corner + 8 * axis));
      const isPlaced = start.every((place, axis) => place < shape[axis]! && place % chunkShape[axis]! === 0);
      const name = start.join();
      if (!isPlaced || places.has(name) || child + size > file.size || chunks.length >= most)
        throw damagedFile(key);
      places.add(name);
      chunks.push({ offset: child, size, mask, start });
    }
  };
  visit(tree, undefined);
  return chunks;
}
