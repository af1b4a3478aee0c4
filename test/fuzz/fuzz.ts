import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { OUTPUT } from '../vscode/paths.ts';
import { inputOf } from './inputs.ts';
import type { FuzzFailure, FuzzMessage, FuzzReport, FuzzTask, Record } from './protocol.ts';
import { targetNamed } from './targets.ts';

/** An input that takes this long, of the time that the machine has for it, hangs; or if it waits as long as this. */
const HANG_MS = 20_000;
const WAIT_MS = 300_000;
const LOOK_EVERY_MS = 500;
/** More memory than anything as small as these inputs may take. */
const MOST_HEAP_MB = 1024;
/** After so many ends of a worker the rest isn't worth the time. */
const MOST_RESTARTS = 5;

export type FuzzOptions = Omit<FuzzTask, 'target' | 'from' | 'beat'>;

export interface Fuzzed {
  readonly target: string;
  readonly report: FuzzReport;
  readonly failures: readonly (FuzzFailure & { readonly file: string })[];
}

/**
 * Gives a target one input after the other, in a thread of its own: one that hangs, or takes all memory, is ended, told like any other
 * fault, and what comes after it is tried by another thread.
 */
export async function fuzz(target: string, options: FuzzOptions): Promise<Fuzzed> {
  const reports: FuzzReport[] = [];
  const failures: (FuzzFailure & { file: string })[] = [];
  let from = 0;
  const deadline = Date.now() + options.milliseconds;
  for (let restarts = 0; restarts <= MOST_RESTARTS; restarts++) {
    const milliseconds = restarts === 0 ? options.milliseconds : Math.max(0, deadline - Date.now());
    const ended = await runWorker({ ...options, milliseconds, target, from, beat: newBeat() }, (failure) =>
      failures.push({ ...failure, file: saved(failure) }),
    );
    if (ended.report) reports.push(ended.report);
    if (!ended.fault) break;
    const { input, message } = ended.fault;
    const bytes = inputOf(targetNamed(target), options, input);
    const failure = { target, input, message, stack: '', bytes };
    failures.push({ ...failure, file: saved(failure) });
    from = input + 1;
  }
  return { target, report: reports.reduce(sum, NOTHING), failures };
}

function newBeat(): Float64Array {
  const beat = new Float64Array(new SharedArrayBuffer(16));
  beat[1] = Date.now();
  return beat;
}

interface Ended {
  readonly report: FuzzReport | undefined;
  /** Why the thread ended before it was through. */
  readonly fault: { readonly input: number; readonly message: string } | undefined;
}

function runWorker(task: FuzzTask, onFailure: (failure: FuzzFailure) => void): Promise<Ended> {
  const worker = new Worker(join(import.meta.dirname, 'worker.ts'), {
    workerData: task,
    execArgv: ['--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', '--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB },
  });
  return new Promise((resolve) => {
    let report: FuzzReport | undefined;
    let isOver = false;
    let message = 'The thread ended';
    let since = task.beat[1]!;
    let used = process.cpuUsage();
    const timer = setInterval(() => {
      if (since !== task.beat[1]!) {
        since = task.beat[1]!;
        used = process.cpuUsage();
      }
      const { user, system } = process.cpuUsage(used);
      const least = Math.min((user + system) / 1000, Date.now() - since);
      if (least < HANG_MS && Date.now() - since < WAIT_MS) return;
      message = `It takes longer than ${HANG_MS / 1000} s: it hangs`;
      void worker.terminate();
    }, LOOK_EVERY_MS);
    worker.on('message', (told: FuzzMessage) => {
      if ('failure' in told) onFailure(told.failure);
      else ({ report, isOver } = told);
    });
    worker.on('error', (error) => {
      message = `The thread ended: ${error instanceof Error ? error.stack : String(error)}`;
    });
    worker.on('exit', () => {
      clearInterval(timer);
      resolve({ report, fault: isOver ? undefined : { input: task.beat[0]!, message } });
    });
  });
}

/** Keeps an input, to be tried again: `npm run fuzz -- --target NAME --file FILE`. */
function saved({ target, input, bytes }: FuzzFailure): string {
  const folder = join(OUTPUT, 'fuzz');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${target.replaceAll(' ', '-')}-${input}`);
  writeFileSync(file, bytes);
  return file;
}

const NONE: Record = { value: 0, input: 0, bytes: 0 };
const NOTHING: FuzzReport = { inputs: 0, outcomes: {}, slowest: NONE, longestSlice: NONE, largest: NONE };

function sum(a: FuzzReport, b: FuzzReport): FuzzReport {
  const outcomes: { [outcome: string]: number } = { ...a.outcomes };
  for (const [outcome, times] of Object.entries(b.outcomes))
    outcomes[outcome] = (outcomes[outcome] ?? 0) + times;
  const more = (name: 'slowest' | 'longestSlice' | 'largest') =>
    b[name].value > a[name].value ? b[name] : a[name];
  return {
    inputs: a.inputs + b.inputs,
    outcomes,
    slowest: more('slowest'),
    longestSlice: more('longestSlice'),
    largest: more('largest'),
  };
}
