import type { DataObjects } from 'jsfive';
import { damagedFile } from '../columnar/damaged.ts';
import { Unreadable } from '../text/cursor.ts';

/** Where the numbers of a data set are: one after the other, in chunks, or nowhere, if none were written. */
type HdfLayout =
  | { readonly kind: 'plain'; readonly offset: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'unwritten' };

const [LAYOUT_MESSAGE, EXTERNAL_MESSAGE] = [8, 7];
const [COMPACT, CONTIGUOUS, CHUNKED] = [0, 1, 2];
/** Versions of the message before 3 have the class after the number of axes. */
const FIRST_MODERN = 3;
/** From version 4 on only chunks have another form. */
const NEWEST = 5;
const UNDEFINED = 0xffffffffffffffffn;

/** Throws Unreadable if the numbers are in another file. */
export function checkAbsent(objects: DataObjects): void {
  if (objects.find_msg_type(EXTERNAL_MESSAGE).length > 0) throw codec('another file');
}

/** Where `size` bytes of numbers are. Throws Unreadable where they can't be, or aren't read. */
export function hdfLayoutOf(view: DataView, objects: DataObjects, size: number): HdfLayout {
  const [message] = objects.find_msg_type(LAYOUT_MESSAGE);
  if (!message) throw damagedFile();
  const at = message.get('offset_to_message');
  const version = view.getUint8(at);
  if (version < 1 || version > NEWEST) throw damagedFile(at);
  const isModern = version >= FIRST_MODERN;
  const kind = view.getUint8(at + (isModern ? 1 : 2));
  if (kind === CHUNKED) {
    if (version > FIRST_MODERN) throw codec('chunks of libver="latest"');
    return { kind: 'chunked' };
  }
  if (kind === COMPACT && isModern) {
    if (view.getUint16(at + 2, true) !== size) throw damagedFile(at);
    return within(view, at + 4, size);
  }
  if (kind !== CONTIGUOUS) throw codec(kind === COMPACT ? 'compact storage' : `layout ${kind}`);
  const place = at + (isModern ? 2 : 8);
  const address = view.getBigUint64(place, true);
  if (address === UNDEFINED) return { kind: 'unwritten' };
  if (isModern && view.getBigUint64(place + 8, true) !== BigInt(size)) throw damagedFile(at);
  return within(view, Number(address), size);
}

const FILL_MESSAGE = 5;

/** What stands where no number was written. */
export function fillValueOf(objects: DataObjects): number {
  return objects.find_msg_type(FILL_MESSAGE).length > 0 ? objects.fillvalue : 0;
}

function within(view: DataView, offset: number, size: number): HdfLayout {
  if (offset + size > view.byteLength) throw damagedFile(offset);
  return { kind: 'plain', offset };
}

function codec(found: string): Unreadable {
  return new Unreadable({ reason: 'codec', offset: 0, found });
}
