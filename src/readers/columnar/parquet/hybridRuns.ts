import { damagedFile } from '../damaged.ts';

/** What follows the runs that were read. */
interface ReadRuns {
  readonly values: Int32Array;
  readonly end: number;
}

/**
 * The first `count` numbers of `width` bits, in runs of one number and of packed ones, as levels and indices of a dictionary are stored
 * between `start` and `end`. Throws Unreadable for runs that aren't there.
 */
export function readHybrid(
  bytes: Uint8Array,
  start: number,
  end: number,
  width: number,
  count: number,
): ReadRuns {
  const values = new Int32Array(count);
  if (width === 0) return { values, end: start };
  if (width > 32 || end > bytes.length) throw damagedFile();
  const oneBytes = (width + 7) >> 3;
  let at = start;
  let seen = 0;
  while (seen < count) {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= end || shift > 28) throw damagedFile();
      const byte = bytes[at++]!;
      head += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    if (head % 2 === 0) {
      const repeated = head / 2;
      if (repeated === 0 || at + oneBytes > end) throw damagedFile();
      let value = 0;
      for (let i = 0; i < oneBytes; i++) value |= bytes[at++]! << (8 * i);
      values.fill(value, seen, Math.min(count, seen + repeated));
      seen += repeated;
    } else {
      const packed = 8 * ((head - 1) / 2);
      if (packed === 0) throw damagedFile();
      const taken = Math.min(packed, count - seen);
      // The last run may be cut where no more numbers are needed.
      if (at + Math.ceil((taken * width) / 8) > end) throw damagedFile();
      unpack(bytes, at, width, values.subarray(seen, seen + taken));
      at += (packed * width) / 8;
      seen += packed;
    }
  }
  return { values, end: at };
}

/** Numbers of `width` bits, the least significant first. */
function unpack(bytes: Uint8Array, start: number, width: number, into: Int32Array): void {
  const mask = width === 32 ? 0xffffffff : 2 ** width - 1;
  let [at, kept, bits] = [start, 0, 0];
  for (let i = 0; i < into.length; i++) {
    if (width <= 24) {
      while (bits < width) {
        kept |= bytes[at++]! << bits;
        bits += 8;
      }
      into[i] = kept & mask;
      kept >>>= width;
      bits -= width;
    } else {
      // Beyond 24 bits a number and what is left of the byte before don't fit in 32.
      const first = i * width;
      let value = 0;
      for (let bit = 0; bit < width; bit++) {
        const byte = bytes[start + ((first + bit) >> 3)]!;
        value += ((byte >> ((first + bit) & 7)) & 1) * 2 ** bit;
      }
      into[i] = value | 0;
    }
  }
}
