import { damagedFile } from '../../columnar/damaged.ts';
import type { HdfBytes } from '../hdfBytes.ts';

/** Mark, version, type, and the checksum behind all. */
const OVERHEAD = 10;
const HEAD = 6;
/** Deeper trees have more records than there are atoms. */
const MOST_DEPTH = 16;

/** Where the records of a version 2 B-tree are, in their order. */
export function recordsOf(file: HdfBytes, tree: number, type: number): readonly number[] {
  if (!file.says(tree, 'BTHD') || file.u8(tree + 5) !== type) throw damagedFile(tree);
  const [nodeSize, recordSize, depth] = [file.u32(tree + 6), file.u16(tree + 10), file.u16(tree + 12)];
  const [root, count] = [file.address(tree + 16), file.u16(tree + 24)];
  if (root === undefined) return [];
  if (recordSize === 0 || depth > MOST_DEPTH) throw damagedFile(tree);
  const sizes = pointerSizes(nodeSize, recordSize, depth);
  const records: number[] = [];
  const seen = new Set<number>();
  const visit = (node: number, held: number, level: number): void => {
    if (!file.says(node, level > 0 ? 'BTIN' : 'BTLF') || file.u8(node + 5) !== type || seen.has(node))
      throw damagedFile(node);
    seen.add(node);
    if (OVERHEAD + held * recordSize > nodeSize) throw damagedFile(node);
    const own = (i: number) => node + HEAD + i * recordSize;
    const { leafCount, total } = sizes[level]!;
    for (let i = 0, at = own(held); i <= held; i++, at += 8 + leafCount + total) {
      if (level > 0) {
        const child = file.address(at);
        if (child === undefined) throw damagedFile(at);
        visit(child, file.whole(at + 8, leafCount), level - 1);
      }
      if (i < held) records.push(own(i));
    }
  };
  visit(root, count, depth);
  return records;
}

interface PointerSizes {
  /** Bytes of how many records a child has. */
  readonly leafCount: number;
  /** Bytes of how many there are below it; none above leaves. */
  readonly total: number;
}

/** How many bytes a pointer's counts take at each level, by how many records may be there. */
function pointerSizes(nodeSize: number, recordSize: number, depth: number): readonly PointerSizes[] {
  const inLeaf = Math.floor((nodeSize - OVERHEAD) / recordSize);
  const leafCount = bytesFor(inLeaf);
  const sizes: PointerSizes[] = [{ leafCount, total: 0 }];
  let [below, total] = [inLeaf, 0];
  for (let level = 1; level <= depth; level++) {
    sizes.push({ leafCount, total });
    const pointer = 8 + leafCount + total;
    const own = Math.floor((nodeSize - OVERHEAD - pointer) / (recordSize + pointer));
    below = (own + 1) * below + own;
    total = bytesFor(below);
  }
  return sizes;
}

function bytesFor(most: number): number {
  return most < 1 ? 1 : Math.min(8, Math.floor(Math.floor(Math.log2(most)) / 8) + 1);
}
