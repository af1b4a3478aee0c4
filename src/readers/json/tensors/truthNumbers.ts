import type { ReadProblem } from '../../readProblem.ts';
import type { Cursor } from '../../text/cursor.ts';
import { isTruth } from '../../text/truthValues.ts';
import { endOfItem } from './listItems.ts';

/** t, T, f, F */
const STARTS: ReadonlySet<number> = new Set([0x74, 0x54, 0x66, 0x46]);

/** The truth values of a tensor, which count as 1 and 0 if all are. */
export class TruthNumbers {
  #count = 0;
  #first: { readonly offset: number; readonly found: string } | undefined;

  /** A truth value at the cursor, after nothing but others: `before` values. */
  read(cursor: Cursor, before: number): number | undefined {
    if (this.#count !== before || !STARTS.has(cursor.bytes[cursor.offset]!)) return undefined;
    const end = endOfItem(cursor, cursor.offset);
    const found = cursor.text(cursor.offset, end);
    if (!isTruth(found)) return undefined;
    cursor.offset = end;
    cursor.written.decimals = 0;
    cursor.written.point = false;
    cursor.written.exponent = undefined;
    this.#first ??= { offset: end - found.length, found };
    this.#count++;
    return /^t/i.test(found) ? 1 : 0;
  }

  areAll(values: number): boolean {
    return this.#count > 0 && this.#count === values;
  }

  /** Beside numbers a truth value is none. */
  flaw(values: number): ReadProblem | undefined {
    return this.#first && !this.areAll(values) ? { reason: 'not-a-number', ...this.#first } : undefined;
  }
}
