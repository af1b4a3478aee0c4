import type { Floats } from '../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../loss/rows/shape.ts';
import { portion, SLICE, type Work } from '../../loss/work.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import type { ByteSource } from './byteSource.ts';
import { Crc32 } from './npz/crc32.ts';
import { inflate } from './npz/inflate.ts';
import { bytesOf, decode, type NumberType } from './numberType.ts';
import { type ChecksummedBytes, type ReadableArray, storedBytes } from './storedArray.ts';

/** The numbers of an array, all of them, in C order. They are checked where there is a checksum. */
export function* arrayValues<T extends Floats>(
  source: ByteSource,
  array: ReadableArray,
  allocate: (length: number) => T,
): Work<Outcome<T, ReadProblem>> {
  const { shape, type, fortran, stored } = array;
  if ('fill' in stored) return yield* stored.fill(allocate);
  const values = allocate(lengthOf(shape));
  const decoder = new Decoder(type, values);
  const end = fortran ? 0.7 : 1;
  if ('deflated' in stored) {
    const inflated = yield* portion(
      inflate(source, stored.deflated, (bytes, start) =>
        decoder.push(bytes.subarray(Math.max(0, stored.skip - start))),
      ),
      0,
      end,
    );
    if (!inflated.ok) return inflated;
  } else {
    if (stored.checked) {
      const checked = yield* portion(checkCrc(source, stored.checked), 0, 0.3);
      if (!checked.ok) return checked;
    }
    const [size, slice] = [storedBytes(array), SLICE * bytesOf(type)];
    for (let done = 0; done < size; done += slice) {
      yield 0.3 + (end - 0.3) * (done / size);
      decoder.push(source.read(stored.offset + done, Math.min(slice, size - done)));
    }
  }
  if (!fortran) return success(values);
  return success(yield* portion(inCOrder(values, shape, allocate), end, 1));
}

/** Fails if a part of the file isn't what it was when its checksum was made. */
export function* checkCrc(
  source: ByteSource,
  { offset, length, crc }: ChecksummedBytes,
): Work<Outcome<undefined, ReadProblem>> {
  const actual = new Crc32();
  const slice = 8 * SLICE;
  for (let done = 0; done < length; done += slice) {
    yield done / length;
    actual.push(source.read(offset + done, Math.min(slice, length - done)));
  }
  return actual.value === crc ? success(undefined) : failure({ reason: 'checksum', offset });
}

/** Takes bytes in pieces of any length, and decodes each number once it's complete. */
class Decoder<T extends Floats> {
  readonly #type: NumberType;
  readonly #values: T;
  #length = 0;
  /** The start of a number whose end comes with the next piece. */
  #rest = new Uint8Array(0);

  constructor(type: NumberType, values: T) {
    this.#type = type;
    this.#values = values;
  }

  push(piece: Uint8Array): void {
    const size = bytesOf(this.#type);
    const bytes = this.#rest.length === 0 ? piece : joined(this.#rest, piece);
    const count = Math.floor(bytes.length / size);
    decode(bytes, this.#type, this.#values.subarray(this.#length, this.#length + count));
    this.#length += count;
    this.#rest = bytes.slice(count * size);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** From the first axis moving fastest to the last. */
function* inCOrder<T extends Floats>(
  values: T,
  shape: readonly number[],
  allocate: (length: number) => T,
): Work<T> {
  const turned = allocate(values.length);
  const strides = shape.map((_, axis) => lengthOf(shape.slice(0, axis)));
  const index = new Array<number>(shape.length).fill(0);
  for (let i = 0, from = 0; i < values.length; i++) {
    if (i % SLICE === 0) yield i / values.length;
    turned[i] = values[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return turned;
}
