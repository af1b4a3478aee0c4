import type { SyntaxNode } from '@lezer/common';
import { type Scope, statementAt } from '../syntax/pythonScopes.ts';
import { dottedOf, memberOf, textOf } from '../syntax/syntaxNodes.ts';
import { commandLineValue } from '../values/commandLineValues.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { Expression } from '../values/expression.ts';
import { agreed, asDefault, UNKNOWN_VALUE, type Value } from '../values/pythonValues.ts';
import { configValue } from '../values/settings/configSettings.ts';
import { mergedValue } from '../values/settings/mergedSettings.ts';
import type { SetPlace } from './aliases/alias.ts';
import { changedByAlias, otherNamesOf } from './aliases/aliases.ts';
import { boundAbove } from './changed/boundAbove.ts';
import { mayRunBetween } from './changed/callersOf.ts';
import { changedAbroad, mayCallOthers } from './changed/changedAbroad.ts';
import { areElementsChanged } from './changed/changedElements.ts';
import { isKeyChanged } from './changed/changedObjects.ts';
import {
  unlessChangedAbove,
  unlessChangedIn,
  unlessClassChanged,
  unlessImportChanged,
  unlessSetThroughObject,
} from './changed/changedOutside.ts';
import { firstNameOf } from './changed/memberChanges.ts';
import { setIn } from './changed/setAttributes.ts';
import { setBeforeCalls } from './changed/setBeforeCalls.ts';
import { isSetElsewhere, setMeanwhile } from './changed/setElsewhere.ts';
import { isUpdated } from './changed/updatedObjects.ts';
import { memberValue } from './classMembers.ts';
import { mayHaveRun, runsAgain } from './hidden/mayHaveRun.ts';
import { isChangeable, setBy, unlessAttributeSet } from './hidden/unseenChanges.ts';
import { boundValue, unlessOthersSet } from './nameValues.ts';
import { last, type Visible, visible } from './visibleBindings.ts';

/** `cfg.eps`, `cfg["eps"]`, `getattr(cfg, "eps")` */
interface Member {
  readonly object: Expression;
  readonly name: string;
  /** `cfg.eps` */
  readonly dotted: string | undefined;
  readonly use: Expression;
}

export function memberExpressionValue(evaluator: Evaluator, node: SyntaxNode, scope: Scope): Value {
  const { firstChild } = node;
  const name = memberOf(node, scope.module.text);
  if (!firstChild) return UNKNOWN_VALUE;
  if (name === undefined) return elementValue(evaluator, { node: firstChild, scope }, node);
  return memberNamed(evaluator, { node: firstChild, scope }, name, { node, scope });
}

/** What an object has under a name, where it's used. */
export function memberNamed(evaluator: Evaluator, object: Expression, name: string, use: Expression): Value {
  const of = dottedOf(object.node, object.scope.module.text);
  if (of === undefined) return shownValue(evaluator, { object, name, dotted: undefined, use });
  const found = memberOfNamed(evaluator, object, { of, name }, use);
  const made = isChangeable(found) ? evaluator.evaluate(object) : undefined;
  const owner = made?.kind === 'instance' ? made.of : made?.kind === 'definition' ? made.scope : undefined;
  const value = owner ? unlessSetThroughObject(found, owner, name, use) : found;
  const mayBeHandedOn = isChangeable(value) && mayCallOthers(evaluator, use.scope.module);
  return mayBeHandedOn ? unlessHandedOn(evaluator, value, { of, name }, use) : value;
}

/** The value, unless a function of another file or cell is handed the object, and sets it. */
function unlessHandedOn(
  evaluator: Evaluator,
  value: Value,
  { of, name }: { readonly of: string; readonly name: string },
  { node, scope }: Expression,
): Value {
  const bound = visible(`${of}.${name}`, scope, node.from);
  const since = bound?.isSure ? Math.max(...bound.bindings.map(({ at }) => at)) : -1;
  const root = firstNameOf(of);
  for (const object of root === of ? [of] : [of, root]) {
    const set = changedAbroad(evaluator, object, name, scope.module, (call) => {
      const isSetAnew = call.scope === bound?.scope && call.node.from < since;
      return !isSetAnew && mayHaveRun({ span: call.node, scope: call.scope }, { scope, offset: node.from });
    });
    if (set) return setBy(set);
  }
  return value;
}

function memberOfNamed(
  evaluator: Evaluator,
  object: Expression,
  { of, name }: { readonly of: string; readonly name: string },
  use: Expression,
): Value {
  const value = shownValue(evaluator, { object, name, dotted: `${of}.${name}`, use });
  const made = evaluator.evaluate(object);
  const here = unlessAttributeSet(value, name, { name: of, value: made }, use);
  const imported = unlessImportChanged(evaluator, here, { object: of, key: name }, use);
  const since = sinceAbove(evaluator, of, name, use);
  const above = unlessChangedAbove(evaluator, imported, { object: of, key: name }, use, since);
  const owner = made.kind === 'instance' ? made.of : made.kind === 'definition' ? made.scope : undefined;
  if (!owner || owner.name === of) return unlessReplaced(evaluator, above, of, use);
  const isOwn =
    made.kind === 'instance' && (since !== undefined || visible(`${of}.${name}`, use.scope, use.node.from));
  const set = isOwn
    ? undefined
    : boundAbove(evaluator.cells, `${owner.name}.${name}`, use.scope)?.bindings[0];
  if (set && isChangeable(above))
    return setBy({ span: statementAt(set.scope.module, set.at), scope: set.scope });
  const ofClass = unlessClassChanged(unlessReplaced(evaluator, above, of, use), owner, name, use);
  return unlessChangedAbove(evaluator, ofClass, { object: owner.name, key: name }, use, since);
}

/** The object's name may be set to another object since, by code that doesn't show it: `%run config.py`. */
function unlessReplaced(
  evaluator: Evaluator,
  value: Value,
  object: string,
  { node, scope }: Expression,
): Value {
  if (!isChangeable(value)) return value;
  const root = firstNameOf(object);
  const here = visible(root, scope, node.from);
  const above = here ? undefined : evaluator.cells.binding(root, scope.module)?.scope.bindings.get(root);
  const bindings = here?.bindings ?? (above ? last(above) : []);
  const found = unlessOthersSet(evaluator, value, root, bindings, { scope, offset: node.from });
  return found === value || found.kind === 'unknown' ? found : UNKNOWN_VALUE;
}

/** Where a cell above has set it for sure. */
function sinceAbove({ cells }: Evaluator, object: string, name: string, { node, scope }: Expression) {
  const dotted = `${object}.${name}`;
  const bound = visible(dotted, scope, node.from) ? undefined : boundAbove(cells, dotted, scope);
  return bound?.isSure
    ? { module: bound.scope.module, at: Math.max(...bound.bindings.map(({ at }) => at)) }
    : undefined;
}

/** What the assignments to it, and what it's a member of, show. */
function shownValue(evaluator: Evaluator, member: Member): Value {
  const { dotted, use } = member;
  return (
    (dotted === undefined ? undefined : assignedValue(evaluator, dotted, member)) ??
    takenValue(evaluator, member, use)
  );
}

/** What it's set to where that is seen. */
function assignedValue(evaluator: Evaluator, dotted: string, member: Member): Value | undefined {
  const { node, scope } = member.use;
  const bound = visible(dotted, scope, node.from) ?? boundAbove(evaluator.cells, dotted, scope);
  if (!bound) return undefined;
  const set = bound.bindings.map((binding) => boundValue(evaluator, dotted, binding));
  const others = setMeanwhile(dotted, bound, member.use).map((each) => boundValue(evaluator, dotted, each));
  const earlier = setBeforeCalls(dotted, bound, member.use);
  const before = earlier.bindings.map((each) => boundValue(evaluator, dotted, each));
  const above = earlier.isUnset ? boundAbove(evaluator.cells, dotted, scope) : undefined;
  const isMade = above ? !above.isSure : earlier.isUnset || !bound.isSure;
  const unset = [
    ...(above?.bindings ?? []).map((each) => boundValue(evaluator, dotted, each)),
    ...(isMade ? beforeSet(evaluator, member) : []),
  ];
  const isOthers = isShadowed(dotted, bound.scope, scope, node.from);
  const found = agreed([
    ...set,
    ...others,
    ...before,
    ...(earlier.isUnset && unset.length === 0 ? [UNKNOWN_VALUE] : unset),
  ]);
  const value = isOthers ? asDefault(found) : found;
  // An attribute of an object, whatever the object is.
  const [first, ...origins] = value.kind === 'number' ? value.origins : [];
  const shown: Value =
    value.kind === 'number' && first
      ? { ...value, origins: [{ ...first, kind: 'attribute' }, ...origins] }
      : value;
  if (bound.scope.module !== scope.module) return shown;
  const merged = mergedValue(evaluator, dotted, member.use, Math.max(...bound.bindings.map(({ at }) => at)));
  if (merged) return merged;
  return unlessChangedIn(
    scope.module,
    shown,
    { object: dotted.slice(0, -member.name.length - 1), key: member.name },
    mayCount(dotted, bound, member.use),
    scope,
  );
}

/** Which changes may have come between an assignment and a use. */
function mayCount(
  dotted: string,
  bound: Visible,
  { node, scope }: Expression,
): (change: SetPlace) => boolean {
  const since = Math.max(...bound.bindings.map(({ at }) => at));
  const isSure = bound.isSure && bound.scope === scope;
  return (change) => {
    const isHere = change.scope === scope;
    if (isHere && isSure)
      return (
        change.span.from > since &&
        (change.span.from < node.from || runsAgain(change.span, { scope, offset: node.from }, since))
      );
    // What another function sets to a value is among the values.
    if (!isHere && change.scope.bindings.has(dotted)) return false;
    if (!mayHaveRun(change, { scope, offset: node.from })) return false;
    return !isSure || mayRunBetween(change.scope, since, node.from);
  };
}

/** What the object was made with. */
function takenValue(evaluator: Evaluator, { object: of, name, dotted }: Member, use: Expression): Value {
  const { module } = of.scope;
  const object = evaluator.evaluate(of);
  const taken = memberValue(evaluator, object, name);
  const merged = dotted === undefined ? undefined : mergedValue(evaluator, dotted, use);
  if (merged) return merged;
  const root = dotted === undefined ? undefined : dotted.slice(0, -name.length - 1);
  // Few members are numbers: what changes those is looked for once one of them is.
  const isChanged = () => root !== undefined && isKeyChanged(root, name, module);
  const byAlias = () => (root === undefined ? undefined : changedByAlias(root, name, module));
  if (taken.kind === 'number') {
    if (isChanged()) return UNKNOWN_VALUE;
    const alias = taken.isDefault ? undefined : byAlias();
    if (alias) return setBy(alias);
  }
  const isOthers = object.kind === 'mapping' && dotted !== undefined && isSetElsewhere(dotted, of.scope);
  const value = isOthers || isUpdated(of) ? asDefault(taken) : taken;
  const isRun = value.kind === 'path' && value.parts[0] === 'wandb';
  if (value.kind !== 'unknown' && value.kind !== 'settings' && !isRun) return value;
  const setting = dotted === undefined ? undefined : configValue(evaluator, of, dotted);
  if (setting) return setting;
  // `self.args.smoothing`, `opt.smoothing`: what the command line's parser says of that name.
  if (!/^(?:settings|unknown|path|made)$/.test(object.kind)) return value;
  if (isChanged()) return UNKNOWN_VALUE;
  const option = commandLineValue(evaluator, module, name, dotted ?? textOf(use.node, module.text), use);
  if (!option) return value;
  const set = byAlias() ?? (object.kind === 'made' ? setIn(object.by, name) : undefined);
  return set ? setBy(set) : option;
}

/** The object is a name of an inner scope, such as a parameter: it may be another one than that whose attribute was set. */
function isShadowed(dotted: string, setIn: Scope, scope: Scope, offset: number): boolean {
  const root = visible(dotted.slice(0, dotted.indexOf('.')), scope, offset);
  for (let each: Scope | null = root?.scope ?? null; each; each = each.parent)
    if (each === setIn) return each !== root?.scope;
  return false;
}

/** What an attribute was before it was set somewhere that may not have run; nothing where that isn't known. */
function beforeSet(evaluator: Evaluator, { object, name, dotted, use }: Member): readonly Value[] {
  const before = memberValue(evaluator, evaluator.evaluate(object), name);
  if (before.kind !== 'unknown' && before.kind !== 'settings' && before.kind !== 'path') return [before];
  // What a command line was parsed to had another value before.
  const { module } = object.scope;
  const option = commandLineValue(evaluator, module, name, dotted ?? textOf(use.node, module.text), use);
  return option ? [option] : before.kind === 'settings' ? [before] : [];
}

/** `x[0]` */
function elementValue(evaluator: Evaluator, of: Expression, node: SyntaxNode): Value {
  const { scope } = of;
  const object = evaluator.evaluate(of);
  const key = node.lastChild?.name === ']' ? node.lastChild.prevSibling : null;
  const index = key ? evaluator.evaluate({ node: key, scope }) : UNKNOWN_VALUE;
  if (object.kind !== 'sequence' || index.kind !== 'number') return UNKNOWN_VALUE;
  const list = dottedOf(of.node, scope.module.text);
  const names = list === undefined ? [] : [list, ...otherNamesOf(list, scope.module).map(({ name }) => name)];
  // What is put behind the others moves those that are counted from the end.
  if (names.some((each) => areElementsChanged(each, scope.module, index.value < 0))) return UNKNOWN_VALUE;
  const element = object.elements.at(index.value);
  return element ? evaluator.evaluate(element) : UNKNOWN_VALUE;
}
