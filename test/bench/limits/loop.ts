import { parentPort, workerData } from 'node:worker_threads';

export interface LoopTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly name: 'readSum' | 'expSum' | 'logSum';
  readonly from: number;
  readonly bytes: number;
  readonly times: number;
  /** Int32: how many threads have still to come before all start. */
  readonly barrier: number;
}

// A thread that runs one loop over its own part of the memory, at the same time as others over theirs.
const { module, memory, name, from, bytes, times, barrier }: LoopTask = workerData;
const { exports } = new WebAssembly.Instance(module, { env: { memory } });
const loop = exports[name] as (from: number, bytes: number) => number;
const missing = new Int32Array(memory.buffer, barrier, 1);
const run = () => {
  for (let i = 0; i < times; i++) loop(from, bytes);
};
run();
Atomics.sub(missing, 0, 1);
while (Atomics.load(missing, 0) > 0);
const start = performance.now();
run();
parentPort?.postMessage(performance.now() - start);
