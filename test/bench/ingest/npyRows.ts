// A program: `npyRows FILE THREADS` measures the rows of a .npy file and prints their mean loss. See npyRows.py.
import { workerData } from 'node:worker_threads';
import { BUILDS, SHARED } from '../../../src/engine/kernel/builds.node.ts';
import { Compute, startKernel } from '../../../src/engine/measure/compute.ts';
import { help } from '../../../src/engine/measure/helper.node.ts';
import { NodeThreads } from '../../../src/engine/measure/threads.node.ts';
import { ArraysOrigin } from '../../../src/engine/origins/arrays.ts';
import { layoutOf } from '../../../src/loss/layout.ts';
import { lossTotals, reducedLoss } from '../../../src/loss/reduce.ts';
import { rowStatsWork } from '../../../src/loss/rowStats.ts';
import { DEFAULT_SPEC } from '../../../src/loss/spec.ts';
import { finish } from '../../../src/loss/work.ts';
import { ALPHA } from '../contenders/logits.ts';

function meanLoss(path: string, threads: number): number {
  const helpers = new NodeThreads(import.meta.filename, threads - 1);
  const compute = new Compute(startKernel(BUILDS, SHARED, helpers), rowStatsWork);
  const read = finish(new ArraysOrigin('npy', { path }, undefined, compute).readWork(undefined));
  if (!read.ok) throw new Error(`${path}: ${read.problem.reason}`);
  const { batch, source } = read.value;
  const layout = layoutOf(batch.shape, batch.classAxis);
  const values = new Int32Array(layout.rows);
  for (let row = 0; row < layout.rows; row++) values[row] = row % layout.classes;
  const targets = { kind: 'indices', values } as const;
  const work =
    'file' in source
      ? compute.measureFileWork(source.file, layout, targets, DEFAULT_SPEC)
      : compute.measureWork({ values: source.values, layout }, targets, DEFAULT_SPEC);
  return reducedLoss(lossTotals(finish(work)), ALPHA, 'mean');
}

if (workerData === 'helper') help();
else {
  process.stdout.write(`${meanLoss(process.argv[2]!, Number(process.argv[3]))}\n`, () => process.exit());
}
