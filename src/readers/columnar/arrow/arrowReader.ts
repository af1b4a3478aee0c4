// The entry of dist/arrow.js, which is loaded with the first .arrow or .feather file.
import {
  type Batch,
  CompressionType,
  setCompressionCodec,
  type Table,
  tableFromIPC,
} from '@uwdata/flechette';
import type { Floats } from '../../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../../loss/rows/shape.ts';
import { portion, type Work } from '../../../loss/work.ts';
import { type ByteSource, readInto } from '../../arrays/byteSource.ts';
import { MOST_RATIO } from '../../arrays/npz/mostRatio.ts';
import { Unreadable } from '../../text/cursor.ts';
import { type OpensColumns, openGuarded, type StoredColumn, type UnguardedColumns } from '../columnFile.ts';
import { fromLz4Frame } from '../compression/lz4Frame.ts';
import { fromZstd } from '../compression/zstdFrame.ts';
import { damagedFile, SURELY_FINE, wholeWithin } from '../damaged.ts';
import { shownNumber } from '../shownNumber.ts';
import { columnType, leafInto, leafOfRows, shapeOfFirst } from './arrowColumns.ts';
import { fileOfMessages } from './arrowFooter.ts';
import { type ArrowBatch, type ArrowMessages, arrowMessages } from './arrowMessages.ts';

/** The columns of an Arrow file or stream, which a .feather file is, too. */
export const openArrow: OpensColumns = (source) => openGuarded(source, arrowFile);

/** More texts than this aren't held: each takes far more memory than a number. */
const MOST_TEXTS = 1 << 23;

function codec(decode: (bytes: Uint8Array, size: number) => Uint8Array) {
  return {
    decode: (bytes: Uint8Array, size: number) => {
      wholeWithin(size, 0, Math.max(SURELY_FINE, MOST_RATIO * bytes.length));
      const decoded = decode(bytes, size);
      if (decoded.length !== size) throw damagedFile();
      return decoded;
    },
    encode: () => {
      throw new Error('Nothing is written');
    },
  };
}

setCompressionCodec(CompressionType.LZ4_FRAME, codec(fromLz4Frame));
setCompressionCodec(CompressionType.ZSTD, codec(fromZstd));

function* arrowFile(source: ByteSource): Work<UnguardedColumns> {
  const messages = yield* arrowMessages(source);
  checkRepeated(source, messages);
  const rows = messages.batches.reduce((sum, batch) => sum + batch.rows, 0);
  const first = messages.batches.find((batch) => batch.rows > 0);
  const table = yield* tableOf(source, messages, first);
  const bytes = messages.batches.reduce((sum, batch) => sum + batch.length, 0);
  const columns = table.schema.fields.map(({ name, type }, i): StoredColumn => {
    const { lists, ...facts } = columnType(type);
    const column = { keys: [name], ...facts, bytes, shape: [rows] };
    if (lists === 0 || facts.type === undefined) return column;
    const batch = table.children[i]?.data[0];
    if (!batch) return { ...column, shape: [rows, ...new Array(lists).fill(0)] };
    try {
      return { ...column, shape: [rows, ...shapeOfFirst(batch, lists, name)] };
    } catch (error) {
      if (error instanceof Unreadable) return { ...column, problem: error.problem };
      throw error;
    }
  });
  const decoded = first && { batch: first, table };
  return new ArrowFile(source, messages, rows, columns, decoded);
}

/** What is read again with each batch mustn't be much, if there are many. */
function checkRepeated({ size }: ByteSource, { footer, schema, dictionaries, batches }: ArrowMessages): void {
  const own = dictionaries.reduce((sum, { length }) => sum + length, 0);
  const repeated = own + (footer?.bytes.length ?? schema?.length ?? 0);
  const bytes = repeated * batches.length;
  if (bytes > MOST_REPEATED && bytes > MOST_REPEATS * size)
    throw new Unreadable({ reason: 'too-large', offset: 0, bytes });
}

const [MOST_REPEATED, MOST_REPEATS] = [1 << 28, 16];

/** The table of one batch, or without rows: only what is needed of the file is in memory. */
function* tableOf(
  source: ByteSource,
  { footer, schema, dictionaries }: ArrowMessages,
  batch: ArrowBatch | undefined,
): Work<Table> {
  const own = dictionaries.slice(0, batch?.dictionaries ?? 0);
  if (footer) return tableFromIPC(yield* fileOfMessages(source, footer, own, batch));
  const parts = [schema!, ...own, ...(batch ? [batch] : [])];
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { offset, length } of parts) {
    yield* readInto(source, offset, bytes.subarray(at, at + length));
    at += length;
  }
  return tableFromIPC(bytes);
}

interface DecodedBatch {
  readonly batch: ArrowBatch;
  readonly table: Table;
}

class ArrowFile implements UnguardedColumns {
  readonly rows: number;
  readonly columns: readonly StoredColumn[];
  readonly #source: ByteSource;
  readonly #messages: ArrowMessages;
  #decoded: DecodedBatch | undefined;

  constructor(
    source: ByteSource,
    messages: ArrowMessages,
    rows: number,
    columns: readonly StoredColumn[],
    decoded: DecodedBatch | undefined,
  ) {
    this.#source = source;
    this.#messages = messages;
    this.rows = rows;
    this.columns = columns;
    this.#decoded = decoded;
  }

  *sample(index: number, rows: number): Work<readonly string[]> {
    const cells: string[] = [];
    for (const batch of this.#batches) {
      const [column] = yield* portion(this.#columnsOf(batch, [index]), 0, 0);
      const count = Math.min(batch.rows, rows - cells.length);
      for (let i = 0; i < count; i++) cells.push(this.#shown(column!.at(i), index));
      if (cells.length >= rows) break;
    }
    return cells;
  }

  *fill(indices: readonly number[], into: Floats): Work<void> {
    const stride = indices.length;
    let row = 0;
    for (const batch of this.#batches) {
      const [start, end] = [row / this.rows, (row + batch.rows) / this.rows];
      const columns = yield* portion(this.#columnsOf(batch, indices), start, end);
      for (const [place, index] of indices.entries()) {
        yield end;
        const { shape, keys } = this.columns[index]!;
        const inner = shape.slice(1);
        const leaf = leafOfRows(columns[place]!, inner, keys.join('.'), row);
        leafInto(leaf, into, row * lengthOf(inner) * stride + place, stride);
      }
      row += batch.rows;
    }
  }

  *texts(index: number): Work<readonly string[]> {
    if (this.rows > MOST_TEXTS)
      throw new Unreadable({ reason: 'too-large', offset: 0, bytes: 8 * this.rows });
    const texts: string[] = [];
    for (const batch of this.#batches) {
      const [start, end] = [texts.length / this.rows, (texts.length + batch.rows) / this.rows];
      const [column] = yield* portion(this.#columnsOf(batch, [index]), start, end);
      for (let i = 0; i < batch.rows; i++) texts.push(String(column!.at(i) ?? ''));
    }
    return texts;
  }

  get #batches(): readonly ArrowBatch[] {
    return this.#messages.batches.filter(({ rows }) => rows > 0);
  }

  /** One batch stays decoded: all of its columns are asked for, one after the other. */
  *#columnsOf(batch: ArrowBatch, indices: readonly number[]): Work<readonly Batch<unknown>[]> {
    if (this.#decoded?.batch !== batch) {
      this.#decoded = undefined;
      this.#decoded = { batch, table: yield* tableOf(this.#source, this.#messages, batch) };
    }
    const { table } = this.#decoded;
    const columns = indices.map((index) => table.children[index]?.data[0]);
    if (columns.some((each) => each?.length !== batch.rows)) throw damagedFile(batch.offset);
    return columns as Batch<unknown>[];
  }

  /** As a table in text would have it. */
  #shown(value: unknown, index: number): string {
    const { type } = this.columns[index]!;
    if (value === null || value === undefined) return '';
    if (type === 'text' || type === undefined) return String(value);
    return shownNumber(Number(value), type);
  }
}
