import type { Floats } from '../../../loss/rows/rowLayout.ts';
import type { Work } from '../../../loss/work.ts';
import { Lease } from '../passes/memoryLease.ts';
import { rowsOfBlock } from '../passes/passBlocks.ts';
import type { KernelAtHome } from '../passes/passRunner.ts';
import { rawFileOf, temperatureOf } from '../passes/preparedPass.ts';
import { bringFrom } from '../passes/runPass.ts';
import { openRowsFile } from '../rowsFile.node.ts';
import type { RowsToScore } from './score.ts';

/** What `begin` takes where no columns are written. */
const NO_PLACES = [0, 0, 0, 0, 0, 0, 0, 0] as const;

/** max p at β of some rows, in float64: into those of `into` that they are. */
export function* exactConfidences(
  { memory, kernel }: KernelAtHome,
  { source, layout }: Pick<RowsToScore, 'source' | 'layout'>,
  beta: number,
  picked: Int32Array,
  into: Float64Array,
): Work<void> {
  const { classes } = layout;
  const most = rowsOfBlock(classes);
  const working = new Lease(memory);
  const raw = rawFileOf(source);
  const file = raw && openRowsFile(raw);
  try {
    const bring = file?.bring ?? bringFrom((source as { values: Floats }).values, layout);
    const [block, results] = [working.hold(4 * most * classes), working.hold(8 * most)];
    for (let first = 0; first < picked.length; first += most) {
      yield first / picked.length;
      const rows = Math.min(most, picked.length - first);
      const logits = memory.floats(block, rows * classes);
      for (let i = 0; i < rows; i++)
        bring({ first: picked[first + i]!, rows: 1 }, logits.subarray(i * classes, (i + 1) * classes));
      kernel.begin(classes, classes, -1, -1, 0, ...NO_PLACES);
      kernel.exactConfidences(block, rows, beta / temperatureOf(source), results);
      const found = memory.doubles(results, rows);
      for (let i = 0; i < rows; i++) into[picked[first + i]!] = found[i]!;
    }
  } finally {
    file?.close();
    working.end();
  }
}
