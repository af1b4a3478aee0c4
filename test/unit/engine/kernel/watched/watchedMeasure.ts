import type { KernelExports, KernelHome } from '../../../../../src/engine/kernel/kernel.ts';
import { KernelMeasure, type KernelParts } from '../../../../../src/engine/measure/kernelMeasure.ts';
import type { ScratchMemory } from '../../../../../src/engine/measure/passes/kernelPass.ts';
import { runPass } from '../../../../../src/engine/measure/passes/runPass.ts';
import { openRowsFile } from '../../../../../src/engine/measure/rowsFile.node.ts';
import type { Task, Team, Threads } from '../../../../../src/engine/measure/threads.ts';
import type { BuildName } from '../builds.ts';
import { SMALL_TEAM } from './anyPass.ts';
import { instrumentedModule } from './instrumented.ts';
import { type Allowed, watchedKernel } from './watchedKernel.ts';
import { WatchedMemory } from './watchedMemory.ts';

/** Threads in name only: each takes some blocks as soon as it's asked, and leaves the rest. */
class TurnsOfThreads implements Threads {
  readonly #instantiate: (home: KernelHome) => KernelExports;
  /** How many blocks each takes. */
  turns: readonly number[] = [];

  constructor(instantiate: (home: KernelHome) => KernelExports) {
    this.#instantiate = instantiate;
  }

  get most(): number {
    return this.turns.length;
  }

  start({ home, pass, file: described }: Task, rooms: readonly ScratchMemory[]): Team {
    for (const [i, room] of rooms.entries()) {
      const file = described ? openRowsFile(described) : undefined;
      const kernel = this.#instantiate(home);
      const work = runPass({
        kernel,
        memory: home.memory,
        pass,
        room,
        ...(file && { bring: file.bring }),
      });
      for (let turn = 0; turn < this.turns[i]! && !work.next().done; turn++);
      file?.close();
    }
    return { check() {}, whenLeft: (callback) => callback() };
  }
}

/** All that measures rows with one build of the kernel, where every access to memory is watched. */
export class WatchedMeasure {
  readonly memory: WatchedMemory;
  readonly allowed: Allowed;
  readonly threads: TurnsOfThreads;
  readonly module: WebAssembly.Module;
  readonly #instantiate = (home: KernelHome) => watchedKernel(home, this.allowed);

  constructor(build: BuildName) {
    this.memory = new WatchedMemory(build.startsWith('shared'));
    this.allowed = { memory: this.memory, rows: 0 };
    this.module = instrumentedModule(build);
    this.threads = new TurnsOfThreads(this.#instantiate);
  }

  parts(blockLogits: number): KernelParts {
    return { memory: this.memory, instantiate: this.#instantiate, blockLogits, teamLogits: SMALL_TEAM };
  }

  /** For passes over `rows` rows in blocks of about `blockLogits` logits. */
  measure(rows: number, blockLogits: number): KernelMeasure {
    this.allowed.rows = rows;
    return new KernelMeasure(this.module, this.memory.shared, this.threads, this.parts(blockLogits));
  }
}
