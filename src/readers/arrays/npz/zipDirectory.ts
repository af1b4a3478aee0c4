import type { Work } from '../../../loss/work.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import type { ReadProblem } from '../../readProblem.ts';
import type { ByteSource } from '../byteSource.ts';

/** A file in a zip file, as the directory at the end has it. */
interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  /** 0: stored; 8: deflated. */
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where its own header is. */
  readonly headerOffset: number;
}

const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const END = 0x06054b50;
const END64_LOCATOR_BYTES = 20;
const END64_LOCATOR = 0x07064b50;
const END64_BYTES = 56;
const END64 = 0x06064b50;
const ENTRY_BYTES = 46;
const ENTRY = 0x02014b50;
const LOCAL_BYTES = 30;
const LOCAL = 0x04034b50;
const ZIP64_FIELD = 1;
/** The true value is in the zip64 field. */
const ELSEWHERE = 0xffffffff;

/** Where the bytes of an entry are in the zip file. */
export interface PlacedEntry extends ZipEntry {
  /** Where they begin; undefined if they aren't all in the file. */
  readonly content: number | undefined;
}

/** How many entries are read between two yields. */
const ENTRIES = 1 << 8;

/**
 * Reads the directory of a zip file, zip64 included. Nothing of the files in it is read. Refuses one whose entries lie over each other:
 * many arrays of the same few bytes would fill the memory.
 */
export function* readDirectory(source: ByteSource): Work<Outcome<readonly PlacedEntry[], ReadProblem>> {
  const read = yield* readEntries(source);
  if (!read.ok) return read;
  const { entries, offset: directory } = read.value;
  const placed: PlacedEntry[] = [];
  for (const entry of entries) {
    if (placed.length % ENTRIES === 0) yield placed.length / entries.length;
    placed.push({ ...entry, content: contentOffset(source, entry) });
  }
  let end = 0;
  for (const { name, headerOffset, compressedSize, content } of placed.toSorted(byPlace)) {
    if (content === undefined) continue;
    if (headerOffset < end || content + compressedSize > directory)
      return failure({ reason: 'zip-overlap', offset: headerOffset, name });
    end = content + compressedSize;
  }
  return success(placed);
}

function byPlace(a: ZipEntry, b: ZipEntry): number {
  return a.headerOffset - b.headerOffset;
}

function* readEntries(
  source: ByteSource,
): Work<Outcome<{ readonly entries: readonly ZipEntry[]; readonly offset: number }, ReadProblem>> {
  const damaged = failure<ReadProblem>({ reason: 'not-format', offset: 0, format: 'npz' });
  const place = directoryPlace(source);
  if (!place || place.offset + place.length > source.size) return damaged;
  const view = viewOf(source.read(place.offset, place.length));
  const entries: ZipEntry[] = [];
  for (let position = 0; entries.length < place.count; ) {
    if (entries.length % ENTRIES === 0) yield 0;
    const entry = entryAt(view, position);
    if (!entry) return damaged;
    entries.push(entry.value);
    position = entry.end;
  }
  return success({ entries, offset: place.offset });
}

function contentOffset(source: ByteSource, { headerOffset, compressedSize }: ZipEntry): number | undefined {
  const local = viewOf(source.read(headerOffset, LOCAL_BYTES));
  if (local.byteLength < LOCAL_BYTES || local.getUint32(0, true) !== LOCAL) return undefined;
  const offset = headerOffset + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true);
  return offset + compressedSize <= source.size ? offset : undefined;
}

function directoryPlace(source: ByteSource): { offset: number; length: number; count: number } | undefined {
  const tail = viewOf(
    source.read(Math.max(0, source.size - END_BYTES - LONGEST_COMMENT), END_BYTES + LONGEST_COMMENT),
  );
  let position = tail.byteLength - END_BYTES;
  while (
    position >= 0 &&
    !(
      tail.getUint32(position, true) === END &&
      tail.getUint16(position + 20, true) === tail.byteLength - position - END_BYTES
    )
  )
    position--;
  if (position < 0) return undefined;
  const locator = position - END64_LOCATOR_BYTES;
  if (locator < 0 || tail.getUint32(locator, true) !== END64_LOCATOR) {
    const [length, offset] = [tail.getUint32(position + 12, true), tail.getUint32(position + 16, true)];
    return { offset, length, count: tail.getUint16(position + 10, true) };
  }
  const end = viewOf(source.read(uint64(tail, locator + 8), END64_BYTES));
  if (end.byteLength < END64_BYTES || end.getUint32(0, true) !== END64) return undefined;
  return { offset: uint64(end, 48), length: uint64(end, 40), count: uint64(end, 32) };
}

function entryAt(
  view: DataView,
  position: number,
): { readonly value: ZipEntry; readonly end: number } | undefined {
  if (position + ENTRY_BYTES > view.byteLength || view.getUint32(position, true) !== ENTRY) return undefined;
  const extraAt = position + ENTRY_BYTES + view.getUint16(position + 28, true);
  const extraEnd = extraAt + view.getUint16(position + 30, true);
  const end = extraEnd + view.getUint16(position + 32, true);
  if (end > view.byteLength) return undefined;
  const name = new DataView(
    view.buffer,
    view.byteOffset + position + ENTRY_BYTES,
    extraAt - position - ENTRY_BYTES,
  );
  const wide = zip64Values(view, extraAt, extraEnd);
  const sized = (field: number) => {
    const value = view.getUint32(position + field, true);
    return value === ELSEWHERE ? wide.next().value : value;
  };
  // The field has them in this order.
  const [size, compressedSize, headerOffset] = [sized(24), sized(20), sized(42)];
  if (size === undefined || compressedSize === undefined || headerOffset === undefined) return undefined;
  return {
    value: {
      name: new TextDecoder().decode(name),
      encrypted: (view.getUint16(position + 8, true) & 1) === 1,
      method: view.getUint16(position + 10, true),
      crc: view.getUint32(position + 16, true),
      compressedSize,
      size,
      headerOffset,
    },
    end,
  };
}

function* zip64Values(view: DataView, start: number, end: number): Generator<number, undefined> {
  for (let position = start; position + 4 <= end; position += 4 + view.getUint16(position + 2, true)) {
    if (view.getUint16(position, true) !== ZIP64_FIELD) continue;
    const fieldEnd = Math.min(end, position + 4 + view.getUint16(position + 2, true));
    for (let value = position + 4; value + 8 <= fieldEnd; value += 8) yield uint64(view, value);
    return undefined;
  }
  return undefined;
}

function uint64(view: DataView, position: number): number {
  return view.getUint32(position + 4, true) * 2 ** 32 + view.getUint32(position, true);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
