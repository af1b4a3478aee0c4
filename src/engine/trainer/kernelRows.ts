import { smoothingOf, valuesOf } from '../../loss/conventions/smoothing.ts';
import { sumOf } from '../../loss/rows/pairwiseSum.ts';
import type { Rows } from '../../loss/rows/rowLayout.ts';
import { measureRowStats, type PassSpec, type RowStats } from '../../loss/rows/rowStats.ts';
import { ignoredTarget, type Targets } from '../../loss/rows/targets.ts';
import type { Work } from '../../loss/work.ts';
import type { KernelExports } from '../kernel/kernel.ts';
import type { KernelMemory } from '../kernel/kernelMemory.ts';
import { KernelMeasure, type KernelParts } from '../measure/kernelMeasure.ts';
import { kernelWeights } from '../measure/passes/kernelPass.ts';
import { Lease } from '../measure/passes/memoryLease.ts';
import { BLOCK, blocksOf } from '../measure/passes/passBlocks.ts';
import { NO_THREADS } from '../measure/threads.ts';
import { EXACT_ROWS, type LossRows, type RowsGradient } from './lossRows.ts';

/**
 * Rows by the WASM kernel, in float32: losses within 1e−6·max(loss, 1e−6) of float64, gradients within 1e−6 of the upstream times
 * the largest weight. What the kernel doesn't compute (focal losses, gradients of sigmoids) is computed in float64.
 */
export class KernelRows implements LossRows {
  readonly memory: KernelMemory;
  readonly #measure: KernelMeasure;
  readonly #kernel: KernelExports;
  readonly #blockLogits: number;

  /** `shared` says which memory the module is for. */
  constructor(module: WebAssembly.Module, shared: boolean, parts: KernelParts = {}) {
    this.#measure = new KernelMeasure(module, shared, NO_THREADS, parts);
    this.memory = this.#measure.memory;
    this.#kernel = this.#measure.another();
    this.#blockLogits = parts.blockLogits ?? BLOCK;
  }

  measure(rows: Rows, targets: Targets | null, spec: PassSpec): Work<RowStats> {
    return KernelMeasure.computes(rows, targets, spec)
      ? this.#measure.copyRows(rows, targets, spec)
      : measureRowStats(rows, targets, spec);
  }

  gradient(question: RowsGradient, into: Float32Array): void {
    const { classes } = question.rows.layout;
    const { activation } = smoothingOf(question.spec, classes);
    if (question.spec.focal || activation === 'sigmoid') {
      EXACT_ROWS.gradient(question, into);
      return;
    }
    const working = new Lease(this.memory);
    try {
      this.#gradient(question, into, working);
    } finally {
      working.end();
    }
  }

  /** Block after block, small enough to be in the cache when the kernel reads what was copied. */
  #gradient(
    { rows: { values, layout }, targets, spec, upstream }: RowsGradient,
    into: Float32Array,
    working: Lease,
  ): void {
    const { memory } = this;
    const { classes } = layout;
    const smoothing = smoothingOf(spec, classes);
    const { on, off } = valuesOf(smoothing);
    const soft = targets.kind === 'soft';
    const { count, at, mostLogits } = blocksOf({ layout, classMajor: false, blockLogits: this.#blockLogits });
    const mostRows = mostLogits / classes;
    const [logitsAt, gradientAt] = [working.hold(4 * mostLogits), working.hold(4 * mostLogits)];
    const targetsAt = working.hold(4 * (soft ? mostLogits : mostRows));
    const upstreamAt = working.hold(4 * mostRows);
    const weights = kernelWeights(spec.weight, smoothing.padding, classes);
    const weightsAt = weights ? working.hold(4 * classes) : 0;
    if (weights) memory.floats(weightsAt, classes).set(weights);
    const weightSum = weights ? sumOf(weights) : classes;
    const ignoreIndex = ignoredTarget(soft ? null : spec.ignoreIndex);
    const indicesAt = soft ? 0 : targetsAt;
    const softAt = soft ? targetsAt : 0;
    const { among, padding } = smoothing;
    this.#kernel.begin(
      classes,
      among,
      ignoreIndex,
      padding ?? -1,
      weightsAt,
      weightSum,
      indicesAt,
      ...NO_COLUMNS,
    );
    for (let index = 0; index < count; index++) {
      const { first, rows } = at(index);
      const [from, to] = [first * classes, (first + rows) * classes];
      memory.floats(logitsAt, to - from).set(values.subarray(from, to));
      memory.floats(upstreamAt, rows).set(upstream.subarray(first, first + rows));
      if (targets.kind === 'soft') memory.floats(softAt, to - from).set(targets.values.subarray(from, to));
      else memory.ints(indicesAt, rows).set(targets.values.subarray(first, first + rows));
      const mass = off * weightSum;
      this.#kernel.gradientRows(logitsAt, rows, 0, softAt, on, off, mass, upstreamAt, gradientAt);
      into.set(memory.floats(gradientAt, to - from), from);
    }
  }
}

/** Gradients leave no columns behind, and need no scratch. */
const NO_COLUMNS = [0, 0, 0, 0, 0, 0] as const;
