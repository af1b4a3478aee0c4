import { type NamedArray, usualFacts } from '../roles/namedArray.ts';
import type { Node } from './jsonNodes.ts';

/** The last key is the name, those before it the path. */
export function named(keys: readonly string[]): Pick<NamedArray, 'name' | 'isNamed' | 'path'> {
  const name = keys.at(-1);
  return { name: name ?? 'logits', isNamed: name !== undefined, path: keys.slice(0, -1) };
}

/** What all arrays of JSON have in common. */
export function jsonFactsOf({ start, end }: Pick<Node, 'start' | 'end'>) {
  return { ...usualFacts(), type: null, start, end } as const;
}
