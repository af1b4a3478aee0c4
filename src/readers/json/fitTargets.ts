import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import { layoutOf, offsetOf } from '../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../loss/rows/shape.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import { SLICE, type Work } from '../../loss/work.ts';
import { type Outcome, success } from '../outcome.ts';
import { excerptOf, type ReadProblem } from '../readProblem.ts';
import { isNarrowInFile, type NamedArray } from '../roles/namedArray.ts';
import { checkReadable } from '../text/checkReadable.ts';
import { Unreadable } from '../text/cursor.ts';
import { type AllocateLogits, allocateOwn } from '../text/growable.ts';
import { truthIndex } from '../text/truthValues.ts';

/** How many items of a list are read between two yields. */
const ITEMS = 1 << 10;

/** What targets have to fit. */
export interface TargetContext {
  readonly shape: readonly number[];
  readonly classAxis: number;
  readonly classNames: readonly string[] | null;
  readonly ignoreIndex: number | null;
  /** Room for many soft targets of no more digits than float32 has. */
  readonly room?: AllocateLogits;
}

/** Targets as indices, names or distributions. Throws Unreadable where they don't fit the logits. */
export function* arrayTargets(array: NamedArray, context: TargetContext): Work<Targets> {
  const { content, start, spans } = array;
  if (content.kind === 'flawed') throw new Unreadable(content.problem);
  const placeOf = (row: number) => (spans.length > 2 ? (spans[2 * row] ?? start) : start);
  if (content.kind === 'texts') {
    checkCount(content.values.length, array, context);
    const indices = new Indices(context);
    const values = new Int32Array(content.values.length);
    for (const [row, text] of content.values.entries()) {
      if (row % ITEMS === 0) yield row / values.length;
      values[row] = indices.of(text, row, placeOf(row));
    }
    return { kind: 'indices', values };
  }
  const stored =
    content.kind === 'stored' ? yield* content.load(roomFor(array, context)) : success(content.values);
  if (!stored.ok) throw new Unreadable(stored.problem);
  const isIndices = !sameShape(array.shape, context.shape);
  // Of more classes it says nothing that something is so.
  if (isIndices && array.type === 'bool' && context.shape[context.classAxis]! > 2) {
    const found = stored.value[0] === 0 ? 'False' : 'True';
    throw new Unreadable({ reason: 'target-name', offset: start, row: 0, found, named: false });
  }
  const shift = isIndices ? firstIndexOf(array, stored.value, context) : 0;
  // Below 0 it's padding, wherever counting starts.
  const values =
    shift === 0 ? stored.value : stored.value.map((value) => (value < 0 ? value : value - shift));
  const byName = numberedClasses(context);
  const indices = byName && isIndices ? yield* namedIndices(values, byName, placeOf) : values;
  return yield* fromNumbers(indices, array.shape, context, start, placeOf);
}

/**
 * What indices count from: where a language counts from 1, a 0 among them says that these don't. Truth values are 0 and 1 there, too,
 * and of classes that have numbers for names these are the names.
 */
export function firstIndexOf(
  { firstIndex, type }: Pick<NamedArray, 'firstIndex' | 'type'>,
  values: Float32Array | Float64Array,
  { classNames }: Pick<TargetContext, 'classNames'>,
): 0 | 1 {
  if (type === 'bool' || areNumbers(classNames)) return 0;
  return values.includes(0) ? 0 : firstIndex;
}

/** Of soft targets whose digits float32 holds half of the memory is enough. */
function roomFor(
  { shape, content }: NamedArray,
  { shape: wanted, room = allocateOwn }: TargetContext,
): (length: number) => Float32Array | Float64Array {
  const isNarrow = isNarrowInFile(content) && sameShape(shape, wanted);
  return (length) => (isNarrow ? room(length) : new Float64Array(length));
}

/** True for classes that are called 1, 2, 3 …: numbers among the targets are these names. */
export function countsFrom1(classNames: readonly string[] | null): boolean {
  return classNames?.every((name, index) => name === String(index + 1)) ?? false;
}

function areNumbers(classNames: readonly string[] | null): classNames is readonly string[] {
  return classNames?.every((name) => /^\d{1,9}$/.test(name)) ?? false;
}

/** Each class by the number that is its name, where classes have numbers for names that don't just count from 0. */
function numberedClasses({ classNames }: TargetContext): ReadonlyMap<number, number> | undefined {
  if (!areNumbers(classNames)) return undefined;
  if (classNames.every((name, index) => Number(name) === index)) return undefined;
  return new Map(classNames.map((name, index) => [Number(name), index]));
}

/** Numbers that are the names of classes as indices. Throws Unreadable for one that isn't, but below 0. */
function* namedIndices(
  values: Float32Array | Float64Array,
  classes: ReadonlyMap<number, number>,
  placeOf: (row: number) => number,
): Work<Float64Array> {
  const indices = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    if (row % SLICE === 0) yield row / values.length;
    const value = values[row]!;
    const index = value < 0 ? value : classes.get(value);
    if (index === undefined) {
      const [found, offset] = [String(value), placeOf(row)];
      throw new Unreadable({ reason: 'target-name', offset, row, found, named: true });
    }
    indices[row] = index;
  }
  return indices;
}

/** The same for an array that isn't JSON. */
export function* fitTargets(
  values: Float64Array,
  shape: readonly number[],
  context: TargetContext,
): Work<Outcome<Targets, ReadProblem>> {
  return yield* checkReadable(() => fromNumbers(values, shape, context, 0, () => 0));
}

/** The shape targets of one index a row have: the logits' without the class axis. */
export function indexShape(shape: readonly number[], classAxis: number): readonly number[] {
  return shape.filter((_, axis) => axis !== classAxis);
}

/** True if both have the same number of axes, and each axis the same size. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

function* fromNumbers(
  values: Float32Array | Float64Array,
  found: readonly number[],
  context: TargetContext,
  start: number,
  placeOf: (row: number) => number,
): Work<Targets> {
  const { shape, classAxis } = context;
  if (sameShape(found, shape)) return { kind: 'soft', values };
  const expected = indexShape(shape, classAxis);
  if (sameShape(found, [lengthOf(expected), shape[classAxis]!]) && expected.length > 1)
    return { kind: 'soft', values: yield* byRows(values, context) };
  const { length } = values;
  // Each target may be in a list of its own, and so may that of a single row.
  const fits =
    sameShape(found, expected) ||
    sameShape(found, [...expected, 1]) ||
    (length === 1 && lengthOf(expected) === 1);
  const isPerRow = found.length === 1 || (found.length === 2 && found[1] === shape[classAxis]);
  if (!fits && isPerRow && expected.length === 1) checkCount(found[0]!, { start }, context);
  if (!fits) throw new Unreadable({ reason: 'target-shape', offset: start, found, shape });
  const indices = new Int32Array(length);
  for (let row = 0; row < length; row++) {
    if (row % SLICE === 0) yield row / length;
    indices[row] = checkedIndex(values[row]!, row, placeOf(row), context);
  }
  return { kind: 'indices', values: indices };
}

/** Distributions row by row, put where the logits of that row are. */
function* byRows(
  values: Float32Array | Float64Array,
  { shape, classAxis }: TargetContext,
): Work<Float64Array> {
  const layout = layoutOf(shape, classAxis);
  const { rows, classes, inner } = layout;
  const placed = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    if (row % ITEMS === 0) yield row / rows;
    const start = offsetOf(layout, row);
    for (let k = 0; k < classes; k++) placed[start + k * inner] = values[row * classes + k]!;
  }
  return placed;
}

/** Throws Unreadable unless there are as many as rows. */
export function checkCount(
  found: number,
  { start }: { readonly start: number },
  { shape, classAxis }: TargetContext,
): void {
  const expected = lengthOf(indexShape(shape, classAxis));
  if (found !== expected) throw new Unreadable({ reason: 'target-count', offset: start, found, expected });
}

/** What items of a list are as classes. */
class Indices {
  readonly #context: TargetContext;
  /** Each class by its name, once a name is seen. */
  #classes: ReadonlyMap<string, number> | undefined;

  constructor(context: TargetContext) {
    this.#context = context;
  }

  /** Throws Unreadable for what is no class of the logits. */
  of(text: string, row: number, offset: number): number {
    const { classNames } = this.#context;
    this.#classes ??= classesByName(classNames);
    const classes = this.#context.shape[this.#context.classAxis]!;
    const index = this.#classes.get(text) ?? truthIndex(text, { classNames, classes });
    if (index !== undefined) return index;
    if (/^[+-]?\d{1,10}$/.test(text)) return checkedIndex(Number(text), row, offset, this.#context);
    const [found, named] = [excerptOf(text), classNames !== null];
    throw new Unreadable({ reason: 'target-name', offset, row, found, named });
  }
}

/** The index of each name; of equal names the first. */
function classesByName(names: readonly string[] | null): ReadonlyMap<string, number> {
  const classes = new Map<string, number>();
  for (const [index, name] of (names ?? []).entries()) if (!classes.has(name)) classes.set(name, index);
  return classes;
}

/** A target that is a class, or ignored. Throws Unreadable if it's neither. */
export function checkedIndex(
  target: number,
  row: number,
  offset: number,
  { shape, classAxis, ignoreIndex }: TargetContext,
): number {
  if (!Number.isInteger(target))
    throw new Unreadable({ reason: 'target-fraction', offset, row, found: target });
  const classes = shape[classAxis]!;
  if (target === (ignoreIndex ?? DEFAULT_SPEC.ignoreIndex) || (target >= 0 && target < classes))
    return target;
  throw new Unreadable({ reason: 'target-range', offset, row, found: target, classes });
}
