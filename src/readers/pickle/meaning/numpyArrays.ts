import { lengthOf } from '../../../loss/rows/shape.ts';
import { inMemory } from '../../arrays/byteSource.ts';
import { Unreadable } from '../../text/cursor.ts';
import { damaged } from '../machine/pickleFault.ts';
import { pickledSize } from '../machine/pickleNumbers.ts';
import { pickledText } from '../machine/pickleTexts.ts';
import {
  type ArrayView,
  type ElementType,
  PickledArray,
  PickledBytes,
  PickledDtype,
  PickledList,
  type PickleValue,
} from '../machine/pickleValues.ts';
import { numpyElement } from './elementTypes.ts';

/** NumPy's own limit. */
export const MOST_NUMPY_AXES = 64;

/** The sizes in a tuple. Throws Unreadable for anything else. */
export function shapeOf(value: PickleValue | undefined, offset: number): readonly number[] {
  const items = typeof value === 'number' ? [value] : value instanceof PickledList ? value.items : undefined;
  const found = items?.length ?? 0;
  if (found > MOST_NUMPY_AXES)
    throw new Unreadable({ reason: 'axes', offset, found, limit: MOST_NUMPY_AXES });
  const shape = items?.map(pickledSize);
  if (!shape?.every((size) => size !== undefined)) throw damaged('arguments', offset);
  return shape;
}

/** Strides of numbers one after the other: the last axis moves fastest, or the first. */
export function plainStrides(shape: readonly number[], fortran: boolean): readonly number[] {
  return shape.map((_, axis) => lengthOf(fortran ? shape.slice(0, axis) : shape.slice(axis + 1)));
}

/** `numpy.dtype("f4", …)`. */
export function numpyDtype(args: readonly PickleValue[], offset: number): PickledDtype {
  const code = pickledText(args[0]);
  if (code === undefined) throw damaged('arguments', offset);
  return new PickledDtype(code);
}

/** The state of a dtype: (version, byte order, subarray, names, fields, size, …). */
export function setDtype(dtype: PickledDtype, state: PickleValue, offset: number): void {
  if (!(state instanceof PickledList)) throw damaged('arguments', offset);
  const [, order, subarray, names, , size] = state.items;
  dtype.order = pickledText(order) ?? '=';
  dtype.size = pickledSize(size) ?? 0;
  dtype.isStructured = (subarray ?? null) !== null || (names ?? null) !== null;
}

/** The state of an array: (version, shape, dtype, is in Fortran order, bytes or list of objects). */
export function setNumpy(array: PickledArray, state: PickleValue, offset: number): void {
  if (!(state instanceof PickledList)) throw damaged('arguments', offset);
  const [shape, dtype, fortran, data] = state.items.slice(-4);
  fillNumpy(array, { shape, dtype, fortran: fortran === true, data }, offset);
}

interface NumpyParts {
  readonly shape: PickleValue | undefined;
  readonly dtype: PickleValue | undefined;
  readonly fortran: boolean;
  readonly data: PickleValue | undefined;
}

/** Makes an array of its bytes. Throws Unreadable if they can't be what they're said to be. */
export function fillNumpy(
  array: PickledArray,
  { shape, dtype, fortran, data }: NumpyParts,
  offset: number,
): void {
  const axes = shapeOf(shape, offset);
  if (!(dtype instanceof PickledDtype)) throw damaged('arguments', offset);
  const element = numpyElement(dtype);
  if (data instanceof PickledList) {
    const isObject = element.problem?.reason === 'array-type' && element.problem.kind === 'object';
    if (!isObject || lengthOf(axes) !== data.items.length) throw damaged('arguments', offset);
    if (axes.length > 1) {
      array.problem = { typeName: element.typeName, problem: element.problem! };
      array.cells = { shape: axes, items: data.items };
    }
    // Without axes it has one object, as `numpy.save` makes of a dictionary.
    else array.objects = axes.length === 0 ? data.items[0] : new PickledList('list', data.items);
    return;
  }
  const bytes = bytesIn(data);
  if (!bytes) throw damaged('arguments', offset);
  setView(array, numpyView(element, axes, fortran, bytes));
  // Written as text they take at least as much room. What isn't there isn't made room for.
  if (lengthOf(axes) * element.size > bytes.length)
    array.problem ??= {
      typeName: element.typeName,
      problem: { reason: 'tensor-place', offset, name: 'array' },
    };
}

/** A view of bytes that are all an array's. */
export function numpyView(
  element: ElementType,
  shape: readonly number[],
  fortran: boolean,
  bytes: PickledBytes,
): ArrayView {
  const count = lengthOf(shape);
  return {
    element,
    shape,
    strides: plainStrides(shape, fortran),
    first: 0,
    isNegated: false,
    count,
    place: () => bytes,
  };
}

/** Gives an array what it looks at; or says what is wrong with that, which matters only to who wants this array. */
export function setView(array: PickledArray, view: ArrayView): void {
  const { element } = view;
  array.view = view;
  if (element.problem) array.problem = { typeName: element.typeName, problem: element.problem };
}

/** `numpy.core.multiarray.scalar(dtype, bytes)`: an array without axes. */
export function numpyScalar(args: readonly PickleValue[], offset: number): PickledArray {
  const array = new PickledArray('numpy');
  const [dtype, data] = args;
  fillNumpy(array, { shape: new PickledList('tuple'), dtype, fortran: false, data }, offset);
  return array;
}

/** `numpy.core.numeric._frombuffer(bytes, dtype, shape, order)`: as protocol 5 has arrays. */
export function fromBuffer(
  [data, dtype, shape, order]: readonly PickleValue[],
  offset: number,
): PickledArray {
  const array = new PickledArray('numpy');
  fillNumpy(array, { shape, dtype, fortran: pickledText(order) === 'F', data }, offset);
  return array;
}

/** Bytes in whatever way they're written. A text of Latin-1 was bytes. */
export function bytesIn(value: PickleValue | undefined): PickledBytes | undefined {
  if (value instanceof PickledBytes) return value;
  if (typeof value !== 'string') return undefined;
  const bytes = Uint8Array.from(value, (each) => each.charCodeAt(0));
  return new PickledBytes(inMemory(bytes), 0, bytes.length);
}
