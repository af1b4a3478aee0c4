import type { Work } from '../../../loss/work.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import type { ReadProblem } from '../../readProblem.ts';
import type { ByteSource } from '../byteSource.ts';
import type { NumberName } from '../numberType.ts';
import { type ArrayEntry, storedBytes } from '../storedArray.ts';
import { readSafetensorsHeader, type Tensor } from './safetensorsHeader.ts';

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

/**
 * The tensors of a .safetensors file: the length of a JSON header, the header, the numbers, all little-endian. As the format
 * demands, they follow each other without a gap or overlap up to the end of the file.
 */
export function* listSafetensors(source: ByteSource): Work<Outcome<readonly ArrayEntry[], ReadProblem>> {
  const not = failure<ReadProblem>({ reason: 'not-format', offset: 0, format: 'safetensors' });
  const prefix = source.read(0, LENGTH_BYTES);
  if (prefix.length < LENGTH_BYTES) return not;
  const view = new DataView(prefix.buffer, prefix.byteOffset, LENGTH_BYTES);
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  const start = LENGTH_BYTES + length;
  if (length > MOST_HEADER_BYTES) return not;
  if (start > source.size)
    return failure({ reason: 'file-size', offset: 0, found: source.size, expected: start });
  const { tensors, twice } = yield* readSafetensorsHeader(source.read(LENGTH_BYTES, length));
  if (twice !== undefined) return failure({ reason: 'twice', offset: LENGTH_BYTES, name: twice });
  if (!tensors) return not;
  // One without numbers may be anywhere between others.
  const inOrder = tensors.toSorted((a, b) => a.offsets[0] - b.offsets[0] || a.offsets[1] - b.offsets[1]);
  let end = 0;
  for (const { name, offsets } of inOrder) {
    if (offsets[0] !== end || offsets[1] < end)
      return failure({ reason: 'tensor-place', offset: start + offsets[0], name });
    end = offsets[1];
  }
  if (start + end !== source.size)
    return failure({ reason: 'file-size', offset: start, found: source.size, expected: start + end });
  return success(inOrder.map((tensor) => entryOf(tensor, start)));
}

function entryOf({ name, dtype, shape, offsets: [begin, end] }: Tensor, start: number): ArrayEntry {
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
