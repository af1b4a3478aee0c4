import { setTimeout as sleep } from 'node:timers/promises';

/** One that takes turns with others. */
export interface Entrant {
  readonly name: string;
  /** About what a turn takes, where that's known before the first one. */
  readonly expectedMs?: number;
  /** Milliseconds it measured itself. Rejects with `CannotRun` where it has to give up. */
  run(): Promise<number>;
}

/** A contender says why it can't do what it was asked. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

/** Threads that wait for more work by spinning stop that after a few milliseconds: it must not slow down the next one. */
const SETTLE_MS = 25;

export interface Turns<E extends Entrant> {
  readonly times: ReadonlyMap<E, readonly number[]>;
  /** Those that gave up, and why. */
  readonly failed: ReadonlyMap<E, string>;
}

/**
 * Lets the entrants run in turn, `rounds` times after two turns to warm up: what slows one slows all. One that would take longer
 * than `patienceMs` for all its turns gets fewer, evenly spread, but one at least.
 */
export async function takeTurns<E extends Entrant>(
  entrants: readonly E[],
  rounds: number,
  patienceMs: number,
): Promise<Turns<E>> {
  const times = new Map<E, number[]>();
  const failed = new Map<E, string>();
  const attempt = async (entrant: E): Promise<number | undefined> => {
    await sleep(SETTLE_MS);
    try {
      return await entrant.run();
    } catch (error) {
      if (!(error instanceof CannotRun)) throw error;
      failed.set(entrant, error.message);
      times.delete(entrant);
      return undefined;
    }
  };
  const turns = new Map<E, number>();
  for (const entrant of entrants) {
    let warm = entrant.expectedMs;
    // A turn as long as this needs no warming up.
    if (warm === undefined || warm < patienceMs / 4) {
      await attempt(entrant);
      warm = failed.has(entrant) ? undefined : await attempt(entrant);
    }
    if (warm === undefined) continue;
    times.set(entrant, []);
    turns.set(entrant, Math.min(rounds, Math.max(1, Math.floor(patienceMs / warm))));
  }
  for (let round = 0; round < rounds; round++) {
    for (const [entrant, taken] of times) {
      const due = Math.ceil(((round + 1) * turns.get(entrant)!) / rounds);
      if (taken.length >= due) continue;
      const ms = await attempt(entrant);
      if (ms !== undefined) taken.push(ms);
    }
  }
  return { times, failed };
}
