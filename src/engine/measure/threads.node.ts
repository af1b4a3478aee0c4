import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ScratchMemory } from './passes/kernelPass.ts';
import { RowsFileError } from './rowsFile.ts';
import type { Failure, Task, Team, Threads } from './threads.ts';

/** More threads than this are slowed down by the memory they share. */
const MOST = 7;
/** A thread that had nothing to do for so long ends. */
const IDLE_MS = 10_000;

/** What a helper is posted, and what it posts back when it's done with it. */
export interface HelperRequest extends Task {
  readonly id: number;
  readonly room: ScratchMemory;
}

/** How a task of this number ended on a helping thread; `failure` is null if it went well. */
export interface HelperReply {
  readonly id: number;
  readonly failure: Failure | null;
}

interface Helper {
  readonly worker: Worker;
  readonly asked: Map<number, (failure: Failure | null) => void>;
  timer: NodeJS.Timeout | undefined;
}

/** Threads that run `script`, which calls `help`. */
export class NodeThreads implements Threads {
  readonly #script: string;
  readonly #helpers: Helper[] = [];
  readonly most: number;
  #last = 0;

  constructor(script: string, most = Math.min(MOST, availableParallelism() - 1)) {
    this.#script = script;
    this.most = most;
  }

  start(task: Task, rooms: readonly ScratchMemory[]): Team {
    let failure: Failure | null = null;
    let working = rooms.length;
    let left = () => {};
    rooms.forEach((room, i) => {
      this.#ask(this.#helper(i), { ...task, room, id: ++this.#last }, (reason) => {
        failure ??= reason;
        if (--working === 0) left();
      });
    });
    return {
      check() {
        if (failure === null) return;
        throw typeof failure === 'string' ? new Error(failure) : new RowsFileError(failure);
      },
      whenLeft(callback) {
        if (working === 0) callback();
        else left = callback;
      },
    };
  }

  #ask(helper: Helper, request: HelperRequest, done: (failure: Failure | null) => void): void {
    clearTimeout(helper.timer);
    helper.asked.set(request.id, done);
    helper.worker.postMessage(request);
  }

  #helper(index: number): Helper {
    const existing = this.#helpers[index];
    if (existing) return existing;
    const worker = new Worker(this.#script, { workerData: 'helper' });
    const helper: Helper = { worker, asked: new Map(), timer: undefined };
    this.#helpers[index] = helper;
    worker.unref();
    let reason = '';
    worker.on('message', ({ id, failure }: HelperReply) => {
      helper.asked.get(id)?.(failure);
      helper.asked.delete(id);
      if (helper.asked.size === 0) helper.timer = setTimeout(() => this.#end(helper), IDLE_MS).unref();
    });
    worker.on('error', (error) => {
      reason = error.message;
    });
    worker.on('exit', (code) => {
      this.#end(helper);
      for (const done of helper.asked.values()) done(reason || `A compute thread ended (exit code ${code})`);
      helper.asked.clear();
    });
    return helper;
  }

  #end(helper: Helper): void {
    const index = this.#helpers.indexOf(helper);
    if (index !== -1) delete this.#helpers[index];
    void helper.worker.terminate();
  }
}
