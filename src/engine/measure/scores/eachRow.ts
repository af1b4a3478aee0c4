import type { Layout, Rows } from '../../../loss/rows/rowLayout.ts';
import { SLICE, type Work } from '../../../loss/work.ts';
import { rowsOfBlock } from '../passes/passBlocks.ts';
import { type BringBlock, bringFrom } from '../passes/runPass.ts';
import { openRowsFile } from '../rowsFile.node.ts';
import type { LogitsSource } from '../rowsFile.ts';

/** Calls `visit` for every row of a batch, in order, be it in memory or in a file: row `row` of all is row `index` of `rows`. */
export function* eachRow(
  source: LogitsSource,
  layout: Layout,
  visit: (rows: Rows, index: number, row: number) => void,
): Work<void> {
  const { rows: count, classes } = layout;
  if ('values' in source && source.temperature === undefined) {
    const rows = { values: source.values, layout };
    const rowsInSlice = Math.max(1, Math.floor(SLICE / classes));
    for (let row = 0; row < count; row++) {
      if (row % rowsInSlice === 0) yield row / count;
      visit(rows, row, row);
    }
    return;
  }
  const most = rowsOfBlock(classes);
  const block = new Float64Array(Math.min(most, count) * classes);
  const { bring, close } = broughtFrom(source, layout);
  try {
    for (let first = 0; first < count; first += most) {
      yield first / count;
      const rows = Math.min(most, count - first);
      const values = block.subarray(0, rows * classes);
      bring({ first, rows }, values);
      for (let index = 0; index < rows; index++)
        visit({ values, layout: { rows, classes, inner: 1 } }, index, first + index);
    }
  } finally {
    close();
  }
}

/** Some rows of a batch, (n, K) float64 in memory. */
export function* pickRows(source: LogitsSource, layout: Layout, picked: Int32Array): Work<Rows> {
  const { classes } = layout;
  const values = new Float64Array(picked.length * classes);
  const { bring, close } = broughtFrom(source, layout);
  const rowsInSlice = Math.max(1, Math.floor(SLICE / classes));
  try {
    for (let i = 0; i < picked.length; i++) {
      if (i % rowsInSlice === 0) yield i / picked.length;
      bring({ first: picked[i]!, rows: 1 }, values.subarray(i * classes, (i + 1) * classes));
    }
  } finally {
    close();
  }
  return { values, layout: { rows: picked.length, classes, inner: 1 } };
}

/** Brings rows as they are measured: divided by their temperature. */
function broughtFrom(source: LogitsSource, layout: Layout): { bring: BringBlock; close: () => void } {
  if ('file' in source) return openRowsFile(source.file);
  const bring = bringFrom(source.values, layout);
  const { temperature = 1 } = source;
  if (temperature === 1) return { bring, close() {} };
  return {
    bring(block, into) {
      bring(block, into);
      for (let i = 0; i < into.length; i++) into[i]! /= temperature;
      return false;
    },
    close() {},
  };
}
