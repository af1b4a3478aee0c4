import { DEFAULT_SPEC } from '../../loss/lossSpec.ts';
import { layoutOf, offsetOf } from '../../loss/rows/rowLayout.ts';
import { lengthOf } from '../../loss/rows/shape.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import { SLICE, type Work } from '../../loss/work.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import { excerptOf, type ReadProblem } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';
import type { ListNode, Node, TensorNode } from './jsonNodes.ts';

/** How many items of a list are read between two yields. */
const ITEMS = 1 << 10;

/** What targets have to fit. */
export interface TargetContext {
  readonly shape: readonly number[];
  readonly classAxis: number;
  readonly classNames: readonly string[] | null;
  readonly ignoreIndex: number | null;
}

/** Targets as indices, names or probabilities. Throws Unreadable where they don't fit the logits. */
export function* targetsOfNode(node: Node, context: TargetContext): Work<Targets> {
  if (node.type === 'tensor') return yield* fromTensor(node, context);
  if (node.type === 'list' && node.first?.type === 'tensor') return yield* fromSoftRows(node, context);
  const indices = new Indices(context);
  if (node.type === 'names') {
    checkCount(node.values.length, node, context);
    const place = { type: 'string', start: node.start, end: node.end } as const;
    const values = Int32Array.from(node.values, (value, row) => indices.of({ ...place, value }, row));
    return { kind: 'indices', values };
  }
  const length = node.type === 'list' ? node.length : 1;
  checkCount(length, node, context);
  const values = new Int32Array(length);
  for (let row = 0; row < length; row++) {
    if (row % ITEMS === 0) yield row / length;
    values[row] = indices.of(node.type === 'list' ? yield* node.readItem(row) : node, row);
  }
  return { kind: 'indices', values };
}

/** The same for an array that isn't JSON. */
export function* fitTargets(
  values: Float64Array,
  shape: readonly number[],
  context: TargetContext,
): Work<Outcome<Targets, ReadProblem>> {
  const spans = new Float64Array(0);
  try {
    const node = {
      type: 'tensor',
      values,
      shape,
      decimals: 0,
      spans,
      flaw: undefined,
      start: 0,
      end: 0,
    } as const;
    return success(yield* targetsOfNode(node, context));
  } catch (error) {
    if (error instanceof Unreadable) return failure(error.problem);
    throw error;
  }
}

/** The shape targets of one index a row have: the logits' without the class axis. */
export function indexShape(shape: readonly number[], classAxis: number): readonly number[] {
  return shape.filter((_, axis) => axis !== classAxis);
}

/** True if both have the same number of axes, and each axis the same size. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

function* fromTensor(node: TensorNode, context: TargetContext): Work<Targets> {
  if (node.flaw) throw new Unreadable(node.flaw);
  const { shape, classAxis } = context;
  if (sameShape(node.shape, shape)) return { kind: 'soft', values: node.values };
  const expected = indexShape(shape, classAxis);
  const { length } = node.values;
  // A single row may have its target in a list.
  const fits = sameShape(node.shape, expected) || (expected.length === 0 && length === 1);
  if (!fits && node.shape.length === 1 && expected.length === 1) checkCount(node.shape[0]!, node, context);
  if (!fits) throw new Unreadable({ reason: 'target-shape', offset: node.start, found: node.shape, shape });
  const values = new Int32Array(length);
  for (let row = 0; row < length; row++) {
    if (row % SLICE === 0) yield row / length;
    values[row] = checkedIndex(node.values[row]!, row, node.start, context);
  }
  return { kind: 'indices', values };
}

/** Records with a row of probabilities each: put where the logits of that row are. */
function* fromSoftRows(node: ListNode, context: TargetContext): Work<Targets> {
  checkCount(node.length, node, context);
  const layout = layoutOf(context.shape, context.classAxis);
  const { classes, inner } = layout;
  const values = new Float64Array(node.length * classes);
  for (let row = 0; row < node.length; row++) {
    if (row % ITEMS === 0) yield row / node.length;
    const item = yield* node.readItem(row);
    if (item.type !== 'tensor' || !sameShape(item.shape, [classes])) {
      const found = item.type === 'tensor' ? item.shape : [];
      throw new Unreadable({ reason: 'target-shape', offset: item.start, found, shape: [classes] });
    }
    if (item.flaw) throw new Unreadable(item.flaw);
    const start = offsetOf(layout, row);
    for (let k = 0; k < classes; k++) values[start + k * inner] = item.values[k]!;
  }
  return { kind: 'soft', values };
}

/** Throws Unreadable unless there are as many as rows. */
export function checkCount(
  found: number,
  { start }: Pick<Node, 'start'>,
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
  of(item: Node, row: number): number {
    if (item.type === 'number') return checkedIndex(item.value, row, item.start, this.#context);
    if (item.type !== 'string') {
      const missing = item.type === 'word';
      const found = 'value' in item ? excerptOf(String(item.value)) : item.type;
      if (missing) throw new Unreadable({ reason: 'target-missing', offset: item.start, row });
      throw new Unreadable({ reason: 'not-a-number', offset: item.start, found });
    }
    const { classNames } = this.#context;
    this.#classes ??= classesByName(classNames);
    const index = this.#classes.get(item.value);
    if (index !== undefined) return index;
    const [found, named] = [excerptOf(item.value), classNames !== null];
    throw new Unreadable({ reason: 'target-name', offset: item.start, row, found, named });
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
