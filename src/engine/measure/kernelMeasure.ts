import { type LossTotals, lossTotals } from '../../loss/batch/reduction.ts';
import { type Smoothing, smoothingOf } from '../../loss/conventions/smoothing.ts';
import { RUN } from '../../loss/rows/pairwiseSum.ts';
import type { Layout, Rows } from '../../loss/rows/rowLayout.ts';
import { copied, type PassSpec, type RowStats } from '../../loss/rows/rowStats.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import type { Work } from '../../loss/work.ts';
import { JSON_SCANNER_BYTES, JsonScanner } from '../kernel/jsonScanner.ts';
import { createMemory, instantiate, type KernelExports, type KernelHome } from '../kernel/kernel.ts';
import type { KernelMemory } from '../kernel/kernelMemory.ts';
import { measureExactly } from './exactPass.ts';
import { areFloorsInFloat32, preparedFloors, type SoftRows } from './passes/floorPass.ts';
import { isKernelBeta } from './passes/kernelPass.ts';
import { Lease } from './passes/memoryLease.ts';
import { type Division, type KernelAtHome, PassRunner } from './passes/passRunner.ts';
import { type OutputPlaces, preparedPass, statsOf, temperatureOf } from './passes/preparedPass.ts';
import { isBeyondFloat32 } from './passes/runPass.ts';
import type { LogitsSource } from './rowsFile.ts';
import { exactConfidences } from './scores/exactConfidences.ts';
import { foundScores, preparedScores } from './scores/kernelScores.ts';
import { type SortedRows, withSortedRows } from './scores/kernelSort.ts';
import type { RowScores, RowsToScore, ScoreQuestion } from './scores/score.ts';
import type { Threads } from './threads.ts';

/** Weights are usually around 1. So far from it, what they are multiplied with still keeps its digits in float32. */
const MOST_WEIGHT = 2 ** 40;

function isUsualWeight(weight: number): boolean {
  return weight === 0 || (weight >= 1 / MOST_WEIGHT && weight <= MOST_WEIGHT);
}

/** What a kernel is made of: tests put in parts that watch what it does, small blocks and small teams. */
export interface KernelParts extends Division {
  readonly memory?: KernelMemory;
  readonly instantiate?: (home: KernelHome) => KernelExports;
}

/**
 * Measures rows with the WASM kernel, in float32: each row's losses are within 1e−6·max(loss, 1e−6) of float64. If any is beyond
 * float32, though finite, all rows are measured in float64 instead.
 */
export class KernelMeasure {
  readonly memory: KernelMemory;
  readonly #home: KernelAtHome;
  readonly #instantiate: (home: KernelHome) => KernelExports;
  readonly #passes: PassRunner;
  #scanner: JsonScanner | undefined;
  /** Where results are that lie in the kernel's memory. */
  readonly #leases = new WeakMap<object, Lease>();

  constructor(module: WebAssembly.Module, shared: boolean, threads: Threads, parts: KernelParts = {}) {
    this.memory = parts.memory ?? createMemory(shared);
    this.#instantiate = parts.instantiate ?? instantiate;
    const kernel = this.#instantiate({ module, memory: this.memory.memory });
    this.#home = { module, memory: this.memory, kernel };
    this.#passes = new PassRunner(this.#home, threads, parts);
  }

  /** Another kernel in the same memory: a pass keeps what it's about in its own. */
  another(): KernelExports {
    const { module } = this.#home;
    return this.#instantiate({ module, memory: this.memory.memory });
  }

  /** Reads the numbers of JSON in this kernel. */
  get scanner(): JsonScanner {
    const { memory } = this.memory;
    this.#scanner ??= new JsonScanner(
      { ...this.#home.kernel, memory },
      this.memory.allocate(JSON_SCANNER_BYTES),
    );
    return this.#scanner;
  }

  /**
   * True for what the kernel computes: not focal losses, and not float64 logits, whose digits it would drop. Nor weights that float32
   * doesn't have, or where a sum of what each class costs may all but cancel.
   */
  static computes(source: LogitsSource, targets: Targets | null, spec: PassSpec): boolean {
    if (
      spec.focal !== null ||
      spec.isNormalized ||
      !isKernelBeta(1 / temperatureOf(source)) ||
      ('values' in source && !(source.values instanceof Float32Array))
    )
      return false;
    if (spec.weight && !spec.weight.every(isUsualWeight)) return false;
    // 1 − t of a target near 1 needs all its digits.
    const sigmoid = smoothingOf({ ...spec, labelSmoothing: 0 }, 2).activation === 'sigmoid';
    return !(sigmoid && targets?.kind === 'soft' && targets.values instanceof Float64Array);
  }

  /**
   * In memory that threads share the result stays where it is, and is good until it's given to `release`: for millions of rows new
   * memory would take longer than the computing. `copied` makes one to keep.
   */
  measure(rows: Rows, targets: Targets | null, spec: PassSpec): Work<RowStats> {
    return this.passOverSource(rows, rows.layout, targets, spec);
  }

  /** The same with a result to keep. */
  *copyRows(rows: Rows, targets: Targets | null, spec: PassSpec): Work<RowStats> {
    const stats = yield* this.measure(rows, targets, spec);
    if (!this.#leases.has(stats)) return stats;
    const copy = copied(stats);
    this.release(stats);
    return copy;
  }

  *passOverSource(
    source: LogitsSource,
    layout: Layout,
    targets: Targets | null,
    spec: PassSpec,
  ): Work<RowStats> {
    const prepare = (places: OutputPlaces) => preparedPass(source, layout, targets, spec, places);
    const measured = yield* this.#passes.run({ source, layout, targets }, prepare, (pass, results) => {
      if (isBeyondFloat32(this.memory.memory, pass)) return undefined;
      const stats = statsOf(this.memory, pass, targets, spec);
      // Memory that isn't shared moves when it grows.
      if (!this.memory.shared) return copied(stats);
      this.#leases.set(stats, results.handOver());
      return stats;
    });
    return measured ?? (yield* measureExactly(source, layout, targets, spec));
  }

  /** RowScores rows at β = 1/T, in float32. Undefined if a number of theirs is beyond it. */
  scores(rows: RowsToScore, at: ScoreQuestion): Work<RowScores | undefined> {
    const prepare = (places: OutputPlaces) => preparedScores(rows, at, places);
    return this.#passes.run(rows, prepare, (pass) =>
      isBeyondFloat32(this.memory.memory, pass) ? undefined : foundScores(this.memory, pass, rows),
    );
  }

  /** The floor of each row of soft targets, (rows) nats; undefined for what is computed in float64. */
  floors(
    targets: SoftRows,
    smoothing: Smoothing,
    weight: Float64Array | null,
  ): Work<Float64Array> | undefined {
    const { values, layout } = targets;
    if (!areFloorsInFloat32(values, smoothing, weight)) return undefined;
    const prepare = (places: OutputPlaces) => preparedFloors(targets, smoothing, places);
    return this.#passes.run({ source: { values }, layout, targets: null }, prepare, (pass) =>
      this.memory.doubles(pass.floors!.into, layout.rows).slice(),
    );
  }

  /** Rows by a number of 0 or more each, (rows) float32: see `withSortedRows`. */
  withSortedRows<T>(numbers: Float32Array, use: (sorted: SortedRows) => T): T {
    return withSortedRows(this.#home, numbers, use);
  }

  /** max p at β of some rows, in float64: into those of `into` that they are. */
  exactConfidences(
    rows: Pick<RowsToScore, 'source' | 'layout'>,
    beta: number,
    picked: Int32Array,
    into: Float64Array,
  ): Work<void> {
    return exactConfidences(this.#home, rows, beta, picked, into);
  }

  /** The same as `lossTotals`, sooner where the result is still in the kernel's memory. */
  totals(stats: RowStats): LossTotals {
    if (!this.#leases.has(stats) || stats.rows <= RUN) return lossTotals(stats);
    const { rows, classes, targets, share } = stats;
    const working = new Lease(this.memory);
    try {
      const addressOf = (column: ArrayBufferView) => this.memory.addressOf(column)!;
      const [hard, uniform] = [addressOf(stats.hard), addressOf(stats.uniform)];
      const counts = working.hold(16 * classes);
      const into = working.hold(8 * (3 + classes));
      this.#home.kernel.totals(
        rows,
        classes,
        hard,
        uniform,
        addressOf(stats.pTarget),
        addressOf(stats.target),
        counts,
        into,
      );
      const sums = this.memory.doubles(into, 3 + classes);
      return {
        targets,
        hard: sums[0]!,
        uniform: sums[1]!,
        share,
        counted: sums[2]!,
        perClass: sums.slice(3),
      };
    } finally {
      working.end();
    }
  }

  /** Gives back the memory of a result. Of other results there's nothing to give back. */
  release(stats: RowStats): void {
    this.#leases.get(stats)?.end();
    this.#leases.delete(stats);
  }
}
