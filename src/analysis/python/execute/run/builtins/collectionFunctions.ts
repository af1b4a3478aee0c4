import { PyTensor } from '../../tensors/tensor.ts';
import { itemsOf, payForList, plainNumber } from '../collections.ts';
import { compared, isTrue } from '../comparisons.ts';
import { RaisedError } from '../endings.ts';
import { Dict, Int, List, Tuple } from '../values.ts';
import type { Builtin } from './builtin.ts';

/** The longest range. */
const LONGEST_RANGE = 5_000;

/** Of lists, and of what can be gone through. */
export const COLLECTION_FUNCTIONS: Readonly<Record<string, Builtin>> = {
  len: (run, [value = null]) => {
    if (value instanceof PyTensor) {
      if (value.rank === 0) throw new RaisedError('TypeError', 'len() of a 0-d tensor');
      return new Int(value.shape[0]!);
    }
    return new Int(itemsOf(run, value).length);
  },
  range: (run, given) => {
    const [a, b, step = 1] = given.map((value) => {
      const number = plainNumber(value);
      if (number === undefined || typeof value === 'number')
        throw new RaisedError('TypeError', 'range() of what is no integer');
      return number;
    });
    const [from, to] = b === undefined ? [0, a ?? 0] : [a ?? 0, b];
    if (step === 0) throw new RaisedError('ValueError', 'range() arg 3 must not be zero');
    const length = Math.max(0, Math.ceil((to - from) / step));
    if (length > LONGEST_RANGE) throw run.stop('large');
    run.spend(length / 4);
    return new List(Array.from({ length }, (_, i) => new Int(from + i * step)));
  },
  enumerate: (run, [value = null, start = null], named) => {
    const first = plainNumber(start ?? named.get('start') ?? null) ?? 0;
    const items = itemsOf(run, value);
    run.spend(items.length);
    return new List(items.map((item, i) => new Tuple([new Int(first + i), item])));
  },
  zip: (run, given) => {
    const lists = given.map((value) => itemsOf(run, value));
    const length = Math.min(...lists.map((list) => list.length), LONGEST_RANGE);
    payForList(run, lists.length * length);
    return new List(Array.from({ length }, (_, i) => new Tuple(lists.map((list) => list[i]!))));
  },
  list: (run, [value]) => new List(value === undefined ? [] : [...itemsOf(run, value)]),
  tuple: (run, [value]) => new Tuple(value === undefined ? [] : [...itemsOf(run, value)]),
  dict: (run, [value], named) => {
    const dict = new Dict();
    if (value instanceof Dict) for (const [key, entry] of value.entries) dict.entries.set(key, entry);
    else if (value !== undefined) throw run.stop('unsupported', 'dict');
    for (const [key, entry] of named) dict.entries.set(`s${key}`, [key, entry]);
    return dict;
  },
  reversed: (run, [value = null]) => new List([...itemsOf(run, value)].reverse()),
  sorted: (run, [value = null], named) => {
    if (named.size > 0) throw run.stop('unsupported', 'sorted');
    const items = [...itemsOf(run, value)];
    run.spend(items.length * 4);
    return new List(items.sort((a, b) => (isTrue(run, compared(run, '<', a, b)) ? -1 : 1)));
  },
  any: (run, [value = null]) => itemsOf(run, value).some((item) => isTrue(run, item)),
  all: (run, [value = null]) => itemsOf(run, value).every((item) => isTrue(run, item)),
  map: (run, [made = null, ...lists]) => {
    const [value = null] = lists;
    if (lists.length > 1) return run.unknown('map', 'unsupported');
    return new List(itemsOf(run, value).map((item) => run.call(made, [item], new Map())));
  },
  filter: (run, [made = null, value = null]) =>
    new List(
      itemsOf(run, value).filter((item) =>
        isTrue(run, made === null ? item : run.call(made, [item], new Map())),
      ),
    ),
};
