import { lengthOf } from '../../../loss/rows/shape.ts';
import type { ReadProblem } from '../../readProblem.ts';
import { pickledText } from '../machine/pickleTexts.ts';
import {
  PickledArray,
  PickledBytes,
  PickledList,
  PickledObject,
  PickledStorage,
  type PickleValue,
} from '../machine/pickleValues.ts';
import { flawedLeaf, type Leaf } from './leaf.ts';
import { textsInView } from './textsInView.ts';
import type { WalkBudget } from './walkBudget.ts';

/** The array that a value is by itself; undefined for what is made of several, or isn't one. */
export function leafOf(value: PickleValue, budget: WalkBudget, depth: number): Leaf | undefined {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    const values = Float64Array.of(Number(value));
    return { shape: [], type: typeOf(value), content: { kind: 'numbers', values } };
  }
  if (typeof value === 'string')
    return { shape: [], type: 'text', content: { kind: 'texts', values: [value] } };
  if (value instanceof PickledArray) return value.objects === undefined ? arrayLeaf(value) : undefined;
  if (value instanceof PickledStorage) return flawedLeaf('storage', unread('storage'));
  if (value instanceof PickledObject) {
    const refused = OPAQUE.find((each) => value.type.startsWith(each));
    return refused === undefined ? undefined : flawedLeaf(value.type, unread(value.type));
  }
  if (value instanceof PickledBytes) {
    const text = value.encoding === 'raw' ? undefined : pickledText(value);
    return text === undefined
      ? undefined
      : { shape: [], type: 'text', content: { kind: 'texts', values: [text] } };
  }
  if (!(value instanceof PickledList) || value.kind === 'set' || value.items.length === 0) return undefined;
  return listLeaf(value, budget, depth);
}

/** What is in these has another order than it's used in: by its parts alone it would be read wrong. */
const OPAQUE: readonly string[] = ['pandas.', 'scipy.sparse', 'numpy.ma.', 'polars.', 'pyarrow.', 'xarray.'];

/** Tables, which can be saved as such. */
const FRAME = /^(?:pandas|polars)\..*DataFrame$/;

function unread(found: string): ReadProblem {
  const kind = FRAME.test(found) ? 'frame' : 'library';
  return { reason: 'array-type', offset: 0, kind, found };
}

function arrayLeaf({ view, problem }: PickledArray): Leaf {
  if (problem) return flawedLeaf(problem.typeName, problem.problem, view?.shape ?? []);
  if (!view) return flawedLeaf('array', { reason: 'tensor-place', offset: 0, name: 'array' });
  const { element, shape } = view;
  if (element.type && 'texts' in element.type) return textsInView(view);
  return { shape, type: element.typeName, content: { kind: 'view', view } };
}

/** Lists of numbers, or of lists of numbers of one length; or of texts. */
function listLeaf(list: PickledList, budget: WalkBudget, depth: number): Leaf | undefined {
  const { items } = list;
  const [first] = items;
  if (typeof first === 'string')
    return items.every((item) => typeof item === 'string')
      ? { shape: [items.length], type: 'text', content: { kind: 'texts', values: items } }
      : undefined;
  const shape = shapeOfLists(list, budget, depth);
  if (!shape) return undefined;
  budget.expect(lengthOf(shape));
  const values = new Float64Array(lengthOf(shape));
  const type = { widest: 0 };
  const end = fill(list, shape, 0, values, 0, type, budget);
  return end === values.length
    ? { shape, type: TYPES[type.widest]!, content: { kind: 'numbers', values } }
    : undefined;
}

/** How deep the first numbers are, and how many there are in each list on the way. */
function shapeOfLists(list: PickledList, budget: WalkBudget, depth: number): number[] | undefined {
  const shape: number[] = [];
  let inner: PickleValue | undefined = list;
  for (; inner instanceof PickledList && inner.kind !== 'set'; inner = inner.items[0]) {
    budget.enter(depth + shape.length);
    shape.push(inner.items.length);
  }
  return isNumber(inner) ? shape : undefined;
}

const TYPES = ['bool', 'int', 'float'] as const;

function isNumber(value: PickleValue | undefined): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';
}

function typeOf(value: number | bigint | boolean): (typeof TYPES)[number] {
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'bigint' || Number.isInteger(value) ? 'int' : 'float';
}

/** Puts numbers where they belong, and returns where the next ones do; −1 if something isn't a number, or a list has another length. */
function fill(
  list: PickledList,
  shape: readonly number[],
  axis: number,
  values: Float64Array,
  at: number,
  type: { widest: number },
  budget: WalkBudget,
): number {
  if (list.items.length !== shape[axis]) return -1;
  const isInnermost = axis === shape.length - 1;
  if (isInnermost) budget.take(list.items.length);
  else budget.enter(axis);
  let next = at;
  for (const item of list.items) {
    if (isInnermost) {
      if (!isNumber(item)) return -1;
      values[next++] = Number(item);
      type.widest = Math.max(type.widest, TYPES.indexOf(typeOf(item)));
    } else {
      if (!(item instanceof PickledList)) return -1;
      next = fill(item, shape, axis + 1, values, next, type, budget);
      if (next === -1) return -1;
    }
  }
  return next;
}
