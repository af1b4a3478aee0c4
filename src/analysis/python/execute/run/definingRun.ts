import type { ExpressionCode, StatementCode } from '../code/code.ts';
import { decoratorKind } from '../code/names/decorators.ts';
import { AssigningRun } from './assigningRun.ts';
import { addConstructor, hasFields } from './builtins/dataclasses.ts';
import { callAny } from './calls.ts';
import { RaisedError, StopError } from './endings.ts';
import { ClassValue, FunctionValue, NameScope, Native, type PyValue, Unknown, Wrapped } from './values.ts';

/** Methods by which a class makes its objects, or reads and sets their attributes, in its own way. */
const OWN_WAYS = ['__new__', '__setattr__', '__getattribute__'];

/** All names of a decorator, called or not: `torch.jit.script`; of `partial(jax.jit, …)` those of what it calls. */
function pathOf(decorator: ExpressionCode): string {
  const callee = decorator.is === 'call' ? decorator.callee : decorator;
  const names: string[] = [];
  let each = callee;
  while (each.is === 'attribute') {
    names.unshift(each.name);
    each = each.of;
  }
  if (each.is === 'name') names.unshift(each.name);
  const inner = decorator.is === 'call' ? decorator.given[0]?.value : undefined;
  return names.at(-1) === 'partial' && inner ? pathOf(inner) : names.join('.');
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
    for (const decorator of code.decorators.toReversed()) {
      const changed = this.#changedBy(decorator, made, names);
      if (changed) return changed;
    }
    return made;
  }

  /** Null if it stays what it is. What a function of one's own does to a class is seen by running it; a registry may be beyond that. */
  #changedBy(decorator: ExpressionCode, made: ClassValue, names: NameScope): Unknown | null {
    try {
      const value = this.decorated(decorator, made, names);
      return value instanceof Unknown ? value : null;
    } catch (error) {
      if (!(error instanceof StopError || error instanceof RaisedError)) throw error;
      const path = pathOf(decorator);
      return decoratorKind(path) === 'harmless' ? null : new Unknown(decorator.at, path);
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
      return this.#byName(wrapper.path, decorator, value);
    }
    if (wrapper instanceof FunctionValue && decorator.is !== 'call')
      return callAny(this, wrapper, [value], new Map());
    // One of a file that isn't at hand.
    if (wrapper instanceof Unknown) return this.#byName(pathOf(decorator), decorator, value);
    const { positional, named } = this.givenValues(decorator.is === 'call' ? decorator.given : [], names);
    return callAny(this, callAny(this, wrapper, positional, named), [value], new Map());
  }
  /** What a decorator makes of a definition whose own source isn't at hand. */
  #byName(path: string, decorator: ExpressionCode, value: PyValue): PyValue {
    const whole = /(?:^|\.)partial$/.test(path) ? pathOf(decorator) : path;
    switch (decoratorKind(whole)) {
      case 'harmless':
        return value;
      case 'gradient':
        this.ownGradient ??= { at: decorator.at, source: this.source };
        return value;
      case 'sets':
        return withoutDefaults(value, new Unknown(decorator.at, whole));
      case 'unknown':
        return new Unknown(decorator.at, whole);
    }
  }
}

/** What a call leaves out may be set elsewhere. */
function withoutDefaults(value: PyValue, unknown: Unknown): PyValue {
  if (value instanceof ClassValue) {
    const init = value.members.get('__init__');
    if (init) value.members.set('__init__', withoutDefaults(init, unknown));
    return value;
  }
  if (!(value instanceof FunctionValue)) return value;
  const { code, around, fallbacks, owner } = value;
  const unset = new Map([...fallbacks.keys()].map((name) => [name, unknown]));
  return new FunctionValue(code, around, unset, owner);
}
