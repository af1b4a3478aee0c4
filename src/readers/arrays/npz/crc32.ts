const POLYNOMIAL = 0xedb88320;
/** Eight bytes are taken at once, each with its own table of 256. */
const STRIDE = 8;
let tables: Int32Array | undefined;

function makeTables(): Int32Array {
  const made = new Int32Array(STRIDE * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
    made[byte] = value;
  }
  for (let i = 256; i < made.length; i++) {
    const before = made[i - 256]!;
    made[i] = (before >>> 8) ^ made[before & 0xff]!;
  }
  return made;
}

/** The checksum of zip files, of bytes that come in pieces. */
export class Crc32 {
  #crc = -1;

  push(bytes: Uint8Array): void {
    tables ??= makeTables();
    const t = tables;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const whole = bytes.length - (bytes.length % STRIDE);
    let crc = this.#crc;
    for (let i = 0; i < whole; i += STRIDE) {
      const low = crc ^ view.getInt32(i, true);
      const high = view.getInt32(i + 4, true);
      crc =
        t[0x700 | (low & 0xff)]! ^
        t[0x600 | ((low >>> 8) & 0xff)]! ^
        t[0x500 | ((low >>> 16) & 0xff)]! ^
        t[0x400 | (low >>> 24)]! ^
        t[0x300 | (high & 0xff)]! ^
        t[0x200 | ((high >>> 8) & 0xff)]! ^
        t[0x100 | ((high >>> 16) & 0xff)]! ^
        t[high >>> 24]!;
    }
    for (let i = whole; i < bytes.length; i++) crc = (crc >>> 8) ^ t[(crc ^ bytes[i]!) & 0xff]!;
    this.#crc = crc;
  }

  /** Of all that was pushed, as an unsigned integer. */
  get value(): number {
    return ~this.#crc >>> 0;
  }
}
