import type { SyntaxNode } from '@lezer/common';
import type { Binding, PyModule, Scope } from '../syntax/pythonScopes.ts';
import { childrenOf, dottedOf, memberOf, textOf } from '../syntax/syntaxNodes.ts';
import { commandLineValue } from '../values/commandLineValues.ts';
import { mergedValue, moduleOfResult, settingValue } from '../values/configSettings.ts';
import { Entries } from '../values/dictEntries.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { Expression } from '../values/expression.ts';
import {
  agreed,
  asDefault,
  type PathValue,
  placeOf,
  UNKNOWN_VALUE,
  type Value,
  via,
} from '../values/pythonValues.ts';
import { aliasesOf, isChangedByAlias } from './aliases.ts';
import { areElementsChanged } from './changedElements.ts';
import { isKeyChanged, isSetElsewhere, isUpdated } from './changedObjects.ts';
import { boundValue } from './nameValues.ts';
import { unlessAttributeSet } from './unseenChanges.ts';
import { last, lastOfAttribute, visible } from './visibleBindings.ts';

export function memberExpressionValue(evaluator: Evaluator, node: SyntaxNode, scope: Scope): Value {
  const value = shownValue(evaluator, node, scope);
  const { text: code } = scope.module;
  const [name, member] = [dottedOf(node.firstChild, code), memberOf(node, code)];
  if (name === undefined || member === undefined || !node.firstChild) return value;
  const object = { name, value: evaluator.evaluate({ node: node.firstChild, scope }) };
  return unlessAttributeSet(value, member, object, { node, scope });
}

/** What the assignments to it, and what it's a member of, show. */
function shownValue(evaluator: Evaluator, node: SyntaxNode, scope: Scope): Value {
  const { text: code } = scope.module;
  const dotted = dottedOf(node, code);
  if (dotted !== undefined) {
    const bound = visible(dotted, scope, node.from);
    if (bound) {
      const set = bound.bindings.map((binding) => boundValue(evaluator, dotted, binding));
      const isOthers = isShadowed(dotted, bound.scope, scope, node.from);
      const found = agreed(bound.isSure ? set : [...set, ...beforeSet(evaluator, node, scope)]);
      const value = isOthers ? asDefault(found) : found;
      // An attribute of an object, whatever the object is.
      if (value.kind !== 'number') return value;
      const [first, ...origins] = value.origins;
      return { ...value, origins: first ? [{ ...first, kind: 'attribute' }, ...origins] : origins };
    }
  }
  const member = memberOf(node, code);
  const object = node.firstChild ? evaluator.evaluate({ node: node.firstChild, scope }) : UNKNOWN_VALUE;
  if (member === undefined) return elementValue(evaluator, object, node, scope);
  const taken = memberValue(evaluator, object, member);
  const merged = dotted === undefined ? undefined : mergedValue(evaluator, dotted, { node, scope });
  if (merged) return merged;
  if (dotted !== undefined && taken.kind === 'number') {
    const root = dotted.slice(0, dotted.lastIndexOf('.'));
    if (isKeyChanged(root, member, scope.module)) return UNKNOWN_VALUE;
    if (!taken.isDefault && isChangedByAlias(root, member, scope.module)) return UNKNOWN_VALUE;
  }
  const isOthers = object.kind === 'mapping' && dotted !== undefined && isSetElsewhere(dotted, scope);
  const value = isOthers || isUpdated({ node, scope }) ? asDefault(taken) : taken;
  const isRun = value.kind === 'path' && value.parts[0] === 'wandb';
  if (value.kind !== 'unknown' && value.kind !== 'settings' && !isRun) return value;
  const setting = dotted === undefined ? undefined : configValue(evaluator, node, scope, dotted);
  if (setting) return setting;
  // `self.args.smoothing`, `opt.smoothing`: what the command line's parser says of that name.
  const named = /^(?:settings|unknown|path|made)$/.test(object.kind);
  if (dotted !== undefined && isKeyChanged(dotted.slice(0, dotted.lastIndexOf('.')), member, scope.module))
    return UNKNOWN_VALUE;
  return named
    ? (commandLineValue(evaluator, scope.module, member, dotted ?? textOf(node, code)) ?? value)
    : value;
}

/** `cfg.LOSS.EPS`: what the defaults of the config have for it, here or where the config is from. */
function configValue(
  evaluator: Evaluator,
  node: SyntaxNode,
  scope: Scope,
  dotted: string,
): Value | undefined {
  const [root = '', ...path] = dotted.replace(/^self\./, '').split('.');
  let first: SyntaxNode | null = node;
  while (first && first.name === 'MemberExpression') first = first.firstChild;
  const object = first ? evaluator.evaluate({ node: first, scope }) : UNKNOWN_VALUE;
  const isRun = root === 'wandb' || /^(?:run|wandb_run|cfg|config|c|hp|hparams|args)$/.test(root);
  const names = root === 'wandb' || path[0] === 'config' ? path.slice(1) : path;
  const from = moduleOfResult(evaluator, object);
  if (from) return settingValue(evaluator, from, path.join('.'), false);
  if (!isConfigName(root)) return undefined;
  return settingValue(evaluator, scope.module, names.join('.'), isRun);
}

/** Names that configs go by, whoever they're handed to. */
function isConfigName(name: string): boolean {
  if (/^(?:_{0,2}C|wandb|run|wandb_run|c|hp|hps|hparams|args|opt)$/i.test(name)) return true;
  return /^\w+$/.test(name) && /cfg|config|conf|settings|params/i.test(name);
}

/** The object is a name of an inner scope, such as a parameter: it may be another one than that whose attribute was set. */
function isShadowed(dotted: string, setIn: Scope, scope: Scope, offset: number): boolean {
  const root = visible(dotted.slice(0, dotted.indexOf('.')), scope, offset);
  for (let each: Scope | null = root?.scope ?? null; each; each = each.parent)
    if (each === setIn) return each !== root?.scope;
  return false;
}

/** What an attribute was before it was set somewhere that may not have run; nothing where that isn't known. */
function beforeSet(evaluator: Evaluator, node: SyntaxNode, scope: Scope): readonly Value[] {
  const member = memberOf(node, scope.module.text);
  if (!node.firstChild || member === undefined) return [];
  const before = memberValue(evaluator, evaluator.evaluate({ node: node.firstChild, scope }), member);
  if (before.kind !== 'unknown' && before.kind !== 'settings' && before.kind !== 'path') return [before];
  // What a command line was parsed to had another value before.
  const option = commandLineValue(evaluator, scope.module, member, textOf(node, scope.module.text));
  return option ? [option] : before.kind === 'settings' ? [before] : [];
}

/** `x[0]` */
function elementValue(evaluator: Evaluator, object: Value, node: SyntaxNode, scope: Scope): Value {
  const key = node.lastChild?.name === ']' ? node.lastChild.prevSibling : null;
  const index = key ? evaluator.evaluate({ node: key, scope }) : UNKNOWN_VALUE;
  if (object.kind !== 'sequence' || index.kind !== 'number') return UNKNOWN_VALUE;
  const list = node.firstChild ? dottedOf(node.firstChild, scope.module.text) : undefined;
  if (list !== undefined) {
    const names = [list, ...aliasesOf(list, scope.module)];
    if (names.some((each) => areElementsChanged(each, scope.module))) return UNKNOWN_VALUE;
  }
  const element = object.elements.at(index.value);
  return element ? evaluator.evaluate(element) : UNKNOWN_VALUE;
}

export function memberValue(evaluator: Evaluator, object: Value, name: string): Value {
  switch (object.kind) {
    case 'path': {
      // absl's flags
      if (object.parts.at(-1) === 'FLAGS') return { kind: 'settings' };
      const path: PathValue = { ...object, parts: [...object.parts, name] };
      return path;
    }
    case 'mapping': {
      const entry = object.entries.get(name);
      if (!entry) return UNKNOWN_VALUE;
      const value = via(evaluator.evaluate(entry), 'entry', name, placeOf(entry.scope.module, entry.node));
      return object.isDefault ? asDefault(value) : value;
    }
    case 'definition':
      return classMember(evaluator, object.scope, name, new Map());
    case 'instance': {
      const value = classMember(evaluator, object.of, name, object.given, object.isSelf);
      const set = object.given.has(name) || object.of.attributes.has(name) ? [] : setOnClass(object.of, name);
      const either =
        set.length === 0 || value.kind === 'unknown'
          ? value
          : agreed([value, ...set.map((binding) => boundValue(evaluator, name, binding))]);
      return object.isDefault ? asDefault(either) : either;
    }
    case 'settings':
      return { kind: 'settings' };
    case 'result':
      return object.of.parts.at(-1) === 'parse_args' ? { kind: 'settings' } : UNKNOWN_VALUE;
    default:
      return UNKNOWN_VALUE;
  }
}

/** `Config.eps = 0.3`: its objects have that, or what they had before. */
function setOnClass(of: Scope, name: string): readonly Binding[] {
  const set = of.parent?.bindings.get(`${of.name}.${name}`);
  return set ? last(set) : [];
}

/** How far up, and in how many classes, an attribute is looked for. */
const MOST_GENERATIONS = 6;
const MOST_CLASSES = 32;

/** What an object of the class has under that name: given, set by a method, of the class, of its bases. */
function classMember(
  evaluator: Evaluator,
  of: Scope,
  name: string,
  given: ReadonlyMap<string, Expression>,
  isSelf = false,
  depth = 0,
  seen = new Set<Scope>(),
): Value {
  if (depth > MOST_GENERATIONS || seen.size >= MOST_CLASSES || seen.has(of)) return UNKNOWN_VALUE;
  seen.add(of);
  const set = of.attributes.get(name);
  if (set) {
    const values = lastOfAttribute(set).map((binding) => attributeValue(evaluator, name, binding, given));
    return agreed(values);
  }
  const argument = given.get(name);
  const field = of.bindings.get(name);
  if (argument && (field || of.parameters.length > 0)) return evaluator.evaluate(argument);
  if (field) {
    const value = agreed(last(field).map((binding) => boundValue(evaluator, name, binding)));
    return isSelf && isOverridden(of, name) ? asDefault(value) : value;
  }
  for (const base of basesOf(evaluator, of)) {
    if (base.kind !== 'definition') continue;
    const value = classMember(evaluator, base.scope, name, given, isSelf, depth + 1, seen);
    if (value.kind !== 'unknown') return value;
  }
  return name === 'hparams' ? keptArguments(of) : UNKNOWN_VALUE;
}

function attributeValue(
  evaluator: Evaluator,
  name: string,
  binding: Binding,
  given: ReadonlyMap<string, Expression>,
): Value {
  if (binding.kind !== 'value') return UNKNOWN_VALUE;
  const { scope, value: node } = binding;
  const argument = node.name === 'VariableName' ? given.get(textOf(node, scope.module.text)) : undefined;
  const value = evaluator.evaluate(argument ?? { node, scope });
  return argument ? value : via(value, 'attribute', name, placeOf(scope.module, node));
}

const subclasses = new WeakMap<PyModule, ReadonlyMap<string, readonly Scope[]>>();

/** The classes of a module by the names of their bases. */
function subclassesOf(of: Scope): readonly Scope[] {
  let known = subclasses.get(of.module);
  if (!known) {
    const byBase = new Map<string, Scope[]>();
    for (const scope of of.module.scopes)
      for (const base of baseNodesOf(scope)) {
        const name = textOf(base, of.module.text);
        const list = byBase.get(name);
        if (list) list.push(scope);
        else byBase.set(name, [scope]);
      }
    known = byBase;
    subclasses.set(of.module, known);
  }
  return known.get(of.name) ?? [];
}

/** A class further down has another of that name. */
function isOverridden(of: Scope, name: string): boolean {
  return subclassesOf(of)
    .slice(0, MOST_CLASSES)
    .some((scope) => scope !== of && (scope.bindings.has(name) || scope.attributes.has(name)));
}

export function basesOf(evaluator: Evaluator, scope: Scope): readonly Value[] {
  const { parent } = scope;
  if (!parent) return [];
  return baseNodesOf(scope).map((base) => evaluator.resolve({ node: base, scope: parent }));
}

const bases = new WeakMap<Scope, readonly SyntaxNode[]>();

function baseNodesOf(scope: Scope): readonly SyntaxNode[] {
  let nodes = bases.get(scope);
  if (!nodes) {
    const list = scope.kind === 'class' ? scope.node?.getChild('ArgList') : null;
    nodes = (list ? childrenOf(list) : [])
      .filter(({ name }) => name === 'VariableName' || name === 'MemberExpression')
      .slice(0, MOST_CLASSES);
    bases.set(scope, nodes);
  }
  return nodes;
}

/** Lightning keeps the arguments of __init__ in hparams. */
function keptArguments(of: Scope): Value {
  const init = of.bindings.get('__init__')?.at(-1);
  if (init?.kind !== 'definition') return UNKNOWN_VALUE;
  const entries = init.defined.parameters.flatMap(({ name, fallback }) =>
    fallback ? [[name, { node: fallback, scope: of }] as const] : [],
  );
  return { kind: 'mapping', entries: Entries.of(entries, null), isDefault: true };
}
