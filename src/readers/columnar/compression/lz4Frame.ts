import { damagedFile } from '../damaged.ts';
import { fromLz4Block } from './lz4Block.ts';

const MAGIC = 0x184d2204;
const NOT_COMPRESSED = 0x80000000;

/** The `size` bytes that a frame of LZ4 was compressed from, whose blocks may look back at those before. Throws Unreadable if it isn't one. */
export function fromLz4Frame(bytes: Uint8Array, size: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 7 || view.getUint32(0, true) !== MAGIC) throw damagedFile();
  const flags = bytes[4]!;
  const [hasBlockSums, hasSize, hasDictionary] = [flags & 0x10, flags & 0x08, flags & 0x01];
  if (flags >> 6 !== 1 || hasDictionary) throw damagedFile();
  let at = 7 + (hasSize ? 8 : 0);
  const out = new Uint8Array(size);
  let filled = 0;
  for (;;) {
    const head = view.getUint32(at, true);
    at += 4;
    if (head === 0) return out.subarray(0, filled);
    const length = head % NOT_COMPRESSED;
    if (length > bytes.length - at) throw damagedFile();
    const block = bytes.subarray(at, at + length);
    if (head >= NOT_COMPRESSED) {
      if (filled + length > size) throw damagedFile();
      out.set(block, filled);
      filled += length;
    } else filled = fromLz4Block(block, out, filled);
    at += length + (hasBlockSums ? 4 : 0);
  }
}
