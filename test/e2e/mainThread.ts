import type { Page } from 'playwright-core';

/** What a page's main thread did, in milliseconds of processor time: what else the machine does isn't in it. */
export interface MainThreadWork {
  /** Script of each animation frame. */
  readonly frames: readonly number[];
  /** All of each task: script, style, layout, painting. */
  readonly tasks: readonly number[];
}

/** As Chromium traces it; times in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
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
  await something();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const own = trace.traceEvents.find(({ args }) => args?.data?.url?.includes(script));
  if (!own) throw new Error(`${script} did nothing.`);
  const times = (named: (name: string) => boolean) =>
    trace.traceEvents
      .filter(({ name, pid, tid }) => pid === own.pid && tid === own.tid && named(name))
      .flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1000]));
  return {
    frames: times((name) => name === 'FireAnimationFrame'),
    tasks: times((name) => name === 'RunTask' || name.endsWith('RunTask')),
  };
}
