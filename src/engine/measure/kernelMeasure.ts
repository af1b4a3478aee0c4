import type { Floats, Layout, Rows } from '../../loss/layout.ts';
import { isIgnoredTarget, type PassSpec, type RowStats, shareOf } from '../../loss/rowStats.ts';
import { smoothingOf } from '../../loss/smoothing.ts';
import { Sum } from '../../loss/sum.ts';
import type { Targets } from '../../loss/targets.ts';
import type { Work } from '../../loss/work.ts';
import { createMemory, instantiate, type KernelExports } from '../kernel/kernel.ts';
import type { KernelMemory } from '../kernel/memory.ts';
import { isClassMajor, type Pass, type Room, rowsOfBlock, scratchBytes } from './pass.ts';
import { openRowsFile } from './rowsFile.node.ts';
import type { FileOfRows, RowsFile } from './rowsFile.ts';
import { type BringBlock, bringFrom, isDone, runPassWork, stopPass } from './runPass.ts';
import type { Team, Threads } from './threads.ts';

/** A target no row has. */
const NO_TARGET = -(2 ** 31);
/** With fewer logits another thread comes too late to help. */
const WORTH_A_TEAM = 1 << 21;

/** Where the logits of a pass are. */
export type LogitsSource = { readonly values: Floats } | { readonly file: FileOfRows };

/**
 * Measures rows with the WASM kernel, in float32: each row's losses are within 1e−6·max(loss, 1e−6) of float64. A loss beyond
 * float32 is ∞, as in PyTorch.
 */
export class KernelMeasure {
  readonly memory: KernelMemory;
  readonly #module: WebAssembly.Module;
  readonly #kernel: KernelExports;
  readonly #threads: Threads;

  constructor(build: BufferSource, shared: boolean, threads: Threads) {
    this.memory = createMemory(shared);
    this.#module = new WebAssembly.Module(build);
    this.#kernel = instantiate({ module: this.#module, memory: this.memory.memory });
    this.#threads = threads;
  }

  /** True for what the kernel computes: not focal losses, and not float64 logits, whose digits it would drop. */
  static computes({ values }: Rows, targets: Targets | null, spec: PassSpec): boolean {
    if (spec.focal !== null || !(values instanceof Float32Array)) return false;
    // 1 − t of a target near 1 needs all its digits.
    const sigmoid = smoothingOf({ ...spec, labelSmoothing: 0 }, 2).activation === 'sigmoid';
    return !(sigmoid && targets?.kind === 'soft' && targets.values instanceof Float64Array);
  }

  measureWork(rows: Rows, targets: Targets | null, spec: PassSpec): Work<RowStats> {
    return this.sourceWork(rows, rows.layout, targets, spec);
  }

  *sourceWork(source: LogitsSource, layout: Layout, targets: Targets | null, spec: PassSpec): Work<RowStats> {
    const { memory } = this.memory;
    const held: number[] = [];
    const hold = (bytes: number): number => {
      held.push(this.memory.allocate(bytes));
      return held.at(-1)!;
    };
    let team: Team | undefined;
    let pass: Pass | undefined;
    let file: RowsFile | undefined;
    try {
      pass = this.#passOf(source, layout, targets, spec, hold);
      file = 'file' in source ? openRowsFile(source.file, layout.classes) : undefined;
      const bring = file?.bring ?? this.#bringerOf(source, layout, pass);
      const alone = targets?.kind === 'soft' || (bring !== undefined && !file);
      const helpers = alone || layout.rows * layout.classes < WORTH_A_TEAM ? 0 : this.#threads.most;
      const rooms = Array.from({ length: 1 + helpers }, () =>
        this.#room(layout, pass!, bring !== undefined, hold),
      );
      if (helpers > 0) {
        const home = { module: this.#module, memory };
        const task = { home, pass, file: 'file' in source ? source.file : null };
        team = this.#threads.start(task, rooms.slice(1));
      }
      const bringSoft = targets?.kind === 'soft' ? bringFrom(targets.values, layout) : undefined;
      const runner = {
        kernel: this.#kernel,
        memory,
        pass,
        room: rooms[0]!,
        ...(bring && { bring }),
        ...(bringSoft && { bringSoft }),
      };
      yield* runPassWork(runner);
      while (!isDone(memory, pass)) {
        team?.check();
        yield 1;
      }
      return this.#statsOf(pass, layout, targets, spec);
    } finally {
      file?.close();
      if (pass) stopPass(memory, pass);
      // A thread may be in the middle of a block, or not know yet that there's nothing left to do.
      const free = () => {
        for (const at of held) this.memory.free(at);
      };
      if (team) team.whenLeft(free);
      else free();
    }
  }

  #passOf(
    source: LogitsSource,
    layout: Layout,
    targets: Targets | null,
    spec: PassSpec,
    hold: (bytes: number) => number,
  ): Pass {
    const { rows, classes } = layout;
    const { activation, among, padding } = smoothingOf({ ...spec, labelSmoothing: 0 }, classes);
    const soft = targets?.kind === 'soft';
    const column = () => hold(4 * (rows + 4));
    const targetsAt = targets ? column() : 0;
    if (targets?.kind === 'indices') this.memory.ints(targetsAt, rows).set(targets.values);
    let [weights, weightSum] = [0, classes];
    if (spec.weight || padding !== null) {
      weights = hold(4 * classes);
      const floats = this.memory.floats(weights, classes);
      if (spec.weight) floats.set(spec.weight);
      else floats.fill(1);
      if (padding !== null) floats[padding] = 0;
      weightSum = floats.reduce((sum, w) => sum + w, 0);
    }
    const counters = hold(8);
    this.memory.ints(counters, 2).fill(0);
    return {
      layout,
      activation,
      among,
      ignoreIndex: soft ? NO_TARGET : (spec.ignoreIndex ?? NO_TARGET),
      padding: padding ?? -1,
      weights,
      weightSum,
      targets: targetsAt,
      soft,
      outputs: { hard: column(), uniform: column(), pTarget: column(), pMax: column(), prediction: column() },
      values: ('values' in source ? this.memory.addressOf(source.values) : undefined) ?? 0,
      counters,
    };
  }

  /** How a block's logits come into the kernel's memory; undefined if they are there already, in an order it can read. */
  #bringerOf(source: LogitsSource, layout: Layout, pass: Pass): BringBlock | undefined {
    if ('file' in source) return undefined;
    if (pass.values !== 0 && (layout.inner === 1 || isClassMajor(pass))) return undefined;
    return bringFrom(source.values, layout);
  }

  #room({ classes }: Layout, { soft }: Pass, brought: boolean, hold: (bytes: number) => number): Room {
    const blockBytes = 4 * rowsOfBlock(classes) * classes;
    return {
      scratch: hold(scratchBytes(classes)),
      block: brought ? hold(blockBytes) : 0,
      soft: soft ? hold(blockBytes) : 0,
    };
  }

  #statsOf(
    { outputs, targets: at }: Pass,
    { rows, classes }: Layout,
    targets: Targets | null,
    spec: PassSpec,
  ): RowStats {
    const floats = (address: number) => this.memory.floats(address, rows).slice();
    const prediction = this.memory.ints(outputs.prediction, rows).slice();
    const target = targets ? this.memory.ints(at, rows).slice() : prediction.slice();
    const kind = targets?.kind ?? 'indices';
    const share = new Sum();
    for (let row = 0; row < rows; row++)
      share.add(
        shareOf(spec, kind === 'soft' ? null : target[row]!, isIgnoredTarget(target[row]!, kind, spec)),
      );
    return {
      targets: kind,
      rows,
      classes,
      target,
      prediction,
      pTarget: floats(outputs.pTarget),
      pMax: floats(outputs.pMax),
      hard: floats(outputs.hard),
      uniform: floats(outputs.uniform),
      share: share.value,
    };
  }
}
