import { DEFAULT_SPEC } from '../../loss/spec.ts';
import type { Targets } from '../../loss/targets.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../problem.ts';
import { Unreadable } from './cursor.ts';
import type { ListNode, Node, TensorNode } from './node.ts';

/** What targets have to fit. */
export interface TargetContext {
  readonly shape: readonly number[];
  readonly classAxis: number;
  readonly classNames: readonly string[] | null;
  readonly ignoreIndex: number | null;
}

/** Targets as indices, names or probabilities. Throws Unreadable where they don't fit the logits. */
export function readTargets(node: Node, context: TargetContext): Targets {
  if (node.type === 'tensor') return fromTensor(node, context);
  if (node.type === 'list' && node.items[0]?.type === 'tensor') return fromSoftRows(node, context);
  const items = node.type === 'list' ? node.items : [node];
  checkCount(items.length, node, context);
  return { kind: 'indices', values: Int32Array.from(items, (item, row) => indexIn(item, row, context)) };
}

/** The same for an array that isn't JSON. */
export function fitTargets(
  values: Float64Array,
  shape: readonly number[],
  context: TargetContext,
): Outcome<Targets, ReadProblem> {
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
    return success(readTargets(node, context));
  } catch (error) {
    if (error instanceof Unreadable) return failure(error.problem);
    throw error;
  }
}

/** The shape targets of one index a row have: the logits' without the class axis. */
export function indexShape(shape: readonly number[], classAxis: number): readonly number[] {
  return shape.filter((_, axis) => axis !== classAxis);
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

function fromTensor(node: TensorNode, context: TargetContext): Targets {
  if (node.flaw) throw new Unreadable(node.flaw);
  const { shape, classAxis } = context;
  if (sameShape(node.shape, shape)) return { kind: 'soft', values: node.values };
  const expected = indexShape(shape, classAxis);
  // A single row may have its target in a list.
  const fits = sameShape(node.shape, expected) || (expected.length === 0 && node.values.length === 1);
  if (!fits && node.shape.length === 1 && expected.length === 1) checkCount(node.shape[0]!, node, context);
  if (!fits) throw new Unreadable({ reason: 'target-shape', offset: node.start, found: node.shape, shape });
  const values = Int32Array.from(node.values, (value, row) => checkedIndex(value, row, node.start, context));
  return { kind: 'indices', values };
}

/** Records with a row of probabilities each. */
function fromSoftRows(node: ListNode, { shape }: TargetContext): Targets {
  const classes = shape.at(-1)!;
  const values = new Float64Array(node.items.length * classes);
  for (const [row, item] of node.items.entries()) {
    if (item.type !== 'tensor' || !sameShape(item.shape, [classes])) {
      const found = item.type === 'tensor' ? item.shape : [];
      throw new Unreadable({ reason: 'target-shape', offset: item.start, found, shape: [classes] });
    }
    if (item.flaw) throw new Unreadable(item.flaw);
    values.set(item.values, row * classes);
  }
  return { kind: 'soft', values };
}

/** Throws Unreadable unless there are as many as rows. */
export function checkCount(
  found: number,
  { start }: Pick<Node, 'start'>,
  { shape, classAxis }: TargetContext,
): void {
  const expected = indexShape(shape, classAxis).reduce((a, b) => a * b, 1);
  if (found !== expected) throw new Unreadable({ reason: 'target-count', offset: start, found, expected });
}

function indexIn(item: Node, row: number, context: TargetContext): number {
  if (item.type === 'number') return checkedIndex(item.value, row, item.start, context);
  if (item.type !== 'string') {
    const missing = item.type === 'word';
    const found = 'value' in item ? String(item.value) : item.type;
    if (missing) throw new Unreadable({ reason: 'target-missing', offset: item.start, row });
    throw new Unreadable({ reason: 'not-a-number', offset: item.start, found });
  }
  const index = context.classNames?.indexOf(item.value) ?? -1;
  if (index === -1)
    throw new Unreadable({
      reason: 'target-name',
      offset: item.start,
      row,
      found: item.value,
      named: context.classNames !== null,
    });
  return index;
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
