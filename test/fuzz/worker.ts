import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { costOf } from './cost.ts';
import { inputOf } from './inputs.ts';
import { minimised } from './minimise.ts';
import type { FuzzMessage, FuzzReport, FuzzTask, Record } from './protocol.ts';
import { targetNamed } from './targets.ts';

/** No input may take longer, in ms of processor time. */
const LONGEST_MS = 1000;
const REPORT_EVERY_MS = 1000;
/** A fault that is met again and again is told so often. */
const MOST_ALIKE = 1;

const task: FuzzTask = workerData;
const target = targetNamed(task.target);
const outcomes: { [outcome: string]: number } = {};
const alike = new Map<string, number>();
const nothing: Record = { value: 0, input: 0, bytes: 0 };
const records = { slowest: nothing, longestSlice: nothing, largest: nothing };
let inputs = 0;

function post(message: FuzzMessage): void {
  parentPort!.postMessage(message);
}

function report(isOver: boolean): void {
  const report: FuzzReport = { inputs, outcomes, ...records };
  post({ report, isOver });
}

function memory(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}

/** What came of an input, or the fault it brought to light; and what it took. */
function tried(bytes: Uint8Array) {
  const before = memory();
  let most = before;
  let outcome = '';
  let fault: Error | undefined;
  const cost = costOf(function* () {
    try {
      const work = target.run(bytes);
      for (let step = work.next(); ; step = work.next()) {
        // What is held then; garbage is counted, too, until it's collected.
        most = Math.max(most, memory());
        if (step.done) {
          outcome = step.value;
          return;
        }
        yield step.value;
      }
    } catch (error) {
      fault = error instanceof Error ? error : new Error(`Thrown: ${String(error)}`);
    }
  });
  if (!fault && cost.total > LONGEST_MS) fault = new Error(`It took longer than ${LONGEST_MS} ms`);
  return { outcome, fault, cost, megabytes: (most - before) / 1e6 };
}

/** Faults are alike if they come from the same place. */
function kindOf({ message, stack = '' }: Error): string {
  const place = stack.split('\n').find((line) => line.trim().startsWith('at ')) ?? '';
  return `${message.replaceAll(/\d+/g, '#').slice(0, 80)} ${place}`;
}

let nextReport = Date.now() + REPORT_EVERY_MS;
const deadline = Date.now() + task.milliseconds;
for (let input = task.from; input < task.inputs && Date.now() < deadline; input++) {
  task.beat[1] = Date.now();
  task.beat[0] = input;
  const bytes = inputOf(target, task, input);
  const { outcome, fault, cost, megabytes } = tried(bytes);
  inputs++;
  const come = fault ? 'fault' : outcome;
  outcomes[come] = (outcomes[come] ?? 0) + 1;
  const measured = { slowest: cost.total, longestSlice: cost.longestSlice, largest: megabytes };
  for (const name of ['slowest', 'longestSlice', 'largest'] as const)
    if (measured[name] > records[name].value)
      records[name] = { value: measured[name], input, bytes: bytes.length };
  if (fault) {
    const kind = kindOf(fault);
    const times = (alike.get(kind) ?? 0) + 1;
    alike.set(kind, times);
    if (times <= MOST_ALIKE) {
      const { message, stack = '' } = fault;
      const isAlike = (other: Uint8Array) => {
        const again = tried(other).fault;
        return again !== undefined && kindOf(again) === kind;
      };
      post({
        failure: { target: target.name, input, message, stack, bytes: minimised(bytes, isAlike) },
      });
    }
  }
  if (Date.now() > nextReport) {
    report(false);
    nextReport = Date.now() + REPORT_EVERY_MS;
  }
}
report(true);
