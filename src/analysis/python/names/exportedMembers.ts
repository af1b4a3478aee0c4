import type { PyModule } from '../syntax/pythonScopes.ts';
import type { Evaluator } from '../values/evaluator.ts';
import { agreed, type Value } from '../values/pythonValues.ts';
import { isBehind, unlessChangedIn } from './changed/changedOutside.ts';
import { firstNameOf } from './changed/memberChanges.ts';
import { memberValue } from './classMembers.ts';
import { boundValue } from './nameValues.ts';
import { last } from './visibleBindings.ts';

/** What an object of a module has under a name, for who imports it: once the module has run. */
export function exportedMember(
  evaluator: Evaluator,
  module: PyModule,
  { object, made, key }: { readonly object: string; readonly made: Value; readonly key: string },
): Value {
  const plain = () => memberValue(evaluator, made.kind === 'path' ? made : evaluator.settled(made), key);
  const { bindings } = module.scope;
  const first = bindings.get(firstNameOf(object))?.at(-1)?.at ?? -1;
  const dotted = `${object}.${key}`;
  const set = last(bindings.get(dotted) ?? []).filter(({ at }) => at > first);
  const isSure = set.some(({ conditional }) => !conditional);
  const values = set.map((binding) => boundValue(evaluator, dotted, binding));
  const value = isSure ? agreed(values) : agreed([...values, plain()]);
  const since = isSure ? Math.max(...set.map(({ at }) => at)) : first;
  return unlessChangedIn(module, value, { object, key }, isBehind({ module, at: since }));
}
