import { parquetHeader } from 'hyparquet/src/column.js';
import type { PageHeader } from 'hyparquet/src/types.js';
import type { Work } from '../../../loss/work.ts';
import type { ByteSource } from '../../arrays/byteSource.ts';
import { Crc32 } from '../../arrays/npz/crc32.ts';
import { MOST_RATIO } from '../../arrays/npz/mostRatio.ts';
import { damagedFile, SURELY_FINE, wholeWithin } from '../damaged.ts';
import { endOfThrift } from './checkedThrift.ts';
import { readHybrid } from './hybridRuns.ts';
import { checkCodec, decompressPage } from './pageCodecs.ts';
import { type PageValues, pageValuesOf, plainValues } from './pageValues.ts';
import type { ParquetColumn } from './parquetColumns.ts';
import type { ColumnChunk } from './parquetFooter.ts';

/** A page of a column, decoded. */
export interface ColumnPage {
  /** How many numbers, or what stands for missing ones. */
  readonly count: number;
  /** Which of them begin a row (0) or an inner list; undefined without lists. */
  readonly repetition: Int32Array | undefined;
  /** Which of them are there; undefined if all are. */
  readonly definition: Int32Array | undefined;
  /** Those that are there. */
  readonly values: PageValues;
}

/** The header of a page is short, but may have the least and the greatest text. */
const HEADER_WINDOWS = [1 << 9, 1 << 16, 1 << 24];
/** Of numbers a page doesn't take more bytes than this for each, with its levels. */
const MOST_NUMBER_BYTES = 24;

/** The pages of a chunk, one after the other. Throws Unreadable for what isn't right. */
export function* pagesOf(
  source: ByteSource,
  { offset, end, codec, count }: ColumnChunk,
  column: ParquetColumn,
  take: (page: ColumnPage) => boolean | undefined,
  most = Number.POSITIVE_INFINITY,
): Work<void> {
  checkCodec(codec);
  let dictionary: PageValues | undefined;
  let position = offset;
  for (let seen = 0; seen < count; ) {
    yield (position - offset) / (end - offset);
    const { header, start } = headerAt(source, position, end);
    const length = wholeWithin(header.compressed_page_size, 0, end - start, position);
    const size = wholeWithin(header.uncompressed_page_size, 0, 2 ** 31 - 1, position);
    const raw = source.read(start, length);
    if (raw.length !== length) throw damagedFile(start);
    checkCrc(header, raw, position);
    position = start + length;
    if (header.type === 'DICTIONARY_PAGE') {
      const entries = wholeWithin(header.dictionary_page_header?.num_values, 0, size, start);
      checkSize(size, length, entries, column, start);
      dictionary = plainValues(decompressPage(raw, size, codec), 0, column.element, entries);
      continue;
    }
    const facts = header.data_page_header ?? header.data_page_header_v2;
    if (!facts || (header.type !== 'DATA_PAGE' && header.type !== 'DATA_PAGE_V2')) continue;
    const numbers = wholeWithin(facts.num_values, 0, count - seen, start);
    checkSize(size, length, numbers, column, start);
    const page =
      header.type === 'DATA_PAGE'
        ? firstVersion(decompressPage(raw, size, codec), header, column, dictionary, Math.min(numbers, most))
        : secondVersion(raw, header, codec, column, dictionary, Math.min(numbers, most));
    if (take(page) === true) return;
    seen += numbers;
  }
}

function headerAt(source: ByteSource, position: number, end: number) {
  for (const window of HEADER_WINDOWS) {
    const bytes = source.read(position, Math.min(window, end - position));
    const length = endOfThrift(bytes, 0);
    if (length === undefined && window < end - position) continue;
    if (length === undefined) break;
    const view = new DataView(bytes.buffer, bytes.byteOffset, length);
    return { header: parquetHeader({ view, offset: 0 }), start: position + length };
  }
  throw damagedFile(position);
}

function checkCrc({ crc }: PageHeader, raw: Uint8Array, offset: number): void {
  if (crc === undefined) return;
  const own = new Crc32();
  own.push(raw);
  if (own.value !== crc >>> 0) throw damagedFile(offset);
}

/** Few bytes mustn't become very many. */
function checkSize(size: number, length: number, numbers: number, column: ParquetColumn, offset: number) {
  if (size > SURELY_FINE && size > MOST_RATIO * length) throw damagedFile(offset);
  if (numbers > SURELY_FINE && numbers > 64 * length) throw damagedFile(offset);
  const isNumbers = column.type !== 'text' && column.type !== undefined;
  if (isNumbers && size > 1024 + MOST_NUMBER_BYTES * numbers) throw damagedFile(offset);
}

function firstVersion(
  bytes: Uint8Array,
  { data_page_header }: PageHeader,
  column: ParquetColumn,
  dictionary: PageValues | undefined,
  wanted: number,
): ColumnPage {
  const { num_values: all, encoding } = data_page_header!;
  let at = 0;
  const levels = (most: number): Int32Array | undefined => {
    if (most === 0) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = wholeWithin(view.getUint32(at, true), 0, bytes.length - at - 4);
    const runs = readHybrid(bytes, at + 4, at + 4 + length, bitsFor(most), wanted);
    at += 4 + length;
    return runs.values;
  };
  const repetition = levels(column.lists);
  const definition = levels(column.mostDefined);
  // Where not all are wanted, it doesn't matter how many there are.
  return pageOf(bytes.subarray(at), encoding, column, dictionary, { repetition, definition, wanted, all });
}

function secondVersion(
  raw: Uint8Array,
  { data_page_header_v2, uncompressed_page_size }: PageHeader,
  codec: string,
  column: ParquetColumn,
  dictionary: PageValues | undefined,
  wanted: number,
): ColumnPage {
  const { num_values: all, encoding, is_compressed, ...lengths } = data_page_header_v2!;
  const repeated = wholeWithin(lengths.repetition_levels_byte_length, 0, raw.length);
  const defined = wholeWithin(lengths.definition_levels_byte_length, 0, raw.length - repeated);
  const levels = (most: number, start: number, length: number) =>
    most === 0 ? undefined : readHybrid(raw, start, start + length, bitsFor(most), wanted).values;
  const repetition = levels(column.lists, 0, repeated);
  const definition = levels(column.mostDefined, repeated, defined);
  const rest = raw.subarray(repeated + defined);
  const size = wholeWithin(uncompressed_page_size - repeated - defined, 0, uncompressed_page_size);
  const isPacked = is_compressed !== false && size > 0;
  const bytes = isPacked ? decompressPage(rest, size, codec) : rest;
  return pageOf(bytes, encoding, column, dictionary, { repetition, definition, wanted, all });
}

interface Levels extends Pick<ColumnPage, 'repetition' | 'definition'> {
  readonly wanted: number;
  readonly all: number;
}

function pageOf(
  bytes: Uint8Array,
  encoding: string,
  column: ParquetColumn,
  dictionary: PageValues | undefined,
  { repetition, definition, wanted }: Levels,
): ColumnPage {
  let there = wanted;
  if (definition) {
    there = 0;
    for (const level of definition) if (level === column.mostDefined) there++;
  }
  const values = pageValuesOf(bytes, encoding, column.element, there, dictionary);
  return { count: wanted, repetition, definition: there === wanted ? undefined : definition, values };
}

function bitsFor(most: number): number {
  return 32 - Math.clz32(most);
}
