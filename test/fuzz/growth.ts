import { expect } from 'vitest';
import type { Work } from '../../src/loss/work.ts';

/** Milliseconds of processor time this thread has used: other work on the machine isn't counted. */
export function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** What one run took: processor time in ms, all of it and the longest stretch between two yields. */
export interface Cost {
  readonly total: number;
  readonly longestSlice: number;
}

/** Runs an action, or work to its end, and says what it took. */
export function costOf(run: () => unknown): Cost {
  const start = threadMs();
  const result = run();
  let sliceStart = start;
  let longestSlice = 0;
  const endSlice = () => {
    const now = threadMs();
    longestSlice = Math.max(longestSlice, now - sliceStart);
    sliceStart = now;
  };
  endSlice();
  if (isWork(result)) {
    for (let step = result.next(); !step.done; step = result.next()) endSlice();
    endSlice();
  }
  return { total: threadMs() - start, longestSlice };
}

function isWork(value: unknown): value is Work<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && 'next' in value;
}

/** Below this a ratio of times says more about the machine than about the code. */
const MEASURABLE_MS = 100;
const LARGEST = 1 << 20;
/** Work may hold its thread this long at a time. */
const SLICE_LIMIT_MS = 50;
const MEGABYTE_LIMIT_MS = 1000;
const RATIO_LIMIT = 2.5;
const RUNS = 5;

export interface GrowthOptions<Input> {
  /** An input of about `length` characters or bytes. */
  readonly make: (length: number) => Input;
  /** The entry point: an action, or one that returns work, which is then run slice by slice. */
  readonly run: (input: Input) => unknown;
  /** False for entry points that aren't work, and have no slices. */
  readonly sliced?: boolean;
}

/**
 * Fails unless the time of `run` grows in proportion to its input: twice the length takes at most 2.5 times as long (best of 5, from
 * 100 ms on), a megabyte at most a second, and no slice more than 50 ms.
 */
export function expectLinear<Input>({ make, run, sliced = true }: GrowthOptions<Input>): void {
  let length = 1 << 12;
  let cost = best(() => run(make(length)), 1);
  while (cost.total < MEASURABLE_MS && length < LARGEST) {
    length *= 2;
    cost = best(() => run(make(length)), 1);
    // Something quadratic shows itself long before a megabyte; waiting for its end tells nothing more.
    expect(cost.total, `ms for ${length} characters`).toBeLessThan(3 * MEGABYTE_LIMIT_MS);
  }
  const [half, whole] = [make(length / 2), make(length)];
  const [before, after] = [best(() => run(half), RUNS), best(() => run(whole), RUNS)];
  if (after.total >= MEASURABLE_MS)
    expect(after.total / before.total, `growth from ${length / 2} to ${length}`).toBeLessThanOrEqual(
      RATIO_LIMIT,
    );
  const megabyte = length === LARGEST ? after.total : best(() => run(make(LARGEST)), 2).total;
  expect(megabyte, 'ms for a megabyte').toBeLessThan(MEGABYTE_LIMIT_MS);
  if (sliced) expect(after.longestSlice, 'longest slice in ms').toBeLessThan(SLICE_LIMIT_MS);
}

/** The least of several runs: what the code takes when nothing disturbs it. */
function best(run: () => unknown, runs: number): Cost {
  const costs = Array.from({ length: runs }, () => costOf(run));
  return {
    total: Math.min(...costs.map(({ total }) => total)),
    longestSlice: Math.min(...costs.map(({ longestSlice }) => longestSlice)),
  };
}
