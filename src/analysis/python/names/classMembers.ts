import type { SyntaxNode } from '@lezer/common';
import type { Binding, Scope } from '../syntax/pythonScopes.ts';
import { childrenOf, dottedOf, memberOf, textOf } from '../syntax/syntaxNodes.ts';
import { commandLineValue } from '../values/commandLineValues.ts';
import { Entries } from '../values/dictEntries.ts';
import type { Evaluator } from '../values/evaluator.ts';
import type { Expression } from '../values/expression.ts';
import { agreed, type PathValue, placeOf, UNKNOWN_VALUE, type Value, via } from '../values/pythonValues.ts';
import { boundValue } from './nameValues.ts';
import { last, lastOfAttribute, visible } from './visibleBindings.ts';

export function memberExpressionValue(evaluator: Evaluator, node: SyntaxNode, scope: Scope): Value {
  const { text: code } = scope.module;
  const dotted = dottedOf(node, code);
  if (dotted !== undefined) {
    const bound = visible(dotted, scope, node.from);
    if (bound) {
      const value = agreed(bound.bindings.map((binding) => boundValue(evaluator, dotted, binding)));
      // An attribute of an object, whatever the object is.
      if (value.kind !== 'number') return value;
      const [first, ...origins] = value.origins;
      return { ...value, origins: first ? [{ ...first, kind: 'attribute' }, ...origins] : origins };
    }
  }
  const member = memberOf(node, code);
  const object = node.firstChild ? evaluator.evaluate({ node: node.firstChild, scope }) : UNKNOWN_VALUE;
  if (member === undefined) return elementValue(evaluator, object, node, scope);
  const value = memberValue(evaluator, object, member);
  if (value.kind !== 'unknown' && value.kind !== 'settings') return value;
  // `self.args.smoothing`, `opt.smoothing`: what the command line's parser says of that name.
  const named = object.kind === 'settings' || object.kind === 'unknown' || object.kind === 'path';
  return named ? (commandLineValue(evaluator, scope.module, member, dotted ?? member) ?? value) : value;
}

/** `x[0]` */
function elementValue(evaluator: Evaluator, object: Value, node: SyntaxNode, scope: Scope): Value {
  const key = node.lastChild?.name === ']' ? node.lastChild.prevSibling : null;
  const index = key ? evaluator.evaluate({ node: key, scope }) : UNKNOWN_VALUE;
  if (object.kind !== 'sequence' || index.kind !== 'number') return UNKNOWN_VALUE;
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
      return entry
        ? via(evaluator.evaluate(entry), 'entry', name, placeOf(entry.scope.module, entry.node))
        : UNKNOWN_VALUE;
    }
    case 'definition':
      return classMember(evaluator, object.scope, name, new Map());
    case 'instance':
      return classMember(evaluator, object.of, name, object.given);
    case 'settings':
      return { kind: 'settings' };
    case 'result':
      return object.of.parts.at(-1) === 'parse_args' ? { kind: 'settings' } : UNKNOWN_VALUE;
    default:
      return UNKNOWN_VALUE;
  }
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
  if (field) return agreed(last(field).map((binding) => boundValue(evaluator, name, binding)));
  for (const base of basesOf(evaluator, of)) {
    if (base.kind !== 'definition') continue;
    const value = classMember(evaluator, base.scope, name, given, depth + 1, seen);
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
  return { kind: 'mapping', entries: Entries.of(entries, null) };
}
