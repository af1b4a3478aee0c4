import { damagedFile } from '../columnar/damaged.ts';
import { Unreadable } from '../text/cursor.ts';
import type { HdfBytes } from './hdfBytes.ts';
import { type HdfObject, MESSAGE } from './hdfObject.ts';

/** Where the numbers of a data set are: one after the other, in chunks, or nowhere, if none were written. */
export type HdfLayout =
  | { readonly kind: 'plain'; readonly offset: number }
  /** `tree` has the places of the chunks, if any were written; `shape` is that of each. */
  | { readonly kind: 'chunked'; readonly tree: number | undefined; readonly shape: readonly number[] }
  | { readonly kind: 'unwritten' };

const [COMPACT, CONTIGUOUS, CHUNKED] = [0, 1, 2];
/** Versions of the message before 3 have the class after the number of axes. */
const FIRST_MODERN = 3;
/** From version 4 on only chunks have another form. */
const NEWEST = 5;

/** Throws Unreadable if the numbers are in another file. */
export function checkAbsent(object: HdfObject): void {
  if (object.all(MESSAGE.externalFiles).length > 0) throw codec('another file');
}

/** Where `size` bytes of numbers are. Throws Unreadable where they can't be, or aren't read. */
export function hdfLayoutOf(object: HdfObject, size: number): HdfLayout {
  const { file } = object;
  const at = object.find(MESSAGE.layout);
  if (at === undefined) throw damagedFile(object.address);
  const version = file.u8(at);
  if (version < 1 || version > NEWEST) throw damagedFile(at);
  const isModern = version >= FIRST_MODERN;
  const kind = file.u8(at + (isModern ? 1 : 2));
  if (kind === CHUNKED) {
    if (version > FIRST_MODERN) throw codec('chunks of libver="latest"');
    return isModern
      ? chunked(file, file.u8(at + 2), at + 3, at + 11)
      : chunked(file, file.u8(at + 1), at + 8, at + 16);
  }
  if (kind === COMPACT && isModern) {
    if (file.u16(at + 2) !== size) throw damagedFile(at);
    return within(file, at + 4, size);
  }
  if (kind !== CONTIGUOUS) throw codec(kind === COMPACT ? 'compact storage' : `layout ${kind}`);
  const place = at + (isModern ? 2 : 8);
  const offset = file.address(place);
  if (offset === undefined) return { kind: 'unwritten' };
  if (isModern && file.u64(place + 8) !== BigInt(size)) throw damagedFile(at);
  return within(file, offset, size);
}

/** The last of the axes is that of a number's bytes. */
function chunked(file: HdfBytes, axes: number, tree: number, sizes: number): HdfLayout {
  if (axes < 2) throw damagedFile(sizes);
  const shape = Array.from({ length: axes - 1 }, (_, axis) => file.u32(sizes + 4 * axis));
  if (shape.includes(0)) throw damagedFile(sizes);
  return { kind: 'chunked', tree: file.address(tree), shape };
}

function within(file: HdfBytes, offset: number, size: number): HdfLayout {
  if (offset + size > file.size) throw damagedFile(offset);
  return { kind: 'plain', offset };
}

function codec(found: string): Unreadable {
  return new Unreadable({ reason: 'codec', offset: 0, found });
}
