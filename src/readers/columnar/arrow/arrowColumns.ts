import { type Batch, type DataType, Type } from '@uwdata/flechette';
import type { Floats } from '../../../loss/rows/rowLayout.ts';
import { NUMBER_NAMES, type NumberName } from '../../arrays/numberType.ts';
import { Unreadable } from '../../text/cursor.ts';
import { damagedFile } from '../damaged.ts';

/** What a column holds below its lists, and how many lists those are. */
export interface ColumnType {
  readonly type: NumberName | 'text' | undefined;
  readonly typeName: string;
  readonly lists: number;
}

const LISTS: ReadonlySet<number> = new Set([Type.List, Type.LargeList, Type.FixedSizeList]);
const TEXTS: ReadonlySet<number> = new Set([Type.Utf8, Type.LargeUtf8, Type.Utf8View]);
const FLOATS = ['float16', 'float32', 'float64'] as const;

/** What a column of this type has. */
export function columnType(type: DataType, lists = 0): ColumnType {
  const { typeId } = type;
  const named = (name: ColumnType['type'], typeName: string = name ?? nameOf(typeId)) => ({
    type: name,
    typeName,
    lists,
  });
  if ('children' in type && LISTS.has(typeId)) return columnType(type.children![0]!.type, lists + 1);
  if (TEXTS.has(typeId)) return named(lists === 0 ? 'text' : undefined, 'text');
  if (typeId === Type.Bool) return named('bool');
  if (typeId === Type.Float) return named(FLOATS[(type as { precision: number }).precision]);
  if (typeId === Type.Int) {
    const { bitWidth, signed } = type as { bitWidth: number; signed: boolean };
    const name = `${signed ? '' : 'u'}int${bitWidth}`;
    return named(
      NUMBER_NAMES.find((each) => each === name),
      name,
    );
  }
  if (typeId === Type.Dictionary && lists === 0) {
    const inner = columnType((type as { dictionary: DataType }).dictionary);
    return inner.lists === 0 && inner.type === 'text' ? named('text') : named(undefined, 'dictionary');
  }
  return named(undefined);
}

function nameOf(id: number): string {
  return (Object.entries(Type).find(([, each]) => each === id)?.[0] ?? `type ${id}`).toLowerCase();
}

/** Numbers that lie one after the other, below all lists. */
interface Leaf {
  readonly batch: Batch<unknown>;
  readonly first: number;
  readonly count: number;
}

/** The shape of the lists in the first row, outermost first. Throws Unreadable if there are none. */
export function shapeOfFirst(batch: Batch<unknown>, lists: number, name: string): readonly number[] {
  const shape: number[] = [];
  let [level, at] = [batch, 0];
  for (let depth = 0; depth < lists; depth++) {
    checkThere(level, at, 1, () => new Unreadable({ reason: 'missing-value', offset: 0, name, row: 0 }));
    const [first, next] = [startOf(level, at), startOf(level, at + 1)];
    if (!(next >= first)) throw damagedFile();
    shape.push(next - first);
    [level, at] = [level.children![0]!, first];
    if (next === first) return [...shape, ...new Array(lists - depth - 1).fill(0)];
  }
  return shape;
}

/** Where a list's items begin in those of all lists. */
function startOf({ type, offsets }: Batch<unknown>, index: number): number {
  if (type.typeId === Type.FixedSizeList) return index * (type as { stride: number }).stride;
  const start = offsets?.[index];
  if (start === undefined) throw damagedFile();
  return Number(start);
}

/** The numbers of all rows of a batch. Throws Unreadable for a row that is missing, or whose lists have another shape. */
export function leafOfRows(batch: Batch<unknown>, inner: readonly number[], name: string, row: number): Leaf {
  let [level, first, count] = [batch, 0, batch.length];
  let perRow = 1;
  for (const size of inner) {
    const items = perRow;
    const rowAt = (index: number) => row + Math.floor((index - first) / items);
    checkThere(level, first, count, (index) => missing(name, rowAt(index)));
    const start = startOf(level, first);
    for (let i = 0, before = start; i < count && level.type.typeId !== Type.FixedSizeList; i++) {
      const next = startOf(level, first + i + 1);
      if (next - before !== size)
        throw new Unreadable({
          reason: 'row-length',
          offset: 0,
          name,
          row: rowAt(first + i),
          found: next - before,
          expected: size,
        });
      before = next;
    }
    [level, first, count] = [level.children![0]!, start, count * size];
    perRow *= size;
  }
  const items = perRow;
  checkThere(level, first, count, (index) => missing(name, row + Math.floor((index - first) / items)));
  return { batch: level, first, count };
}

function missing(name: string, row: number): Unreadable {
  return new Unreadable({ reason: 'missing-value', offset: 0, name, row });
}

/** Throws the problem of the first item that isn't there. */
function checkThere(
  { validity }: Batch<unknown>,
  first: number,
  count: number,
  problem: (index: number) => Unreadable,
): void {
  if (!validity || validity.length === 0) return;
  if (8 * validity.length < first + count) throw damagedFile();
  for (let i = first; i < first + count; i++) {
    if (i % 8 === 0 && validity[i >> 3] === 0xff) i += 7;
    else if (((validity[i >> 3]! >> (i & 7)) & 1) === 0) throw problem(i);
  }
}

/** Puts numbers at every `stride`th place from `place` on. */
export function leafInto({ batch, first, count }: Leaf, into: Floats, place: number, stride: number): void {
  const { values, type } = batch;
  const isBits = type.typeId === Type.Bool;
  if (!values || values.length * (isBits ? 8 : 1) < first + count) throw damagedFile();
  if (stride === 1 && (values instanceof Float32Array || values instanceof Float64Array)) {
    into.set(values.subarray(first, first + count), place);
    return;
  }
  const isHalf = type.typeId === Type.Float && values instanceof Uint16Array;
  for (let i = 0, at = place; i < count; i++, at += stride) {
    const value = isBits || isHalf ? batch.value(first + i) : values[first + i];
    into[at] = Number(value);
  }
}
