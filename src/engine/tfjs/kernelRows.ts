import type { Rows } from '../../loss/layout.ts';
import { type PassSpec, type RowStats, rowStatsWork } from '../../loss/rowStats.ts';
import { smoothingOf, valuesOf } from '../../loss/smoothing.ts';
import { sumOf } from '../../loss/sum.ts';
import type { Targets } from '../../loss/targets.ts';
import type { Work } from '../../loss/work.ts';
import type { KernelExports } from '../kernel/kernel.ts';
import type { KernelMemory } from '../kernel/memory.ts';
import { KernelMeasure } from '../measure/kernelMeasure.ts';
import { kernelWeights, NO_TARGET, rowsOfBlock } from '../measure/pass.ts';
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

  /** `shared` says which memory the module is for. */
  constructor(module: WebAssembly.Module, shared: boolean) {
    this.#measure = new KernelMeasure(module, shared, NO_THREADS);
    this.memory = this.#measure.memory;
    this.#kernel = this.#measure.another();
  }

  measureWork(rows: Rows, targets: Targets | null, spec: PassSpec): Work<RowStats> {
    return KernelMeasure.computes(rows, targets, spec)
      ? this.#measure.copiedWork(rows, targets, spec)
      : rowStatsWork(rows, targets, spec);
  }

  gradient(question: RowsGradient, into: Float32Array): void {
    const { classes } = question.rows.layout;
    const { activation } = smoothingOf(question.spec, classes);
    if (question.spec.focal || activation === 'sigmoid') {
      EXACT_ROWS.gradient(question, into);
      return;
    }
    const held: number[] = [];
    const hold = (bytes: number): number => {
      held.push(this.memory.allocate(bytes));
      return held.at(-1)!;
    };
    try {
      this.#gradient(question, into, hold);
    } finally {
      for (const at of held) this.memory.free(at);
    }
  }

  /** Block after block, small enough to be in the cache when the kernel reads what was copied. */
  #gradient(
    { rows: { values, layout }, targets, spec, upstream }: RowsGradient,
    into: Float32Array,
    hold: (bytes: number) => number,
  ): void {
    const { classes } = layout;
    const smoothing = smoothingOf(spec, classes);
    const { on, off } = valuesOf(smoothing);
    const soft = targets.kind === 'soft';
    const most = rowsOfBlock(classes);
    const [logitsAt, gradientAt] = [hold(4 * most * classes), hold(4 * most * classes)];
    const targetsAt = hold(soft ? 4 * most * classes : 4 * most);
    const upstreamAt = hold(4 * most);
    const weights = kernelWeights(spec.weight, smoothing.padding, classes);
    const weightsAt = weights ? hold(4 * classes) : 0;
    if (weights) this.memory.floats(weightsAt, classes).set(weights);
    const weightSum = weights ? sumOf(weights) : classes;
    const ignoreIndex = soft ? NO_TARGET : (spec.ignoreIndex ?? NO_TARGET);
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
    for (let first = 0; first < layout.rows; first += most) {
      const rows = Math.min(most, layout.rows - first);
      const [from, to] = [first * classes, (first + rows) * classes];
      this.memory.floats(logitsAt, to - from).set(values.subarray(from, to));
      this.memory.floats(upstreamAt, rows).set(upstream.subarray(first, first + rows));
      if (targets.kind === 'soft')
        this.memory.floats(softAt, to - from).set(targets.values.subarray(from, to));
      else this.memory.ints(indicesAt, rows).set(targets.values.subarray(first, first + rows));
      const mass = off * weightSum;
      this.#kernel.gradientRows(logitsAt, rows, 0, softAt, on, off, mass, upstreamAt, gradientAt);
      into.set(this.memory.floats(gradientAt, to - from), from);
    }
  }
}

/** Gradients leave no columns behind, and need no scratch. */
const NO_COLUMNS = [0, 0, 0, 0, 0, 0] as const;
