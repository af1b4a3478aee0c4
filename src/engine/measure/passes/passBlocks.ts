import type { Layout } from '../../../loss/rows/rowLayout.ts';

/** About how many logits a block has: long enough to be compiled well, short enough to cancel. */
export const BLOCK = 1 << 16;

/** Rows that are handled together: rows `first`…`first + rows − 1`. */
export interface Block {
  readonly first: number;
  readonly rows: number;
}

/** Where one block ends and the next begins. The same for every thread. */
interface Blocks {
  readonly count: number;
  readonly at: (index: number) => Block;
  /** No block has more logits than this: all that a room has to hold. */
  readonly mostLogits: number;
}

/** What the blocks of a pass follow from. */
export interface Cut {
  readonly layout: Layout;
  /** True if the kernel reads the logits where they lie, classes one after the other. */
  readonly classMajor: boolean;
  /** About how many logits a block has. */
  readonly blockLogits: number;
}

/** The only place that knows how large a block is. The kernel writes four rows at a time, but never into another block. */
export function blocksOf({ layout, classMajor, blockLogits }: Cut): Blocks {
  return classMajor ? columnBlocks(layout, blockLogits) : rowBlocks(layout, blockLogits);
}

/** The most rows of a block of rows that lie one after the other: a multiple of four. */
export function rowsOfBlock(classes: number, blockLogits = BLOCK): number {
  return Math.max(4, Math.floor(blockLogits / classes) & ~3);
}

function rowBlocks({ rows, classes }: Layout, blockLogits: number): Blocks {
  const most = rowsOfBlock(classes, blockLogits);
  return {
    count: Math.ceil(rows / most),
    at: (index) => ({ first: index * most, rows: Math.min(most, rows - index * most) }),
    mostLogits: most * classes,
  };
}

/**
 * Parts of what lies together: the kernel handles its last four rows together with some before them, so no part has fewer than
 * four. It may have up to twice as many as a block of rows one after the other.
 */
function columnBlocks({ rows, classes, inner }: Layout, blockLogits: number): Blocks {
  const parts = Math.max(1, Math.floor(inner / rowsOfBlock(classes, blockLogits)));
  const startOf = (part: number) => Math.floor((part * inner) / parts);
  return {
    count: (rows / inner) * parts,
    at: (index) => {
      const part = index % parts;
      const from = startOf(part);
      return { first: Math.floor(index / parts) * inner + from, rows: startOf(part + 1) - from };
    },
    mostLogits: Math.ceil(inner / parts) * classes,
  };
}
