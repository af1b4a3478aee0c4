import type { Work } from '../../../loss/work.ts';
import type { Subscripts } from '../../roles/namedArray.ts';
import { pickledText } from '../machine/pickleTexts.ts';
import {
  PickledArray,
  PickledDict,
  PickledList,
  PickledObject,
  type PickleValue,
} from '../machine/pickleValues.ts';
import { joinLeaves } from './joinLeaves.ts';
import { joinRecords, leavesOf, membersOf } from './joinRecords.ts';
import type { Leaf } from './leaf.ts';
import { leafOf } from './leafOf.ts';
import { areParameters, saysWhatItIs } from './parameters.ts';
import type { WalkBudget } from './walkBudget.ts';

/** An array, and the keys it's below. */
export interface FoundLeaf {
  readonly keys: readonly string[];
  /** False if the last key is a place in a list or a tuple. */
  readonly isNamed: boolean;
  readonly leaf: Leaf;
  readonly isParameter: boolean;
  /** One entry for each record. */
  readonly isColumn?: boolean;
  /** Undefined for what was put together, and below an object's attributes. */
  readonly subscripts?: Subscripts | undefined;
}

/** Where something is, and what is known of it by that. */
interface Place {
  readonly keys: readonly string[];
  readonly isNamed: boolean;
  readonly isParameter: boolean;
  readonly subscripts: Subscripts | undefined;
}

const ROOT: Place = { keys: [], isNamed: false, isParameter: false, subscripts: [] };

/** Of a list whose items aren't put together, only the first are looked at. */
const MOST_ITEMS = 64;
/** Rows by name, as of files: with fewer the names may say what each is. */
const LEAST_ROWS = 9;

/** What tuples with names have in their places. */
const FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['transformers.trainer_utils.PredictionOutput', ['predictions', 'label_ids', 'metrics']],
  ['transformers.trainer_utils.EvalPrediction', ['predictions', 'label_ids']],
  ['transformers.trainer_utils.EvalLoopOutput', ['predictions', 'label_ids', 'metrics']],
]);

/** Looks through what a pickle made for arrays. Objects without a meaning are looked through, too. */
export class Walk {
  readonly found: FoundLeaf[] = [];
  /** Names of classes and functions that were met: what there is instead, if there is no array. */
  readonly types = new Set<string>();
  readonly #budget: WalkBudget;

  constructor(budget: WalkBudget) {
    this.#budget = budget;
  }

  /** Throws Unreadable if there's more than any file of arrays has. */
  *walk(value: PickleValue, place: Place = ROOT): Work<void> {
    const depth = place.keys.length;
    this.#budget.enter(depth);
    if (this.#budget.isLong) yield 0;
    if (value instanceof PickledArray && value.objects !== undefined) {
      // Each in another as often as it likes: they count as deep as they are.
      yield* this.#inside(value.objects, place);
      return;
    }
    const leaf = leafOf(value, this.#budget, depth);
    if (leaf) this.#add(leaf, place);
    else if (value instanceof PickledDict) yield* this.#dict(value, place);
    else if (value instanceof PickledList && value.kind !== 'set') yield* this.#list(value, place);
    else if (value instanceof PickledObject) yield* this.#object(value, place);
  }

  *#inside(value: PickleValue, place: Place): Work<void> {
    let inner = value;
    for (let depth = 0; inner instanceof PickledArray && inner.objects !== undefined; depth++) {
      this.#budget.enter(place.keys.length + depth);
      inner = inner.objects;
    }
    yield* this.walk(inner, { ...place, subscripts: undefined });
  }

  #add(leaf: Leaf, { keys, isNamed, isParameter, subscripts }: Place): void {
    const isOne = leaf.content.kind === 'view';
    this.found.push({ keys, isNamed, leaf, isParameter, ...(isOne && { subscripts }) });
  }

  *#dict(dict: PickledDict, place: Place): Work<void> {
    const members = membersOf(dict)!;
    const values = [...members.values()];
    if (
      members.size >= LEAST_ROWS &&
      ![...members.keys()].some(saysWhatItIs) &&
      (yield* this.#rows(values, place))
    )
      return;
    const arrays = [...members].filter(([, value]) => value instanceof PickledArray).map(([name]) => name);
    const areOwn = place.isParameter || (arrays.length > 0 && areParameters(arrays));
    const texts = new Set(dict.keys.map(pickledText).filter((text) => text !== undefined));
    const isNamed = texts.size > 0;
    for (const [key, value] of members)
      yield* this.walk(value, {
        keys: [...place.keys, key],
        isNamed,
        isParameter: areOwn && !saysWhatItIs(key),
        subscripts: texts.has(key) ? below(place, key) : undefined,
      });
  }

  /** Scores by the names of their samples, each a row or a record; false if they're something else. */
  *#rows(values: readonly PickleValue[], place: Place): Work<boolean> {
    const depth = place.keys.length + 1;
    const isRow = (leaf: Leaf) => leaf.shape.length === 1 && /^float/.test(leaf.type);
    if (values.every((value) => !(value instanceof PickledDict))) {
      const leaves = yield* leavesOf(values, this.#budget, depth);
      const rows = leaves?.every(isRow) ? joinLeaves(leaves, this.#budget) : undefined;
      if (rows) this.#add(rows.leaf, place);
      return rows !== undefined;
    }
    if (!values.every((value) => value instanceof PickledDict)) return false;
    const members = [...(membersOf(values[0]!)?.values() ?? [])];
    const areRows = members.some((member) => {
      const leaf = leafOf(member, this.#budget, depth + 1);
      return leaf !== undefined && isRow(leaf);
    });
    return areRows && (yield* this.#records(values, place));
  }

  *#list({ kind, items }: PickledList, place: Place): Work<void> {
    if (
      kind === 'list' &&
      items.length > 1 &&
      ((yield* this.#arrays(items, place)) || (yield* this.#records(items, place)))
    )
      return;
    for (const [i, item] of items.slice(0, MOST_ITEMS).entries())
      yield* this.walk(item, this.#item(place, i));
  }

  #item(place: Place, i: number): Place {
    return { ...place, keys: [...place.keys, String(i)], isNamed: false, subscripts: below(place, i) };
  }

  /** Arrays that are put together; those that needn't be are there by themselves, too. */
  *#arrays(items: readonly PickleValue[], place: Place): Work<boolean> {
    if (items.some((item) => item instanceof PickledDict)) return false;
    const depth = place.keys.length + 1;
    // A list for each data loader has batches itself.
    const inner: (Leaf | undefined)[] = [];
    for (const item of items) {
      const isList = item instanceof PickledList && item.kind === 'list';
      inner.push(isList ? yield* this.#joinedItems(item, depth) : undefined);
      if (inner.at(-1) === undefined) break;
    }
    const areLists = inner.every((leaf) => leaf !== undefined) && inner.length === items.length;
    const leaves = areLists ? inner : yield* leavesOf(items, this.#budget, depth);
    const all = leaves && joinLeaves(leaves, this.#budget);
    if (!leaves || !all) return false;
    const isSure = all.isSure && !(areLists && leaves.some(({ content }) => content.kind === 'parts'));
    if (isSure) {
      this.#add(all.leaf, place);
      return true;
    }
    const together = `[0…${leaves.length - 1}]`;
    this.#add(all.leaf, { ...place, keys: [...place.keys, together], isNamed: false });
    for (const [i, leaf] of leaves.slice(0, MOST_ITEMS).entries())
      this.#add(leaf, { ...this.#item(place, i), ...(areLists && { subscripts: undefined }) });
    return true;
  }

  *#joinedItems(list: PickledList, depth: number): Work<Leaf | undefined> {
    const own = leafOf(list, this.#budget, depth);
    if (own) return own;
    const leaves = list.items.length > 0 ? yield* leavesOf(list.items, this.#budget, depth + 1) : undefined;
    if (leaves?.length === 1) return leaves[0];
    return leaves && joinLeaves(leaves, this.#budget)?.leaf;
  }

  *#records(items: readonly PickleValue[], place: Place): Work<boolean> {
    const columns = yield* joinRecords(items, this.#budget, place.keys.length + 1);
    if (!columns || columns.length === 0) return false;
    for (const { keys, isNamed, isColumn, leaf } of columns)
      this.found.push({
        keys: [...place.keys, ...keys],
        isNamed,
        leaf,
        isParameter: place.isParameter,
        isColumn,
      });
    return true;
  }

  *#object({ type, args, state, items, entries }: PickledObject, place: Place): Work<void> {
    this.types.add(type);
    const isTuple = state === null && items.items.length === 0 && entries.keys.length === 0;
    const names = FIELDS.get(type);
    for (const [i, arg] of isTuple ? args.entries() : []) {
      // Of a path or a device there's nothing to show.
      if (pickledText(arg) !== undefined) continue;
      const key = names?.[i];
      yield* this.walk(arg, {
        ...place,
        keys: [...place.keys, key ?? String(i)],
        isNamed: key !== undefined,
        subscripts: undefined,
      });
    }
    // What an object keeps for itself may be anything: only a name says that it's scores.
    for (const part of state instanceof PickledList ? state.items : [state])
      if (part instanceof PickledDict) yield* this.#state(part, place);
    if (items.items.length > 0) yield* this.walk(items, place);
    if (entries.keys.length > 0) yield* this.walk(entries, place);
  }

  *#state(state: PickledDict, place: Place): Work<void> {
    for (const [key, value] of membersOf(state)!)
      yield* this.walk(value, {
        keys: [...place.keys, key],
        isNamed: true,
        isParameter: !saysWhatItIs(key),
        subscripts: undefined,
      });
  }
}

function below({ subscripts }: Place, last: string | number): Subscripts | undefined {
  return subscripts && [...subscripts, last];
}
