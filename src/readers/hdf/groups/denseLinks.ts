import { damagedFile } from '../../columnar/damaged.ts';
import type { HdfBytes } from '../hdfBytes.ts';
import { recordsOf } from './btreeRecords.ts';
import { FractalHeap } from './fractalHeap.ts';

/** Bytes of a record before its place in the heap: a hash of the name, or the order in which it came. */
const [HASH, ORDER] = [4, 8];
const [BY_NAME, BY_ORDER] = [5, 6];

/** Where the link messages are of a group with many: in a heap, with an index by name, or by the order in which they were made. */
export function denseLinks(file: HdfBytes, info: number): readonly number[] {
  if (file.u8(info) !== 0) throw damagedFile(info);
  const flags = file.u8(info + 1);
  const at = info + 2 + ((flags & 1) !== 0 ? 8 : 0);
  const [heap, names] = [file.address(at), file.address(at + 8)];
  if (heap === undefined) return [];
  const order = (flags & 2) !== 0 ? file.address(at + 16) : undefined;
  const index = order ?? names;
  if (index === undefined) throw damagedFile(info);
  const [type, skip] = order === undefined ? [BY_NAME, HASH] : [BY_ORDER, ORDER];
  const places = new FractalHeap(file, heap);
  return recordsOf(file, index, type).map((record) => places.objectAt(record + skip));
}
