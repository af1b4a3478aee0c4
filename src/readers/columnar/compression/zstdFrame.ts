import { Decompress, decompress } from 'fzstd';
import { damagedFile } from '../damaged.ts';

/** Encoders ask for no more than this. */
const LARGEST_WINDOW = 2 ** 27;
const MAGIC = 0xfd2fb528;

/** The `size` bytes that a frame of Zstandard was compressed from. Throws Unreadable, or what fzstd throws, if it isn't one. */
export function fromZstd(bytes: Uint8Array, size: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw damagedFile();
  const flags = bytes[4]!;
  const isSingle = (flags & 0x20) !== 0;
  const sizeBytes = flags >> 6 === 0 ? Number(isSingle) : 1 << (flags >> 6);
  const window = isSingle ? 0 : 2 ** (10 + (bytes[5]! >> 3));
  if (window > LARGEST_WINDOW || (flags & 0x0b) !== 0) throw damagedFile();
  if (sizeBytes > 0) {
    const at = isSingle ? 5 : 6;
    const said =
      sizeBytes === 1
        ? view.getUint8(at)
        : sizeBytes === 2
          ? view.getUint16(at, true) + 256
          : sizeBytes === 4
            ? view.getUint32(at, true)
            : Number(view.getBigUint64(at, true));
    if (said !== size) throw damagedFile();
    return decompress(bytes, new Uint8Array(size));
  }
  const page = new Uint8Array(size);
  let length = 0;
  const stream = new Decompress((piece) => {
    if (length + piece.length > size) throw damagedFile();
    page.set(piece, length);
    length += piece.length;
  });
  stream.push(bytes, true);
  return page.subarray(0, length);
}
