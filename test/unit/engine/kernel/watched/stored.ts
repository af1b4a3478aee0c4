import type { Floats } from '../../../../../src/loss/rows/rowLayout.ts';
import {
  bytesOf,
  decode,
  type NumberName,
  type NumberType,
} from '../../../../../src/readers/arrays/numberType.ts';

type Write = (view: DataView, at: number, value: number, little: boolean) => void;

/** Integers of 8 bits and more hold these. */
const whole = (value: number) =>
  Number.isFinite(value) ? Math.round(Math.max(-100, Math.min(100, value))) : 0;
const positive = (value: number) => Math.abs(whole(value));

const WRITERS: Readonly<Record<NumberName, Write>> = {
  bool: (view, at, value) => view.setUint8(at, value > 0 ? 1 : 0),
  int8: (view, at, value) => view.setInt8(at, whole(value)),
  uint8: (view, at, value) => view.setUint8(at, positive(value)),
  float8_e4m3fn: (view, at, value) => view.setUint8(at, positive(value)),
  float8_e4m3fnuz: (view, at, value) => view.setUint8(at, positive(value)),
  float8_e5m2: (view, at, value) => view.setUint8(at, positive(value)),
  float8_e5m2fnuz: (view, at, value) => view.setUint8(at, positive(value)),
  float8_e8m0fnu: (view, at, value) => view.setUint8(at, positive(value)),
  int16: (view, at, value, little) => view.setInt16(at, whole(value), little),
  uint16: (view, at, value, little) => view.setUint16(at, positive(value), little),
  float16: (view, at, value, little) => view.setFloat16(at, value, little),
  bfloat16: (view, at, value, little) => view.setUint16(at, upperHalf(value), little),
  int32: (view, at, value, little) => view.setInt32(at, whole(value), little),
  uint32: (view, at, value, little) => view.setUint32(at, positive(value), little),
  float32: (view, at, value, little) => view.setFloat32(at, value, little),
  int64: (view, at, value, little) => view.setBigInt64(at, BigInt(whole(value)), little),
  uint64: (view, at, value, little) => view.setBigUint64(at, BigInt(positive(value)), little),
  float64: (view, at, value, little) => view.setFloat64(at, value, little),
};

function upperHalf(value: number): number {
  const float = new DataView(new ArrayBuffer(4));
  float.setFloat32(0, value);
  return float.getUint16(0);
}

/** Numbers as a file has them, `offset` bytes from its start. Those that the type can't hold become what it makes of them. */
export function storedBytes(values: Floats, type: NumberType, offset: number): Uint8Array {
  const size = bytesOf(type);
  const bytes = new Uint8Array(offset + size * values.length);
  const view = new DataView(bytes.buffer, offset);
  for (const [i, value] of values.entries()) WRITERS[type.name](view, size * i, value, type.little);
  return bytes;
}

/** What is read of them again. */
export function readBack(bytes: Uint8Array, type: NumberType, offset: number, length: number): Float32Array {
  const values = new Float32Array(length);
  decode(bytes.slice(offset), type, values);
  return values;
}
