import { describe, itemsOf, keyOf, payForList, payForText } from '../run/collections.ts';
import { RaisedError } from '../run/endings.ts';
import type { PythonRun } from '../run/run.ts';
import { Dict, Int, List, type PyValue, Tuple } from '../run/values.ts';

/** A method of a list, a tuple, a dict or a text. */
export function methodOfCollection(
  run: PythonRun,
  self: List | Tuple | Dict | string,
  name: string,
  positional: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): PyValue {
  const [first = null] = positional;
  if (self instanceof List) {
    if (name === 'append' || name === 'extend') {
      const added = name === 'append' ? [first] : itemsOf(run, first);
      payForList(run, self.items.length + added.length);
      self.items.push(...added);
      return null;
    }
    if (name === 'copy') return new List([...itemsOf(run, self)]);
    if (name === 'pop') {
      if (first !== null && !(first instanceof Int)) throw run.stop('unsupported', name);
      const [item] = self.items.splice(first?.value ?? -1, 1);
      if (item === undefined) throw new RaisedError('IndexError', 'pop from empty list');
      return item;
    }
  }
  if (name === 'as_list' && self instanceof Tuple) return new List([...itemsOf(run, self)]);
  if (self instanceof Dict) return methodOfDict(run, self, name, positional, named);
  if (typeof self === 'string') {
    payForText(run, self);
    if (name === 'lower') return self.toLowerCase();
    if (name === 'upper') return self.toUpperCase();
    if (name === 'strip' && first === null) return self.trim();
    if (name === 'startswith' && typeof first === 'string') return self.startsWith(first);
    if (name === 'endswith' && typeof first === 'string') return self.endsWith(first);
    return run.unknown(name, 'unsupported');
  }
  if (self instanceof Tuple && self.names.length > 0) throw new RaisedError('AttributeError', name);
  throw run.stop('unsupported', `${name}`);
}

function methodOfDict(
  run: PythonRun,
  self: Dict,
  name: string,
  positional: readonly PyValue[],
  named: ReadonlyMap<string, PyValue>,
): PyValue {
  const [first = null, second = null] = positional;
  payForList(run, self.entries.size);
  const entries = [...self.entries.values()];
  switch (name) {
    case 'get':
      return self.entries.get(keyOf(run, first))?.[1] ?? second;
    case 'pop': {
      const key = keyOf(run, first);
      const found = self.entries.get(key);
      self.entries.delete(key);
      if (!found && positional.length < 2) throw new RaisedError('KeyError', describe(first));
      return found ? found[1] : second;
    }
    case 'keys':
      return new List(entries.map(([key]) => key));
    case 'values':
      return new List(entries.map(([, value]) => value));
    case 'items':
      return new List(entries.map(([key, value]) => new Tuple([key, value])));
    case 'setdefault': {
      const key = keyOf(run, first);
      if (!self.entries.has(key)) self.entries.set(key, [first, second]);
      return self.entries.get(key)![1];
    }
    case 'update':
      if (!(first instanceof Dict)) throw run.stop('unsupported', name);
      payForList(run, self.entries.size + first.entries.size + named.size);
      for (const [key, entry] of first.entries) self.entries.set(key, entry);
      for (const [key, value] of named) self.entries.set(keyOf(run, key), [key, value]);
      return null;
    case 'add':
      self.entries.set(keyOf(run, first), [first, first]);
      return null;
    default:
      throw run.stop('unsupported', name);
  }
}
