import type { SyntaxNode } from '@lezer/common';
import { groupedBy } from '../../common/groupedBy.ts';
import { remembered } from '../../common/remembered.ts';
import type { Binding, PyModule, Scope } from '../syntax/pythonScopes.ts';
import { childrenOf, textOf } from '../syntax/syntaxNodes.ts';
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
import { callsIn } from './moduleIndex.ts';
import { boundValue } from './nameValues.ts';
import { INIT, last, lastOfAttribute } from './visibleBindings.ts';

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
      const isOwn = object.given.has(name) || object.of.attributes.has(name);
      const set = isOwn ? [] : setOnClass(object.of, name);
      // What a base gives its objects is in front of what a class has.
      const given = isOwn || !object.of.bindings.has(name) ? [] : setByBases(evaluator, object.of, name);
      const either =
        (set.length === 0 && given.length === 0) || value.kind === 'unknown'
          ? value
          : agreed([value, ...set.map((binding) => boundValue(evaluator, name, binding)), ...given]);
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
    if (set.some(isSureToRun)) return agreed([...values, ...setBehind(evaluator, of, name, set)]);
    const before = declaredMember(evaluator, of, name, given, isSelf, depth, seen);
    return agreed(before.kind === 'unknown' ? values : [...values, before]);
  }
  return declaredMember(evaluator, of, name, given, isSelf, depth, seen);
}

/** Whatever makes an object sets it. */
function isSureToRun({ scope, conditional }: Binding): boolean {
  return !conditional && INIT.test(scope.name);
}

/** What a base's `__init__` sets it to, where that is called behind the own assignments. */
function setBehind(evaluator: Evaluator, of: Scope, name: string, set: readonly Binding[]): readonly Value[] {
  const last = set.findLast(isSureToRun)!;
  for (const { node, name: called } of callsIn(of.module, last.scope.span))
    if (called === '__init__' && node.from > last.at) return setByBases(evaluator, of, name);
  return [];
}

/** What the bases of a class set an attribute of their objects to as these are made. */
function setByBases(evaluator: Evaluator, of: Scope, name: string, depth = 0): readonly Value[] {
  if (depth > MOST_GENERATIONS) return [];
  return basesOf(evaluator, of)
    .slice(0, MOST_BASES)
    .flatMap((base): readonly Value[] => {
      if (base.kind !== 'definition') return [];
      const set = (base.scope.attributes.get(name) ?? []).filter(({ scope }) => INIT.test(scope.name));
      return set.length > 0
        ? last(set).map((binding) => attributeValue(evaluator, name, binding, new Map()))
        : setByBases(evaluator, base.scope, name, depth + 1);
    });
}

/** Bases of one class whose own are looked at. */
const MOST_BASES = 4;

/** What an object has that no method of its class has set. */
function declaredMember(
  evaluator: Evaluator,
  of: Scope,
  name: string,
  given: ReadonlyMap<string, Expression>,
  isSelf: boolean,
  depth: number,
  seen: Set<Scope>,
): Value {
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

/** The classes of a module by the names of their bases. */
const subclassesIn = remembered((module: PyModule) => {
  const pairs = module.scopes.flatMap((scope) =>
    basesWritten(scope).map((base) => ({ base: textOf(base, module.text), scope })),
  );
  return groupedBy(pairs, ({ base }) => base);
});

/** A class further down has another of that name. */
function isOverridden(of: Scope, name: string): boolean {
  return (subclassesIn(of.module).get(of.name) ?? [])
    .slice(0, MOST_CLASSES)
    .some(({ scope }) => scope !== of && (scope.bindings.has(name) || scope.attributes.has(name)));
}

export function basesOf(evaluator: Evaluator, scope: Scope): readonly Value[] {
  const { parent } = scope;
  if (!parent) return [];
  return basesWritten(scope).map((base) => evaluator.resolve({ node: base, scope: parent }));
}

const basesWritten = remembered((scope: Scope): readonly SyntaxNode[] => {
  const list = scope.kind === 'class' ? scope.node?.getChild('ArgList') : null;
  return (list ? childrenOf(list) : [])
    .filter(({ name }) => name === 'VariableName' || name === 'MemberExpression')
    .slice(0, MOST_CLASSES);
});

/** Lightning keeps the arguments of __init__ in hparams. */
function keptArguments(of: Scope): Value {
  const init = of.bindings.get('__init__')?.at(-1);
  if (init?.kind !== 'definition') return UNKNOWN_VALUE;
  const entries = init.defined.parameters.flatMap(({ name, fallback }) =>
    fallback ? [[name, { node: fallback, scope: of }] as const] : [],
  );
  return { kind: 'mapping', entries: Entries.of(entries, null), isDefault: true };
}
