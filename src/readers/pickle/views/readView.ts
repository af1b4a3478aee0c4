import type { Floats } from '../../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../../loss/rows/shape.ts';
import { portion, SLICE, type Work } from '../../../loss/work.ts';
import { type ByteSource, inMemory } from '../../arrays/byteSource.ts';
import { inflate } from '../../arrays/npz/inflate.ts';
import { bytesOf, decode, type NumberType } from '../../arrays/numberType.ts';
import type { ReadProblem } from '../../readProblem.ts';
import { Unreadable } from '../../text/cursor.ts';
import { type ArrayView, PickledBytes, type StoragePlace } from '../machine/pickleValues.ts';
import { plainStrides } from '../meaning/numpyArrays.ts';
import { decodedBytes } from './decodedBytes.ts';

/** Elements of a storage that are looked at together, where not all of them are wanted. */
const BLOCK = 1 << 20;

/** Elements one after the other, and where the first one is. */
interface Elements {
  readonly source: ByteSource;
  /** Bytes. */
  readonly start: number;
  readonly type: NumberType;
}

/** Puts the numbers of a view into `into`, in C order. Throws Unreadable if they aren't where they should be. */
export function* readView(view: ArrayView, into: Floats): Work<void> {
  const { element, shape, strides, first, isNegated } = view;
  const { type } = element;
  const place = view.place();
  if (into.length === 0) return;
  if (!place || !type || 'texts' in type) throw new Unreadable(misplaced);
  const bytes = yield* portion(bytesAtPlace(place), 0, 0.5);
  const end = (first + spanOf(shape, strides)) * element.size;
  if (end > bytes.length) throw new Unreadable({ ...misplaced, offset: bytes.offset });
  const elements = { source: bytes.source, start: bytes.offset, type };
  const reading = isInRows(view)
    ? readRun(elements, first, into)
    : gather(elements, { shape, strides, first }, into);
  yield* portion(reading, 0.5, 1);
  if (isNegated) for (let i = 0; i < into.length; i++) into[i] = -into[i]!;
}

const misplaced: ReadProblem = { reason: 'tensor-place', offset: 0, name: 'tensor' };

/** True if the numbers lie in C order, with nothing in between. */
export function isInRows({ shape, strides }: Pick<ArrayView, 'shape' | 'strides'>): boolean {
  const usual = plainStrides(shape, false);
  return shape.every((size, axis) => size <= 1 || strides[axis] === usual[axis]);
}

function* bytesAtPlace(place: StoragePlace): Work<PickledBytes> {
  if (place instanceof PickledBytes) return yield* decodedBytes(place);
  const bytes = new Uint8Array(place.deflated.size);
  const inflated = yield* inflate(place.source, place.deflated, (part, before) => bytes.set(part, before));
  if (!inflated.ok) throw new Unreadable(inflated.problem);
  return new PickledBytes(inMemory(bytes), 0, bytes.length);
}

/** Elements from the first one looked at to behind the last. */
function spanOf(shape: readonly number[], strides: readonly number[]): number {
  return shape.reduce((span, size, axis) => span + (size - 1) * strides[axis]!, 1);
}

function* readRun({ source, start, type }: Elements, first: number, into: Floats): Work<void> {
  const size = bytesOf(type);
  for (let done = 0; done < into.length; done += SLICE) {
    yield done / into.length;
    const part = into.subarray(done, done + SLICE);
    decode(source.read(start + (first + done) * size, part.length * size), type, part);
  }
}

type Looked = Pick<ArrayView, 'shape' | 'strides' | 'first'>;

/** Reads in blocks what is picked from: a storage may be far larger than what is looked at. */
function* gather(elements: Elements, { shape, strides, first }: Looked, into: Floats): Work<void> {
  const [rows = 1, ...inner] = shape;
  const [stride = 0, ...innerStrides] = strides;
  const span = spanOf(shape, strides);
  const rowSpan = spanOf(inner, innerStrides);
  // Rows that lie across each other are read together.
  if (span <= BLOCK || stride < rowSpan) {
    yield* pick(elements, { shape, strides, first }, into);
    return;
  }
  const perRow = lengthOf(inner);
  const atOnce = rowSpan > BLOCK ? 1 : 1 + Math.floor((BLOCK - rowSpan) / stride);
  for (let row = 0; row < rows; row += atOnce) {
    yield row / rows;
    const count = Math.min(atOnce, rows - row);
    const part = into.subarray(row * perRow, (row + count) * perRow);
    const start = first + row * stride;
    const one = { shape: inner, strides: innerStrides, first: start };
    yield* portion(
      count === 1 && inner.length > 0
        ? gather(elements, one, part)
        : pick(elements, { shape: [count, ...inner], strides, first: start }, part),
      row / rows,
      (row + count) / rows,
    );
  }
}

/** Reads all that lies between the first and the last element, and picks from that. */
function* pick(elements: Elements, { shape, strides, first }: Looked, into: Floats): Work<void> {
  const span = spanOf(shape, strides);
  const all = into instanceof Float64Array ? new Float64Array(span) : new Float32Array(span);
  yield* portion(readRun(elements, first, all), 0, 0.5);
  const index = new Array<number>(shape.length).fill(0);
  for (let i = 0, from = 0; i < into.length; i++) {
    if (i % SLICE === 0) yield 0.5 + i / into.length / 2;
    into[i] = all[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
}
