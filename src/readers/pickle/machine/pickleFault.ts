import type { PickleFlaw, ReadProblem } from '../../readProblem.ts';
import { Unreadable } from '../../text/cursor.ts';

/** Ends reading a pickle: something at `offset` isn't what it must be. */
export function damaged(flaw: PickleFlaw, offset: number): Unreadable {
  return new Unreadable({ reason: 'pickle-damaged', flaw, offset });
}

/** Ends reading a pickle that uses what isn't read. */
export function unsupported(found: string, offset: number): Unreadable {
  return new Unreadable({ reason: 'pickle-feature', found, offset });
}

const MOST_STEPS = 50_000_000;
const MOST_VALUES = 10_000_000;

/** What reading one file may take, however many pickles are in it: a few bytes of a pickle can ask for as much as they like. */
export class PickleBudget {
  #steps = MOST_STEPS;
  #values = MOST_VALUES;

  /** Counts an instruction. */
  step(offset: number): void {
    if (--this.#steps < 0) throw new Unreadable(tooMuch(MOST_STEPS, offset));
  }

  /** Counts what stays in memory, about as a number does. */
  keep(count: number, offset: number): void {
    this.#values -= count;
    if (this.#values < 0) throw new Unreadable(tooMuch(MOST_VALUES, offset));
  }

  /** Counts back what isn't needed any more. */
  free(count: number): void {
    this.#values += count;
  }

  /** How much may still be kept. */
  get left(): number {
    return this.#values;
  }
}

function tooMuch(limit: number, offset: number): ReadProblem {
  return { reason: 'pickle-size', limit, offset };
}
