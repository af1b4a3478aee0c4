import { classOf, type PyModule, type Scope, statementAt } from '../../syntax/pythonScopes.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { Expression } from '../../values/expression.ts';
import { asDefault, type Value } from '../../values/pythonValues.ts';
import type { SetPlace } from '../aliases/alias.ts';
import { mayHaveRun } from '../hidden/mayHaveRun.ts';
import { isChangeable, setBy } from '../hidden/unseenChanges.ts';
import { visible } from '../visibleBindings.ts';
import { firstNameOf, memberChanges, updatesIn } from './memberChanges.ts';
import { setsOfAttributes } from './setAttributes.ts';

/** An entry or attribute, by the name of its object. */
interface Named {
  readonly object: string;
  readonly key: string;
}

/** Where a member was set last for sure: what is in front of that doesn't count. */
interface Since {
  readonly module: PyModule;
  readonly at: number;
}

/** A member's value, unless a module changes it by other means than an assignment that shows it. */
export function unlessChangedIn(
  module: PyModule,
  value: Value,
  { object, key }: Named,
  counts: (change: SetPlace) => boolean,
  user: Scope | null = null,
): Value {
  if (!isChangeable(value)) return value;
  const change = memberChanges(object, key, module, user).find(counts);
  if (change) return setBy(change);
  const update = updatesIn(object, module).find(counts);
  if (!update) return value;
  return value.kind === 'several' ? setBy(update) : asDefault(value);
}

/** What is in front of the last assignment, in the same code, it has covered. */
export function isBehind({ module, at }: Since): (change: SetPlace) => boolean {
  return ({ span, scope }) => scope.kind !== 'module' || scope.module !== module || span.from > at;
}

/** The same in the cells above, from that on where its object is made. */
export function unlessChangedAbove(
  { cells }: Evaluator,
  value: Value,
  { object, key }: Named,
  { scope }: Expression,
  since: Since | undefined,
): Value {
  const { cell } = scope.module;
  if (cell === undefined || cell === 0 || !isChangeable(value)) return value;
  const root = firstNameOf(object);
  if (visible(root, scope, Number.POSITIVE_INFINITY)) return value;
  const made = cells.binding(root, scope.module);
  if (!made) return value;
  const first = made.scope.bindings.get(root)!.at(-1)!.at;
  const counts = (module: PyModule) => (change: SetPlace) =>
    (module !== made || isBehind({ module, at: first })(change)) && (!since || isLater(change, since));
  let found = value;
  for (const name of partsOf(object))
    for (const module of cells.changing(name, made.cell ?? 0, cell)) {
      found = unlessChangedIn(module, found, { object, key }, counts(module));
      const part = object.slice(name.length + 1).split('.', 1)[0]!;
      if (part !== '') found = unlessChangedIn(module, found, { object: name, key: part }, counts(module));
    }
  return found;
}

function isLater({ span, scope }: SetPlace, { module, at }: Since): boolean {
  const [cell = 0, last = 0] = [scope.module.cell, module.cell];
  return scope.kind !== 'module' || cell > last || (cell === last && span.from > at);
}

/** `cfg`, `cfg.loss` of `cfg.loss`. */
function partsOf(object: string): readonly string[] {
  return object.split('.').map((_, i, all) => all.slice(0, i + 1).join('.'));
}

/** What is imported, unless the module that uses it has changed it: `setattr(config, "eps", 0.3)`. */
export function unlessImportChanged(
  evaluator: Evaluator,
  value: Value,
  named: Named,
  use: Expression,
): Value {
  if (value.kind !== 'path' || evaluator.store.isPackage(value)) return value;
  const { module } = use.scope;
  const counts = (change: SetPlace) => mayHaveRun(change, { scope: use.scope, offset: use.node.from });
  const { object, key } = named;
  if (![...memberChanges(object, key, module, use.scope), ...updatesIn(object, module)].some(counts))
    return value;
  const settled = evaluator.settled(value);
  return isChangeable(settled) ? unlessChangedIn(module, settled, named, counts, use.scope) : value;
}

/** A member of an object of a class of another file or cell, unless that one changes what its objects have, or this one does. */
export function unlessClassChanged(value: Value, of: Scope, key: string, use: Expression): Value {
  const { module } = use.scope;
  if (of.module === module || of.parent?.kind !== 'module' || !isChangeable(value)) return value;
  const counts = (change: SetPlace) => mayHaveRun(change, { scope: use.scope, offset: use.node.from });
  const found = unlessChangedIn(of.module, value, { object: of.name, key }, () => true);
  const bound = visible(`${of.name}.${key}`, use.scope, Number.POSITIVE_INFINITY)?.bindings[0];
  if (bound && isChangeable(found))
    return setBy({
      span: { from: bound.at, to: bound.at + of.name.length + key.length + 1 },
      scope: bound.scope,
    });
  return unlessChangedIn(module, found, { object: of.name, key }, counts, use.scope);
}

/** The value, unless something sets it on the class by way of an object: `type(cfg).eps = 0.3`, `self.__class__.eps = 0.3`. */
export function unlessSetThroughObject(
  value: Value,
  of: Scope,
  key: string,
  { node, scope }: Expression,
): Value {
  if (!isChangeable(value)) return value;
  const { module } = scope;
  const set = setsOfAttributes(module)
    .get(key)
    ?.find((each) => {
      const isSelf = each.object === 'self.__class__';
      if (isSelf ? classOf(each.scope) !== of : !THROUGH_OBJECT.test(each.name)) return false;
      return mayHaveRun(
        { span: statementAt(module, each.at), scope: each.scope },
        { scope, offset: node.from },
      );
    });
  return set ? setBy({ span: statementAt(module, set.at), scope: set.scope }) : value;
}

const THROUGH_OBJECT = /^type\(|\.__class__\.\w+$/;
