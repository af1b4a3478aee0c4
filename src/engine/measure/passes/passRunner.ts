import type { Floats } from '../../../loss/rows/rowLayout.ts';
import type { Work } from '../../../loss/work.ts';
import type { KernelExports } from '../../kernel/kernel.ts';
import type { KernelMemory } from '../../kernel/kernelMemory.ts';
import { openRowsFile } from '../rowsFile.node.ts';
import type { RowsFile } from '../rowsFile.ts';
import type { RowsToScore } from '../scores/score.ts';
import type { Team, Threads } from '../threads.ts';
import type { Pass } from './kernelPass.ts';
import { Lease } from './memoryLease.ts';
import { BLOCK } from './passBlocks.ts';
import { bringerOf, type OutputPlaces, rawFileOf, scratchMemoryFor } from './preparedPass.ts';
import { haveLeft, isDone, runPass, softFrom, stopPass } from './runPass.ts';

/** With fewer logits another thread comes too late to help. */
const WORTH_A_TEAM = 1 << 21;

/** A kernel with its memory, and what other threads need to make another one of it. */
export interface KernelAtHome {
  readonly module: WebAssembly.Module;
  readonly memory: KernelMemory;
  readonly kernel: KernelExports;
}

/** How passes are divided: tests take small blocks and small teams. */
export interface Division {
  readonly blockLogits?: number;
  readonly teamLogits?: number;
}

/** Carries out passes with a kernel, and with all threads where that's worth it. */
export class PassRunner {
  readonly #home: KernelAtHome;
  readonly #threads: Threads;
  readonly #blockLogits: number;
  readonly #teamLogits: number;

  constructor(home: KernelAtHome, threads: Threads, division: Division) {
    this.#home = home;
    this.#threads = threads;
    this.#blockLogits = division.blockLogits ?? BLOCK;
    this.#teamLogits = division.teamLogits ?? WORTH_A_TEAM;
  }

  /**
   * What `result` makes of a pass once it's done. The pass's memory is given back then, but for what `result` takes over of its results.
   * Throws RowsFileError for a file that isn't as it was; may throw OutOfKernelMemory.
   */
  *run<T>(
    { source, layout, targets }: Pick<RowsToScore, 'source' | 'layout' | 'targets'>,
    prepare: (places: OutputPlaces) => Pass,
    result: (pass: Pass, results: Lease) => T,
  ): Work<T> {
    const { module, memory: home, kernel } = this.#home;
    const { memory } = home;
    const [working, results] = [new Lease(home), new Lease(home)];
    let team: Team | undefined;
    let pass: Pass | undefined;
    let file: RowsFile | undefined;
    let helpers = 0;
    try {
      pass = prepare({ memory: home, working, results, blockLogits: this.#blockLogits });
      const raw = rawFileOf(source);
      file = raw && openRowsFile(raw);
      const bring = file?.bring ?? bringerOf(source, pass);
      const isSoftBrought = targets?.kind === 'soft' && pass.softValues === 0;
      const alone = isSoftBrought || (bring !== undefined && !file);
      helpers = alone || layout.rows * layout.classes < this.#teamLogits ? 0 : this.#threads.most;
      const rooms = Array.from({ length: 1 + helpers }, () =>
        scratchMemoryFor(pass!, bring !== undefined, working),
      );
      if (helpers > 0)
        team = this.#threads.start({ home: { module, memory }, pass, file: raw ?? null }, rooms.slice(1));
      const soft = isSoftBrought ? softFrom(targets.values as Floats, layout) : undefined;
      const room = rooms[0]!;
      yield* runPass({ kernel, memory, pass, room, ...(bring && { bring }), ...(soft && { soft }) });
      while (!isDone(memory, pass)) {
        team?.check();
        yield 1;
      }
      return result(pass, results);
    } finally {
      file?.close();
      if (pass) stopPass(memory, pass);
      // A thread may be in the middle of a block, or not know yet that there's nothing left to do.
      const free = () => {
        working.end();
        results.end();
      };
      if (team && pass && haveLeft(memory, pass) < helpers) team.whenLeft(free);
      else free();
    }
  }
}
