import { remembered } from '../../../common/remembered.ts';
import type { Binding, PyModule, StarImport } from '../../syntax/pythonScopes.ts';
import { elementsOf, stringOf } from '../../syntax/syntaxNodes.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import { agreed, type PathValue, type Value } from '../../values/pythonValues.ts';
import { moduleKeyOf } from '../moduleStore.ts';
import { mayHaveRunSince, type Use } from './mayHaveRun.ts';
import { isChangeable, setBy } from './unseenChanges.ts';

/** `from x import *` of more modules than this aren't followed. */
export const MOST_STARS = 16;

/** The value of a module's name, unless `from x import *` behind where it's set brings another, or may. */
export function unlessStarred(
  evaluator: Evaluator,
  value: Value,
  name: string,
  bindings: readonly Binding[],
  use: Use,
): Value {
  const [first] = bindings;
  if (!isChangeable(value) || first?.scope.kind !== 'module') return value;
  const stars = mayHaveRunSince(
    bindings,
    use,
    (module) => module.stars,
    (from, limit) => evaluator.cells.starred(from, limit),
  ).slice(-MOST_STARS);
  return stars.reduce((before, star) => starred(evaluator, before, name, star, use), value);
}

function starred(
  evaluator: Evaluator,
  before: Value,
  name: string,
  { block, ...star }: StarImport,
  use: Use,
): Value {
  const value = broughtBy(evaluator, name, { block, ...star });
  if (!value) return before;
  const isHere = star.scope.module === use.scope.module;
  const isSure = isHere ? block.from <= use.offset && use.offset < block.to : block.from === 0;
  return isSure ? value : agreed([value, before]);
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

function mayHave(module: PyModule, name: string): boolean {
  const listed = listedIn(module);
  if (listed) return listed.has(name);
  return module.scope.bindings.has(name) || module.stars.length > 0;
}

/** `__all__ = ["eps"]`, if that is all that is said of it. */
const listedIn = remembered(({ scope, text }: PyModule): ReadonlySet<string> | undefined => {
  const [only, ...others] = scope.bindings.get('__all__') ?? [];
  if (only?.kind !== 'value' || others.length > 0 || !/^(?:Array|Tuple)/.test(only.value.name))
    return undefined;
  // `__all__.append("eps")`
  if (text.indexOf('__all__', only.value.to) !== -1) return undefined;
  const names = (elementsOf(only.value) ?? [undefined]).map((each) => each && stringOf(each, text));
  return names.every((each) => each !== undefined) ? new Set(names) : undefined;
});
