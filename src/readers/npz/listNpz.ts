import type { Work } from '../../loss/work.ts';
import type { ByteSource } from '../arrays/byteSource.ts';
import type { ArrayEntry, Deflated, Stored } from '../arrays/storedArray.ts';
import { HEADER_BYTES, isNpy, readNpyHeader } from '../npy/header.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../problem.ts';
import { contentOffset, readDirectory, type ZipEntry } from './directory.ts';
import { inflateStart, MOST_RATIO } from './inflate.ts';

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
export function* listNpzWork(source: ByteSource): Work<Outcome<readonly ArrayEntry[], ReadProblem>> {
  const directory = readDirectory(source);
  if (!directory.ok) return directory;
  const arrays: ArrayEntry[] = [];
  for (const [i, entry] of directory.value.entries()) {
    yield i / directory.value.length;
    const array = arrayOf(source, entry);
    if (array) arrays.push(array);
  }
  const names = directory.value.map(({ name }) => name);
  return arrays.length > 0 ? success(arrays) : failure({ reason: 'no-arrays', offset: 0, members: names });
}

/** Undefined for a file that isn't an array. */
function arrayOf(source: ByteSource, entry: ZipEntry): ArrayEntry | undefined {
  const name = entry.name.replace(/\.npy$/, '');
  const refused = (problem: ReadProblem, typeName: string): ArrayEntry => ({
    name,
    shape: [],
    typeName,
    content: failure(problem),
  });
  const isNamedNpy = name !== entry.name;
  const { headerOffset: offset, encrypted, method, size, compressedSize, crc } = entry;
  const found = encrypted
    ? 'encrypted'
    : method === STORED || method === DEFLATED
      ? undefined
      : (METHODS[method] ?? `method ${method}`);
  if (found) return isNamedNpy ? refused({ reason: 'zip-method', offset, found }, found) : undefined;
  const content = contentOffset(source, entry);
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
      : inflateStart(source, deflated, HEADER_BYTES);
  if (!head) return isNamedNpy ? refused({ reason: 'bad-deflate', offset: content }, '') : undefined;
  if (!isNpy(head))
    return isNamedNpy ? refused({ reason: 'not-format', offset: content, format: 'npy' }, '') : undefined;
  const header = readNpyHeader(head, size);
  const { shape, typeName } = header;
  if (!header.content.ok) return { name, shape, typeName, content: header.content };
  const { offset: skip, ...array } = header.content.value;
  const stored: Stored =
    method === STORED
      ? { offset: content + skip, checked: { offset: content, length: size, crc } }
      : { deflated, skip };
  return { name, shape, typeName, content: success({ ...array, stored }) };
}
