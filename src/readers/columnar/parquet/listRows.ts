import { lengthOf } from '../../../loss/rows/shape.ts';
import type { Work } from '../../../loss/work.ts';
import type { ByteSource } from '../../arrays/byteSource.ts';
import { Unreadable } from '../../text/cursor.ts';
import { type ColumnPage, pagesOf } from './pageReader.ts';
import type { ParquetColumn } from './parquetColumns.ts';
import type { RowGroup } from './parquetFooter.ts';

/** The shape that the first row's lists have, outermost first. Throws Unreadable if they differ from each other, or if there are none. */
export function* shapeOfRow(
  source: ByteSource,
  groups: readonly RowGroup[],
  column: ParquetColumn,
): Work<readonly number[]> {
  const { lists, mostDefined, keys } = column;
  /** How many numbers are in a list of each depth, in all; how many lists of each. */
  const begun = new Array<number>(lists + 1).fill(0);
  let rows = 0;
  const group = groups.find((each) => each.rows > 0);
  if (!group) return new Array(lists).fill(0);
  yield* pagesOf(source, group.chunks[column.index]!, column, ({ count, repetition, definition }) => {
    for (let i = 0; i < count; i++) {
      const level = repetition![i]!;
      if (level === 0 && ++rows > 1) return true;
      if (definition && definition[i] !== mostDefined) throw missing(keys.join('.'), 0);
      for (let depth = level; depth <= lists; depth++) begun[depth]!++;
    }
    return false;
  });
  const shape = Array.from({ length: lists }, (_, depth) => begun[depth + 1]! / begun[depth]!);
  if (shape.some((size) => !Number.isInteger(size)))
    throw otherLength(keys.join('.'), 0, begun[lists]!, begun[1]!);
  return shape;
}

function missing(name: string, row: number): Unreadable {
  return new Unreadable({ reason: 'missing-value', offset: 0, name, row });
}

function otherLength(name: string, row: number, found: number, expected: number): Unreadable {
  return new Unreadable({ reason: 'row-length', offset: 0, name, row, found, expected });
}

/** Checks that row after row has lists of the same shape, with numbers in all places. */
export class ListRows {
  /** Numbers of a row. */
  readonly size: number;
  seen = 0;
  readonly #column: ParquetColumn;
  readonly #firstRow: number;
  readonly #name: string;
  /** (size) which of a row's numbers begin a list: its level of repetition. */
  readonly #levels: Int32Array;

  constructor(shape: readonly number[], column: ParquetColumn, firstRow: number, name: string) {
    this.size = lengthOf(shape);
    this.#column = column;
    this.#firstRow = firstRow;
    this.#name = name;
    this.#levels = levelsOf(shape, shape.length === 0 ? 0 : this.size);
  }

  /** Throws Unreadable for a row that is missing, or has another shape. */
  take({ count, repetition, definition }: ColumnPage): void {
    const { size } = this;
    for (let i = 0; definition && i < count; i++)
      if (definition[i] !== this.#column.mostDefined) throw missing(this.#name, this.#rowAt(i, repetition));
    if (repetition) this.#checkShape(repetition, size);
    this.seen += count;
  }

  #rowAt(index: number, repetition: Int32Array | undefined): number {
    if (!repetition) return this.#firstRow + this.seen + index;
    let rows = Math.ceil(this.seen / this.size);
    for (let i = 0; i <= index; i++) if (repetition[i] === 0) rows++;
    return this.#firstRow + Math.max(0, rows - 1);
  }

  #checkShape(repetition: Int32Array, size: number): void {
    let place = this.seen % size;
    for (let i = 0; i < repetition.length; i++) {
      if (repetition[i] !== this.#levels[place]) {
        const row = this.#firstRow + Math.floor((this.seen + i - (place === 0 ? 1 : 0)) / size);
        let found = place === 0 ? size : place;
        for (let more = i; place === 0 && more < repetition.length && repetition[more] !== 0; more++) found++;
        throw otherLength(this.#name, row, found, size);
      }
      if (++place === size) place = 0;
    }
  }
}

function levelsOf(shape: readonly number[], size: number): Int32Array {
  const levels = new Int32Array(size).fill(shape.length);
  for (let depth = shape.length - 1; depth >= 0; depth--) {
    const step = lengthOf(shape.slice(depth));
    for (let i = 0; i < size && step > 0; i += step) levels[i] = depth;
  }
  return levels;
}
