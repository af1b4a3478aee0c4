import { type LossTotals, lossTotals } from '../../loss/batch/reduction.ts';
import { scoreRow } from '../../loss/calibration/calibrationScores.ts';
import type { Smoothing } from '../../loss/conventions/smoothing.ts';
import type { Floats, Layout, Rows } from '../../loss/rows/rowLayout.ts';
import { type MeasureWork, measureRowStats, type PassSpec, type RowStats } from '../../loss/rows/rowStats.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import { sumSoftFloors } from '../../loss/theory/floors.ts';
import type { Work } from '../../loss/work.ts';
import type { NumberScanner } from '../../readers/text/numberScanner.ts';
import { compileKernel, type KernelBuilds } from '../kernel/kernel.ts';
import { measureExactly } from './exactPass.ts';
import { KernelMeasure } from './kernelMeasure.ts';
import { indexBytes } from './passes/preparedPass.ts';
import type { LogitsSource } from './rowsFile.ts';
import { pickRows } from './scores/eachRow.ts';
import { isScoredInFloat32 } from './scores/kernelScores.ts';
import type { SortedRows } from './scores/kernelSort.ts';
import type { RowScores, RowsToScore, ScoreQuestion } from './scores/score.ts';
import { scoreExactly } from './scores/scoreExactly.ts';
import type { Threads } from './threads.ts';

/**
 * Up to so many logits are measured in float64, as a person may look at every digit of them: it takes a few milliseconds. More
 * are measured in float32, each row within 1e−6 of float64.
 */
export const EXACT_LOGITS = 1 << 18;

/** How rows are measured here: each question by the fastest that can answer it. */
export class Compute {
  readonly #kernel: KernelMeasure | undefined;

  /** Without a kernel, as where there is no WASM SIMD, all rows are measured in float64. */
  constructor(kernel: KernelMeasure | undefined) {
    this.#kernel = kernel;
  }

  readonly measure: MeasureWork = (rows, targets, spec) =>
    this.#measureFor(rows, targets, spec)(rows, targets, spec);

  /** Measures rows that stay where they are: in their file, or undivided. */
  measureSource(
    source: LogitsSource,
    layout: Layout,
    targets: Targets | null,
    spec: PassSpec,
  ): Work<RowStats> {
    if ('values' in source && source.temperature === undefined)
      return this.measure({ values: source.values, layout }, targets, spec);
    const isExact = !this.#kernel || !KernelMeasure.computes(source, targets, spec);
    return isExact
      ? measureExactly(source, layout, targets, spec)
      : this.#kernel!.passOverSource(source, layout, targets, spec);
  }

  /** RowScores rows at a temperature. */
  *score(rows: RowsToScore, at: ScoreQuestion): Work<RowScores> {
    const { rows: count, classes } = rows.layout;
    const kernel = count * classes > EXACT_LOGITS && isScoredInFloat32(rows, at) ? this.#kernel : undefined;
    return (kernel && (yield* kernel.scores(rows, at))) ?? (yield* scoreExactly(rows, at));
  }

  /** The floor of each row of soft targets, (rows) in nats: what `sumSoftFloors` gives, sooner for many. */
  *floors(targets: Rows, smoothing: Smoothing, weight: Float64Array | null): Work<Float64Array> {
    const isMany = targets.values.length > EXACT_LOGITS;
    const work = isMany ? this.#kernel?.floors(targets, smoothing, weight) : undefined;
    return yield* work ?? sumSoftFloors(targets, smoothing, weight);
  }

  /** Rows by a number of 0 or more each. Only what a kernel has scored is rounded, and so has to be sorted. */
  withSortedRows<T>(numbers: Float32Array, use: (sorted: SortedRows) => T): T {
    if (!this.#kernel) throw new Error('Without a kernel nothing is rounded');
    return this.#kernel.withSortedRows(numbers, use);
  }

  /** Decides in float64 what `score` has rounded: max p of some rows. */
  *confidencesOf(rows: RowsToScore, beta: number, picked: Int32Array, into: Float64Array): Work<void> {
    const { source, layout } = rows;
    // Logarithms of probabilities have more digits than float32.
    const isRounded = 'file' in source && source.file.probabilities;
    if (this.#kernel && !isRounded) return yield* this.#kernel.exactConfidences(rows, beta, picked, into);
    const some = yield* pickRows(source, layout, picked);
    for (let i = 0; i < picked.length; i++) into[picked[i]!] = scoreRow(some, i, 0, beta).confidence;
  }

  /** Room for many logits where all threads can read them. Given back by `release`; may throw OutOfKernelMemory. */
  allocate(length: number): Float32Array {
    const memory = this.#kernel?.memory;
    if (!memory?.shared || length <= EXACT_LOGITS) return new Float32Array(length);
    return memory.floats(memory.allocate(4 * length), length);
  }

  release(values: Floats): void {
    const address = this.#kernel?.memory.addressOf(values);
    if (address !== undefined) this.#kernel?.memory.free(address);
  }

  /** Work of many passes about class indices, which are put once to where all threads read them. May throw OutOfKernelMemory. */
  *withPlaced<T>(targets: Targets, work: (placed: Targets) => Work<T>): Work<T> {
    const memory = this.#kernel?.memory;
    if (!memory?.shared || targets.kind !== 'indices') return yield* work(targets);
    const { length } = targets.values;
    const at = memory.allocate(indexBytes(length));
    try {
      const values = memory.ints(at, length);
      values.set(targets.values);
      return yield* work({ kind: 'indices', values });
    } finally {
      memory.free(at);
    }
  }

  /** Reads the numbers of JSON faster, if there is a kernel. */
  get scanner(): NumberScanner | undefined {
    return this.#kernel?.scanner;
  }

  /** A result is good until it's given back. */
  releaseStats(stats: RowStats): void {
    this.#kernel?.release(stats);
  }

  totals(stats: RowStats): LossTotals {
    return this.#kernel ? this.#kernel.totals(stats) : lossTotals(stats);
  }

  /** Work that measures rows, with what it measured given back at its end. */
  *inScope<T>(work: (measure: MeasureWork) => Work<T>): Work<T> {
    const measured: RowStats[] = [];
    const measure = this.measure;
    try {
      return yield* work(function* (...question) {
        const stats = yield* measure(...question);
        measured.push(stats);
        return stats;
      });
    } finally {
      for (const stats of measured) this.releaseStats(stats);
    }
  }

  #measureFor(rows: Rows, targets: Targets | null, spec: PassSpec): MeasureWork {
    const { rows: count, classes } = rows.layout;
    const kernel = this.#kernel;
    const isExact = count * classes <= EXACT_LOGITS || !KernelMeasure.computes(rows, targets, spec);
    return kernel && !isExact ? (...question) => kernel.measure(...question) : measureRowStats;
  }
}

/** The kernel, if this engine can run one. */
export function startKernel(
  builds: KernelBuilds,
  shared: boolean,
  threads: Threads,
): KernelMeasure | undefined {
  const module = compileKernel(builds);
  return module && new KernelMeasure(module, shared, threads);
}
