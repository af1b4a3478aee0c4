import type { Floats } from '../../loss/rows/rowLayout.ts';
import { numbersOf } from '../roles/arrayFacts.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { Unreadable } from '../text/cursor.ts';
import { typedArrayOf } from './typedArray.ts';

/** What an object has, not yet decoded: each field by its key. */
export interface MeasuredFields {
  readonly fields: ReadonlyMap<string, NamedArray>;
  /** Where the first of them is, in bytes. */
  readonly start: number;
}

/** The numbers of a field that is written as numbers; undefined if it isn't there, or isn't that. */
export function plainNumbers({ fields }: MeasuredFields, name: string): Floats | undefined {
  const array = fields.get(name);
  return array && numbersOf(array);
}

/** Decodes a field of `length` numbers. Throws Unreadable. */
export function decoded(found: MeasuredFields, name: string, length: number): Floats | Int32Array {
  const array = found.fields.get(name);
  if (array?.content.kind !== 'texts' || array.shape.length > 0) throw wrongField(found, name);
  const read = typedArrayOf(array.content.values[0]!, length);
  if ('values' in read) return read.values;
  if (read.flaw === 'form') throw wrongField(found, name);
  if (read.flaw === 'range') throw wrongRow(found, { name, row: read.row });
  const { start: offset } = array;
  throw new Unreadable({ reason: 'statistics-length', offset, name, found: read.found, expected: length });
}

/** What's missing in a part, or isn't what it should be. */
export function wrongField({ fields, start }: MeasuredFields, name: string): Unreadable {
  return new Unreadable({ reason: 'statistics-field', offset: fields.get(name)?.start ?? start, name });
}

/** What no logits have there. */
export function wrongRow({ fields, start }: MeasuredFields, at: { name: string; row: number }): Unreadable {
  return new Unreadable({ reason: 'statistics-row', offset: fields.get(at.name)?.start ?? start, ...at });
}
