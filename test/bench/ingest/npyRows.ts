// A program: `npyRows FILE THREADS` measures the rows of a .npy file and prints their mean loss. See npyRows.py.
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { logitsOf } from '../../../src/engine/batches/needsLogits.ts';
import { BUILDS, SHARED } from '../../../src/engine/kernel/builds.node.ts';
import { Compute, startKernel } from '../../../src/engine/measure/compute.ts';
import { NO_THREADS, type Threads } from '../../../src/engine/measure/threads.ts';
import { ArraysOrigin } from '../../../src/engine/origins/arraysOrigin.ts';
import { reducedLoss } from '../../../src/loss/batch/reduction.ts';
import { DEFAULT_SPEC } from '../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../src/loss/rows/rowLayout.ts';
import { finish } from '../../../src/loss/work.ts';
import { ALPHA } from '../contenders/logits.ts';

/** What threads need is loaded with the first of them. */
async function helpers(most: number): Promise<Threads> {
  if (most === 0) return NO_THREADS;
  const { NodeThreads } = await import('../../../src/engine/measure/threads.node.ts');
  return new NodeThreads(join(__dirname, 'helper.cjs'), most);
}

function meanLoss(path: string, threads: Threads): number {
  const compute = new Compute(startKernel(BUILDS, SHARED, threads));
  const read = finish(new ArraysOrigin('npy', { path }, {}, compute).read(undefined));
  if (!read.ok) throw new Error(`${path}: ${read.problem.reason}`);
  const { batch, source } = read.value;
  const layout = layoutOf(batch.shape, batch.classAxis);
  const values = new Int32Array(layout.rows);
  // 0…K−1, and again
  for (let row = 0; row < Math.min(layout.rows, layout.classes); row++) values[row] = row;
  for (let filled = layout.classes; filled < layout.rows; filled *= 2) values.copyWithin(filled, 0, filled);
  const targets = { kind: 'indices', values } as const;
  const work = compute.measureSource(logitsOf(source), layout, targets, DEFAULT_SPEC);
  return reducedLoss(compute.totals(finish(work)), ALPHA, 'mean');
}

helpers(Number(process.argv[3]) - 1).then((threads) => {
  writeSync(1, `${meanLoss(process.argv[2]!, threads)}\n`);
  process.exit();
});
