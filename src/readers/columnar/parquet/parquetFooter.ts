import { parquetMetadata } from 'hyparquet/src/metadata.js';
import type { FileMetaData } from 'hyparquet/src/types.js';
import type { ByteSource } from '../../arrays/byteSource.ts';
import { Unreadable } from '../../text/cursor.ts';
import { damagedFile, wholeWithin } from '../damaged.ts';
import { endOfThrift } from './checkedThrift.ts';

/** A part of a column: where its pages are, and what they're compressed with. */
export interface ColumnChunk {
  readonly offset: number;
  readonly end: number;
  readonly codec: string;
  /** Numbers, and what stands for those that are missing. */
  readonly count: number;
}

/** Rows that are stored together: a chunk for each column. */
export interface RowGroup {
  readonly rows: number;
  readonly chunks: readonly ColumnChunk[];
}

/** What the end of a Parquet file says of it. */
export interface ParquetFooter {
  readonly schema: FileMetaData['schema'];
  readonly rows: number;
  readonly groups: readonly RowGroup[];
}

const MAGIC = 0x31524150;
const ENCRYPTED = 0x45524150;
/** The length of what is before it, and the magic number. */
const END_BYTES = 8;

/** Reads the end of a file. Throws Unreadable if it isn't Parquet, or says what can't be. */
export function readFooter(source: ByteSource): ParquetFooter {
  const { size } = source;
  const not = new Unreadable({ reason: 'not-format', offset: 0, format: 'parquet' });
  if (size < 3 * 4) throw not;
  const end = source.read(size - END_BYTES, END_BYTES);
  const view = new DataView(end.buffer, end.byteOffset, end.byteLength);
  const magic = view.getUint32(4, true);
  if (magic === ENCRYPTED) throw new Unreadable({ reason: 'codec', offset: 0, found: 'encrypted' });
  const length = view.getUint32(0, true);
  if (magic !== MAGIC || length > size - END_BYTES - 4) throw not;
  const bytes = new Uint8Array(length + END_BYTES);
  bytes.set(source.read(size - END_BYTES - length, length));
  bytes.set(end, length);
  if (endOfThrift(bytes.subarray(0, length), 0) === undefined) throw damagedFile(size - END_BYTES - length);
  const { schema, num_rows, row_groups } = parquetMetadata(bytes, { geoparquet: false });
  const groups = row_groups.map(({ columns, num_rows: rows }) => ({
    rows: wholeWithin(rows, 0, Number.MAX_SAFE_INTEGER),
    chunks: columns.map(({ meta_data, crypto_metadata }) => chunkOf(meta_data, crypto_metadata, size)),
  }));
  const rows = wholeWithin(num_rows, 0, Number.MAX_SAFE_INTEGER);
  if (groups.reduce((sum, group) => sum + group.rows, 0) !== rows) throw damagedFile();
  return { schema, rows, groups };
}

type MetaData = FileMetaData['row_groups'][number]['columns'][number]['meta_data'];

function chunkOf(meta: MetaData, encrypted: unknown, size: number): ColumnChunk {
  if (encrypted || !meta) throw new Unreadable({ reason: 'codec', offset: 0, found: 'encrypted' });
  const { data_page_offset, dictionary_page_offset, total_compressed_size, codec, num_values } = meta;
  const first = wholeWithin(data_page_offset, 0, size);
  const dictionary = dictionary_page_offset === undefined ? 0 : wholeWithin(dictionary_page_offset, 0, size);
  const offset = dictionary > 0 && dictionary < first ? dictionary : first;
  const end = offset + wholeWithin(total_compressed_size, 0, size - offset, offset);
  return { offset, end, codec: codec ?? 'unknown', count: wholeWithin(num_values, 0, 2 ** 40, offset) };
}
