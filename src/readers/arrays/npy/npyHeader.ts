import { lengthOf } from '../../../loss/rows/shape.ts';
import type { Work } from '../../../loss/work.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import type { ReadProblem, UnreadableType } from '../../readProblem.ts';
import type { ByteSource } from '../byteSource.ts';
import type { NumberName, NumberType } from '../numberType.ts';
import { type ArrayEntry, type ArrayHeader, type LoadsTexts, storedBytes } from '../storedArray.ts';
import { fixedTexts, MOST_TEXT_ARRAY, type TextType, textType } from './fixedTexts.ts';

/** A header is never longer: NumPy itself refuses one of more than 10,000 characters. */
export const HEADER_BYTES = 1 << 14;

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** What a .npy file says about its array, as far as it can be read; `offset` is where the numbers begin. */
interface NpyHeader extends Pick<ArrayEntry, 'shape' | 'typeName'> {
  readonly content: Outcome<ArrayHeader & { readonly offset: number }, ReadProblem>;
  /** Where a pickle of objects is instead of numbers. */
  readonly objectsAt?: number;
  /** What its texts are, where it has those instead of numbers; they begin at `offset`. */
  readonly texts?: TextType & { readonly size: number; readonly offset: number };
}

/** True if a file that begins with these bytes is a .npy file. */
export function isNpy(head: Uint8Array): boolean {
  return MAGIC.every((byte, i) => head[i] === byte);
}

/** The array of a .npy file. Its name is `name`: the file has none. */
export function listNpy(source: ByteSource, name: string): ArrayEntry {
  const { shape, typeName, content, texts } = readNpyHeader(source.read(0, HEADER_BYTES), source.size);
  const all = (bytes: number) => source.read(0, bytes);
  const facts = { name, shape, typeName, ...(texts && { texts: textsIn(shape, texts, all) }) };
  if (!content.ok) return { ...facts, content };
  const { offset, ...array } = content.value;
  return { name, shape, typeName, content: success({ ...array, stored: { offset } }) };
}

/** Reads an array of texts. `start` has the first so many bytes of its .npy file, or fewer. */
export function textsIn(
  shape: readonly number[],
  { offset, size, ...type }: NonNullable<NpyHeader['texts']>,
  start: (bytes: number) => Uint8Array,
): LoadsTexts {
  const end = offset + size * lengthOf(shape);
  return function* (): Work<Outcome<readonly string[], ReadProblem>> {
    yield 0;
    const bytes = end <= MOST_TEXT_ARRAY ? start(end) : new Uint8Array(0);
    if (bytes.length < end) return failure({ reason: 'array-type', offset, kind: 'other', found: 'text' });
    return success(fixedTexts(bytes.subarray(offset, end), size, type));
  };
}

/**
 * Reads the header of a .npy file of `size` bytes from its first `HEADER_BYTES`: versions 1 to 3 of the format that
 * `numpy.lib.format` describes. The header is a Python literal; nothing of it is evaluated.
 */
export function readNpyHeader(head: Uint8Array, size: number): NpyHeader {
  const refused = (problem: ReadProblem): NpyHeader => ({
    shape: [],
    typeName: '',
    content: failure(problem),
  });
  const damaged = (offset: number) => refused({ reason: 'not-format', offset, format: 'npy' });
  const version = head[6];
  if (!isNpy(head) || version === undefined || version < 1 || version > 3) return damaged(0);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const start = version === 1 ? 10 : 12;
  if (head.length < start) return damaged(0);
  const offset = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (offset > head.length) return damaged(start);
  const text = new TextDecoder().decode(head.subarray(start, offset));
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const axes = /'shape':\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (fortran === undefined || axes === undefined) return damaged(start);
  const sizes = axes.split(',').map((axis) => axis.trim());
  // After the last one there is a comma, as a rule.
  if (sizes.at(-1) === '') sizes.pop();
  if (!sizes.every((size) => /^\d+$/.test(size))) return damaged(start);
  const shape = sizes.map(Number);
  const type = descr === undefined ? undefined : numberType(descr);
  if (!type) {
    const typeName = descr ?? 'structured';
    const found = unreadable(descr);
    const content = failure<ReadProblem>({ reason: 'array-type', offset: start, ...found });
    const texts = descr === undefined || fortran === 'True' ? undefined : textType(descr);
    return {
      shape,
      typeName,
      content,
      ...(found.kind === 'object' && { objectsAt: offset }),
      ...(texts && { texts: { ...texts, offset } }),
    };
  }
  const header: ArrayHeader = { type, shape, fortran: fortran === 'True' && shape.length > 1 };
  const expected = offset + storedBytes(header);
  const typeName = type.name;
  if (size !== expected) {
    const problem: ReadProblem = { reason: 'file-size', offset, found: size, expected };
    return { shape, typeName, content: failure(problem) };
  }
  return { shape, typeName, content: success({ ...header, offset }) };
}

const KINDS: Readonly<Record<string, NumberName>> = {
  b1: 'bool',
  i1: 'int8',
  u1: 'uint8',
  i2: 'int16',
  u2: 'uint16',
  i4: 'int32',
  u4: 'uint32',
  i8: 'int64',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
};

/** NumPy's words for a type: byte order, kind, bytes. */
function numberType(descr: string): NumberType | undefined {
  // NumPy has no bfloat16. ml_dtypes registers it as "<V2"; "|V2", NumPy's own two raw bytes, may be anything.
  if (descr === '<V2' || descr === 'bfloat16') return { name: 'bfloat16', little: true };
  const [, order, kind] = /^([<>|])([biuf][1248])$/.exec(descr) ?? [];
  const name = kind !== undefined && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return name && { name, little: order !== '>' };
}

function unreadable(descr: string | undefined): UnreadableType {
  if (descr === undefined) return { kind: 'structured', found: 'structured' };
  const letter = descr.replace(/^[<>|=]/, '')[0];
  return { kind: letter === 'O' ? 'object' : letter === 'V' ? 'raw' : 'other', found: descr };
}
