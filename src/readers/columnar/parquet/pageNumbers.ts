import type { Floats } from '../../../loss/rows/rowLayout.ts';
import { toFloat32FromFloat16 } from '../../arrays/halfFloats.ts';
import { shownNumber } from '../shownNumber.ts';
import type { PageValues } from './pageValues.ts';
import type { ParquetColumn } from './parquetColumns.ts';

type ColumnType = NonNullable<ParquetColumn['type']>;

/** Puts the numbers of a page at every `stride`th place from `first` on, each rounded once. */
export function numbersInto(
  values: PageValues,
  type: ColumnType,
  into: Floats,
  first: number,
  stride: number,
): void {
  if (stride === 1 && (values instanceof Float32Array || values instanceof Float64Array)) {
    into.set(values, first);
    return;
  }
  const numbers = plainNumbers(values, type);
  for (let i = 0, at = first; i < numbers.length; i++, at += stride) into[at] = numbers[i]!;
}

function plainNumbers(values: PageValues, type: ColumnType): ArrayLike<number> {
  if (values instanceof BigInt64Array)
    return Float64Array.from(values, (value) =>
      Number(type === 'uint64' ? BigInt.asUintN(64, value) : value),
    );
  if (values instanceof Int32Array && type.startsWith('uint')) return Uint32Array.from(values);
  if (type === 'float16' && values instanceof Uint8Array)
    return Float32Array.from({ length: values.length / 2 }, (_, i) =>
      toFloat32FromFloat16(values[2 * i]! | (values[2 * i + 1]! << 8)),
    );
  return values as ArrayLike<number>;
}

const decoder = new TextDecoder();

/** The texts of a page. Those that a dictionary has are decoded once. */
export class TextsOf {
  readonly #values: PageValues;
  readonly #known = new Map<unknown, string>();

  constructor(values: PageValues) {
    this.#values = values;
  }

  at(index: number): string {
    const bytes = this.#values[index];
    if (!(bytes instanceof Uint8Array)) return String(bytes);
    const known = this.#known.get(bytes) ?? decoder.decode(bytes);
    if (this.#known.size < MOST_KNOWN) this.#known.set(bytes, known);
    return known;
  }
}

const MOST_KNOWN = 1 << 12;

/** A value of a page as a table in text would have it. */
export function shownCell(values: PageValues, index: number, type: ColumnType): string {
  if (type === 'text') return new TextsOf(values).at(index);
  const one =
    values instanceof Uint8Array && type === 'float16'
      ? values.subarray(2 * index, 2 * index + 2)
      : (values as Float32Array).subarray(index, index + 1);
  const number = plainNumbers(one as PageValues, type)[0]!;
  return shownNumber(number, type);
}
