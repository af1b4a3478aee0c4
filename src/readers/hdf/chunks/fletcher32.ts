import { damagedFile } from '../../columnar/damaged.ts';

const MOD = 65535;
const CHECKSUM_BYTES = 4;

/** The bytes before their checksum. Throws Unreadable if it's that of others. */
export function withoutFletcher(bytes: Uint8Array): Uint8Array {
  const length = bytes.length - CHECKSUM_BYTES;
  if (length < 0) throw damagedFile();
  let [a, b] = [0, 0];
  for (let i = 0; i < length; i += 2) {
    // The last of an odd number is the high byte of a word.
    a = (a + 256 * bytes[i]! + (i + 1 < length ? bytes[i + 1]! : 0)) % MOD;
    b = (b + a) % MOD;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + length, CHECKSUM_BYTES);
  if (view.getUint16(0, true) % MOD !== a || view.getUint16(2, true) % MOD !== b) throw damagedFile();
  return bytes.subarray(0, length);
}
