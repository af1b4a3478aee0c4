import type { SyntaxNode } from '@lezer/common';
import type { Scope } from '../syntax/pythonScopes.ts';
import { dottedOf, memberOf, textOf } from '../syntax/syntaxNodes.ts';
import { commandLineValue } from '../values/commandLineValues.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { Expression } from '../values/expression.ts';
import { agreed, asDefault, UNKNOWN_VALUE, type Value } from '../values/pythonValues.ts';
import { configValue } from '../values/settings/configSettings.ts';
import { mergedValue } from '../values/settings/mergedSettings.ts';
import { changedByAlias, otherNamesOf } from './aliases/aliases.ts';
import { areElementsChanged } from './changed/changedElements.ts';
import { isKeyChanged } from './changed/changedObjects.ts';
import { setIn } from './changed/setAttributes.ts';
import { isSetElsewhere, setMeanwhile } from './changed/setElsewhere.ts';
import { isUpdated } from './changed/updatedObjects.ts';
import { memberValue } from './classMembers.ts';
import { setBy, unlessAttributeSet } from './hidden/unseenChanges.ts';
import { boundValue } from './nameValues.ts';
import { visible } from './visibleBindings.ts';

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
  const value = shownValue(evaluator, { object, name, dotted: `${of}.${name}`, use });
  return unlessAttributeSet(value, name, { name: of, value: evaluator.evaluate(object) }, use);
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
  const bound = visible(dotted, scope, node.from);
  if (!bound) return undefined;
  const set = bound.bindings.map((binding) => boundValue(evaluator, dotted, binding));
  const others = setMeanwhile(dotted, bound, member.use).map((each) => boundValue(evaluator, dotted, each));
  const isOthers = isShadowed(dotted, bound.scope, scope, node.from);
  const found = agreed([...set, ...others, ...(bound.isSure ? [] : beforeSet(evaluator, member))]);
  const value = isOthers ? asDefault(found) : found;
  // An attribute of an object, whatever the object is.
  if (value.kind !== 'number') return value;
  const [first, ...origins] = value.origins;
  return { ...value, origins: first ? [{ ...first, kind: 'attribute' }, ...origins] : origins };
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
