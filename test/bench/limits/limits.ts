import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { Worker } from 'node:worker_threads';
import { main as compile } from 'assemblyscript/asc';
import { OUTPUT, ROOT } from '../../vscode/paths.ts';
import type { Limits } from '../report.ts';
import type { LoopTask } from './loop.ts';

/** Where the threads meet, behind the module's constants. */
const BARRIER = 1 << 16;
const DATA = BARRIER + 64;
/** Fits no cache. */
const LARGE = 200 * 2 ** 20;
/** Fits the first one. */
const SMALL = 8 * 2 ** 10;
/** How often the small one is gone through. */
const AGAIN = 4000;

/** What this machine can do at best: reading memory, and the kernel's exponential and logarithm out of the nearest cache. */
export async function measureLimits(rounds: number): Promise<Limits> {
  const module = await compiled();
  const pages = Math.ceil((DATA + LARGE) / 2 ** 16);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const start = performance.now();
  new Float32Array(memory.buffer, DATA).fill(1);
  const firstTouchGBPerSecond = LARGE / 1e6 / (performance.now() - start);
  /** The best of some rounds: bytes a second over all threads. */
  const bytesPerSecond = async (name: LoopTask['name'], threads: number, size: number, times: number) => {
    const part = Math.floor(size / threads / 128) * 128;
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      new Int32Array(memory.buffer, BARRIER, 1)[0] = threads;
      const parts = Array.from({ length: threads }, (_, i) =>
        loop({ module, memory, name, from: DATA + i * part, bytes: part, times, barrier: BARRIER }),
      );
      best = Math.min(best, Math.max(...(await Promise.all(parts))));
    }
    return (part * threads * times) / (best / 1000);
  };
  const two = Math.min(2, availableParallelism());
  const read = async (threads: number) => (await bytesPerSecond('readSum', threads, LARGE, 1)) / 1e9;
  const inCache = async (name: 'expSum' | 'logSum', threads: number) =>
    (await bytesPerSecond(name, threads, SMALL * threads, AGAIN)) / 4 / 1e9;
  const ofBoth = async (name: 'expSum' | 'logSum') => ({
    oneThread: await inCache(name, 1),
    twoThreads: await inCache(name, two),
  });
  return {
    readGBPerSecond: { oneThread: await read(1), twoThreads: await read(two) },
    expGigaPerSecond: await ofBoth('expSum'),
    logGigaPerSecond: await ofBoth('logSum'),
    firstTouchGBPerSecond,
  };
}

function loop(task: LoopTask): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'loop.ts'), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** Compiled as the kernel is. */
async function compiled(): Promise<WebAssembly.Module> {
  const file = join(OUTPUT, 'bench', 'limits.wasm');
  const entry = relative(ROOT, join(import.meta.dirname, 'assembly', 'index.ts'));
  const output = ['--outFile', relative(ROOT, file), '--runtime', 'stub', '--importMemory'];
  const shared = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];
  const fast = ['-O3', '--converge', '--noAssert', '--enable', 'simd', '--enable', 'relaxed-simd'];
  const { error, stderr } = await compile([entry, '--baseDir', ROOT, ...output, ...shared, ...fast]);
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return new WebAssembly.Module(readFileSync(file));
}
