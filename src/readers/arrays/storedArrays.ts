import { portion, type Work } from '../../loss/work.ts';
import { meaningOfArray } from '../roles/arrayMeaning.ts';
import {
  type ArrayContent,
  type LoadNumbers,
  type NamedArray,
  type StoredRows,
  usualFacts,
} from '../roles/namedArray.ts';
import { arrayValues, checkCrc } from './arrayValues.ts';
import type { ByteSource } from './byteSource.ts';
import { type ArrayEntry, isBomb, type LoadsTexts, type ReadableArray, storedBytes } from './storedArray.ts';
import { mayNameClasses, namesOfClasses } from './storedClassNames.ts';

/** Which array is asked for by its name, and whether someone has agreed that few bytes become very many. */
export interface StoredOptions {
  readonly member?: string | undefined;
  readonly mayInflate?: boolean;
}

/** What NumPy calls arrays that were saved without names, and what we call the one of a .npy file. */
const NO_NAME = /^(?:array|arr_\d+)$/;

/** The arrays of a file as all sources have them. Texts are read if they may be targets or names of classes, or they're `member`. */
export function* namedArraysOf(
  source: ByteSource,
  entries: readonly ArrayEntry[],
  { member, mayInflate = false }: StoredOptions,
): Work<readonly NamedArray[]> {
  const arrays: NamedArray[] = [];
  for (const [i, entry] of entries.entries()) {
    if (i % 256 === 0) yield 0;
    const array = storedArray(source, entry, mayInflate);
    const { texts, column } = entry;
    const isWanted =
      meaningOfArray(array).target > 0 || array.name === member || (!column && mayNameClasses(array));
    arrays.push(texts && isWanted ? yield* withTexts(array, texts) : array);
  }
  // Files have thousands of tensors, but only a few lists of names.
  const texts = arrays.filter(({ content }) => content.kind === 'texts').slice(0, MOST_LISTS_OF_NAMES);
  return texts.length === 0 ? arrays : arrays.map((array) => withClassNames(array, texts));
}

const MOST_LISTS_OF_NAMES = 64;

/** With the names of its classes, where an array of the same group or one around it has those. */
function withClassNames(array: NamedArray, arrays: readonly NamedArray[]): NamedArray {
  const { names, shape, isColumn, content } = array;
  if (names || isColumn || content.kind === 'texts' || shape.length === 0 || shape.length > 2) return array;
  const naming = namesOfClasses(arrays, array, shape.length - 1);
  return naming ? { ...array, names: naming.values } : array;
}

function* withTexts(array: NamedArray, texts: LoadsTexts): Work<NamedArray> {
  const read = yield* portion(texts(), 0, 0);
  if (!read.ok) return { ...array, content: { kind: 'flawed', problem: read.problem } };
  return { ...array, type: 'text', content: { kind: 'texts', values: read.value } };
}

function storedArray(source: ByteSource, entry: ArrayEntry, mayInflate: boolean): NamedArray {
  const { name, shape, typeName, content, column } = entry;
  return {
    ...usualFacts(),
    name,
    isNamed: column?.isNamed ?? !NO_NAME.test(name),
    names: column?.names ?? null,
    isColumn: column?.isColumn ?? false,
    path: [],
    shape,
    type: content.ok ? content.value.type.name : typeName,
    content: contentOf(source, entry, mayInflate),
    start: 0,
    end: 0,
    isLiteral: false,
    ...(column?.first && { peek: column.first }),
  };
}

function contentOf(source: ByteSource, { name, content }: ArrayEntry, mayInflate: boolean): ArrayContent {
  if (!content.ok) return { kind: 'flawed', problem: content.problem };
  const few = inflatedFrom(content.value);
  if (!mayInflate && few && isBomb(few)) {
    const { offset, length, size } = few;
    return { kind: 'flawed', problem: { reason: 'inflates', offset, name, bytes: length, expected: size } };
  }
  const load: LoadNumbers = (allocate) => arrayValues(source, content.value, allocate);
  const rows = rowsIn(source, content.value);
  return rows ? { kind: 'stored', load, rows } : { kind: 'stored', load };
}

/** How many bytes it takes in its file and in memory, if those may be far fewer. */
function inflatedFrom(array: ReadableArray) {
  const { stored } = array;
  if ('deflated' in stored) return stored.deflated;
  return 'fill' in stored ? { offset: 0, length: stored.bytes, size: storedBytes(array) } : undefined;
}

/** Where its numbers are in the file, if they're one after the other there. */
function rowsIn(source: ByteSource, { stored, type, fortran }: ReadableArray): StoredRows | undefined {
  if (fortran || !('offset' in stored)) return undefined;
  const { offset, checked } = stored;
  return checked ? { offset, type, check: () => checkCrc(source, checked) } : { offset, type };
}
