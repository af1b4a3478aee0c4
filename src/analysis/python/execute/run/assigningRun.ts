import type { SourceSpan } from '../../../sourcePlace.ts';
import type { ExpressionCode, StatementCode } from '../code/code.ts';
import { PyTensor } from '../tensors/tensor.ts';
import { setAttribute } from './attributes.ts';
import { itemsOf, payForList } from './collections.ts';
import { RaisedError } from './endings.ts';
import { CalledNames, ExpressionRun } from './expressionRun.ts';
import { operated } from './operators.ts';
import { itemOf, setItem } from './subscripts.ts';
import { List, type NameScope, type PyValue, Unknown } from './values.ts';

/** Statements whose results are kept, and numbers of each. */
const MOST_TRACED = 400;
const LARGEST_TRACED = 400;

/** What is assigned: to names, attributes and places; and what statements gave, where that is asked for. */
export abstract class AssigningRun extends ExpressionRun {
  protected note(at: SourceSpan, value: PyValue): PyValue {
    if (!this.trace || this.trace.length >= MOST_TRACED) return value;
    const values =
      value instanceof PyTensor && value.size <= LARGEST_TRACED
        ? value.values()
        : typeof value === 'number'
          ? [value]
          : null;
    if (values) this.trace.push({ at, source: this.source, values });
    return value;
  }

  protected bind(name: string, value: PyValue, names: NameScope): void {
    if (names instanceof CalledNames && names.made.code.outer.has(name)) {
      for (let each = names.outer; each; each = each.outer) {
        if (each.own?.has(name)) {
          each.values.set(name, value);
          return;
        }
      }
      throw this.stop('unsupported', `global ${name}`);
    }
    names.values.set(name, value);
  }

  protected assign(target: ExpressionCode, value: PyValue, names: NameScope): void {
    switch (target.is) {
      case 'name':
        this.bind(target.name, value, names);
        return;
      case 'tuple':
      case 'list':
        this.#unpack(target.items, value, names);
        return;
      case 'attribute': {
        const of = this.evaluate(target.of, names);
        this.at = target.at;
        setAttribute(this, of, target.name, value);
        return;
      }
      case 'subscript': {
        const of = this.evaluate(target.of, names);
        const key = this.evaluate(target.key, names);
        this.at = target.at;
        setItem(this, of, key, value);
        return;
      }
      default:
        throw this.stop('unsupported', target.is);
    }
  }

  #unpack(targets: readonly ExpressionCode[], value: PyValue, names: NameScope): void {
    if (value instanceof Unknown) {
      for (const target of targets) this.assign(target.is === 'star' ? target.of : target, value, names);
      return;
    }
    const items = [...itemsOf(this, value)];
    const star = targets.findIndex(({ is }) => is === 'star');
    const fits = star === -1 ? items.length === targets.length : items.length >= targets.length - 1;
    if (!fits)
      throw new RaisedError(
        'ValueError',
        `${items.length > targets.length ? 'too many' : 'not enough'} values to unpack (expected ${targets.length})`,
      );
    const extra = items.length - targets.length + 1;
    for (const [i, target] of targets.entries()) {
      if (i === star && target.is === 'star')
        this.assign(target.of, new List(items.slice(i, i + extra)), names);
      else this.assign(target, items[star !== -1 && i > star ? i + extra - 1 : i]!, names);
    }
  }

  protected update(
    { target, operator, value: code }: StatementCode & { is: 'update' },
    names: NameScope,
  ): void {
    const value = this.evaluate(code, names);
    if (target.is === 'subscript') {
      const of = this.evaluate(target.of, names);
      const key = this.evaluate(target.key, names);
      this.at = target.at;
      setItem(this, of, key, operated(this, operator, itemOf(this, of, key), value, true));
      return;
    }
    const old = this.evaluate(target, names);
    this.at = target.at;
    if (old instanceof List && operator === '+') {
      old.items.push(...itemsOf(this, value));
      payForList(this, old.items.length);
      return;
    }
    const changed = this.note(target.at, operated(this, operator, old, value, true));
    // A tensor that was changed where it is, is assigned to all the same.
    if (changed !== old || !(old instanceof PyTensor)) this.assign(target, changed, names);
  }
}
