import type { NumberName, NumberType } from '../arrays/numberType.ts';
import { damagedFile } from '../columnar/damaged.ts';
import type { HdfBytes } from './hdfBytes.ts';
import { type HdfObject, MESSAGE } from './hdfObject.ts';

/** What a data set holds; `number` is undefined for what isn't numbers. */
export interface HdfType {
  readonly number: NumberType | undefined;
  readonly typeName: string;
  /** How texts are stored, if it holds those. */
  readonly text?: HdfText;
}

/** Texts of so many bytes each, filled up with what ends them; or of any length, which are elsewhere in the file. */
export type HdfText = { readonly size: number; readonly isSpaced: boolean } | 'elsewhere';

const [FIXED, FLOAT, , TEXT, , , COMPOUND, REFERENCE, ENUM, VARIABLE] = Array.from(
  { length: 10 },
  (_, i) => i,
);
const NAMES: Readonly<Record<number, string>> = {
  2: 'time',
  4: 'bits',
  5: 'opaque',
  [COMPOUND!]: 'compound',
  [REFERENCE!]: 'reference',
  [VARIABLE!]: 'lists',
  10: 'array',
};

/** How texts of the same length are filled up, and what is of any length. */
const [SPACED, OF_CHARACTERS] = [2, 1];

/** Bytes, bits of the exponent and of the fraction, and what the exponent counts from. */
const FLOATS: readonly (readonly [NumberName, number, number, number, number])[] = [
  ['float16', 2, 5, 10, 15],
  ['bfloat16', 2, 8, 7, 127],
  ['float32', 4, 8, 23, 127],
  ['float64', 8, 11, 52, 1023],
];

/** The type of a data set. One that has a name is elsewhere, and isn't read. */
export function hdfType(object: HdfObject): HdfType {
  if (object.isShared(MESSAGE.dataType)) return { number: undefined, typeName: 'named type' };
  const at = object.find(MESSAGE.dataType);
  if (at === undefined) throw damagedFile(object.address);
  return typeAt(object.file, at);
}

function typeAt(file: HdfBytes, at: number): HdfType {
  const kind = file.u8(at) & 0x0f;
  const bits = file.u8(at + 1);
  const size = file.u32(at + 4);
  const little = (bits & 1) === 0;
  if (kind === ENUM) {
    const members = file.u16(at + 1);
    if ((file.u8(at + 8) & 0x0f) === ENUM) throw damagedFile(at);
    const { number } = typeAt(file, at + 8);
    const name = members === 2 && size === 1 ? 'bool' : number?.name;
    return name ? { number: { name, little }, typeName: name } : { number, typeName: 'enum' };
  }
  if (kind === TEXT) {
    const isSpaced = (bits & 0x0f) === SPACED;
    return { number: undefined, typeName: 'text', text: { size, isSpaced } };
  }
  if (kind === VARIABLE && (bits & 0x0f) === OF_CHARACTERS)
    return { number: undefined, typeName: 'text', text: 'elsewhere' };
  const name =
    kind === FIXED ? integerAt(file, at, size, bits) : kind === FLOAT ? floatAt(file, at, size) : undefined;
  if (name) return { number: { name, little }, typeName: name };
  const typeName = NAMES[kind] ?? (kind === FLOAT ? `${8 * size}-bit float` : `${8 * size}-bit integer`);
  return { number: undefined, typeName };
}

function integerAt(file: HdfBytes, at: number, size: number, bits: number): NumberName | undefined {
  const isWhole = file.u16(at + 8) === 0 && file.u16(at + 10) === 8 * size;
  const names = (bits & 8) === 0 ? UNSIGNED : SIGNED;
  return isWhole ? names[size] : undefined;
}

const SIGNED: Readonly<Record<number, NumberName>> = { 1: 'int8', 2: 'int16', 4: 'int32', 8: 'int64' };
const UNSIGNED: Readonly<Record<number, NumberName>> = { 1: 'uint8', 2: 'uint16', 4: 'uint32', 8: 'uint64' };

function floatAt(file: HdfBytes, at: number, size: number): NumberName | undefined {
  const [exponent, fraction] = [file.u8(at + 13), file.u8(at + 15)];
  const bias = file.u32(at + 16);
  // VAX has another order of bytes.
  if ((file.u8(at + 1) & 0x40) !== 0) return undefined;
  return FLOATS.find(
    ([, bytes, ownExponent, ownFraction, ownBias]) =>
      bytes === size && ownExponent === exponent && ownFraction === fraction && ownBias === bias,
  )?.[0];
}
