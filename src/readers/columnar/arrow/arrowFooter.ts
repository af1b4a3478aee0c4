import type { Work } from '../../../loss/work.ts';
import { type ByteSource, readInto } from '../../arrays/byteSource.ts';
import { damagedFile, wholeWithin } from '../damaged.ts';
import { FlatTable } from './flatTable.ts';

/** A message of an Arrow file: where it is, with its body. */
export interface ArrowMessage {
  readonly offset: number;
  readonly length: number;
}

/** Where messages are listed in the end of a file. */
interface Blocks {
  /** Of the first, in the bytes of the footer. */
  readonly first: number;
  readonly offsets: readonly number[];
}

/** The end of an Arrow file. */
export interface ArrowFooter {
  /** Where it begins in its file. */
  readonly start: number;
  readonly bytes: Uint8Array;
  readonly schema: FlatTable;
  readonly dictionaries: Blocks;
  readonly batches: Blocks;
}

const MAGIC = new TextEncoder().encode('ARROW1');
/** What comes before the footer at least, and its length and the magic number after it. */
const [START_BYTES, END_BYTES] = [8, 10];
const BLOCK_BYTES = 24;

/** Reads the end of a file. Throws Unreadable if it's cut, or says what can't be. */
export function readArrowFooter(source: ByteSource): ArrowFooter {
  const { size } = source;
  if (size < START_BYTES + END_BYTES) throw damagedFile();
  const end = source.read(size - END_BYTES, END_BYTES);
  const length = new DataView(end.buffer, end.byteOffset, end.byteLength).getUint32(0, true);
  if (MAGIC.some((byte, i) => end[4 + i] !== byte) || length > size - START_BYTES - END_BYTES)
    throw damagedFile(size - END_BYTES);
  const start = size - END_BYTES - length;
  const bytes = source.read(start, length);
  const table = FlatTable.root(bytes);
  const schema = table.table(1);
  if (!schema) throw damagedFile(start);
  return {
    start,
    bytes,
    schema,
    dictionaries: blocksOf(table, 2, bytes, start),
    batches: blocksOf(table, 3, bytes, start),
  };
}

function blocksOf(table: FlatTable, field: number, bytes: Uint8Array, end: number): Blocks {
  const { first, count } = table.list(field, BLOCK_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offsets = Array.from({ length: count }, (_, i) =>
    wholeWithin(view.getBigInt64(first + BLOCK_BYTES * i, true), START_BYTES, end),
  );
  return { first, offsets };
}

/** A file of these messages of another, which has its schema: dictionaries first, then at most one batch. */
export function* fileOfMessages(
  source: ByteSource,
  { bytes, dictionaries, batches }: ArrowFooter,
  own: readonly ArrowMessage[],
  batch: ArrowMessage | undefined,
): Work<Uint8Array> {
  const messages = batch ? [...own, batch] : own;
  const content = messages.reduce((sum, { length }) => sum + length, 0);
  const file = new Uint8Array(START_BYTES + content + bytes.length + END_BYTES);
  const footer = START_BYTES + content;
  file.set(MAGIC);
  file.set(bytes, footer);
  const view = new DataView(file.buffer);
  let at = START_BYTES;
  const place = function* ({ first }: Blocks, some: readonly ArrowMessage[]): Work<void> {
    // Without any there is no list either.
    if (first > 0) view.setUint32(footer + first - 4, some.length, true);
    for (const [i, { offset, length }] of some.entries()) {
      view.setBigInt64(footer + first + BLOCK_BYTES * i, BigInt(at), true);
      yield* readInto(source, offset, file.subarray(at, at + length));
      at += length;
    }
  };
  yield* place(dictionaries, own);
  yield* place(batches, batch ? [batch] : []);
  view.setUint32(footer + bytes.length, bytes.length, true);
  file.set(MAGIC, file.length - MAGIC.length);
  return file;
}
