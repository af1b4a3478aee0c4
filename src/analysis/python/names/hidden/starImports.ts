import type { Binding, PyModule, Scope, StarImport } from '../../syntax/pythonScopes.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { agreed, type PathValue, type Value } from '../../values/pythonValues.ts';
import { moduleKeyOf } from '../moduleStore.ts';
import { isChangeable, mayHaveRun, setBy } from './unseenChanges.ts';

/** `from x import *` of more modules than this aren't followed. */
export const MOST_STARS = 16;

/** The value of a module's name, unless `from x import *` behind where it's set brings another, or may. */
export function unlessStarred(
  evaluator: Evaluator,
  value: Value,
  name: string,
  bindings: readonly Binding[],
  use: { readonly scope: Scope; readonly offset: number },
): Value {
  const [first] = bindings;
  if (!isChangeable(value) || first?.scope.kind !== 'module') return value;
  const { module } = first.scope;
  const since = Math.min(...bindings.map(({ at }) => at));
  const isHere = module === use.scope.module;
  const own = module.stars.filter((each) => each.at > since && mayHaveRun(each, isHere ? use : undefined));
  // In a notebook the cell's own ones come behind what is set above it.
  const later = isHere || use.scope.module.cell === undefined ? [] : use.scope.module.stars;
  const stars = [...own, ...later.filter((each) => mayHaveRun(each, use))].slice(-MOST_STARS);
  return stars.reduce((before, star) => starred(evaluator, before, name, star, use.offset), value);
}

function starred(evaluator: Evaluator, before: Value, name: string, star: StarImport, offset: number): Value {
  const value = broughtBy(evaluator, name, star);
  if (!value) return before;
  const { from, to } = star.block;
  return from <= offset && offset < to ? value : agreed([value, before]);
}

/** What an import brings under a name; undefined if it has no such name. */
function broughtBy(evaluator: Evaluator, name: string, star: StarImport): Value | undefined {
  const asker = star.scope.module;
  const path = star.path === '' ? [] : star.path.split('.');
  const { level } = star;
  const library: PathValue = { kind: 'path', level, parts: path, modules: path.length, asker };
  if (name.startsWith('_') || evaluator.store.isPackage(library)) return undefined;
  const request = { level, path, ...(asker.key !== undefined && { from: asker.key }) };
  const module = evaluator.store.get({ ...request, key: moduleKeyOf(request) }, asker);
  if (!module) return setBy(star);
  const named: PathValue = { ...library, parts: [...path, name] };
  return mayHave(module, name) ? evaluator.settled(named) : undefined;
}

function mayHave({ scope, stars }: PyModule, name: string): boolean {
  return scope.bindings.has(name) || stars.length > 0;
}
