import { SLICE, type Work } from '../../loss/work.ts';
import type { ParsedText } from '../../readers/readText.ts';

/**
 * So many bytes of text are kept with what was parsed of them, which takes a few times as much memory. A longer text is parsed again
 * when it's opened.
 */
const MOST_BYTES = 1 << 24;

interface Kept {
  readonly bytes: Uint8Array;
  readonly parsed: ParsedText;
}

/**
 * What was parsed to list the tensors of texts, as one of them is likely to be opened next, or to be the targets of another: kept
 * until other texts need the room, the one that wasn't asked for longest first.
 */
export class ParsedTexts {
  #kept: readonly Kept[] = [];
  readonly #most: number;

  constructor(most = MOST_BYTES) {
    this.#most = most;
  }

  /** What was parsed of the same text. */
  *of(bytes: Uint8Array): Work<ParsedText | undefined> {
    for (const known of this.#kept) {
      if (!(yield* areSame(known.bytes, bytes))) continue;
      this.#keepFirst(known);
      return known.parsed;
    }
    return undefined;
  }

  keep(bytes: Uint8Array, parsed: ParsedText): void {
    if (bytes.length <= this.#most) this.#keepFirst({ bytes, parsed });
  }

  #keepFirst(first: Kept): void {
    let room = this.#most;
    this.#kept = [first, ...this.#kept.filter((known) => known !== first)].filter(({ bytes }) => {
      room -= bytes.length;
      return room >= 0;
    });
  }
}

function* areSame(a: Uint8Array, b: Uint8Array): Work<boolean> {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (i % SLICE === SLICE - 1) yield i / a.length;
    if (a[i] !== b[i]) return false;
  }
  return true;
}
