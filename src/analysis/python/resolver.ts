import type { SyntaxNode } from '@lezer/common';
import type { ModuleRequest } from '../lossConfig.ts';
import { combined, negated } from './arithmetic.ts';
import { callValue } from './callValues.ts';
import { memberExpressionValue, memberValue } from './members.ts';
import { keyOf, type ModuleStore } from './moduleStore.ts';
import { exportedValue, nameValue } from './names.ts';
import type { PyModule, Scope } from './scopes.ts';
import { childrenOf, elementsOf, entriesOf, numberOf, stringOf, textOf, unwrapped } from './syntax.ts';
import { agreed, type Expression, type PathValue, placeOf, UNKNOWN, type Value, via } from './values.ts';

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
        return nameValue(this, textOf(node, code), scope, node.from);
      case 'MemberExpression':
        return memberExpressionValue(this, node, scope);
      case 'CallExpression':
        return callValue(this, { node, scope });
      default:
        return UNKNOWN;
    }
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
      let found = this.settled(exportedValue(this, first, module));
      for (const part of rest) found = this.settled(memberValue(this, found, part));
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
