import type { SchemaElement } from 'hyparquet/src/types.js';
import { Unreadable } from '../../text/cursor.ts';
import { damagedFile, wholeWithin } from '../damaged.ts';
import { deltaTexts, readDeltas } from './deltaValues.ts';
import { readHybrid } from './hybridRuns.ts';

/** Numbers as they're stored; or bytes, which are texts, or two for each float16. */
export type PageValues =
  | Float32Array
  | Float64Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | readonly Uint8Array[];

const DICTIONARIES = new Set(['PLAIN_DICTIONARY', 'RLE_DICTIONARY']);

/** The first `count` numbers, or texts, of a page. Throws Unreadable for encodings that aren't read, and what can't be decoded. */
export function pageValuesOf(
  bytes: Uint8Array,
  encoding: string,
  element: SchemaElement,
  count: number,
  dictionary: PageValues | undefined,
): PageValues {
  if (encoding === 'PLAIN') return plainValues(bytes, 0, element, count);
  if (DICTIONARIES.has(encoding)) return fromDictionary(bytes, count, dictionary);
  if (encoding === 'RLE' && element.type === 'BOOLEAN') {
    // Version 1 and 2 have the length of the runs before them.
    return Uint8Array.from(readHybrid(bytes, 4, bytes.length, 1, count).values);
  }
  if (encoding === 'BYTE_STREAM_SPLIT') return fromStreams(bytes, element, count);
  if (encoding === 'DELTA_BINARY_PACKED') {
    const values = element.type === 'INT64' ? new BigInt64Array(count) : new Int32Array(count);
    readDeltas(bytes, 0, values);
    return values;
  }
  if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') return deltaTexts(bytes, count, false);
  if (encoding === 'DELTA_BYTE_ARRAY') return deltaTexts(bytes, count, true);
  throw new Unreadable({ reason: 'codec', offset: 0, found: encoding ?? 'unknown' });
}

/** Values one after the other. */
export function plainValues(
  bytes: Uint8Array,
  start: number,
  { type, type_length }: SchemaElement,
  count: number,
): PageValues {
  const own = (size: number) => {
    if (start + size * count > bytes.length) throw damagedFile();
    return bytes.slice(start, start + size * count).buffer;
  };
  switch (type) {
    case 'FLOAT':
      return new Float32Array(own(4));
    case 'DOUBLE':
      return new Float64Array(own(8));
    case 'INT32':
      return new Int32Array(own(4));
    case 'INT64':
      return new BigInt64Array(own(8));
    case 'BOOLEAN':
      if (start + count / 8 > bytes.length) throw damagedFile();
      return Uint8Array.from({ length: count }, (_, i) => (bytes[start + (i >> 3)]! >> (i & 7)) & 1);
    case 'FIXED_LEN_BYTE_ARRAY': {
      const size = wholeWithin(type_length, 1, 2 ** 16);
      if (size !== 2) throw damagedFile();
      return new Uint8Array(own(size));
    }
    case 'BYTE_ARRAY':
      return texts(bytes, start, count);
    default:
      throw damagedFile();
  }
}

function texts(bytes: Uint8Array, start: number, count: number): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (4 * count > bytes.length - start) throw damagedFile();
  let at = start;
  return Array.from({ length: count }, () => {
    const length = wholeWithin(view.getUint32(at, true), 0, bytes.length - at - 4);
    at += 4 + length;
    return bytes.subarray(at - length, at);
  });
}

function fromDictionary(bytes: Uint8Array, count: number, dictionary: PageValues | undefined): PageValues {
  if (count === 0) return new Float64Array(0);
  const width = bytes[0];
  if (!dictionary || width === undefined) throw damagedFile();
  const { values: indices } = readHybrid(bytes, 1, bytes.length, width, count);
  const entries = dictionary instanceof Uint8Array ? dictionary.length / 2 : dictionary.length;
  for (const index of indices) if (index < 0 || index >= entries) throw damagedFile();
  if (dictionary instanceof Float32Array) return Float32Array.from(indices, (i) => dictionary[i]!);
  if (dictionary instanceof Float64Array) return Float64Array.from(indices, (i) => dictionary[i]!);
  if (dictionary instanceof Int32Array) return Int32Array.from(indices, (i) => dictionary[i]!);
  if (dictionary instanceof BigInt64Array) {
    const values = new BigInt64Array(count);
    for (let i = 0; i < count; i++) values[i] = dictionary[indices[i]!]!;
    return values;
  }
  if (dictionary instanceof Uint8Array) {
    const values = new Uint8Array(2 * count);
    for (let i = 0; i < count; i++) {
      values[2 * i] = dictionary[2 * indices[i]!]!;
      values[2 * i + 1] = dictionary[2 * indices[i]! + 1]!;
    }
    return values;
  }
  return Array.from(indices, (i) => dictionary[i]!);
}

const SIZES: Readonly<Record<string, number>> = { FLOAT: 4, DOUBLE: 8, INT32: 4, INT64: 8 };

/** The first bytes of all numbers, then their second ones …: how many there are says the length of all of it. */
function fromStreams(bytes: Uint8Array, element: SchemaElement, count: number): PageValues {
  const isFixed = element.type === 'FIXED_LEN_BYTE_ARRAY';
  const size = isFixed ? wholeWithin(element.type_length, 2, 2) : SIZES[element.type ?? ''];
  if (!size || bytes.length % size !== 0) throw damagedFile();
  const all = bytes.length / size;
  if (count > all) throw damagedFile();
  const joined = new Uint8Array(size * count);
  for (let byte = 0; byte < size; byte++) {
    const first = byte * all;
    for (let i = 0; i < count; i++) joined[i * size + byte] = bytes[first + i]!;
  }
  return plainValues(joined, 0, element, count);
}
