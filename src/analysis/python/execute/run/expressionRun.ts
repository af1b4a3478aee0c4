import type { SyntaxNode } from '@lezer/common';
import type { ExpressionCode, FunctionCode, GivenArgument } from '../code/code.ts';
import { expressionOf } from '../code/expressions.ts';
import { attributeOf } from './attributes.ts';
import { callAny } from './calls.ts';
import { describe, itemsOf, keyOf, payForList } from './collections.ts';
import { compared, isTrue, ORDERED } from './comparisons.ts';
import { RaisedError } from './endings.ts';
import { ModuleRun } from './moduleRun.ts';
import { operated, unary } from './operators.ts';
import type { NamedValues } from './run.ts';
import { itemOf } from './subscripts.ts';
import {
  ClassValue,
  Dict,
  Ellipsis,
  FunctionValue,
  Int,
  List,
  type ModuleNames,
  NameScope,
  type PyValue,
  Slice,
  Super,
  Tuple,
  Unknown,
} from './values.ts';

/** Expressions and statements in each other, of all calls together. */
export const DEEPEST = 900;

/** One run, as far as it evaluates expressions. */
export abstract class ExpressionRun extends ModuleRun {
  call(callee: PyValue, positional: readonly PyValue[], named: NamedValues): PyValue {
    return callAny(this, callee, positional, named);
  }

  attribute(of: PyValue, name: string): PyValue {
    return attributeOf(this, of, name);
  }

  evaluate(code: ExpressionCode, names: NameScope): PyValue {
    this.spend(1);
    if (++this.depth > DEEPEST) throw this.stop('deep');
    try {
      return this.#evaluate(code, names);
    } finally {
      this.depth--;
    }
  }

  #evaluate(code: ExpressionCode, names: NameScope): PyValue {
    switch (code.is) {
      case 'constant':
        return typeof code.value === 'object' && code.value !== null ? new Int(code.value.int) : code.value;
      case 'ellipsis':
        return new Ellipsis();
      case 'name':
        this.at = code.at;
        return this.lookUp(code.name, names);
      case 'attribute': {
        const of = this.evaluate(code.of, names);
        this.at = code.at;
        return this.optionOf(of, code.name) ?? attributeOf(this, of, code.name);
      }
      case 'subscript': {
        const of = this.evaluate(code.of, names);
        const key = this.evaluate(code.key, names);
        this.at = code.at;
        return (typeof key === 'string' ? this.optionOf(of, key) : undefined) ?? itemOf(this, of, key);
      }
      case 'slice':
        return new Slice(code.parts.map((part) => (part ? this.evaluate(part, names) : null)));
      case 'call':
        return this.#call(code, names);
      case 'binary': {
        const left = this.evaluate(code.left, names);
        const right = this.evaluate(code.right, names);
        this.at = code.at;
        return operated(this, code.operator, left, right);
      }
      case 'unary': {
        const operand = this.evaluate(code.operand, names);
        this.at = code.at;
        return unary(this, code.operator, operand);
      }
      case 'compare':
        return this.#compare(code.first, code.rest, names);
      case 'both':
      case 'either': {
        const left = this.evaluate(code.left, names);
        this.at = code.left.at;
        // What isn't known decides nothing where the other side decides by itself.
        if (left instanceof Unknown) {
          const right = this.evaluate(code.right, names);
          if (typeof right === 'boolean' && right === (code.is === 'either')) return right;
          return left;
        }
        return isTrue(this, left) === (code.is === 'both') ? this.evaluate(code.right, names) : left;
      }
      case 'choice': {
        const isChosen = this.decides(code.test, names);
        return this.evaluate(isChosen ? code.chosen : code.otherwise, names);
      }
      case 'tuple':
        return new Tuple(this.#items(code.items, names));
      case 'list':
        return new List(this.#items(code.items, names));
      case 'set': {
        const set = new Dict(true);
        for (const item of this.#items(code.items, names)) set.entries.set(keyOf(this, item), [item, item]);
        return set;
      }
      case 'dict': {
        const dict = new Dict();
        for (const [key, value] of code.entries)
          this.#addEntry(dict, key, this.evaluate(value, names), names);
        return dict;
      }
      case 'lambda':
        return this.made(code.made, names, null);
      case 'comprehension':
        return this.#comprehension(code, names);
      // Texts for messages: what a name made of one stands for isn't known.
      case 'format':
        return this.unknown('text');
      case 'assigning': {
        const value = this.evaluate(code.value, names);
        this.bind(code.name, value, names);
        return value;
      }
      case 'star':
      case 'other':
        this.at = code.at;
        throw this.stop('unsupported', code.is === 'other' ? code.what : '*');
    }
  }

  /** What a test comes to. */
  protected decides(test: ExpressionCode, names: NameScope): boolean {
    const value = this.evaluate(test, names);
    this.at = test.at;
    const outcome = isTrue(this, value);
    this.decisions.noteTruth(test.at, this.source, value, outcome);
    return outcome;
  }

  /** An expression of a module: an argument of a call. */
  evaluateNode(node: SyntaxNode, module: ModuleNames): PyValue {
    return this.evaluate(expressionOf(node, module.code.source.text), new NameScope(null, null, module));
  }

  #addEntry(dict: Dict, key: ExpressionCode | null, value: PyValue, names: NameScope): void {
    if (key) {
      const known = this.evaluate(key, names);
      dict.entries.set(keyOf(this, known), [known, value]);
    } else if (value instanceof Dict)
      for (const [each, entry] of value.entries) dict.entries.set(each, entry);
    else throw this.stop('unknown', '**');
  }

  #items(codes: readonly ExpressionCode[], names: NameScope): PyValue[] {
    const items: PyValue[] = [];
    for (const code of codes) {
      if (code.is !== 'star') items.push(this.evaluate(code, names));
      else {
        const value = this.evaluate(code.of, names);
        this.at = code.at;
        const more = itemsOf(this, value);
        payForList(this, items.length + more.length);
        items.push(...more);
      }
    }
    return items;
  }

  #compare(
    first: ExpressionCode,
    rest: readonly (readonly [string, ExpressionCode])[],
    names: NameScope,
  ): PyValue {
    let left = this.evaluate(first, names);
    let result: PyValue = true;
    for (const [operator, code] of rest) {
      const right = this.evaluate(code, names);
      this.at = code.at;
      result = compared(this, operator, left, right);
      if (operator in ORDERED) {
        const at = { from: first.at.from, to: code.at.to };
        this.decisions.note(at, this.source, operator, [left, right, result]);
      }
      if (rest.length > 1 && !isTrue(this, result)) return result;
      left = right;
    }
    return result;
  }

  #call(code: ExpressionCode & { is: 'call' }, names: NameScope): PyValue {
    const { callee } = code;
    if (callee.is === 'name' && callee.name === 'super' && !names.values.has('super'))
      return this.#super(code.given, names);
    const value = this.#callee(callee, names);
    const { positional, named } = this.givenValues(code.given, names);
    this.at = code.at;
    return callAny(this, value, positional, named);
  }

  /** What is called is no option, whatever it's called. */
  #callee(code: ExpressionCode, names: NameScope): PyValue {
    if (code.is !== 'attribute') return this.evaluate(code, names);
    this.spend(1);
    const of = this.evaluate(code.of, names);
    this.at = code.at;
    return attributeOf(this, of, code.name);
  }

  /** The values of what a call is given. */
  givenValues(given: readonly GivenArgument[], names: NameScope) {
    const positional: PyValue[] = [];
    const named = new Map<string, PyValue>();
    for (const { name, star, value: code } of given) {
      const value = this.evaluate(code, names);
      if (star === '*') positional.push(...itemsOf(this, value));
      else if (star === '**') {
        if (!(value instanceof Dict)) throw this.stop('unknown', describe(value));
        for (const [key, entry] of value.entries.values()) if (typeof key === 'string') named.set(key, entry);
      } else if (name !== null) named.set(name, value);
      else positional.push(value);
    }
    return { positional, named };
  }

  #super(given: readonly GivenArgument[], names: NameScope): PyValue {
    const values = given.map(({ value }) => this.evaluate(value, names));
    if (values[0] instanceof ClassValue && values[1] !== undefined) return new Super(values[0], values[1]);
    for (let each: NameScope | null = names; each; each = each.outer) {
      if (each instanceof CalledNames && each.made.owner)
        return new Super(each.made.owner, each.values.get(each.made.code.parameters[0]?.name ?? '') ?? null);
    }
    throw new RaisedError('RuntimeError', 'super(): no arguments');
  }

  #comprehension(code: ExpressionCode & { is: 'comprehension' }, names: NameScope): PyValue {
    const inner = new NameScope(null, names, names.module);
    const list: PyValue[] = [];
    const dict = new Dict(code.makes === 'set');
    const add = () => {
      const item = this.evaluate(code.item, inner);
      if (code.makes === 'list') list.push(item);
      else {
        const key = code.key ? this.evaluate(code.key, inner) : item;
        dict.entries.set(keyOf(this, key), [key, item]);
      }
      if (list.length > 10_000) throw this.stop('large');
    };
    const loop = (depth: number) => {
      const next = code.loops[depth];
      if (!next) {
        add();
        return;
      }
      for (const item of itemsOf(this, this.evaluate(next.of, inner))) {
        this.spend(1);
        this.assign(next.target, item, inner);
        if (next.conditions.every((condition) => isTrue(this, this.evaluate(condition, inner))))
          loop(depth + 1);
      }
    };
    loop(0);
    return code.makes === 'list' ? new List(list) : dict;
  }

  protected made(code: FunctionCode, around: NameScope, owner: ClassValue | null): FunctionValue {
    const fallbacks = new Map<string, PyValue>();
    for (const { name, fallback } of code.parameters)
      if (fallback) fallbacks.set(name, this.evaluate(fallback, around));
    // A method doesn't see the names of its class.
    return new FunctionValue(code, owner ? (around.outer ?? around.module) : around, fallbacks, owner);
  }

  protected abstract bind(name: string, value: PyValue, names: NameScope): void;
  protected abstract assign(target: ExpressionCode, value: PyValue, names: NameScope): void;
  abstract run(made: FunctionValue, values: NamedValues): PyValue;
}

/** Names of a call. */
export class CalledNames extends NameScope {
  readonly made: FunctionValue;
  constructor(made: FunctionValue) {
    super(made.code.locals, made.around, made.around.module);
    this.made = made;
  }
}
