import { damagedFile } from '../damaged.ts';

/** Shorter runs are copied byte by byte: that takes less than a call. */
const SHORT = 24;
const [LITERAL, NEAR, FAR] = [0, 1, 2];
/** Literals of more than this have their length behind the tag. */
const LONGEST_IN_TAG = 60;

/** The `size` bytes that a Snappy block was compressed from. Throws Unreadable where it isn't one. */
export function fromSnappy(bytes: Uint8Array, size: number): Uint8Array {
  const { length } = bytes;
  const out = new Uint8Array(size);
  let [at, filled] = [0, 0];
  /** A number of some bytes, little-endian. */
  const number = (count: number): number => {
    if (at + count > length) throw damagedFile();
    let value = 0;
    for (let i = 0; i < count; i++) value += bytes[at++]! * 2 ** (8 * i);
    return value;
  };
  let said = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = number(1);
    said += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
    if (shift > 28) throw damagedFile();
  }
  if (said !== size) throw damagedFile();
  while (at < length) {
    const tag = bytes[at++]!;
    const kind = tag & 3;
    const upper = tag >> 2;
    if (kind === LITERAL) {
      const count = (upper < LONGEST_IN_TAG ? upper : number(upper - LONGEST_IN_TAG + 1)) + 1;
      if (at + count > length || filled + count > size) throw damagedFile();
      if (count < SHORT) for (let i = 0; i < count; i++) out[filled + i] = bytes[at + i]!;
      else out.set(bytes.subarray(at, at + count), filled);
      at += count;
      filled += count;
      continue;
    }
    const count = kind === NEAR ? (upper & 7) + 4 : upper + 1;
    const distance = kind === NEAR ? ((tag >> 5) << 8) + number(1) : number(kind === FAR ? 2 : 4);
    if (distance === 0 || distance > filled || filled + count > size) throw damagedFile();
    // What is copied may be copied again at once.
    for (const end = filled + count; filled < end; filled++) out[filled] = out[filled - distance]!;
  }
  if (filled !== size) throw damagedFile();
  return out;
}
