import { RaisedError, StopError } from '../run/endings.ts';

/** Whose tensors these are: methods, operators and what may be written to differ. */
export type Library = 'torch' | 'numpy' | 'tensorflow' | 'jax';

/** All floats are computed in float64; `byte` is what torch once had for masks. */
export type DType = 'bool' | 'byte' | 'int' | 'float';

const RANKS: readonly DType[] = ['bool', 'byte', 'int', 'float'];

/** Elements of the largest tensor. */
export const MOST_ELEMENTS = 200_000;
const MOST_AXES = 8;

/** RandomNumbers in memory that other tensors may look at too: what is written through one is seen through all. */
export class PyTensor {
  readonly data: Float64Array;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly dtype: DType;
  readonly library: Library;

  constructor(
    data: Float64Array,
    shape: readonly number[],
    dtype: DType,
    library: Library,
    strides: readonly number[] = stridesOf(shape),
    offset = 0,
  ) {
    this.data = data;
    this.shape = shape;
    this.dtype = dtype;
    this.library = library;
    this.strides = strides;
    this.offset = offset;
  }

  get rank(): number {
    return this.shape.length;
  }

  get size(): number {
    return shapeSize(this.shape);
  }

  /** The numbers in order of the shape, as a copy. */
  values(): Float64Array {
    const { data, size } = this;
    const places = placesOf(this);
    const values = new Float64Array(size);
    for (let i = 0; i < size; i++) values[i] = data[places[i]!]!;
    return values;
  }

  /** Another look at the same memory. */
  view(shape: readonly number[], strides: readonly number[], offset = this.offset): PyTensor {
    return new PyTensor(this.data, shape, this.dtype, this.library, strides, offset);
  }

  /** New memory with these numbers, of the same library. */
  like(values: Float64Array, shape: readonly number[] = this.shape, dtype: DType = this.dtype): PyTensor {
    return new PyTensor(values, shape, dtype, this.library);
  }

  /** The one number it has. */
  item(): number {
    if (this.size !== 1) throw new RaisedError('RuntimeError', 'only one element tensors can be converted');
    return this.data[this.offset]!;
  }
}

export function shapeSize(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Throws a StopError for more than is executed, and what Python does for less than nothing. */
export function checkShape(shape: readonly number[]): readonly number[] {
  if (shape.some((length) => !Number.isInteger(length) || length < 0))
    throw new RaisedError('RuntimeError', `invalid shape ${shape}`);
  if (shape.length > MOST_AXES || shapeSize(shape) > MOST_ELEMENTS)
    throw new StopError({ from: 0, to: 0 }, 'large');
  return shape;
}

export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= Math.max(1, shape[axis]!);
  }
  return strides;
}

/** Where in memory each element is, in order of the shape. */
export function placesOf({ shape, strides, offset }: PyTensor): Int32Array {
  const size = shapeSize(shape);
  const places = new Int32Array(size);
  if (size === 0) return places;
  // Axis by axis: what is there so far is repeated for each further index.
  places[0] = offset;
  let filled = 1;
  for (const [axis, length] of shape.entries()) {
    const stride = strides[axis]!;
    for (let i = filled - 1; i >= 0; i--) {
      const place = places[i]!;
      for (let j = length - 1; j >= 0; j--) places[i * length + j] = place + j * stride;
    }
    filled *= length;
  }
  return places;
}

export function filled(shape: readonly number[], value: number, dtype: DType, library: Library): PyTensor {
  const data = new Float64Array(shapeSize(checkShape(shape)));
  if (value !== 0) data.fill(cast(value, dtype));
  return new PyTensor(data, shape, dtype, library);
}

/** A number as this type has it: integers lose what is behind the point. */
export function cast(value: number, dtype: DType): number {
  if (dtype === 'float') return value;
  if (dtype === 'bool') return value === 0 ? 0 : 1;
  const whole = Number.isFinite(value) ? Math.trunc(value) : 0;
  return dtype === 'byte' ? ((whole % 256) + 256) % 256 : whole;
}

export function converted(tensor: PyTensor, dtype: DType): PyTensor {
  return tensor.like(
    tensor.values().map((value) => cast(value, dtype)),
    tensor.shape,
    dtype,
  );
}

export function promoted(a: DType, b: DType): DType {
  return RANKS.indexOf(a) >= RANKS.indexOf(b) ? a : b;
}

/** A negative axis counts from the end. */
export function axisOf(axis: number, rank: number): number {
  const all = Math.max(1, rank);
  if (axis < -all || axis >= all)
    throw new RaisedError(
      'IndexError',
      `Dimension out of range (expected to be in range of [${-all}, ${all - 1}], but got ${axis})`,
    );
  return axis < 0 ? axis + all : axis;
}
