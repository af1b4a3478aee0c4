import type { FileProblem } from '../../readers/readProblem.ts';
import type { KernelHome } from '../kernel/kernel.ts';
import type { Pass, ScratchMemory } from './passes/kernelPass.ts';
import type { FileOfRows } from './rowsFile.ts';

/** What a thread that helps is told. */
export interface Task {
  readonly home: KernelHome;
  readonly pass: Pass;
  readonly file: FileOfRows | null;
}

/** Why a thread gave up: what is wrong with the file of its rows, or another reason in words. */
export type Failure = FileProblem | string;

/** Threads that help with one pass. */
export interface Team {
  /** Throws what went wrong in a thread, RowsFileError if it was the file, or that it ended. */
  check(): void;
  /** Calls back once no thread uses the pass's memory; immediately if none does. */
  whenLeft(callback: () => void): void;
}

/** Threads beside the one that calls. */
export interface Threads {
  /** How many may help with a pass. */
  readonly most: number;
  /** Lets one thread for each room take part in a pass. They are started when they are first needed. */
  start(task: Task, rooms: readonly ScratchMemory[]): Team;
}

/** Where memory can't be shared. */
export const NO_THREADS: Threads = {
  most: 0,
  start() {
    throw new Error('There are no threads to help');
  },
};
