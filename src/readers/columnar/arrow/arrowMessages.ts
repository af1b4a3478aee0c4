import type { Work } from '../../../loss/work.ts';
import type { ByteSource } from '../../arrays/byteSource.ts';
import { MOST_RATIO } from '../../arrays/npz/mostRatio.ts';
import { Unreadable } from '../../text/cursor.ts';
import { damagedFile, SURELY_FINE, wholeWithin } from '../damaged.ts';
import { type ArrowFooter, type ArrowMessage, readArrowFooter } from './arrowFooter.ts';
import { FlatTable } from './flatTable.ts';

/** Rows that are stored together. */
export interface ArrowBatch extends ArrowMessage {
  readonly rows: number;
  /** How many of the dictionaries come before it. */
  readonly dictionaries: number;
}

/** The messages of a file, whose lengths have been checked. */
export interface ArrowMessages {
  /** How the file ends, if it isn't a stream: its schema, and where the others are. */
  readonly footer: ArrowFooter | undefined;
  /** The first message of a stream. */
  readonly schema: ArrowMessage | undefined;
  readonly dictionaries: readonly ArrowMessage[];
  readonly batches: readonly ArrowBatch[];
}

const [SCHEMA, DICTIONARY, BATCH] = [1, 2, 3];
const MAGIC = 'ARROW1';
const FEATHER_1 = 'FEA1';
const CONTINUATION = 0xffffffff;
/** What a message says of itself: more of it is no message. */
const LONGEST_METADATA = 1 << 26;
/** Version 5 is the fifth of them, and the last; before the fourth, buffers had another form. */
const [V4, V5] = [3, 4];

/** Finds the messages of a file or a stream. Throws Unreadable if it's neither, or says what can't be. */
export function* arrowMessages(source: ByteSource): Work<ArrowMessages> {
  const start = new TextDecoder().decode(source.read(0, MAGIC.length));
  if (start.startsWith(FEATHER_1))
    throw new Unreadable({ reason: 'other-format', offset: 0, format: 'feather-1' });
  return start === MAGIC ? yield* messagesOfFile(source) : yield* messagesOfStream(source);
}

function notArrow(): Unreadable {
  return new Unreadable({ reason: 'not-format', offset: 0, format: 'arrow' });
}

function* messagesOfStream(source: ByteSource): Work<ArrowMessages> {
  let schema: ArrowMessage | undefined;
  const [dictionaries, batches]: [ArrowMessage[], ArrowBatch[]] = [[], []];
  for (let position = 0; position < source.size; ) {
    yield position / source.size;
    const message = messageAt(source, position, source.size, schema === undefined);
    if (!message) break;
    const { type, length, rows } = message;
    const own = { offset: position, length };
    if (type === SCHEMA) schema ??= own;
    else if (type === DICTIONARY) dictionaries.push(own);
    else batches.push({ ...own, rows, dictionaries: dictionaries.length });
    position += length;
  }
  if (!schema) throw notArrow();
  return { footer: undefined, schema, dictionaries, batches };
}

/** A file says at its end where its messages are: what is before those need not be its schema. */
function* messagesOfFile(source: ByteSource): Work<ArrowMessages> {
  const footer = readArrowFooter(source);
  checkSchema(footer.schema);
  const [dictionaries, batches]: [ArrowMessage[], ArrowBatch[]] = [[], []];
  let free = 0;
  const next = (offset: number, type: number) => {
    // None is there twice: few bytes would become very many.
    const message = offset >= free ? messageAt(source, offset, footer.start, false) : undefined;
    if (message?.type !== type) throw damagedFile(offset);
    free = offset + message.length;
    return message;
  };
  const [ahead, rest] = [footer.dictionaries.offsets, footer.batches.offsets];
  for (let i = 0, k = 0; i < ahead.length || k < rest.length; ) {
    yield free / source.size;
    const isAhead = k === rest.length || (i < ahead.length && ahead[i]! < rest[k]!);
    const offset = isAhead ? ahead[i++]! : rest[k++]!;
    const { length, rows } = next(offset, isAhead ? DICTIONARY : BATCH);
    if (isAhead) dictionaries.push({ offset, length });
    else batches.push({ offset, length, rows, dictionaries: dictionaries.length });
  }
  return { footer, schema: undefined, dictionaries, batches };
}

/** Undefined for the end of a stream. */
function messageAt(source: ByteSource, offset: number, end: number, isFirst: boolean) {
  const head = source.read(offset, Math.min(8, end - offset));
  if (head.length < 4) throw isFirst ? notArrow() : damagedFile(offset);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isContinued = view.getUint32(0, true) === CONTINUATION;
  if (isContinued && head.length < 8) throw damagedFile(offset);
  const prefix = isContinued ? 8 : 4;
  const size = view.getUint32(prefix - 4, true);
  if (size === 0) return undefined;
  const isPossible = size <= Math.min(LONGEST_METADATA, end - offset - prefix);
  if (!isPossible) throw isFirst ? notArrow() : damagedFile(offset);
  const message = FlatTable.root(source.read(offset + prefix, size));
  const [version, type, content] = [message.int16(0), message.uint8(1), message.table(2)];
  const body = message.int64(3);
  if (version < V4 || version > V5 || !content || body > end - offset - prefix - size)
    throw damagedFile(offset);
  const length = prefix + size + body;
  if (type === SCHEMA) {
    checkSchema(content);
    return { type, length, rows: 0 };
  }
  const batch = type === DICTIONARY ? content.table(1) : type === BATCH ? content : undefined;
  if (!batch) throw damagedFile(offset);
  return { type, length, rows: checkBatch(source, batch, offset + prefix + size, body) };
}

/** Types that have a text, or a list, of their own. */
const [TIMESTAMP, UNION] = [10, 14];
const MOST_DEPTH = 32;

/** Everything that a schema says has a length; a library that parses it makes room for what it says. */
function checkSchema(schema: FlatTable): void {
  if (schema.int16(0) !== 0) throw new Unreadable({ reason: 'codec', offset: 0, found: 'big-endian' });
  checkMetadata(schema, 2);
  let left = 1 << 20;
  const visit = (fields: readonly FlatTable[], depth: number): void => {
    if (depth > MOST_DEPTH) throw damagedFile();
    for (const field of fields) {
      if (--left < 0) throw damagedFile();
      field.list(0, 1);
      const [id, type] = [field.uint8(2), field.table(3)];
      if (id === TIMESTAMP) type?.list(1, 1);
      if (id === UNION) type?.list(1, 4);
      field.table(4)?.table(1);
      checkMetadata(field, 6);
      visit(field.tables(5), depth + 1);
    }
  };
  visit(schema.tables(1), 0);
}

function checkMetadata(table: FlatTable, field: number): void {
  for (const pair of table.tables(field)) {
    pair.list(0, 1);
    pair.list(1, 1);
  }
}

/** A row has a bit at least. */
const ROWS_PER_BYTE = 8;
const PREFIX_BYTES = 8;

/** How many rows a batch has. Its buffers have to be in its body, and to have room for them. */
function checkBatch(source: ByteSource, batch: FlatTable, start: number, body: number): number {
  batch.pairs(1);
  const buffers = batch.pairs(2);
  const isCompressed = batch.table(3) !== undefined;
  let most = 0;
  for (const [offset, length] of buffers) {
    if (offset + length > body) throw damagedFile();
    most = Math.max(most, isCompressed ? decompressedSize(source, start + offset, length) : length);
  }
  const views = batch.int64s(4).reduce((sum, count) => sum + count, 0);
  if (views > buffers.length) throw damagedFile();
  const rows = batch.int64(0);
  if (rows > ROWS_PER_BYTE * most) throw damagedFile();
  return rows;
}

/** What a compressed buffer says of itself before its bytes: −1 if it isn't compressed after all. */
function decompressedSize(source: ByteSource, offset: number, length: number): number {
  if (length < PREFIX_BYTES) return 0;
  const prefix = source.read(offset, PREFIX_BYTES);
  const size = new DataView(prefix.buffer, prefix.byteOffset, PREFIX_BYTES).getBigInt64(0, true);
  if (size === -1n) return length - PREFIX_BYTES;
  return wholeWithin(size, 0, Math.max(SURELY_FINE, MOST_RATIO * length), offset);
}
