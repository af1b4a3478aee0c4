import { lengthOf } from '../../loss/rows/shape.ts';
import type { Work } from '../../loss/work.ts';
import type { ByteSource } from '../arrays/byteSource.ts';
import { isBomb } from '../arrays/storedArray.ts';
import { namedArraysOf } from '../arrays/storedArrays.ts';
import { columnEntries } from '../columnar/columnEntries.ts';
import type { Outcome } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import {
  type ArrayContent,
  type LoadNumbers,
  type NamedArray,
  type StoredRows,
  usualFacts,
} from '../roles/namedArray.ts';
import { checkReadable } from '../text/checkReadable.ts';
import { Unreadable } from '../text/cursor.ts';
import { frameColumns } from './frames/frameColumns.ts';
import { isFrame, pickledFrame } from './frames/pickledFrame.ts';
import { PickledBytes } from './machine/pickleValues.ts';
import { readPickleFile } from './readPickleFile.ts';
import { trainingArguments } from './trainingArguments.ts';
import { isInRows } from './views/readView.ts';
import { flawOf, type Leaf, readLeaf } from './walk/leaf.ts';
import { WalkBudget } from './walk/walkBudget.ts';
import { type FoundLeaf, Walk } from './walk/walkObjects.ts';

/** Where the pickle begins, and whether someone has agreed that few bytes become very many. */
export interface PickleOptions {
  readonly start?: number;
  readonly mayInflate?: boolean;
  /** The array that is asked for. */
  readonly member?: string | undefined;
}

/** Names of what there is instead of arrays that are told. */
const MOST_TYPES = 4;

/**
 * The arrays of what `torch.save`, `pickle.dump` or `joblib.dump` wrote, in its order, a model's parameters last: bytes of a file or in
 * memory, from `start` on. Nothing in it is executed, and of its numbers none is read but those that Python has in lists.
 */
export function* pickleArrays(
  source: ByteSource,
  { start = 0, mayInflate = false, member }: PickleOptions = {},
): Work<Outcome<readonly NamedArray[], ReadProblem>> {
  return yield* checkReadable(function* () {
    const { value, size } = yield* readPickleFile(source, start);
    const instead = trainingArguments(value);
    if (instead) throw new Unreadable(instead);
    const budget = new WalkBudget(size);
    const frame = isFrame(value) ? yield* pickledFrame(value, budget) : undefined;
    if (frame) {
      const entries = yield* columnEntries(yield* frameColumns(frame, budget));
      return yield* namedArraysOf(source, entries, { member, mayInflate });
    }
    const walk = new Walk(budget);
    yield* walk.walk(value);
    if (walk.found.every(isPlain)) {
      const members = [...walk.types].slice(0, MOST_TYPES);
      throw new Unreadable({ reason: 'no-arrays', offset: 0, members });
    }
    const arrays = walk.found.map((found) => namedLeaf(found, source, mayInflate));
    return arrays.toSorted((a, b) => Number(a.isParameter ?? false) - Number(b.isParameter ?? false));
  });
}

/** True for a number or a text of Python's, and nothing else. */
function isPlain({ leaf: { shape, content } }: FoundLeaf): boolean {
  return shape.length === 0 && (content.kind === 'numbers' || content.kind === 'texts');
}

function namedLeaf(
  { keys, isNamed, leaf, isParameter, isColumn = false, subscripts }: FoundLeaf,
  source: ByteSource,
  mayInflate: boolean,
): NamedArray {
  // A place in a list says nothing by itself.
  const name = keys.length === 0 ? 'array' : isNamed ? keys.at(-1)! : keys.join('.');
  return {
    ...usualFacts(),
    name,
    isNamed,
    path: keys.slice(0, -1),
    shape: leaf.shape,
    type: leaf.type,
    content: contentOf(leaf, name, source, mayInflate ? undefined : bombIn(leaf, name)),
    start: 0,
    end: 0,
    isLiteral: false,
    isColumn,
    isParameter,
    subscripts: subscripts ?? null,
  };
}

function contentOf(
  leaf: Leaf,
  name: string,
  source: ByteSource,
  bomb: ReadProblem | undefined,
): ArrayContent {
  const { content } = leaf;
  if (content.kind === 'numbers' || content.kind === 'texts') return content;
  const problem = flawOf(leaf) ?? bomb;
  if (problem)
    return { kind: 'flawed', problem: problem.reason === 'tensor-place' ? { ...problem, name } : problem };
  const load: LoadNumbers = (allocate) => loadLeaf(leaf, allocate);
  const rows = rowsOf(leaf, source);
  return rows ? { kind: 'stored', load, rows } : { kind: 'stored', load };
}

/** What is wrong with numbers that are few bytes and would be very many, until someone agrees. */
function bombIn({ content }: Leaf, name: string): ReadProblem | undefined {
  if (content.kind === 'parts') return content.parts.map((part) => bombIn(part, name)).find(Boolean);
  const place = content.kind === 'view' ? content.view.place() : undefined;
  if (!place || place instanceof PickledBytes || !isBomb(place.deflated)) return undefined;
  const { offset, length, size } = place.deflated;
  return { reason: 'inflates', offset, name, bytes: length, expected: size };
}

function* loadLeaf<T extends Float32Array | Float64Array>(
  leaf: Leaf,
  allocate: (length: number) => T,
): Work<Outcome<T, ReadProblem>> {
  return yield* checkReadable(function* () {
    const values = allocate(lengthOf(leaf.shape));
    yield* readLeaf(leaf, values);
    return values;
  });
}

/** Where the numbers are in the file itself, if they're as they are meant there. */
function rowsOf({ content, shape }: Leaf, source: ByteSource): StoredRows | undefined {
  if (content.kind !== 'view') return undefined;
  const { view } = content;
  const { type, size } = view.element;
  const place = view.place();
  const isInFile = place instanceof PickledBytes && place.source === source && place.encoding === 'raw';
  if (!isInFile || !type || 'texts' in type || view.isNegated || !isInRows(view)) return undefined;
  const first = view.first * size;
  return first + lengthOf(shape) * size <= place.length ? { offset: place.offset + first, type } : undefined;
}
