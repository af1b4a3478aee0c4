import { lengthOf } from '../../../loss/rows/shape.ts';
import type { Work } from '../../../loss/work.ts';
import type { ReadProblem } from '../../readProblem.ts';
import { pickledText } from '../machine/pickleTexts.ts';
import {
  type ArrayView,
  PickledArray,
  PickledBytes,
  PickledGlobal,
  PickledList,
  PickledObject,
  type PickleValue,
} from '../machine/pickleValues.ts';
import { decodedBytes } from '../views/decodedBytes.ts';
import { readView } from '../views/readView.ts';
import { membersOf } from '../walk/joinRecords.ts';
import type { WalkBudget } from '../walk/walkBudget.ts';
import { arrowTexts } from './arrowTexts.ts';

/** What a column of a table of pandas is stored as: numbers, Python's objects, texts; or something else. */
export type FrameCells =
  | { readonly kind: 'view'; readonly view: ArrayView }
  | { readonly kind: 'objects'; readonly objects: readonly PickleValue[] }
  | { readonly kind: 'texts'; readonly texts: readonly string[] }
  | { readonly kind: 'other'; readonly typeName: string; readonly problem?: ReadProblem };

/** A table of pandas: its columns, in their order. */
export interface PickledFrame {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly cells: FrameCells }[];
}

const FRAME = /^pandas\.(?:core\.frame\.)?DataFrame$/;
const BLOCK = 'pandas._libs.internals._unpickle_block';

/** True for a table of pandas. */
export function isFrame(value: PickleValue): value is PickledObject {
  return value instanceof PickledObject && FRAME.test(value.type);
}

/** A table as pandas 2 and 3 save it; undefined for what is otherwise, or has names in several levels. */
export function* pickledFrame(value: PickledObject, budget: WalkBudget): Work<PickledFrame | undefined> {
  const manager = membersOf(value.state)?.get('_mgr');
  if (!(manager instanceof PickledObject) || !manager.type.endsWith('.BlockManager')) return undefined;
  const [blocks, axes] = manager.args;
  if (!(blocks instanceof PickledList) || !(axes instanceof PickledList)) return undefined;
  const names = yield* namesOf(axes.items[0], budget);
  if (!names) return undefined;
  const columns = new Map<number, FrameCells>();
  let rows: number | undefined;
  for (const block of blocks.items) {
    budget.enter(0);
    const own = yield* columnsOf(block, names.length, budget);
    rows ??= own?.rows;
    if (!own || (own.rows !== undefined && own.rows !== rows)) return undefined;
    for (const [place, cells] of own.columns) {
      if (columns.has(place)) return undefined;
      columns.set(place, cells);
    }
  }
  if (rows === undefined || columns.size !== names.length) return undefined;
  if (!budget.mayHave(rows * names.length)) return undefined;
  return { rows, columns: names.map((name, i) => ({ name, cells: columns.get(i)! })) };
}

/** (values of columns below each other, their places, 2) */
function* columnsOf(block: PickleValue, count: number, budget: WalkBudget) {
  if (!(block instanceof PickledObject) || block.type !== BLOCK || block.args[2] !== 2) return undefined;
  const [values, placement] = block.args;
  const places = yield* placesOf(placement, count, budget);
  if (!places?.every((place) => place >= 0 && place < count)) return undefined;
  const cells = yield* cellsOf(values!, places.length);
  return cells && { rows: cells.rows, columns: places.map((place, i) => [place, cells.at(i)] as const) };
}

function* cellsOf(
  values: PickleValue,
  count: number,
): Work<{ readonly rows: number | undefined; at(index: number): FrameCells } | undefined> {
  if (values instanceof PickledArray) {
    const { view, cells, problem } = values;
    const shape = view?.shape ?? cells?.shape;
    if (shape?.length !== 2 || shape[0] !== count) return undefined;
    const rows = shape[1]!;
    if (cells) {
      const at = (i: number) => cells.items.slice(i * rows, (i + 1) * rows);
      return { rows, at: (i) => ({ kind: 'objects', objects: at(i) }) };
    }
    if (problem) return { rows, at: () => ({ kind: 'other', ...problem }) };
    const [column, row] = view!.strides;
    // Where it's written as a text it's decoded once, not for each column.
    const place = view!.place();
    const bytes = place instanceof PickledBytes ? yield* decodedBytes(place) : place;
    const own = { ...view!, shape: [rows], strides: [row!], place: () => bytes };
    const at = (i: number) => ({ ...own, first: own.first + i * column! });
    return { rows, at: (i) => ({ kind: 'view', view: at(i) }) };
  }
  if (count !== 1 || !(values instanceof PickledObject)) return undefined;
  const texts = yield* arrowTexts(values);
  if (texts) return { rows: texts.length, at: () => ({ kind: 'texts', texts }) };
  // Categories, numbers that may be missing, times: the other columns can be read.
  const typeName = values.type.slice(values.type.lastIndexOf('.') + 1);
  return { rows: undefined, at: () => ({ kind: 'other', typeName }) };
}

/** Where the columns of a block belong: a slice, or a list of places. */
function* placesOf(
  value: PickleValue | undefined,
  count: number,
  budget: WalkBudget,
): Work<readonly number[] | undefined> {
  if (value instanceof PickledObject && /^(?:builtins|__builtin__)\.slice$/.test(value.type)) {
    const [start, stop, step] = value.args;
    if (typeof start !== 'number' || typeof stop !== 'number') return undefined;
    return rangeOf(start, stop, step ?? 1, count);
  }
  return yield* wholeNumbersIn(value, count, budget);
}

/** The numbers of Python's `range`, if they aren't more than `most`. */
function rangeOf(
  start: number,
  stop: number,
  step: PickleValue,
  most: number,
): readonly number[] | undefined {
  if (typeof step !== 'number' || step === 0 || ![start, stop, step].every(Number.isSafeInteger))
    return undefined;
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (count > most) return undefined;
  return Array.from({ length: count }, (_, i) => start + i * step);
}

function* wholeNumbersIn(
  value: PickleValue | undefined,
  most: number,
  budget: WalkBudget,
): Work<readonly number[] | undefined> {
  const view = value instanceof PickledArray && !value.problem ? value.view : undefined;
  if (view?.shape.length !== 1 || !/^u?int/.test(view.element.typeName)) return undefined;
  const count = lengthOf(view.shape);
  if (count > most || !budget.mayHave(count)) return undefined;
  const numbers = new Float64Array(count);
  yield* readView(view, numbers);
  return numbers.every(Number.isSafeInteger) ? [...numbers] : undefined;
}

/** More columns than any table of scores has. */
const MOST_COLUMNS = 1 << 17;

/** What the columns are called: `_new_Index(class, {data or start, stop, step})`. */
function* namesOf(index: PickleValue | undefined, budget: WalkBudget): Work<readonly string[] | undefined> {
  if (!(index instanceof PickledObject) || !index.type.endsWith('._new_Index')) return undefined;
  const [type, content] = index.args;
  const members = membersOf(content ?? null);
  if (!(type instanceof PickledGlobal) || !members) return undefined;
  if (type.name.endsWith('.RangeIndex')) {
    const [start, stop] = [members.get('start'), members.get('stop')];
    if (typeof start !== 'number' || typeof stop !== 'number') return undefined;
    return rangeOf(start, stop, members.get('step') ?? 1, MOST_COLUMNS)?.map(String);
  }
  const data = members.get('data');
  if (data === undefined) return undefined;
  if (data instanceof PickledArray && data.objects instanceof PickledList) {
    const names = data.objects.items.map((name) =>
      typeof name === 'number' || typeof name === 'bigint' ? String(name) : pickledText(name),
    );
    return names.every((name) => name !== undefined) ? names : undefined;
  }
  return (yield* arrowTexts(data)) ?? (yield* wholeNumbersIn(data, MOST_COLUMNS, budget))?.map(String);
}
