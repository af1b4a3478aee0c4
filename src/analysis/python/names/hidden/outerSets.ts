import type { PyModule } from '../../syntax/pythonScopes.ts';
import { otherNamesOf } from '../aliases/aliases.ts';
import type { HiddenSet } from './hiddenSet.ts';
import { hiddenSetsOn, nestedHiddenSets } from './hiddenSets.ts';

/** What sets an entry of an object, or an entry of that: `cfg[key] = value` and `cfg[section][key] = value` of "cfg.loss". */
export function setsOfOuter(object: string, member: string, module: PyModule): readonly HiddenSet[] {
  const dot = object.lastIndexOf('.');
  if (dot === -1) return [];
  const [outer, key] = [object.slice(0, dot), object.slice(dot + 1)];
  const names = [{ name: outer, scope: null }, ...otherNamesOf(outer, module)];
  return names.flatMap(({ name, scope }) => {
    const nested = nestedHiddenSets(module).get(name) ?? [];
    return [...hiddenSetsOn(name, module), ...nested.filter(({ within }) => within.sets(member))]
      .filter((each) => each.sets(key) && (scope === null || each.scope === scope))
      .map((each) => ({ ...each, sets: () => true }));
  });
}
