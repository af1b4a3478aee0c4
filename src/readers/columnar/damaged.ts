import type { Work } from '../../loss/work.ts';
import type { ByteSource } from '../arrays/byteSource.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';

/** So many bytes may come of few, whatever compressed them. */
export const SURELY_FINE = 1 << 24;

/** What is thrown where bytes can't be what they should be. `offset` is where in the file, as far as it's known. */
export function damagedFile(offset = 0): Unreadable {
  return new Unreadable({ reason: 'damaged', offset });
}

/** Throws Unreadable unless `value` is a whole number from `least` to `most`. */
export function wholeWithin(value: unknown, least: number, most: number, offset = 0): number {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < least || number > most)
    throw damagedFile(offset);
  return number;
}

/** A file, and the memory that numbers go to, whose own errors can be told from those of a library that reads the bytes. */
export class Guarded {
  readonly source: ByteSource;
  readonly #own = new Set<unknown>();

  constructor(source: ByteSource) {
    this.source = {
      size: source.size,
      read: (offset, length) => this.own(() => source.read(offset, length)),
    };
  }

  /** What a library isn't to blame for. */
  own<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.#own.add(error);
      throw error;
    }
  }

  /** Work with a library. Whatever it throws, as it does for bytes that it doesn't expect, means that the file is damaged. */
  *run<T>(work: () => Work<T>): Work<Outcome<T, ReadProblem>> {
    try {
      return success(yield* work());
    } catch (error) {
      if (error instanceof Unreadable) return failure(error.problem);
      if (this.#own.has(error)) throw error;
      return failure({ reason: 'damaged', offset: 0 });
    }
  }
}
