import { unzlibSync } from 'fflate/browser';
import { MOST_RATIO } from '../../arrays/npz/mostRatio.ts';
import { damagedFile, SURELY_FINE } from '../../columnar/damaged.ts';
import { Unreadable } from '../../text/cursor.ts';
import { type HdfObject, MESSAGE } from '../hdfObject.ts';
import { withoutFletcher } from './fletcher32.ts';
import { fromLzf } from './lzf.ts';

/** One of the filters that a chunk went through. */
export type ChunkFilter = 'deflate' | 'shuffle' | 'fletcher32' | 'lzf';

const FILTERS: Readonly<Record<number, ChunkFilter>> = {
  1: 'deflate',
  2: 'shuffle',
  3: 'fletcher32',
  32000: 'lzf',
};
const NAMES: Readonly<Record<number, string>> = { 4: 'szip', 5: 'nbit', 6: 'scaleoffset', 32001: 'blosc' };
/** HDF5 has no more filters in a row. */
const MOST_FILTERS = 32;
/** Filters from here on have names. */
const FIRST_NAMED = 256;

/** The filters of a data set, the first first. Throws Unreadable for one that isn't known. */
export function chunkFilters(object: HdfObject): readonly ChunkFilter[] {
  const { file } = object;
  const message = object.find(MESSAGE.filters);
  if (message === undefined) return [];
  const [version, count] = [file.u8(message), file.u8(message + 1)];
  if (version < 1 || version > 2 || count > MOST_FILTERS) throw damagedFile(message);
  const filters: ChunkFilter[] = [];
  let at = message + (version === 1 ? 8 : 2);
  for (let i = 0; i < count; i++) {
    const id = file.u16(at);
    const known = FILTERS[id];
    if (!known) throw new Unreadable({ reason: 'codec', offset: 0, found: NAMES[id] ?? `filter ${id}` });
    filters.push(known);
    const isNamed = version === 1 || id >= FIRST_NAMED;
    const name = isNamed ? file.u16(at + 2) : 0;
    const values = file.u16(at + (isNamed ? 6 : 4));
    at += (isNamed ? 8 : 6) + 4 * values;
    // Version 1 fills up to 8 bytes.
    at += version === 1 ? Math.ceil(name / 8) * 8 + (values % 2) * 4 : name;
  }
  return filters;
}

/** The `size` bytes that a chunk had before it was filtered. */
export function filtered(
  bytes: Uint8Array,
  filters: readonly ChunkFilter[],
  mask: number,
  size: number,
  itemSize: number,
): Uint8Array {
  if (size > SURELY_FINE && size > MOST_RATIO * bytes.length) throw damagedFile();
  // A checksum may come between.
  const most = size + 4 * filters.length;
  let chunk = bytes;
  for (let i = filters.length - 1; i >= 0; i--) {
    if ((mask & (1 << i)) !== 0) continue;
    const filter = filters[i]!;
    if (filter === 'deflate') chunk = unzipped(chunk, most);
    else if (filter === 'lzf') chunk = fromLzf(chunk, most);
    else if (filter === 'shuffle') chunk = unshuffled(chunk, itemSize);
    else chunk = withoutFletcher(chunk);
  }
  if (chunk.length !== size) throw damagedFile();
  return chunk;
}

function unzipped(bytes: Uint8Array, most: number): Uint8Array {
  const chunk = unzlibSync(bytes, { out: new Uint8Array(most + 1) });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(bytes.length - 4, false) !== adler32(chunk)) throw damagedFile();
  return chunk;
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let i = 0; i < bytes.length; ) {
    for (const end = Math.min(i + 3800, bytes.length); i < end; i++) {
      a += bytes[i]!;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return b * 65536 + a;
}

/** The first bytes of all numbers come first, then their second ones. */
function unshuffled(bytes: Uint8Array, itemSize: number): Uint8Array {
  const count = Math.floor(bytes.length / itemSize);
  const chunk = bytes.slice();
  for (let byte = 0; byte < itemSize; byte++)
    for (let i = 0; i < count; i++) chunk[i * itemSize + byte] = bytes[byte * count + i]!;
  return chunk;
}
