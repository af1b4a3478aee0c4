import { expect } from 'vitest';
import { type Cost, costOf } from './cost.ts';

/** Below this a ratio of times says more about the machine than about the code. */
const MEASURABLE_MS = 100;
/** Work may hold its thread this long at a time. */
const SLICE_LIMIT_MS = 50;
const MEGABYTE = 1 << 20;
const MEGABYTE_LIMIT_MS = 1000;
/** `npm run test:fuzz -- --mode megabyte` goes up to a megabyte, which takes minutes; otherwise it's a quarter of one. */
const { MODE } = (import.meta as ImportMeta & { readonly env: { readonly MODE: string } }).env;
const LONGEST = MODE === 'megabyte' ? MEGABYTE : MEGABYTE / 4;
/** For twice the length. */
const RATIO_LIMIT = 2.5;
const RUNS = 5;
/** What isn't within its limits after the first runs is tried again: what the code needs, it needs each time; what disturbed it, ends. */
const MOST_RUNS = 40;
/** The lengths that are always tried; what happens between two that differ too much is looked at more closely. */
const LENGTHS = [1 << 13, 1 << 16, 1 << 18, MEGABYTE].filter((length) => length <= LONGEST);

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
  let before: Sized | undefined;
  for (const length of LENGTHS) {
    const input = make(length);
    // Something quadratic shows itself long before a megabyte; waiting for its end tells nothing more.
    const measure = () => costOf(() => run(input), 3 * MEGABYTE_LIMIT_MS);
    let cost = measure();
    for (let i = 1; i < MOST_RUNS && isTooMuch(cost, sliced); i++) {
      if (i >= RUNS) gc?.();
      cost = least(cost, measure());
    }
    expect(cost.total, `ms for ${length} characters`).toBeLessThan(MEGABYTE_LIMIT_MS);
    if (sliced)
      expect(cost.longestSlice, `longest slice in ms for ${length} characters`).toBeLessThan(SLICE_LIMIT_MS);
    const doublings = before ? Math.log2(length / before.length) : 0;
    if (before && cost.total >= MEASURABLE_MS && cost.total > RATIO_LIMIT ** doublings * before.total)
      expectDoubling(make, run, length);
    const now = { ...cost, length };
    if (before && length * 4 === MEGABYTE && isFarFromLimits(before, now, sliced)) return;
    before = now;
  }
}

interface Sized extends Cost {
  readonly length: number;
}

/**
 * At the rate it grew from one length to the next a megabyte takes half of what it may: it isn't tried. A part that is quadratic, and
 * would show itself there only, is so small here that it's small there, too.
 */
function isFarFromLimits(before: Sized, now: Sized, sliced: boolean): boolean {
  const growth = Math.max(4, now.total / Math.max(1, before.total));
  return now.total * growth < MEGABYTE_LIMIT_MS / 2 && (!sliced || now.longestSlice * 4 < SLICE_LIMIT_MS);
}

/**
 * The length, and half of it, in turns: best of 5 each, and of some more if that's too far apart. What is too fast to tell is tried
 * with twice the length.
 */
function expectDoubling<Input>(
  make: (length: number) => Input,
  run: (input: Input) => unknown,
  length: number,
): void {
  const [half, whole] = [make(length / 2), make(length)];
  let [before, after] = [costOf(() => run(half)), costOf(() => run(whole))];
  for (let i = 1; i < RUNS || (i < MOST_RUNS && after.total > RATIO_LIMIT * before.total); i++) {
    before = least(
      before,
      costOf(() => run(half)),
    );
    after = least(
      after,
      costOf(() => run(whole)),
    );
  }
  if (after.total > RATIO_LIMIT * before.total && before.total < MEASURABLE_MS) {
    expectDoubling(make, run, 2 * length);
    return;
  }
  expect(after.total / before.total, `growth from ${length / 2} to ${length}`).toBeLessThanOrEqual(
    RATIO_LIMIT,
  );
}

function isTooMuch({ total, longestSlice }: Cost, sliced: boolean): boolean {
  return total >= MEGABYTE_LIMIT_MS || (sliced && longestSlice >= SLICE_LIMIT_MS);
}

/** The least of two runs: what the code takes when nothing disturbs it. */
function least(a: Cost, b: Cost): Cost {
  return {
    total: Math.min(a.total, b.total),
    longestSlice: Math.min(a.longestSlice, b.longestSlice),
  };
}
