import type { Page } from 'playwright-core';

/**
 * What a page's main thread did, in milliseconds of processor time: what else the machine does isn't in it. Nor is collecting the
 * garbage of the whole heap, nearly all of which is the window's: that takes 20 ms of whichever task it falls on.
 */
export interface MainThreadWork {
  /** Script of each animation frame in which the page's own script drew. */
  readonly frames: readonly number[];
  /** All of each task in which the page's own script ran: script, style, layout, painting. The window's are on the same thread. */
  readonly tasks: readonly number[];
}

/** As Chromium traces it; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Processor time of the thread. */
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

/** Does something, and says what it cost the page whose script has this name. */
export async function mainThreadWork(
  page: Page,
  script: string,
  something: () => Promise<void>,
): Promise<MainThreadWork> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  // A trace that goes on would fail what is tried next.
  let recorded: Buffer | undefined;
  try {
    await something();
  } finally {
    recorded = await browser.stopTracing();
  }
  const trace = JSON.parse(recorded.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const isOwn = ({ args }: TraceEvent) => args?.data?.url?.includes(script) ?? false;
  const own = trace.traceEvents.find(isOwn);
  if (!own) throw new Error(`${script} did nothing.`);
  const events = trace.traceEvents.filter(({ pid, tid }) => pid === own.pid && tid === own.tid);
  const named = (name: string) => events.filter((event) => event.name === name);
  const collected = named('MajorGC');
  const timesOf = (those: readonly TraceEvent[]) => those.map((event) => workIn(event, collected) / 1000);
  const calls = Float64Array.from(named('FunctionCall').filter(isOwn), ({ ts }) => ts).sort();
  const hasOwn = ({ ts, dur = 0 }: TraceEvent) => {
    const first = calls[firstFrom(calls, ts)];
    return first !== undefined && first <= ts + dur;
  };
  return {
    frames: timesOf(named('FireAnimationFrame').filter(hasOwn)),
    tasks: timesOf(events.filter(({ name }) => name.endsWith('RunTask')).filter(hasOwn)),
  };
}

/** Processor time of an event without that of the few others that fall on it. */
function workIn({ ts, dur = 0, tdur = 0 }: TraceEvent, others: readonly TraceEvent[]): number {
  const inside = others.filter((other) => other.ts >= ts && other.ts + (other.dur ?? 0) <= ts + dur);
  return inside.reduce((left, other) => left - (other.tdur ?? 0), tdur);
}

/** Where the first of ascending numbers is that isn't below another. */
function firstFrom(numbers: Float64Array, least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
