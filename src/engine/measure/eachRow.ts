import type { Layout, Rows } from '../../loss/rows/rowLayout.ts';
import { SLICE, type Work } from '../../loss/work.ts';
import { rowsOfBlock } from './passBlocks.ts';
import { openRowsFile } from './rowsFile.node.ts';
import type { LogitsSource } from './rowsFile.ts';
import { bringFrom } from './runPass.ts';

/** Calls `visit` for every row of a batch, in order, be it in memory or in a file: row `row` of all is row `at` of `rows`. */
export function* eachRow(
  source: LogitsSource,
  layout: Layout,
  visit: (rows: Rows, index: number, row: number) => void,
): Work<void> {
  const { rows: count, classes } = layout;
  if ('values' in source) {
    const rows = { values: source.values, layout };
    const rowsInSlice = Math.max(1, Math.floor(SLICE / classes));
    for (let row = 0; row < count; row++) {
      if (row % rowsInSlice === 0) yield row / count;
      visit(rows, row, row);
    }
    return;
  }
  const most = rowsOfBlock(classes);
  const block = new Float32Array(most * classes);
  const file = openRowsFile(source.file);
  try {
    for (let first = 0; first < count; first += most) {
      yield first / count;
      const rows = Math.min(most, count - first);
      const values = block.subarray(0, rows * classes);
      file.bring({ first, rows }, values);
      for (let index = 0; index < rows; index++)
        visit({ values, layout: { rows, classes, inner: 1 } }, index, first + index);
    }
  } finally {
    file.close();
  }
}

/** Some rows of a batch, (n, K) in memory. */
export function* pickRows(source: LogitsSource, layout: Layout, picked: Int32Array): Work<Rows> {
  const { classes } = layout;
  const values = new Float32Array(picked.length * classes);
  const file = 'file' in source ? openRowsFile(source.file) : undefined;
  const bring = 'values' in source ? bringFrom(source.values, layout) : file!.bring;
  const rowsInSlice = Math.max(1, Math.floor(SLICE / classes));
  try {
    for (let i = 0; i < picked.length; i++) {
      if (i % rowsInSlice === 0) yield i / picked.length;
      const into = values.subarray(i * classes, (i + 1) * classes);
      bring({ first: picked[i]!, rows: 1 }, into);
    }
  } finally {
    file?.close();
  }
  return { values, layout: { rows: picked.length, classes, inner: 1 } };
}
