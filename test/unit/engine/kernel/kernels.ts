import { join } from 'node:path';
import { JSON_SCANNER_BYTES, JsonScanner } from '../../../../src/engine/kernel/jsonScanner.ts';
import { KernelMeasure } from '../../../../src/engine/measure/kernelMeasure.ts';
import { NodeThreads } from '../../../../src/engine/measure/threads.node.ts';
import { NO_THREADS } from '../../../../src/engine/measure/threads.ts';
import { type MeasureWork, measureRowStats } from '../../../../src/loss/rows/rowStats.ts';
import { ROOT } from '../../../vscode/paths.ts';
import { kernelModule } from './builds.ts';
import { watchedKernel } from './watched/watchedKernel.ts';
import { WatchedMeasure } from './watched/watchedMeasure.ts';

/** A scanner with `size` bytes to work in, which throws if it leaves them. */
export function scannerOf(size = JSON_SCANNER_BYTES): JsonScanner {
  const { memory, module, allowed } = new WatchedMeasure('private-relaxed');
  const base = memory.allocate(size);
  const kernel = watchedKernel({ module, memory: memory.memory }, allowed);
  return new JsonScanner({ ...kernel, memory: memory.memory }, base, size);
}

const relaxed = new KernelMeasure(kernelModule('private-relaxed'), false, NO_THREADS);
const plain = new KernelMeasure(kernelModule('private-plain'), false, NO_THREADS);
const shared = new KernelMeasure(kernelModule('shared-relaxed'), true, NO_THREADS);

/** The logits, and soft targets, where the kernel reads them in place. */
const resident: MeasureWork = function* (rows, targets, spec) {
  const { memory } = shared;
  const placed: number[] = [];
  const place = (numbers: ArrayLike<number>) => {
    const at = memory.allocate(4 * numbers.length);
    placed.push(at);
    const values = memory.floats(at, numbers.length);
    values.set(numbers);
    return values;
  };
  try {
    const values = place(rows.values);
    const isNarrow = targets?.kind === 'soft' && targets.values instanceof Float32Array;
    const wanted = isNarrow ? { ...targets, values: place(targets.values) } : targets;
    return yield* shared.copyRows({ ...rows, values }, wanted, spec);
  } finally {
    for (const at of placed) memory.free(at);
  }
};

export interface Backend {
  readonly name: string;
  readonly measure: MeasureWork;
}

/** All that measure rows: one body of tests for all of them. */
export const BACKENDS: readonly Backend[] = [
  { name: 'float64', measure: measureRowStats },
  { name: 'kernel', measure: (...question) => relaxed.measure(...question) },
  { name: 'kernel without fused multiply-add', measure: (...question) => plain.measure(...question) },
  { name: 'kernel on resident logits', measure: resident },
];

/** A kernel whose threads run the packaged engine. */
export function threadedKernel(most: number): KernelMeasure {
  const threads = new NodeThreads(join(ROOT, 'dist', 'engine.js'), most);
  return new KernelMeasure(kernelModule('shared-relaxed'), true, threads);
}
