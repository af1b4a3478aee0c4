import { type LossTotals, lossTotals } from '../../loss/batch/reduction.ts';
import { type Smoothing, smoothingOf, valuesOf } from '../../loss/conventions/smoothing.ts';
import { RUN } from '../../loss/rows/pairwiseSum.ts';
import type { Floats, Layout, Rows } from '../../loss/rows/rowLayout.ts';
import { copied, type PassSpec, type RowStats } from '../../loss/rows/rowStats.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import type { Work } from '../../loss/work.ts';
import { JSON_SCANNER_BYTES, JsonScanner } from '../kernel/jsonScanner.ts';
import { createMemory, instantiate, type KernelExports, type KernelHome } from '../kernel/kernel.ts';
import type { KernelMemory } from '../kernel/kernelMemory.ts';
import { measureExactly } from './exactPass.ts';
import { isKernelBeta, type Pass } from './kernelPass.ts';
import { Lease } from './memoryLease.ts';
import { BLOCK, rowsOfBlock } from './passBlocks.ts';
import {
  bringerOf,
  type OutputPlaces,
  preparedPass,
  rawFileOf,
  scratchMemoryFor,
  statsOf,
  temperatureOf,
} from './preparedPass.ts';
import { openRowsFile } from './rowsFile.node.ts';
import type { LogitsSource, RowsFile } from './rowsFile.ts';
import { bringFrom, isBeyondFloat32, isDone, runPass, softFrom, stopPass } from './runPass.ts';
import { foundScores, preparedScores } from './scores/kernelScores.ts';
import type { RowScores, RowsToScore, ScoreQuestion } from './scores/score.ts';
import type { Team, Threads } from './threads.ts';

/** With fewer logits another thread comes too late to help. */
const WORTH_A_TEAM = 1 << 21;

/** Weights are usually around 1. So far from it, what they are multiplied with still keeps its digits in float32. */
const MOST_WEIGHT = 2 ** 40;

/** Of targets that are near 1 by what they get off others, float32 has too few digits for the floor. */
const MOST_OFF = 0.5;

/** What `begin` takes of a pass that writes no columns. */
const NO_PLACES = [0, 0, 0, 0, 0, 0, 0, 0] as const;

/** Soft targets of rows. */
type SoftRows = Pick<Rows, 'values' | 'layout'>;

/** What the kernel counts in when it sorts: 256 values of each of four digits. */
const SORT_COUNTS = 4 << 10;

/** Rows by a number each, ascending; those whose number is NaN are left out. */
export interface SortedRows {
  readonly numbers: Float32Array;
  readonly rows: Int32Array;
}

function isUsualWeight(weight: number): boolean {
  return weight === 0 || (weight >= 1 / MOST_WEIGHT && weight <= MOST_WEIGHT);
}

/** What a kernel is made of: tests put in parts that watch what it does, small blocks and small teams. */
export interface KernelParts {
  readonly memory?: KernelMemory;
  readonly instantiate?: (home: KernelHome) => KernelExports;
  readonly blockLogits?: number;
  readonly teamLogits?: number;
}

/**
 * Measures rows with the WASM kernel, in float32: each row's losses are within 1e−6·max(loss, 1e−6) of float64. If any is beyond
 * float32, though finite, all rows are measured in float64 instead.
 */
export class KernelMeasure {
  readonly memory: KernelMemory;
  readonly #module: WebAssembly.Module;
  readonly #instantiate: (home: KernelHome) => KernelExports;
  readonly #kernel: KernelExports;
  readonly #threads: Threads;
  readonly #blockLogits: number;
  readonly #teamLogits: number;
  #scanner: JsonScanner | undefined;
  /** Where results are that lie in the kernel's memory. */
  readonly #leases = new WeakMap<object, Lease>();

  constructor(module: WebAssembly.Module, shared: boolean, threads: Threads, parts: KernelParts = {}) {
    this.memory = parts.memory ?? createMemory(shared);
    this.#module = module;
    this.#instantiate = parts.instantiate ?? instantiate;
    this.#kernel = this.another();
    this.#threads = threads;
    this.#blockLogits = parts.blockLogits ?? BLOCK;
    this.#teamLogits = parts.teamLogits ?? WORTH_A_TEAM;
  }

  /** Another kernel in the same memory: a pass keeps what it's about in its own. */
  another(): KernelExports {
    return this.#instantiate({ module: this.#module, memory: this.memory.memory });
  }

  /** Reads the numbers of JSON in this kernel. */
  get scanner(): JsonScanner {
    const { memory } = this.memory;
    this.#scanner ??= new JsonScanner({ ...this.#kernel, memory }, this.memory.allocate(JSON_SCANNER_BYTES));
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
    const measured = yield* this.#carryOut({ source, layout, targets }, prepare, (pass, results) => {
      if (isBeyondFloat32(this.memory.memory, pass)) return undefined;
      const stats = statsOf(this.memory, pass, targets, spec);
      // Memory that isn't shared moves when it grows.
      if (!this.memory.shared) return copied(stats);
      this.#leases.set(stats, results);
      return stats;
    });
    return measured ?? (yield* measureExactly(source, layout, targets, spec));
  }

  /** RowScores rows at β = 1/T, in float32. Undefined if a number of theirs is beyond it. */
  scores(rows: RowsToScore, at: ScoreQuestion): Work<RowScores | undefined> {
    const prepare = (places: OutputPlaces) => preparedScores(rows, at, places);
    return this.#carryOut(rows, prepare, (pass) =>
      isBeyondFloat32(this.memory.memory, pass) ? undefined : foundScores(this.memory, pass, rows),
    );
  }

  /** Undefined for what is computed in float64: weights, sigmoids, targets of more digits than float32 has, or one all but as large as 1, or of which nothing is left. */
  floors(
    targets: SoftRows,
    smoothing: Smoothing,
    weight: Float64Array | null,
  ): Work<Float64Array> | undefined {
    const { values } = targets;
    const { activation, padding } = smoothing;
    const isPlain = activation === 'softmax' && padding === null && !weight;
    const { on, off } = valuesOf(smoothing);
    // Of a label that all is taken off, rounding may leave less than nothing.
    if (!isPlain || off > MOST_OFF || on <= 0 || !(values instanceof Float32Array)) return undefined;
    return this.#floors({ ...targets, values }, 1 - smoothing.uniform, off);
  }

  *#floors(
    { values, layout }: SoftRows & { readonly values: Float32Array },
    keep: number,
    off: number,
  ): Work<Float64Array> {
    const { rows, classes, inner } = layout;
    const floors = new Float64Array(rows);
    const most = rowsOfBlock(classes, this.#blockLogits);
    const working = new Lease(this.memory);
    try {
      const held = inner === 1 ? (this.memory.addressOf(values) ?? 0) : 0;
      const block = held ? 0 : working.hold(4 * most * classes);
      const results = working.hold(8 * most);
      const bring = bringFrom(values, layout);
      for (let first = 0; first < rows; first += most) {
        yield first / rows;
        const count = Math.min(most, rows - first);
        if (!held) bring({ first, rows: count }, this.memory.floats(block, count * classes));
        const at = held ? held + 4 * first * classes : block;
        this.#kernel.begin(classes, classes, -1, -1, 0, ...NO_PLACES);
        this.#kernel.floorRows(at, count, keep, off, results);
        floors.set(this.memory.doubles(results, count), first);
      }
      return floors;
    } finally {
      working.end();
    }
  }

  /** Rows by a number of 0 or more each, (rows) float32, for as long as `use` takes: in memory of their own they'd take as long again. */
  withSortedRows<T>(numbers: Float32Array, use: (sorted: SortedRows) => T): T {
    const { length } = numbers;
    const working = new Lease(this.memory);
    try {
      const [at, sorted, spare] = [
        working.hold(4 * length),
        working.hold(8 * length),
        working.hold(8 * length),
      ];
      const counts = working.hold(SORT_COUNTS);
      this.memory.floats(at, length).set(numbers);
      const found = this.#kernel.sortRows(at, length, counts, sorted, spare);
      const rows = this.memory.ints(sorted, 2 * found).subarray(found);
      return use({ numbers: this.memory.floats(sorted, found), rows });
    } finally {
      working.end();
    }
  }

  /** max p at β of some rows, in float64: into those of `into` that they are. */
  *exactConfidences(
    { source, layout }: Pick<RowsToScore, 'source' | 'layout'>,
    beta: number,
    picked: Int32Array,
    into: Float64Array,
  ): Work<void> {
    const { classes } = layout;
    const most = rowsOfBlock(classes);
    const working = new Lease(this.memory);
    const raw = rawFileOf(source);
    const file = raw && openRowsFile(raw);
    try {
      const bring = file?.bring ?? bringFrom((source as { values: Floats }).values, layout);
      const [block, results] = [working.hold(4 * most * classes), working.hold(8 * most)];
      for (let first = 0; first < picked.length; first += most) {
        yield first / picked.length;
        const rows = Math.min(most, picked.length - first);
        const logits = this.memory.floats(block, rows * classes);
        for (let i = 0; i < rows; i++)
          bring({ first: picked[first + i]!, rows: 1 }, logits.subarray(i * classes, (i + 1) * classes));
        this.#kernel.begin(classes, classes, -1, -1, 0, ...NO_PLACES);
        this.#kernel.exactConfidences(block, rows, beta / temperatureOf(source), results);
        const found = this.memory.doubles(results, rows);
        for (let i = 0; i < rows; i++) into[picked[first + i]!] = found[i]!;
      }
    } finally {
      file?.close();
      working.end();
    }
  }

  /** Carries out a pass on all threads. What `result` makes of it stays where it is if it's leased. */
  *#carryOut<T extends object | undefined>(
    { source, layout, targets }: Pick<RowsToScore, 'source' | 'layout' | 'targets'>,
    prepare: (places: OutputPlaces) => Pass,
    result: (pass: Pass, results: Lease) => T,
  ): Work<T> {
    const { memory } = this.memory;
    const working = new Lease(this.memory);
    const results = new Lease(this.memory);
    let done: T | undefined;
    let team: Team | undefined;
    let pass: Pass | undefined;
    let file: RowsFile | undefined;
    try {
      pass = prepare({ memory: this.memory, working, results, blockLogits: this.#blockLogits });
      const raw = rawFileOf(source);
      file = raw && openRowsFile(raw);
      const bring = file?.bring ?? bringerOf(source, pass);
      const isSoftBrought = targets?.kind === 'soft' && pass.softValues === 0;
      const alone = isSoftBrought || (bring !== undefined && !file);
      const helpers = alone || layout.rows * layout.classes < this.#teamLogits ? 0 : this.#threads.most;
      const rooms = Array.from({ length: 1 + helpers }, () =>
        scratchMemoryFor(pass!, bring !== undefined, working),
      );
      if (helpers > 0) {
        const home = { module: this.#module, memory };
        team = this.#threads.start({ home, pass, file: raw ?? null }, rooms.slice(1));
      }
      const soft = isSoftBrought ? softFrom(targets.values, layout) : undefined;
      const runner = {
        kernel: this.#kernel,
        memory,
        pass,
        room: rooms[0]!,
        ...(bring && { bring }),
        ...(soft && { soft }),
      };
      yield* runPass(runner);
      while (!isDone(memory, pass)) {
        team?.check();
        yield 1;
      }
      done = result(pass, results);
      return done;
    } finally {
      file?.close();
      if (pass) stopPass(memory, pass);
      // A thread may be in the middle of a block, or not know yet that there's nothing left to do.
      const isLeased = done !== undefined && this.#leases.has(done);
      const free = () => {
        working.end();
        if (!isLeased) results.end();
      };
      if (team) team.whenLeft(free);
      else free();
    }
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
      this.#kernel.totals(
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
