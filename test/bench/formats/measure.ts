// Reads one file in a process of its own, and says how long it took and how much memory: `measure.ts SMALL LARGE`.
import { readFileSync } from 'node:fs';
import { formatOf } from '../../../src/engine/fileFormats.ts';
import { startedEngine } from '../../unit/engine/worker.ts';

/** What reading took: from the request to the sums over its rows. */
export interface Measured {
  readonly ms: number;
  /** Of processors, all threads together: other work on the machine isn't counted. */
  readonly cpuMs: number;
  /** How much more memory the process had at most than before. */
  readonly megabytes: number;
  /** Its mean under a uniform target: the same for every format. */
  readonly loss: number;
}

const STATUS = /^Vm(HWM|RSS):\s+(\d+)/gm;

/** The most memory that this process ever had, and what it has now, in MB. */
function memory(): { readonly most: number; readonly now: number } {
  const { maxRSS } = process.resourceUsage();
  if (process.platform !== 'linux') return { most: maxRSS / 1000, now: process.memoryUsage.rss() / 1e6 };
  const found = new Map<string, number>();
  for (const [, name, kilobytes] of readFileSync('/proc/self/status', 'utf8').matchAll(STATUS))
    found.set(name!, (Number(kilobytes) * 1024) / 1e6);
  return { most: found.get('HWM')!, now: found.get('RSS')! };
}

async function measured(): Promise<Measured> {
  const { engine } = startedEngine();
  const open = async (path: string) => {
    const input = { file: { ...formatOf(path)!, path } };
    const opened = await engine.open({ input, origin: { line: 0, character: 0 }, view: {} });
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
    return opened.value;
  };
  const [small, large] = process.argv.slice(2) as [string, string];
  // Its program is loaded, and its reader.
  await engine.release((await open(small)).batch);
  const { now } = memory();
  const before = process.cpuUsage();
  const start = performance.now();
  const { stats } = await open(large);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const cpuMs = (user + system) / 1000;
  let loss = 0;
  for (const uniform of stats.uniform) loss += uniform / stats.rows;
  const { most } = memory();
  engine.dispose();
  return { ms, cpuMs, megabytes: most - now, loss };
}

console.log(JSON.stringify(await measured()));
