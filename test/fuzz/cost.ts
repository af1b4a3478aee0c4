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

/** Runs an action, or work to its end, and says what it took. Work that takes longer than `most` ms is left. */
export function costOf(run: () => unknown, most = Number.POSITIVE_INFINITY): Cost {
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
    for (let step = result.next(); !step.done && sliceStart - start < most; step = result.next()) endSlice();
    endSlice();
  }
  return { total: threadMs() - start, longestSlice };
}

function isWork(value: unknown): value is Work<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && 'next' in value;
}
