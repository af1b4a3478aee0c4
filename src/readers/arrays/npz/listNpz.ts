import { portion, type Work } from '../../../loss/work.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import type { ReadProblem } from '../../readProblem.ts';
import type { ByteSource } from '../byteSource.ts';
import { MOST_TEXT_ARRAY } from '../npy/fixedTexts.ts';
import { HEADER_BYTES, isNpy, readNpyHeader, textsIn } from '../npy/npyHeader.ts';
import type { ArrayEntry, Deflated, Stored } from '../storedArray.ts';
import { Crc32 } from './crc32.ts';
import { inflateStart } from './inflate.ts';
import { MOST_RATIO } from './mostRatio.ts';
import { type PlacedEntry, readDirectory } from './zipDirectory.ts';

const STORED = 0;
const DEFLATED = 8;
/** As zip files number them: what NumPy doesn't write, but other programs may. */
const METHODS: Readonly<Record<number, string>> = {
  9: 'deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'zstd',
  95: 'xz',
};

/** The arrays of a .npz file, as `numpy.savez` and `numpy.savez_compressed` write them: .npy files in a zip file. */
export function* listNpz(source: ByteSource): Work<Outcome<readonly ArrayEntry[], ReadProblem>> {
  const directory = yield* readDirectory(source);
  if (!directory.ok) return directory;
  const arrays = new Map<string, ArrayEntry>();
  for (const [i, entry] of directory.value.entries()) {
    yield i / directory.value.length;
    const array = yield* portion(readArray(source, entry), i / directory.value.length, 1);
    if (!array) continue;
    const { name } = array;
    if (arrays.has(name)) return failure({ reason: 'twice', offset: entry.headerOffset, name });
    arrays.set(name, array);
  }
  const members = directory.value.map(({ name }) => name);
  return arrays.size > 0
    ? success([...arrays.values()])
    : failure({ reason: 'no-arrays', offset: 0, members });
}

/** Undefined for a file that isn't an array. */
function* readArray(source: ByteSource, entry: PlacedEntry): Work<ArrayEntry | undefined> {
  const name = entry.name.replace(/\.npy$/, '');
  const refused = (problem: ReadProblem, typeName: string): ArrayEntry => ({
    name,
    shape: [],
    typeName,
    content: failure(problem),
  });
  const isNamedNpy = name !== entry.name;
  const { headerOffset: offset, encrypted, method, size, compressedSize, crc, content } = entry;
  const found = encrypted
    ? 'encrypted'
    : method === STORED || method === DEFLATED
      ? undefined
      : (METHODS[method] ?? `method ${method}`);
  if (found) return isNamedNpy ? refused({ reason: 'zip-method', offset, found }, found) : undefined;
  const damaged: ReadProblem = { reason: 'zip-entry', offset, name };
  if (content === undefined) return isNamedNpy ? refused(damaged, '') : undefined;
  // What can't be true isn't made room for.
  const possible =
    method === STORED ? size === compressedSize : size <= MOST_RATIO * compressedSize + MOST_RATIO;
  if (!possible) return refused({ reason: 'inflated-size', offset, expected: size }, '');
  const deflated: Deflated = { offset: content, length: compressedSize, size, crc };
  const head =
    method === STORED
      ? source.read(content, Math.min(size, HEADER_BYTES))
      : yield* inflateStart(source, deflated, HEADER_BYTES);
  if (!head) return isNamedNpy ? refused({ reason: 'bad-deflate', offset: content }, '') : undefined;
  if (!isNpy(head))
    return isNamedNpy ? refused({ reason: 'not-format', offset: content, format: 'npy' }, '') : undefined;
  const header = readNpyHeader(head, size);
  const { shape, typeName, texts } = header;
  const whole = texts && (yield* wholeEntry(source, method, deflated));
  const loads = texts && whole && textsIn(shape, texts, (bytes) => whole.subarray(0, bytes));
  if (!header.content.ok)
    return { name, shape, typeName, content: header.content, ...(loads && { texts: loads }) };
  const { offset: skip, ...array } = header.content.value;
  const stored: Stored =
    method === STORED
      ? { offset: content + skip, checked: { offset: content, length: size, crc } }
      : { deflated, skip };
  return { name, shape, typeName, content: success({ ...array, stored }) };
}

/** All of an array of texts, which are few; undefined if they're many, or not what they were when they were written. */
function* wholeEntry(source: ByteSource, method: number, deflated: Deflated): Work<Uint8Array | undefined> {
  const { offset, size, crc } = deflated;
  if (size > MOST_TEXT_ARRAY) return undefined;
  const bytes = method === STORED ? source.read(offset, size) : yield* inflateStart(source, deflated, size);
  const checksum = new Crc32();
  if (bytes) checksum.push(bytes);
  return checksum.value === crc ? bytes : undefined;
}
