import type { SyntaxNode } from '@lezer/common';
import { customaryPath } from '../apis/aliases.ts';
import { formOf } from '../apis/table.ts';
import type { ModuleRequest } from '../lossConfig.ts';
import { combined, negated } from './arithmetic.ts';
import { callValue } from './callValues.ts';
import { commandLineValue } from './commandLine.ts';
import { last, visible } from './lookup.ts';
import { keyOf, type ModuleStore } from './moduleStore.ts';
import type { Binding, PyModule, Scope } from './scopes.ts';
import {
  childrenOf,
  dottedOf,
  elementsOf,
  entriesOf,
  memberOf,
  numberOf,
  stringOf,
  textOf,
  unwrapped,
} from './syntax.ts';
import {
  agreed,
  type Expression,
  type PathValue,
  pathOf,
  placeOf,
  UNKNOWN,
  type Value,
  via,
} from './values.ts';

/** How deep one value may lead to another, and how many steps one question may take. */
const DEPTH = 24;
const STEPS = 600;

/** Finds out what expressions come to. Pure: what it would have to read it asks the store for. */
export class Resolver {
  readonly store: ModuleStore;
  readonly #cells: readonly PyModule[];
  #depth = 0;
  #steps = 0;

  /** `cells` are those above, in order. */
  constructor(store: ModuleStore, cells: readonly PyModule[]) {
    this.store = store;
    this.#cells = cells;
  }

  /** Where command lines and settings may be defined: the module asked for, and the cells above. */
  around(module: PyModule): readonly PyModule[] {
    return module.key === undefined ? [module, ...this.#cells.toReversed()] : [module];
  }

  evaluate({ node, scope }: Expression): Value {
    return this.#limited(() => this.#evaluate(unwrapped(node), scope)) ?? UNKNOWN;
  }

  /** What leads back to itself ends. */
  #limited<T>(question: () => T): T | undefined {
    if (this.#depth === 0) this.#steps = 0;
    if (this.#depth >= DEPTH || ++this.#steps > STEPS) return undefined;
    this.#depth++;
    try {
      return question();
    } finally {
      this.#depth--;
    }
  }

  #evaluate(node: SyntaxNode, scope: Scope): Value {
    const { text: code } = scope.module;
    const at = (child: SyntaxNode | null | undefined) =>
      child ? this.evaluate({ node: child, scope }) : UNKNOWN;
    switch (node.name) {
      case 'Number':
        return literal(node, scope.module);
      case 'String':
      case 'ContinuedString': {
        const text = stringOf(node, code);
        return text === undefined ? UNKNOWN : { kind: 'text', text };
      }
      case 'Boolean':
        return { kind: 'boolean', value: textOf(node, code) === 'True' };
      case 'None':
        return { kind: 'none' };
      case 'NamedExpression':
      case 'AwaitExpression':
        return at(node.lastChild);
      case 'UnaryExpression':
        return negated(node, at(node.lastChild), scope.module);
      case 'BinaryExpression':
        return combined(node, at(node.firstChild), at(node.lastChild), scope.module);
      case 'ConditionalExpression': {
        const [then, , condition, , otherwise] = childrenOf(node);
        const value = at(condition);
        if (value.kind === 'boolean') return at(value.value ? then : otherwise);
        return agreed([at(then), at(otherwise)]);
      }
      case 'ArrayExpression':
      case 'TupleExpression':
      case 'SetExpression': {
        const elements = elementsOf(node);
        return elements
          ? { kind: 'sequence', elements: elements.map((each) => ({ node: each, scope })) }
          : UNKNOWN;
      }
      case 'DictionaryExpression':
        return {
          kind: 'mapping',
          entries: new Map(entriesOf(node, code).map(({ key, value }) => [key, { node: value, scope }])),
        };
      case 'VariableName':
        return this.name(textOf(node, code), scope, node.from);
      case 'MemberExpression':
        return this.#memberExpression(node, scope);
      case 'CallExpression':
        return callValue(this, { node, scope });
      default:
        return UNKNOWN;
    }
  }

  /** The value of a name where it is used. */
  name(name: string, scope: Scope, at: number): Value {
    const found = visible(name, scope, at);
    if (found) return this.#agreed(name, found.bindings);
    for (const cell of this.around(scope.module).slice(1)) {
      const bindings = cell.scope.bindings.get(name);
      if (bindings) return this.#agreed(name, last(bindings));
    }
    return this.#starred(name, scope.module) ?? this.#customary(name, scope.module);
  }

  /** The value of a name of a module, for who imports it. */
  exported(name: string, module: PyModule): Value {
    const bindings = module.scope.bindings.get(name);
    if (bindings) return this.#agreed(name, last(bindings));
    return this.#starred(name, module) ?? UNKNOWN;
  }

  /** Of several imports of one name, the one that is known: the others are for other releases. */
  #agreed(name: string, bindings: readonly Binding[]): Value {
    const values = bindings.map((binding) => this.bound(name, binding));
    const api = values.find((value) => value.kind === 'path' && formOf(pathOf(value)));
    if (api && values.every(({ kind }) => kind === 'path' || kind === 'none' || kind === 'unknown'))
      return api;
    return agreed(values);
  }

  bound(name: string, binding: Binding): Value {
    const { module } = binding.scope;
    switch (binding.kind) {
      case 'value': {
        const value = this.evaluate({ node: binding.value, scope: binding.scope });
        const kind =
          binding.scope.kind === 'class' ? (binding.annotated ? 'field' : 'attribute') : 'constant';
        return via(value, kind, name, placeOf(module, binding.value));
      }
      case 'definition':
        return { kind: 'definition', scope: binding.defined };
      case 'import': {
        const path = binding.path === '' ? [] : binding.path.split('.');
        const parts = binding.name === null ? path : [...path, binding.name];
        return { kind: 'path', level: binding.level, parts, modules: path.length, asker: module };
      }
      case 'parameter':
        return this.#parameter(name, binding);
      case 'unknown':
        return UNKNOWN;
    }
  }

  #parameter(name: string, { scope, ...binding }: Binding & { readonly kind: 'parameter' }): Value {
    const { parameter } = binding;
    if (parameter.star !== '') return UNKNOWN;
    if (scope.parent?.kind === 'class' && scope.parameters[0] === parameter)
      return { kind: 'instance', of: scope.parent, given: new Map() };
    const outer = scope.parent ?? scope;
    if (parameter.fallback) {
      const value = this.evaluate({ node: parameter.fallback, scope: outer });
      return value.kind === 'none'
        ? UNKNOWN
        : via(value, 'parameter', name, placeOf(scope.module, parameter.fallback));
    }
    if (parameter.annotation) {
      const type = this.settled(this.evaluate({ node: parameter.annotation, scope: outer }));
      if (type.kind === 'definition' && type.scope.kind === 'class')
        return { kind: 'instance', of: type.scope, given: new Map() };
    }
    return { kind: 'settings' };
  }

  #starred(name: string, module: PyModule): Value | undefined {
    for (const { level, path } of module.stars.toReversed()) {
      const parts = path === '' ? [] : path.split('.');
      const value: PathValue = {
        kind: 'path',
        level,
        parts: [...parts, name],
        modules: parts.length,
        asker: module,
      };
      if (formOf(pathOf(value))) return value;
      if (this.store.isPackage(value)) {
        // fastai and its like bring the customary names along.
        const customary = customaryPath(name);
        if (customary) return this.#customary(name, module);
        continue;
      }
      const settled = this.settled(value);
      if (settled.kind !== 'path' && settled.kind !== 'unknown') return settled;
    }
    return undefined;
  }

  #customary(name: string, asker: PyModule): Value {
    const path = customaryPath(name);
    if (path === undefined) return UNKNOWN;
    const parts = path.split('.');
    return { kind: 'path', level: 0, parts, modules: parts.length, asker };
  }

  #memberExpression(node: SyntaxNode, scope: Scope): Value {
    const { text: code } = scope.module;
    const dotted = dottedOf(node, code);
    if (dotted !== undefined) {
      const found = visible(dotted, scope, node.from);
      if (found) {
        const value = agreed(found.bindings.map((binding) => this.bound(dotted, binding)));
        // An attribute of an object, whatever the object is.
        if (value.kind !== 'number') return value;
        const [first, ...origins] = value.origins;
        return { ...value, origins: first ? [{ ...first, kind: 'attribute' }, ...origins] : origins };
      }
    }
    const member = memberOf(node, code);
    const object = node.firstChild ? this.evaluate({ node: node.firstChild, scope }) : UNKNOWN;
    if (member === undefined) return this.#element(object, node, scope);
    const value = this.member(object, member);
    if (value.kind !== 'unknown' && value.kind !== 'settings') return value;
    // `self.args.smoothing`, `opt.smoothing`: what the command line's parser says of that name.
    const named = object.kind === 'settings' || object.kind === 'unknown' || object.kind === 'path';
    return named ? (commandLineValue(this, scope.module, member, dotted ?? member) ?? value) : value;
  }

  /** `x[0]` */
  #element(object: Value, node: SyntaxNode, scope: Scope): Value {
    const key = node.lastChild?.name === ']' ? node.lastChild.prevSibling : null;
    const index = key ? this.evaluate({ node: key, scope }) : UNKNOWN;
    if (object.kind !== 'sequence' || index.kind !== 'number') return UNKNOWN;
    const element = object.elements.at(index.value);
    return element ? this.evaluate(element) : UNKNOWN;
  }

  member(object: Value, name: string): Value {
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
          ? via(this.evaluate(entry), 'entry', name, placeOf(entry.scope.module, entry.node))
          : UNKNOWN;
      }
      case 'definition':
        return this.#classMember(object.scope, name, new Map(), 0);
      case 'instance':
        return this.#classMember(object.of, name, object.given, 0);
      case 'settings':
        return { kind: 'settings' };
      case 'result':
        return object.of.parts.at(-1) === 'parse_args' ? { kind: 'settings' } : UNKNOWN;
      default:
        return UNKNOWN;
    }
  }

  /** What an object of the class has under that name: given, set by a method, of the class, of its bases. */
  #classMember(of: Scope, name: string, given: ReadonlyMap<string, Expression>, depth: number): Value {
    if (depth > 6) return UNKNOWN;
    const set = of.attributes.get(name);
    if (set) {
      const inInit = set.filter(({ scope }) => scope.name === '__init__');
      const values = (inInit.length > 0 ? last(inInit) : set).map((binding) =>
        this.#attribute(name, binding, given),
      );
      return agreed(values);
    }
    const argument = given.get(name);
    const field = of.bindings.get(name);
    if (argument && (field || of.parameters.length > 0)) return this.evaluate(argument);
    if (field) return agreed(last(field).map((binding) => this.bound(name, binding)));
    for (const base of this.basesOf(of)) {
      if (base.kind !== 'definition') continue;
      const value = this.#classMember(base.scope, name, given, depth + 1);
      if (value.kind !== 'unknown') return value;
    }
    return name === 'hparams' ? keptArguments(of) : UNKNOWN;
  }

  #attribute(name: string, binding: Binding, given: ReadonlyMap<string, Expression>): Value {
    if (binding.kind !== 'value') return UNKNOWN;
    const { scope, value: node } = binding;
    const argument = node.name === 'VariableName' ? given.get(textOf(node, scope.module.text)) : undefined;
    const value = this.evaluate(argument ?? { node, scope });
    return argument ? value : via(value, 'attribute', name, placeOf(scope.module, node));
  }

  basesOf({ kind, node, parent }: Scope): readonly Value[] {
    const list = kind === 'class' ? node?.getChild('ArgList') : null;
    if (!list || !parent) return [];
    return childrenOf(list)
      .filter(({ name }) => name === 'VariableName' || name === 'MemberExpression')
      .map((base) => this.settled(this.evaluate({ node: base, scope: parent })));
  }

  /** What an imported name is, if it's of the workspace and was read; asks for it otherwise. */
  settled(value: Value): Value {
    if (value.kind !== 'path' || this.store.isPackage(value)) return value;
    return this.#limited(() => this.#imported(value)) ?? value;
  }

  #imported(value: PathValue): Value {
    const { level, parts, modules, asker } = value;
    for (let length = parts.length - 1; length >= Math.max(modules, level > 0 ? 0 : 1); length--) {
      const request: Omit<ModuleRequest, 'key'> = {
        level,
        path: parts.slice(0, length),
        ...(asker.key !== undefined && { from: asker.key }),
      };
      const module = this.store.get({ ...request, key: keyOf(request) });
      if (!module) continue;
      const [first, ...rest] = parts.slice(length);
      if (first === undefined) continue;
      let found = this.settled(this.exported(first, module));
      for (const part of rest) found = this.settled(this.member(found, part));
      return via(
        found,
        'import',
        parts.slice(0, length).join('.') || '.',
        placeOf(asker, { from: 0, to: 0 }),
      );
    }
    return value;
  }

  /** What the expression comes to, in the files that were read, too. */
  resolve(expression: Expression): Value {
    return this.settled(this.evaluate(expression));
  }
}

function literal(node: SyntaxNode, module: PyModule): Value {
  const text = textOf(node, module.text);
  const value = numberOf(text);
  if (Number.isNaN(value)) return UNKNOWN;
  const token = { place: placeOf(module, node), complement: false };
  return { kind: 'number', value, integer: !/[.eE]/.test(text) || /^0[xX]/.test(text), origins: [], token };
}

/** Lightning keeps the arguments of __init__ in hparams. */
function keptArguments(of: Scope): Value {
  const init = of.bindings.get('__init__')?.at(-1);
  if (init?.kind !== 'definition') return UNKNOWN;
  const entries = init.defined.parameters.flatMap(({ name, fallback }) =>
    fallback ? [[name, { node: fallback, scope: of }] as const] : [],
  );
  return { kind: 'mapping', entries: new Map(entries) };
}
