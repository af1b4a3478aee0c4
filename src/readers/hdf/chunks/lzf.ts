import { damagedFile } from '../../columnar/damaged.ts';

/** Shorter runs are of literals. */
const FIRST_MATCH = 32;

/** The bytes that LZF has compressed: at most `most`. Throws Unreadable where they aren't. */
export function fromLzf(bytes: Uint8Array, most: number): Uint8Array {
  const out = new Uint8Array(most);
  const { length } = bytes;
  let [at, filled] = [0, 0];
  while (at < length) {
    const control = bytes[at++]!;
    if (control < FIRST_MATCH) {
      const literals = control + 1;
      if (at + literals > length || filled + literals > most) throw damagedFile();
      out.set(bytes.subarray(at, at + literals), filled);
      at += literals;
      filled += literals;
      continue;
    }
    let run = control >> 5;
    if (run === 7) run += bytes[at++] ?? 0;
    const low = bytes[at++];
    if (low === undefined) throw damagedFile();
    const from = filled - ((control & 31) * 256 + low + 1);
    if (from < 0 || filled + run + 2 > most) throw damagedFile();
    for (let i = 0; i < run + 2; i++) out[filled + i] = out[from + i]!;
    filled += run + 2;
  }
  return out.subarray(0, filled);
}
