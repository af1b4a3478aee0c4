import type { DataObjects } from 'jsfive';
import type { NumberName, NumberType } from '../arrays/numberType.ts';
import { damagedFile } from '../columnar/damaged.ts';

/** What a data set holds; `number` is undefined for what isn't numbers. */
export interface HdfType {
  readonly number: NumberType | undefined;
  readonly typeName: string;
  /** How texts are stored, if it holds those. */
  readonly text?: HdfText;
}

/** Texts of so many bytes each, filled up with what ends them; or of any length, which are elsewhere in the file. */
export type HdfText = { readonly size: number; readonly isSpaced: boolean } | 'elsewhere';

const DATATYPE_MESSAGE = 3;
/** The message is elsewhere, and others share it. */
const SHARED = 2;
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

/** The type of a data set, as its header has it: jsfive takes it that each float has the usual bits. */
export function hdfType(view: DataView, objects: DataObjects): HdfType {
  const [message] = objects.find_msg_type(DATATYPE_MESSAGE);
  if (!message) throw damagedFile();
  if ((message.get('flags') & SHARED) !== 0) return { number: undefined, typeName: 'named type' };
  return typeAt(view, message.get('offset_to_message'));
}

function typeAt(view: DataView, at: number): HdfType {
  const kind = view.getUint8(at) & 0x0f;
  const bits = view.getUint8(at + 1);
  const size = view.getUint32(at + 4, true);
  const little = (bits & 1) === 0;
  if (kind === ENUM) {
    const members = view.getUint16(at + 1, true);
    const { number } = typeAt(view, at + 8);
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
    kind === FIXED ? integerAt(view, at, size, bits) : kind === FLOAT ? floatAt(view, at, size) : undefined;
  if (name) return { number: { name, little }, typeName: name };
  const typeName = NAMES[kind] ?? (kind === FLOAT ? `${8 * size}-bit float` : `${8 * size}-bit integer`);
  return { number: undefined, typeName };
}

function integerAt(view: DataView, at: number, size: number, bits: number): NumberName | undefined {
  const isWhole = view.getUint16(at + 8, true) === 0 && view.getUint16(at + 10, true) === 8 * size;
  const names = (bits & 8) === 0 ? UNSIGNED : SIGNED;
  return isWhole ? names[size] : undefined;
}

const SIGNED: Readonly<Record<number, NumberName>> = { 1: 'int8', 2: 'int16', 4: 'int32', 8: 'int64' };
const UNSIGNED: Readonly<Record<number, NumberName>> = { 1: 'uint8', 2: 'uint16', 4: 'uint32', 8: 'uint64' };

function floatAt(view: DataView, at: number, size: number): NumberName | undefined {
  const [exponent, fraction] = [view.getUint8(at + 13), view.getUint8(at + 15)];
  const bias = view.getUint32(at + 16, true);
  // VAX has another order of bytes.
  if ((view.getUint8(at + 1) & 0x40) !== 0) return undefined;
  return FLOATS.find(
    ([, bytes, ownExponent, ownFraction, ownBias]) =>
      bytes === size && ownExponent === exponent && ownFraction === fraction && ownBias === bias,
  )?.[0];
}
