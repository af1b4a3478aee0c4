import type { ByteSource } from '../arrays/byteSource.ts';
import type { NumberName } from '../arrays/numberType.ts';
import { type ArrayEntry, storedBytes } from '../arrays/storedArray.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../problem.ts';

const LENGTH_BYTES = 8;
/** The format's own limit. */
const MOST_HEADER_BYTES = 100_000_000;

const TYPES: Readonly<Record<string, NumberName>> = {
  BOOL: 'bool',
  I8: 'int8',
  U8: 'uint8',
  I16: 'int16',
  U16: 'uint16',
  F16: 'float16',
  BF16: 'bfloat16',
  I32: 'int32',
  U32: 'uint32',
  F32: 'float32',
  I64: 'int64',
  U64: 'uint64',
  F64: 'float64',
};

/** A tensor as the header has it: offsets count from the end of the header. */
interface Tensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

/**
 * The tensors of a .safetensors file: the length of a JSON header, the header, the numbers, all little-endian. As the format
 * demands, they follow each other without a gap or overlap up to the end of the file.
 */
export function listSafetensors(source: ByteSource): Outcome<readonly ArrayEntry[], ReadProblem> {
  const not = failure<ReadProblem>({ reason: 'not-format', offset: 0, format: 'safetensors' });
  const prefix = source.read(0, LENGTH_BYTES);
  if (prefix.length < LENGTH_BYTES) return not;
  const view = new DataView(prefix.buffer, prefix.byteOffset, LENGTH_BYTES);
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  const start = LENGTH_BYTES + length;
  if (length > MOST_HEADER_BYTES) return not;
  if (start > source.size)
    return failure({ reason: 'file-size', offset: 0, found: source.size, expected: start });
  const tensors = tensorsIn(source.read(LENGTH_BYTES, length));
  if (!tensors) return not;
  const inOrder = tensors.toSorted(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]);
  let end = 0;
  for (const [name, { data_offsets }] of inOrder) {
    if (data_offsets[0] !== end || data_offsets[1] < end)
      return failure({ reason: 'tensor-place', offset: start + data_offsets[0], name });
    end = data_offsets[1];
  }
  if (start + end !== source.size)
    return failure({ reason: 'file-size', offset: start, found: source.size, expected: start + end });
  return success(inOrder.map(([name, tensor]) => entryOf(name, tensor, start)));
}

function entryOf(
  name: string,
  { dtype, shape, data_offsets: [begin, end] }: Tensor,
  start: number,
): ArrayEntry {
  const offset = start + begin;
  const known = Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined;
  if (!known) {
    const problem: ReadProblem = { reason: 'array-type', offset, kind: 'other', found: dtype };
    return { name, shape, typeName: dtype, content: failure(problem) };
  }
  const header = { type: { name: known, little: true }, shape, fortran: false };
  if (storedBytes(header) !== end - begin)
    return { name, shape, typeName: known, content: failure({ reason: 'tensor-place', offset, name }) };
  return { name, shape, typeName: known, content: success({ ...header, stored: { offset } }) };
}

/** Undefined if the header isn't what it should be. */
function tensorsIn(header: Uint8Array): (readonly [name: string, tensor: Tensor])[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(header));
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const tensors: (readonly [string, Tensor])[] = [];
  for (const [name, value] of Object.entries(parsed)) {
    if (name === '__metadata__') continue;
    if (!isTensor(value)) return undefined;
    tensors.push([name, value]);
  }
  return tensors;
}

function isTensor(value: unknown): value is Tensor {
  if (typeof value !== 'object' || value === null) return false;
  const {
    dtype,
    shape,
    data_offsets: offsets,
  }: { dtype?: unknown; shape?: unknown; data_offsets?: unknown } = value;
  return typeof dtype === 'string' && isSizes(shape) && isSizes(offsets) && offsets.length === 2;
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
