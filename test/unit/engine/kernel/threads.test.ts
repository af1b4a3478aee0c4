import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Compute } from '../../../../src/engine/measure/compute.ts';
import { KernelMeasure } from '../../../../src/engine/measure/kernelMeasure.ts';
import { NodeThreads } from '../../../../src/engine/measure/threads.node.ts';
import { uniformSmoothing } from '../../../../src/loss/conventions/smoothing.ts';
import { DEFAULT_SPEC } from '../../../../src/loss/lossSpec.ts';
import { layoutOf, type Rows } from '../../../../src/loss/rows/rowLayout.ts';
import { copied, measureRowStats, type RowStats } from '../../../../src/loss/rows/rowStats.ts';
import { finish, type Work } from '../../../../src/loss/work.ts';
import { ROOT } from '../../../vscode/paths.ts';
import { stampOf } from '../files.ts';
import { kernelModule } from './builds.ts';
import { FAMILIES, randomOf } from './families.ts';
import { threadedKernel } from './kernels.ts';

const SHAPE = [30_000, 100];

/** Large enough for a team, in memory that all threads see. */
function residentRows({ memory }: KernelMeasure): Rows {
  const random = randomOf(3);
  const length = SHAPE[0]! * SHAPE[1]!;
  const values = memory.floats(memory.allocate(4 * length), length);
  for (let i = 0; i < length; i++) values[i] = FAMILIES.normal!(random, i % SHAPE[1]!, 0);
  return { values, layout: layoutOf(SHAPE, 1) };
}

function measure(kernel: KernelMeasure, rows: Rows): Promise<RowStats> {
  return run(kernel.copyRows(rows, null, DEFAULT_SPEC));
}

/** What this thread gives by itself, on a copy of the logits. */
function alone({ values, layout }: Rows): Promise<RowStats> {
  return measure(threadedKernel(0), { values: values.slice(), layout });
}

/** Runs work as the engine does: other events have their turn in between. */
async function run<T>(work: Work<T>): Promise<T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('threads that help', () => {
  it('give what one thread gives, time after time', async () => {
    const kernel = threadedKernel(2);
    const rows = residentRows(kernel);
    const expected = await alone(rows);
    for (let i = 0; i < 10; i++) expect(await measure(kernel, rows)).toEqual(expected);
  });

  it('take part', async () => {
    const kernel = threadedKernel(1);
    const rows = residentRows(kernel);
    await measure(kernel, rows);
    // This thread does nothing for a while: the other one has started, and is fast enough to do it all.
    const work = kernel.measure(rows, null, DEFAULT_SPEC);
    expect(work.next().done).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    let steps = 0;
    for (let step = work.next(); !step.done; step = work.next()) steps++;
    expect(steps).toBeLessThan(3);
  });

  it('leave nothing behind in memory, also when the work is given up', async () => {
    const kernel = threadedKernel(1);
    const rows = residentRows(kernel);
    const before = kernel.memory.used;
    await measure(kernel, rows);
    const work = kernel.measure(rows, null, DEFAULT_SPEC);
    work.next();
    work.return(undefined as never);
    await expect.poll(() => kernel.memory.used, { timeout: 5000 }).toBe(before);
  });

  it('have left a pass before any message says so: its memory is there for the next', async () => {
    const kernel = threadedKernel(1);
    const rows = residentRows(kernel);
    await measure(kernel, rows);
    const before = kernel.memory.used;
    const work = kernel.measure(rows, null, DEFAULT_SPEC);
    work.next();
    // Without a turn of the event loop, in which a message could come.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
    kernel.release(finish(work));
    expect(kernel.memory.used).toBe(before);
  });

  it('find the floors of soft targets, too', async () => {
    const kernel = threadedKernel(1);
    const { values, layout } = residentRows(kernel);
    for (let i = 0; i < values.length; i++) values[i] = (i % 7) / 300;
    const smoothing = uniformSmoothing(0.1, layout.classes);
    const expected = finish(threadedKernel(0).floors({ values: values.slice(), layout }, smoothing, null)!);
    const before = kernel.memory.used;
    const floors = () => kernel.floors({ values, layout }, smoothing, null)!;
    expect(await run(floors())).toEqual(expected);
    await expect.poll(() => kernel.memory.used, { timeout: 5000 }).toBe(before);
    const work = floors();
    work.next();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    let steps = 0;
    for (let step = work.next(); !step.done; step = work.next()) steps++;
    expect(steps).toBeLessThan(3);
  });

  it('that end by themselves fail the work, and the next work goes well', async () => {
    const script = join(mkdtempSync(join(tmpdir(), 'smooth-labels-')), 'helper.cjs');
    // Takes a block as a thread does, and ends before it's measured.
    writeFileSync(
      script,
      `require('node:worker_threads').parentPort.once('message', ({ home, pass }) => {
        Atomics.add(new Int32Array(home.memory.buffer, pass.counters, 2), 0, 1);
        process.exit(3);
      });`,
    );
    const kernel = new KernelMeasure(kernelModule('shared-relaxed'), true, new NodeThreads(script, 1));
    const rows = residentRows(kernel);
    const before = kernel.memory.used;
    const work = kernel.measure(rows, null, DEFAULT_SPEC);
    work.next();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await expect(run(work)).rejects.toThrow('A compute thread ended (exit code 3)');
    await expect.poll(() => kernel.memory.used, { timeout: 5000 }).toBe(before);
    rmSync(script);
    writeFileSync(script, `require(${JSON.stringify(join(ROOT, 'dist', 'engine.js'))});`);
    expect(await measure(kernel, rows)).toEqual(await alone(rows));
  });

  it('that find their file changed fail the work with that, though nobody else has noticed', async () => {
    const script = join(mkdtempSync(join(tmpdir(), 'smooth-labels-')), 'helper.cjs');
    writeFileSync(
      script,
      `const { parentPort } = require('node:worker_threads');
      parentPort.on('message', ({ id, home, pass }) => {
        Atomics.add(new Int32Array(home.memory.buffer, pass.counters, 2), 0, 1);
        parentPort.postMessage({ id, failure: { reason: 'changed' } });
      });`,
    );
    const kernel = new KernelMeasure(kernelModule('shared-relaxed'), true, new NodeThreads(script, 1));
    const work = kernel.measure(residentRows(kernel), null, DEFAULT_SPEC);
    work.next();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await expect(run(work)).rejects.toMatchObject({ problem: { reason: 'changed' } });
  });

  it('that can’t read their file fail the work, and the next work goes well', async () => {
    const kernel = threadedKernel(1);
    const rows = residentRows(kernel);
    const path = join(mkdtempSync(join(tmpdir(), 'smooth-labels-')), 'logits.bin');
    writeFileSync(path, rows.values.slice());
    const file = {
      path,
      stamp: stampOf(path),
      offset: 0,
      type: { name: 'float32', little: true },
      probabilities: false,
      temperature: 1,
    } as const;
    const work = kernel.passOverSource({ file }, rows.layout, null, DEFAULT_SPEC);
    work.next();
    writeFileSync(path, '');
    await expect(run(work)).rejects.toMatchObject({ problem: { reason: 'changed' } });
    writeFileSync(path, rows.values.slice());
    const same = { ...file, stamp: stampOf(path) };
    const again = kernel.passOverSource({ file: same }, rows.layout, null, DEFAULT_SPEC);
    expect(copied(await run(again))).toEqual(await alone(rows));
    rmSync(path);
  });
});

it('float64 and the kernel agree on a large input', async () => {
  const kernel = threadedKernel(1);
  const rows = residentRows(kernel);
  const [ours, theirs] = [await measure(kernel, rows), await run(measureRowStats(rows, null, DEFAULT_SPEC))];
  expect(ours.prediction).toEqual(theirs.prediction);
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
  expect(mean(ours.uniform) / mean(theirs.uniform)).toBeCloseTo(1, 7);
  expect(mean(ours.hard) / mean(theirs.hard)).toBeCloseTo(1, 7);
});

it('class indices are put once to where all threads read them, and given back', () => {
  const kernel = threadedKernel(0);
  const values = Int32Array.of(2, 0, 1);
  const before = kernel.memory.used;
  const compute = new Compute(kernel);
  const read = finish(
    compute.withPlaced({ kind: 'indices', values }, function* (placed) {
      yield 0;
      return { isThere: kernel.memory.addressOf(placed.values) !== undefined, copy: [...placed.values] };
    }),
  );
  expect(read).toEqual({ isThere: true, copy: [2, 0, 1] });
  expect(kernel.memory.used).toBe(before);
});
