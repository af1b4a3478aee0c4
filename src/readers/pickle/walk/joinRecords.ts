import type { Work } from '../../../loss/work.ts';
import { sameShape } from '../../json/fitTargets.ts';
import { isWholeType } from '../../roles/arrayFacts.ts';
import { meaningOf } from '../../roles/arrayNames.ts';
import { pickledText } from '../machine/pickleTexts.ts';
import { PickledDict, PickledList, type PickleValue } from '../machine/pickleValues.ts';
import { type Joining, joined } from './joinLeaves.ts';
import type { Leaf } from './leaf.ts';
import { leafOf } from './leafOf.ts';
import type { WalkBudget } from './walkBudget.ts';

/** A member of all records, put together; `isNamed` is false for a place in a tuple. */
export interface JoinedColumn {
  readonly keys: readonly string[];
  readonly isNamed: boolean;
  /** One number or text for each record. */
  readonly isColumn: boolean;
  readonly leaf: Leaf;
}

/** More members of a tuple than this aren't logits, targets and what belongs to them. */
const MOST_PLACES = 16;
const MOST_LEVELS = 3;

/** Members by their keys, the last of each; undefined for what has none. */
export function membersOf(value: PickleValue): ReadonlyMap<string, PickleValue> | undefined {
  if (value instanceof PickledDict) {
    const members = new Map<string, PickleValue>();
    for (const [i, key] of value.keys.entries()) {
      const text =
        pickledText(key) ?? (typeof key === 'number' || typeof key === 'bigint' ? String(key) : undefined);
      if (text !== undefined) members.set(text, value.values[i]!);
    }
    return members;
  }
  return undefined;
}

/** What each key has in all dictionaries, or each place in all tuples, put together; undefined if they aren't alike. */
export function* joinRecords(
  records: readonly PickleValue[],
  budget: WalkBudget,
  depth: number,
): Work<readonly JoinedColumn[] | undefined> {
  const columns = yield* columnsOf(records, budget, depth, []);
  if (!columns?.some(({ leaves }) => leaves[0]!.shape.length > 0)) return undefined;
  return columns.flatMap((column) => {
    const joining = joiningIn(column, columns);
    const leaf = joining && joined(column.leaves, joining, budget);
    const isColumn = column.leaves[0]!.shape.length === 0;
    return leaf ? [{ keys: column.keys, isNamed: column.isNamed, isColumn, leaf }] : [];
  });
}

interface Column {
  readonly keys: readonly string[];
  readonly isNamed: boolean;
  readonly leaves: readonly Leaf[];
}

function* columnsOf(
  records: readonly PickleValue[],
  budget: WalkBudget,
  depth: number,
  above: readonly string[],
): Work<readonly Column[] | undefined> {
  const isNamed = records[0] instanceof PickledDict;
  const all: (ReadonlyMap<string, PickleValue> | undefined)[] = [];
  for (const record of records) {
    budget.enter(depth + above.length);
    if (budget.isLong) yield all.length / records.length;
    all.push(isNamed ? membersOf(record) : placesIn(record));
  }
  const [first] = all;
  if (!first || !all.every((each) => each !== undefined && (isNamed || each.size === first.size)))
    return undefined;
  const columns: Column[] = [];
  for (const key of first.keys()) {
    // What some don't have would be put beside other rows.
    if (!all.every((each) => each!.has(key))) continue;
    const values = all.map((each) => each!.get(key)!);
    const keys = [...above, key];
    const leaves = yield* leavesOf(values, budget, depth + keys.length);
    if (leaves) columns.push({ keys, isNamed, leaves });
    else if (keys.length < MOST_LEVELS && values.every((value) => value instanceof PickledDict))
      for (const column of (yield* columnsOf(values, budget, depth, keys)) ?? []) columns.push(column);
  }
  return columns;
}

function placesIn(record: PickleValue): ReadonlyMap<string, PickleValue> | undefined {
  if (!(record instanceof PickledList) || record.kind === 'set') return undefined;
  const { length } = record.items;
  if (length < 2 || length > MOST_PLACES) return undefined;
  return new Map(record.items.map((item, i) => [String(i), item]));
}

/** All values as arrays; undefined if one isn't. */
export function* leavesOf(
  values: readonly PickleValue[],
  budget: WalkBudget,
  depth: number,
): Work<readonly Leaf[] | undefined> {
  const leaves: Leaf[] = [];
  for (const value of values) {
    budget.enter(depth);
    if (budget.isLong) yield leaves.length / values.length;
    const leaf = leafOf(value, budget, depth);
    if (!leaf) return undefined;
    leaves.push(leaf);
  }
  return leaves;
}

/** Whether records are batches, by what is beside a member: targets have an axis less than scores, that of the classes. */
function joiningIn({ keys, leaves }: Column, columns: readonly Column[]): Joining | undefined {
  const { shape, type } = leaves[0]!;
  if (shape.length === 0) return 'stack';
  if (shape.length > 3) return 'concatenate';
  const others = columns.filter((column) => column.leaves !== leaves);
  if (shape.length === 2) {
    // The classes of the pixels of one picture.
    const isOfPicture = (axis: number) =>
      others.some((other) =>
        other.leaves.every(
          (each, i) => each.shape.length === 3 && sameShape(leaves[i]!.shape, each.shape.toSpliced(axis, 1)),
        ),
      );
    return isOfPicture(0) && !isOfPicture(1) ? 'stack' : 'concatenate';
  }
  const hasBeside = (axis: number) =>
    others.some(
      (other) =>
        isWholeType(other.leaves[0]!.type) &&
        other.leaves.every((each, i) => sameShape(each.shape, leaves[i]!.shape.toSpliced(axis, 1))),
    );
  if (shape.length === 3) {
    const areAlike = leaves.every((each) => each.shape[0] === shape[0]);
    // A batch of rows of tokens, or one picture: targets say which.
    if (hasBeside(0)) return hasBeside(1) ? undefined : 'stack';
    return hasBeside(1) || !areAlike ? 'concatenate' : undefined;
  }
  const isBatch = others.some((other) =>
    other.leaves.every((each, i) => each.shape.length >= 2 && each.shape[0] === leaves[i]!.shape[0]),
  );
  const isScores = !isWholeType(type) && meaningOf(keys.at(-1)!).scores >= 2;
  return isBatch && !isScores ? 'concatenate' : 'stack';
}
