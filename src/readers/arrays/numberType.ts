import type { Floats } from '../../loss/rows/rowLayout.ts';
import { type Float8Name, float8Values } from './float8.ts';
import { toFloat32FromBfloat16, toFloat32FromFloat16 } from './halfFloats.ts';

const BYTES = {
  bool: 1,
  int8: 1,
  uint8: 1,
  float8_e4m3fn: 1,
  float8_e4m3fnuz: 1,
  float8_e5m2: 1,
  float8_e5m2fnuz: 1,
  float8_e8m0fnu: 1,
  int16: 2,
  uint16: 2,
  float16: 2,
  bfloat16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  int64: 8,
  uint64: 8,
  float64: 8,
} as const;

export type NumberName = keyof typeof BYTES;

export const NUMBER_NAMES: readonly NumberName[] = Object.keys(BYTES).filter(isNumberName);

function isNumberName(name: string): name is NumberName {
  return Object.hasOwn(BYTES, name);
}

/** How numbers are stored in a file. */
export interface NumberType {
  readonly name: NumberName;
  /** The least significant byte comes first. */
  readonly little: boolean;
}

/** How many bytes a number of this type takes. */
export function bytesOf({ name }: NumberType): number {
  return BYTES[name];
}

/** True if the bytes of a file are float32 as memory has them. */
export function isNative({ name, little }: NumberType): boolean {
  return name === 'float32' && little;
}

/**
 * Turns stored numbers into float32 or float64, each rounded once. `into` may be where their bytes are, if they are float32
 * already.
 */
export function decode(bytes: Uint8Array, type: NumberType, into: Floats): void {
  if (isNative(type) && bytes.byteOffset % 4 === 0) {
    const floats = new Float32Array(bytes.buffer, bytes.byteOffset, into.length);
    if (floats.buffer !== into.buffer || floats.byteOffset !== into.byteOffset) into.set(floats);
    return;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = READERS[type.name];
  read(view, type.little, into);
}

type Reader = (view: DataView, little: boolean, into: Floats) => void;

/** A loop for each: one that asked a function for every number would be several times slower. */
const READERS: Readonly<Record<NumberName, Reader>> = {
  bool: (view, _, into) => {
    for (let i = 0; i < into.length; i++) into[i] = view.getUint8(i) === 0 ? 0 : 1;
  },
  int8: (view, _, into) => {
    for (let i = 0; i < into.length; i++) into[i] = view.getInt8(i);
  },
  uint8: (view, _, into) => {
    for (let i = 0; i < into.length; i++) into[i] = view.getUint8(i);
  },
  float8_e4m3fn: byteReader('float8_e4m3fn'),
  float8_e4m3fnuz: byteReader('float8_e4m3fnuz'),
  float8_e5m2: byteReader('float8_e5m2'),
  float8_e5m2fnuz: byteReader('float8_e5m2fnuz'),
  float8_e8m0fnu: byteReader('float8_e8m0fnu'),
  int16: (view, little, into) => {
    for (let i = 0; i < into.length; i++) into[i] = view.getInt16(2 * i, little);
  },
  uint16: (view, little, into) => {
    for (let i = 0; i < into.length; i++) into[i] = view.getUint16(2 * i, little);
  },
  float16: (view, little, into) => {
    for (let i = 0; i < into.length; i++) into[i] = toFloat32FromFloat16(view.getUint16(2 * i, little));
  },
  bfloat16: (view, little, into) => {
    for (let i = 0; i < into.length; i++) into[i] = toFloat32FromBfloat16(view.getUint16(2 * i, little));
  },
  int32: (view, little, into) => {
    for (let i = 0; i < into.length; i++) into[i] = view.getInt32(4 * i, little);
  },
  uint32: (view, little, into) => {
    for (let i = 0; i < into.length; i++) into[i] = view.getUint32(4 * i, little);
  },
  float32: (view, little, into) => {
    for (let i = 0; i < into.length; i++) into[i] = view.getFloat32(4 * i, little);
  },
  int64: (view, little, into) => {
    for (let i = 0; i < into.length; i++) {
      const high = view.getInt32(8 * i + (little ? 4 : 0), little);
      into[i] = joined(high, view.getUint32(8 * i + (little ? 0 : 4), little), into);
    }
  },
  uint64: (view, little, into) => {
    for (let i = 0; i < into.length; i++) {
      const high = view.getUint32(8 * i + (little ? 4 : 0), little);
      into[i] = joined(high, view.getUint32(8 * i + (little ? 0 : 4), little), into);
    }
  },
  float64: (view, little, into) => {
    for (let i = 0; i < into.length; i++) into[i] = view.getFloat64(8 * i, little);
  },
};

function byteReader(name: Float8Name): Reader {
  return (view, _, into) => {
    const values = float8Values(name);
    for (let i = 0; i < into.length; i++) into[i] = values[view.getUint8(i)]!;
  };
}

const HIGH = 2 ** 32;
/** Up to 2⁵³ every integer is a double. */
const EXACT_HIGH = 2 ** 21;
/** 64 bits less the 53 of a double. */
const SPARE = 11n;
const STICKY = (1n << SPARE) - 1n;

/**
 * The integer high·2³² + low. Beyond 2⁵³ its nearest double need not round to the float32 that is nearest to itself; there the
 * bits that don't fit are gathered in the last one that does.
 */
function joined(high: number, low: number, into: Floats): number {
  if (high < EXACT_HIGH && high >= -EXACT_HIGH) return high * HIGH + low;
  const exact = (BigInt(high) << 32n) + BigInt(low);
  if (into instanceof Float64Array) return Number(exact);
  const significand = exact >> SPARE;
  return Number((exact & STICKY) === 0n ? significand : significand | 1n) * 2 ** Number(SPARE);
}
