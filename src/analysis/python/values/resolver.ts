import type { SyntaxNode } from '@lezer/common';
import type { KnownApis } from '../../apis/knownApis.ts';
import type { ModuleRequest } from '../../lossConfig.ts';
import type { CellIndex } from '../names/cellIndex.ts';
import { comprehendedValue } from '../names/comprehendedNames.ts';
import { exportedMember } from '../names/exportedMembers.ts';
import { memberExpressionValue } from '../names/memberValues.ts';
import { type ModuleStore, moduleKeyOf } from '../names/moduleStore.ts';
import { exportedValue, nameValue } from '../names/nameValues.ts';
import type { PyModule, Scope } from '../syntax/pythonScopes.ts';
import {
  childrenOf,
  distinctOf,
  elementsOf,
  entriesOf,
  numberOf,
  sizeOfDict,
  stringOf,
  textOf,
  unwrapped,
} from '../syntax/syntaxNodes.ts';
import { combined, negated } from './arithmetic.ts';
import { callValue } from './callValues.ts';
import { Entries } from './dictEntries.ts';
import type { Evaluator } from './evaluator.ts';
import type { Expression } from './expression.ts';
import { type Answer, OpenQuestions } from './openQuestions.ts';
import {
  agreed,
  asDefault,
  isDefault,
  type PathValue,
  pathOf,
  placeOf,
  UNKNOWN_VALUE,
  type Value,
  via,
} from './pythonValues.ts';
import { settingValue } from './settings/configSettings.ts';

/** What was found out about a module. */
interface Known {
  /** Of each scope, by what says which expression it is. */
  readonly values: Map<Scope, Map<number, Answer<Value>>>;
  readonly imports: Map<string, Answer<Value>>;
}

/** Finds out what expressions come to. Pure: what it would have to read it asks the store for. */
export class Resolver implements Evaluator {
  readonly store: ModuleStore;
  /** What stands above a cell. */
  readonly cells: CellIndex;
  readonly apis: KnownApis;
  readonly #questions = new OpenQuestions();
  /** By module: what its expressions come to depends on the cells above it. */
  readonly #known = new WeakMap<PyModule, Known>();

  constructor(store: ModuleStore, cells: CellIndex, apis: KnownApis) {
    this.store = store;
    this.cells = cells;
    this.apis = apis;
  }

  /** What was found out about it is no longer so: it, or what is above it, has changed. */
  forget(module: PyModule): void {
    this.#known.delete(module);
    this.store.forget(module);
  }

  #knownOf(module: PyModule): Known {
    let known = this.#known.get(module);
    if (!known) {
      known = { values: new Map(), imports: new Map() };
      this.#known.set(module, known);
    }
    return known;
  }

  evaluate({ node, scope }: Expression): Value {
    const inner = unwrapped(node);
    const known = this.#knownOf(scope.module).values;
    let values = known.get(scope);
    if (!values) {
      values = new Map();
      known.set(scope, values);
    }
    // Nodes are made anew whenever a tree is walked: where it is, and of what type, tells which one it is.
    const key = (inner.from * (scope.module.text.length + 1) + inner.to) * TYPES + inner.type.id;
    return this.#questions.ask(values, key, () => this.#evaluate(inner, scope), UNKNOWN_VALUE);
  }

  #evaluate(node: SyntaxNode, scope: Scope): Value {
    const { text: code } = scope.module;
    const evaluated = (child: SyntaxNode | null | undefined) =>
      child ? this.evaluate({ node: child, scope }) : UNKNOWN_VALUE;
    switch (node.name) {
      case 'Number':
        return literal(node, scope.module);
      case 'String':
      case 'ContinuedString': {
        const text = stringOf(node, code);
        return text === undefined ? UNKNOWN_VALUE : { kind: 'text', text };
      }
      case 'Boolean':
        return { kind: 'boolean', value: textOf(node, code) === 'True' };
      case 'None':
        return { kind: 'none' };
      case 'NamedExpression':
      case 'AwaitExpression':
        return evaluated(node.lastChild);
      case 'UnaryExpression':
        return negated(node, evaluated(node.lastChild), scope.module);
      case 'BinaryExpression':
        return combined(node, evaluated(node.firstChild), evaluated(node.lastChild), scope.module);
      case 'ConditionalExpression': {
        const [then, , condition, , otherwise] = childrenOf(node);
        const value = evaluated(condition);
        if (value.kind === 'boolean') {
          const chosen = evaluated(value.value ? then : otherwise);
          return isDefault(value) ? asDefault(chosen) : chosen;
        }
        return agreed([evaluated(then), evaluated(otherwise)]);
      }
      case 'ArrayExpression':
      case 'TupleExpression':
      case 'SetExpression': {
        const elements = elementsOf(node);
        // A set has each of its elements once.
        const distinct =
          node.name !== 'SetExpression' || distinctOf(elements ?? [], code) === elements?.length;
        return elements && distinct
          ? { kind: 'sequence', elements: elements.map((each) => ({ node: each, scope })) }
          : UNKNOWN_VALUE;
      }
      case 'DictionaryExpression': {
        return { kind: 'mapping', entries: this.#entriesOf(node, scope) };
      }
      case 'VariableName': {
        const name = textOf(node, code);
        return comprehendedValue(this, name, { node, scope }) ?? nameValue(this, name, scope, node.from);
      }
      case 'MemberExpression':
        return memberExpressionValue(this, node, scope);
      case 'CallExpression':
        return callValue(this, { node, scope });
      default:
        return UNKNOWN_VALUE;
    }
  }

  /** What a dict display has. What is unpacked into it covers the keys in front of it. */
  #entriesOf(node: SyntaxNode, scope: Scope): Entries {
    const { text: code } = scope.module;
    const own = entriesOf(node, code).map(({ key, value, from }) => ({
      from,
      entry: [key, { node: value, scope }] as const,
    }));
    const unpacked = childrenOf(node).flatMap(({ name, nextSibling }) =>
      name === '**' && nextSibling ? nextSibling : [],
    );
    if (unpacked.length === 0)
      return Entries.of(
        own.map(({ entry }) => entry),
        sizeOfDict(node, code),
      );
    const parts: Entries[] = [];
    let isKnown = true;
    let done = node.from;
    for (const each of [...unpacked, null]) {
      const end = each?.from ?? node.to;
      const between = own.filter(({ from }) => from >= done && from < end).map(({ entry }) => entry);
      parts.push(Entries.of(between, between.length));
      done = end;
      if (!each) break;
      const value = this.evaluate({ node: each, scope });
      if (value.kind === 'mapping') parts.push(value.entries);
      // It may have any of the keys so far.
      else [isKnown, parts.length] = [false, 0];
    }
    return Entries.merged(parts, isKnown) ?? Entries.of([], null);
  }

  /** What an imported name is, if it's of the workspace and was read; asks for it otherwise. */
  settled(value: Value): Value {
    if (value.kind !== 'path' || this.store.isPackage(value)) return value;
    const { imports } = this.#knownOf(value.asker);
    const key = `${value.modules} ${pathOf(value)}`;
    return this.#questions.ask(imports, key, () => this.#imported(value), value);
  }

  #imported(path: PathValue): Value {
    const { level, parts, modules, asker } = path;
    for (let length = parts.length - 1; length >= Math.max(modules, level > 0 ? 0 : 1); length--) {
      const request: Omit<ModuleRequest, 'key'> = {
        level,
        path: parts.slice(0, length),
        ...(asker.key !== undefined && { from: asker.key }),
      };
      const module = this.store.get({ ...request, key: moduleKeyOf(request) }, asker);
      if (!module) continue;
      const [first, ...rest] = parts.slice(length);
      if (first === undefined) continue;
      let value = exportedValue(this, first, module);
      for (const [i, part] of rest.entries())
        value = exportedMember(this, module, {
          object: parts.slice(length, length + i + 1).join('.'),
          made: value,
          key: part,
        });
      value = this.settled(value);
      // `from config import cfg`: what is set on the object, wherever it was made.
      if (rest.length > 0 && value.kind === 'unknown')
        value = settingValue(this, module, rest.join('.'), false) ?? value;
      return via(
        value,
        'import',
        parts.slice(0, length).join('.') || '.',
        placeOf(asker, { from: 0, to: 0 }),
      );
    }
    return path;
  }

  /** What the expression comes to, in the files that were read, too. */
  resolve(expression: Expression): Value {
    return this.settled(this.evaluate(expression));
  }
}

/** More than the grammar has types of nodes. */
const TYPES = 512;

function literal(node: SyntaxNode, module: PyModule): Value {
  const text = textOf(node, module.text);
  const value = numberOf(text);
  // `10abc` isn't Python, though the parser finds a number in it.
  if (Number.isNaN(value) || /\w/.test(module.text.charAt(node.to))) return UNKNOWN_VALUE;
  const token = { place: placeOf(module, node), complement: false };
  return { kind: 'number', value, integer: !/[.eE]/.test(text) || /^0[xX]/.test(text), origins: [], token };
}
