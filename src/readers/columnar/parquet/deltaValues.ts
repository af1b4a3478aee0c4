import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { damagedFile, wholeWithin } from '../damaged.ts';

const LARGEST_BLOCK = 1 << 16;
/** Texts that begin like the one before may take far more memory than their page. */
const MOST_TEXT_BYTES = 1 << 27;

/** Numbers that are stored as differences, from `start` on, as many as there's room for. The offset after them. */
export function readDeltas(bytes: Uint8Array, start: number, into: Int32Array | BigInt64Array): number {
  const { length: count } = into;
  checkHead(bytes, start, count);
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: start };
  if (count > 0) deltaBinaryUnpack(reader, count, into);
  return wholeWithin(reader.offset, start, bytes.length);
}

/** Texts after their lengths; `shared`: each without what it has in common with the one before. */
export function deltaTexts(bytes: Uint8Array, count: number, shared: boolean): readonly Uint8Array[] {
  const prefixes = new Int32Array(count);
  const lengths = new Int32Array(count);
  let at = shared ? readDeltas(bytes, 0, prefixes) : 0;
  at = readDeltas(bytes, at, lengths);
  let total = 0;
  let before = new Uint8Array(0);
  return Array.from(lengths, (length, i) => {
    const prefix = wholeWithin(prefixes[i], 0, before.length);
    const rest = bytes.subarray(at, at + wholeWithin(length, 0, bytes.length - at));
    at += length;
    total += prefix + length;
    if (total > MOST_TEXT_BYTES) throw damagedFile();
    const text = new Uint8Array(prefix + length);
    text.set(before.subarray(0, prefix));
    text.set(rest, prefix);
    before = text;
    return text;
  });
}

/** Throws unless the head of deltas makes sense: a decoder would make room for whatever it says, or never end. */
function checkHead(bytes: Uint8Array, start: number, count: number): void {
  let at = start;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift <= 28; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw damagedFile();
  };
  const [block, parts, all] = [varint(), varint(), varint()];
  const isSound = block > 0 && block <= LARGEST_BLOCK && block % 128 === 0 && parts > 0;
  if (!isSound || (block / parts) % 32 !== 0 || all < count) throw damagedFile();
}
