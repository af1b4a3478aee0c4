import type { Work } from '../../loss/work.ts';

/** How long the extension host may be kept from everything else. */
const SLICE_MS = 12;

/** Runs work with pauses, as long as it is `wanted`. Undefined if it no longer is. */
export async function inSlices<T>(work: Work<T>, wanted: () => boolean): Promise<T | undefined> {
  let end = performance.now() + SLICE_MS;
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    if (performance.now() < end) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (!wanted()) return undefined;
    end = performance.now() + SLICE_MS;
  }
}
