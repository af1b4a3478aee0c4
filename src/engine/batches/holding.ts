import type { Floats } from '../../loss/rows/rowLayout.ts';
import type { RowStats } from '../../loss/rows/rowStats.ts';
import type { Compute } from '../measure/compute.ts';
import type { MeasuredBatch } from './measuredBatch.ts';

type Held = Pick<MeasuredBatch, 'read' | 'source' | 'stats'>;
type Memory = Floats | RowStats;

/**
 * Who uses the memory of batches: one that is open, and each job about it. A part of it, which two views of a batch may have in
 * common, is given back when the last one leaves it: never while a job still reads it.
 */
export class Holding {
  readonly #compute: Compute;
  readonly #users = new Map<Memory, number>();

  constructor(compute: Compute) {
    this.#compute = compute;
  }

  enter(held: Held): void {
    for (const part of memoryOf(held)) this.#users.set(part, (this.#users.get(part) ?? 0) + 1);
  }

  leave(held: Held): void {
    for (const part of memoryOf(held)) {
      const users = this.#users.get(part)! - 1;
      if (users > 0) this.#users.set(part, users);
      else {
        this.#users.delete(part);
        if (ArrayBuffer.isView(part)) this.#compute.release(part);
        else this.#compute.releaseStats(part);
      }
    }
  }
}

function memoryOf({ read, source, stats }: Held): ReadonlySet<Memory> {
  const arrays = [read.source, source].flatMap((each) => ('values' in each ? [each.values] : []));
  const { targets } = read.batch;
  const soft = targets?.kind === 'soft' ? [targets.values] : [];
  return new Set([stats, ...arrays, ...soft]);
}
