import { inflateSync } from 'fflate/browser';
import { Crc32 } from '../../arrays/npz/crc32.ts';
import { Unreadable } from '../../text/cursor.ts';
import { fromLz4Block } from '../compression/lz4Block.ts';
import { fromSnappy } from '../compression/snappyBlock.ts';
import { fromZstd } from '../compression/zstdFrame.ts';
import { damagedFile } from '../damaged.ts';

/** What the pages of a column may be compressed with, as far as it's read here. */
const CODECS: Readonly<Record<string, (bytes: Uint8Array, size: number) => Uint8Array>> = {
  UNCOMPRESSED: (bytes) => bytes,
  SNAPPY: fromSnappy,
  GZIP: fromGzip,
  ZSTD: fromZstd,
  LZ4_RAW: (bytes, size) => {
    const page = new Uint8Array(size);
    return page.subarray(0, fromLz4Block(bytes, page, 0));
  },
};

/** Throws Unreadable for what isn't read here. */
export function checkCodec(codec: string): void {
  if (!Object.hasOwn(CODECS, codec)) throw new Unreadable({ reason: 'codec', offset: 0, found: codec });
}

/** The `size` bytes that a page was compressed from. */
export function decompressPage(bytes: Uint8Array, size: number, codec: string): Uint8Array {
  checkCodec(codec);
  const page = CODECS[codec]!(bytes, size);
  if (page.length !== size) throw damagedFile();
  return page;
}

const [GZIP_HEADER, GZIP_END] = [10, 8];

/** Pages are written without a name or a comment. */
function fromGzip(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || bytes[3] !== 0) throw damagedFile();
  const page = inflateSync(bytes.subarray(GZIP_HEADER, -GZIP_END), { out: new Uint8Array(size) });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const checksum = new Crc32();
  checksum.push(page);
  if (view.getUint32(bytes.length - 4, true) !== size) throw damagedFile();
  if (view.getUint32(bytes.length - GZIP_END, true) !== checksum.value) throw damagedFile();
  return page;
}
