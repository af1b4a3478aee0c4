import { damagedFile } from '../damaged.ts';

const LEAST_MATCH = 4;

/**
 * Puts the bytes that an LZ4 block was compressed from into `out`, from `start` on; they may repeat what is before. The offset after
 * them. Throws Unreadable where it isn't a block, or there's no room.
 */
export function fromLz4Block(bytes: Uint8Array, out: Uint8Array, start: number): number {
  const { length } = bytes;
  const size = out.length;
  let [at, filled] = [0, start];
  const longer = (short: number): number => {
    let total = short;
    for (let byte = 255; short === 15 && byte === 255; total += byte) {
      if (at >= length) throw damagedFile();
      byte = bytes[at++]!;
    }
    return total;
  };
  while (at < length) {
    const token = bytes[at++]!;
    const literals = longer(token >> 4);
    if (at + literals > length || filled + literals > size) throw damagedFile();
    out.set(bytes.subarray(at, at + literals), filled);
    at += literals;
    filled += literals;
    // The last sequence has literals only.
    if (at === length) break;
    if (at + 2 > length) throw damagedFile();
    const distance = bytes[at]! | (bytes[at + 1]! << 8);
    at += 2;
    const match = longer(token & 15) + LEAST_MATCH;
    if (distance === 0 || distance > filled || filled + match > size) throw damagedFile();
    if (distance >= match) out.copyWithin(filled, filled - distance, filled - distance + match);
    else for (let i = 0; i < match; i++) out[filled + i] = out[filled + i - distance]!;
    filled += match;
  }
  return filled;
}
