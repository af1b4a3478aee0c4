import type { ExpressionCode, StatementCode } from '../code/code.ts';
import { AssigningRun } from './assigningRun.ts';
import { addConstructor, hasFields } from './builtins/dataclasses.ts';
import { callAny } from './calls.ts';
import { RaisedError, StopError } from './endings.ts';
import { ClassValue, FunctionValue, NameScope, Native, type PyValue, Unknown, Wrapped } from './values.ts';

/** Methods by which a class makes its objects, or reads and sets their attributes, in its own way. */
const OWN_WAYS = ['__new__', '__setattr__', '__getattribute__'];

/** Decorators that are called so change what a function gives: `@weighted_loss`. */
const CHANGES = /weight|reduc|scale|averag|mask|smooth/i;

function nameOf(path: string): string {
  return path.split('.').at(-1)!;
}

/** What `class` and `def` make, with what decorates them. */
export abstract class DefiningRun extends AssigningRun {
  protected makeClass(code: StatementCode & { is: 'class' }, names: NameScope): PyValue {
    const bases = code.bases
      .filter(({ name }) => name === null)
      .map(({ value }) => this.evaluate(value, names));
    const made = new ClassValue(code.name, bases);
    const inner = new NameScope(null, names.own ? names : null, names.module);
    this.execute(code.body, inner, made);
    for (const [name, value] of inner.values) made.members.set(name, value);
    const isOwnWay = OWN_WAYS.find((name) => made.members.has(name));
    if (isOwnWay) return this.unknown(isOwnWay, 'unsupported');
    for (const { name, value } of code.bases)
      if (name === 'metaclass' && !(this.evaluate(value, names) instanceof Native))
        return this.unknown(name, 'unsupported');
    // A class that is registered somewhere stays what it is.
    const paths = code.decorators.map((decorator) => this.#operationPath(decorator, names));
    if (hasFields(bases, paths)) addConstructor(this, made, code, inner);
    for (const decorator of code.decorators.toReversed()) this.#changeBy(decorator, made, names);
    return made;
  }

  /** What a function of one's own does to a class it decorates; a registry that can't be followed does nothing. */
  #changeBy(decorator: ExpressionCode, made: ClassValue, names: NameScope): void {
    try {
      this.decorated(decorator, made, names);
    } catch (error) {
      if (!(error instanceof StopError || error instanceof RaisedError)) throw error;
    }
  }

  /** Of a decorator, called or not, that is of a framework; undefined for another. */
  #operationPath(decorator: ExpressionCode, names: NameScope): string | undefined {
    const callee = decorator.is === 'call' ? decorator.callee : decorator;
    const value = this.evaluate(callee, names);
    return value instanceof Native ? value.path : undefined;
  }

  protected decorated(decorator: ExpressionCode, value: PyValue, names: NameScope): PyValue {
    const callee = decorator.is === 'call' ? decorator.callee : decorator;
    const wrapper = this.evaluate(callee, names);
    if (wrapper instanceof Native) {
      if (wrapper.path === 'property') return new Wrapped('property', value);
      if (wrapper.path === 'staticmethod') return new Wrapped('static', value);
      if (wrapper.path === 'classmethod') return new Wrapped('class', value);
      // What compiles, registers or checks changes nothing of what is computed.
      return CHANGES.test(nameOf(wrapper.path)) ? this.unknown(wrapper.path) : value;
    }
    if (wrapper instanceof FunctionValue && decorator.is !== 'call')
      return callAny(this, wrapper, [value], new Map());
    // A decorator of a registry is one of a framework's, or of a file that isn't at hand.
    if (wrapper instanceof Unknown) return CHANGES.test(nameOf(wrapper.what)) ? wrapper : value;
    const { positional, named } = this.givenValues(decorator.is === 'call' ? decorator.given : [], names);
    return callAny(this, callAny(this, wrapper, positional, named), [value], new Map());
  }
}
