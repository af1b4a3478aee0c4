import type { SchemaElement } from 'hyparquet/src/types.js';
import type { NumberName } from '../../arrays/numberType.ts';
import { damagedFile } from '../damaged.ts';

/** A column of a Parquet file: a leaf of its schema. */
export interface ParquetColumn {
  /** Which of the chunks of a row group. */
  readonly index: number;
  /** Its keys, without those that only say that it's a list. */
  readonly keys: readonly string[];
  readonly element: SchemaElement;
  /** How many lists its numbers are in, below a row. */
  readonly lists: number;
  /** The level of a number that is there, and not null. */
  readonly mostDefined: number;
  /** What its numbers are; 'text' for texts; undefined for what is neither. */
  readonly type: NumberName | 'text' | undefined;
  /** In the words of the file. */
  readonly typeName: string;
}

/** Deeper lists and objects are no arrays. */
const MOST_DEPTH = 32;

/** The columns of a schema, in the order of their chunks. Throws Unreadable for a schema that ends too soon. */
export function parquetColumns(schema: readonly SchemaElement[]): readonly ParquetColumn[] {
  const columns: ParquetColumn[] = [];
  let next = 1;
  const visit = (keys: readonly string[], lists: number, defined: number, depth: number, inList: boolean) => {
    const element = schema[next++];
    if (!element || depth > MOST_DEPTH || typeof element.name !== 'string') throw damagedFile();
    const { name, num_children: children = 0, repetition_type: repetition } = element;
    const isRepeated = repetition === 'REPEATED';
    const own = inList ? keys : [...keys, name];
    const [ownLists, ownDefined] = [lists + Number(isRepeated), defined + Number(repetition !== 'REQUIRED')];
    if (children > 0) {
      // list → repeated group → element: two names that say nothing.
      const isList = isRepeated || element.converted_type === 'LIST' || element.logical_type?.type === 'LIST';
      const isOne = children === 1 && (isList || (inList && isRepeated));
      for (let i = 0; i < children; i++) visit(own, ownLists, ownDefined, depth + 1, isOne);
      return;
    }
    const { type, typeName } = typeOf(element);
    const index = columns.length;
    columns.push({ index, keys: own, element, lists: ownLists, mostDefined: ownDefined, type, typeName });
  };
  for (let i = 0; i < (schema[0]?.num_children ?? 0); i++) visit([], 0, 0, 0, false);
  if (next !== schema.length) throw damagedFile();
  return columns;
}

const INTEGERS: Readonly<Record<string, NumberName>> = {
  INT_8: 'int8',
  INT_16: 'int16',
  INT_32: 'int32',
  INT_64: 'int64',
  UINT_8: 'uint8',
  UINT_16: 'uint16',
  UINT_32: 'uint32',
  UINT_64: 'uint64',
};

/** What is stored, of the few ways in which Parquet stores it. */
function typeOf({ type, converted_type, logical_type, type_length }: SchemaElement): {
  readonly type: ParquetColumn['type'];
  readonly typeName: string;
} {
  const named = (name: NumberName | 'text') => ({ type: name, typeName: name });
  const other = (typeName: string) => ({ type: undefined, typeName: typeName.toLowerCase() });
  const logical = logical_type?.type;
  if (logical === 'FLOAT16')
    return type === 'FIXED_LEN_BYTE_ARRAY' && type_length === 2 ? named('float16') : other('float16');
  if (logical === 'INTEGER') {
    const { bitWidth, isSigned } = logical_type as { bitWidth: number; isSigned: boolean };
    return integer(`${isSigned ? '' : 'U'}INT_${bitWidth}`, type);
  }
  if (converted_type !== undefined && Object.hasOwn(INTEGERS, converted_type))
    return integer(converted_type, type);
  const isText = converted_type === 'UTF8' || converted_type === 'ENUM' || logical === 'STRING';
  if (type === 'BYTE_ARRAY') return isText ? named('text') : other(converted_type ?? 'bytes');
  if (logical !== undefined || converted_type !== undefined) return other(logical ?? converted_type!);
  if (type === 'FLOAT') return named('float32');
  if (type === 'DOUBLE') return named('float64');
  if (type === 'BOOLEAN') return named('bool');
  if (type === 'INT32' || type === 'INT64') return named(type === 'INT32' ? 'int32' : 'int64');
  return other(type ?? 'unknown');
}

function integer(name: string, stored: string | undefined) {
  const type = INTEGERS[name];
  const expected = name.endsWith('64') ? 'INT64' : 'INT32';
  return { type: stored === expected ? type : undefined, typeName: type ?? name.toLowerCase() };
}
