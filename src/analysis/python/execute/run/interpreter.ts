import { isIdle } from '../code/blockCode.ts';
import type { FunctionCode, StatementCode } from '../code/code.ts';
import { isWithoutGradients } from '../code/names/withoutGradients.ts';
import { write } from '../tensors/broadcast.ts';
import { PyTensor } from '../tensors/tensor.ts';
import { BlockRun } from './blockRun.ts';
import { raisedBy } from './calls.ts';
import { isTrue } from './comparisons.ts';
import { RaisedError, StopError } from './endings.ts';
import { CalledNames, DEEPEST } from './expressionRun.ts';
import type { Flow } from './moduleRun.ts';
import type { PythonRun } from './run.ts';
import { removeItem } from './subscripts.ts';
import {
  type ClassValue,
  type FunctionValue,
  type ModuleNames,
  NameScope,
  type PyValue,
  Tuple,
  Unknown,
} from './values.ts';

/** Calls in calls. */
const DEEPEST_CALLS = 60;

/** One run: what it has left, and the modules it has evaluated. Nothing of it outlives it. */
export class Interpreter extends BlockRun implements PythonRun {
  #calls = 0;
  /** Blocks and calls it's in that have no gradients. */
  #cutBlocks = 0;
  readonly #cutFunctions = new Set<FunctionCode>();

  /** Runs a function with its parameters bound. */
  run(made: FunctionValue, values: ReadonlyMap<string, PyValue>): PyValue {
    if (++this.#calls > DEEPEST_CALLS) throw this.stop('deep');
    const { source } = this;
    this.executed.add(made.code);
    const isCut = this.#cutFunctions.has(made.code);
    if (isCut) this.#cutBlocks++;
    this.source = made.around.module.code.source;
    const names = new CalledNames(made);
    for (const [name, value] of values) names.values.set(name, value);
    try {
      const flow = this.execute(made.code.body, names, null);
      return typeof flow === 'object' ? flow.returned : null;
    } finally {
      this.#calls--;
      if (isCut) this.#cutBlocks--;
      this.source = source;
    }
  }

  #branch({ branches }: StatementCode & { is: 'if' }, names: NameScope, owner: ClassValue | null): Flow {
    const { mark } = this.decisions;
    for (const [i, [test, body]] of branches.entries()) {
      const isTaken = !test || this.decides(test, names);
      // What may be done instead is to raise, or to say something.
      const others = isTaken ? branches.slice(i + 1) : [];
      if (test && isIdle(body) && others.every(([, other]) => isIdle(other))) this.decisions.forget(mark);
      if (isTaken) return this.execute(body, names, owner);
    }
    return undefined;
  }

  #withBlock(code: StatementCode & { is: 'with' }, names: NameScope, owner: ClassValue | null): Flow {
    const isCut = code.items.some(([item]) => isWithoutGradients(item));
    const { hasGradients } = this;
    for (const [item, target] of code.items) {
      const value = this.evaluate(item, names);
      if (target) this.assign(target, value, names);
    }
    if (isCut) this.#cutBlocks++;
    try {
      return this.execute(code.body, names, owner);
    } finally {
      if (isCut) this.#cutBlocks--;
      this.hasGradients = hasGradients;
    }
  }

  /** What is computed where no gradients are. */
  #cutHere(value: PyValue): PyValue {
    if (this.#cutBlocks === 0 && this.hasGradients) return value;
    if (value instanceof PyTensor) return this.cut(value);
    if (value instanceof Tuple)
      return new Tuple(
        value.items.map((item) => this.#cutHere(item)),
        value.names,
      );
    return value;
  }

  /** What an operation changed where it is. */
  #cutInPlace(value: PyValue): void {
    if (!(value instanceof PyTensor)) return;
    const cut = this.#cutHere(value);
    if (cut !== value) write(value, cut as PyTensor, (_, x) => x);
  }

  protected execute(statements: readonly StatementCode[], names: NameScope, owner: ClassValue | null): Flow {
    if (++this.depth > DEEPEST) throw this.stop('deep');
    try {
      for (const statement of statements) {
        const flow = this.#statement(statement, names, owner);
        if (flow !== undefined) return flow;
      }
      return undefined;
    } finally {
      this.depth--;
    }
  }

  /** The values a statement gives to names, in names of its own. */
  define(
    statement: StatementCode,
    module: ModuleNames,
    around: NameScope | null = null,
  ): ReadonlyMap<string, PyValue> {
    const names = new NameScope(null, around, module);
    this.execute([statement], names, null);
    return names.values;
  }

  #statement(code: StatementCode, names: NameScope, owner: ClassValue | null): Flow {
    this.spend(1);
    this.at = code.at;
    try {
      return this.#perform(code, names, owner);
    } catch (error) {
      if (error instanceof RaisedError) error.from ??= { at: code.at, source: this.source };
      if (error instanceof StopError) error.source ??= this.source;
      throw error;
    }
  }

  #perform(code: StatementCode, names: NameScope, owner: ClassValue | null): Flow {
    switch (code.is) {
      case 'expression':
        this.#cutInPlace(this.note(code.at, this.evaluate(code.value, names)));
        return undefined;
      case 'assign': {
        const value = this.#cutHere(this.evaluate(code.value, names));
        this.note(code.at, value);
        for (const target of code.targets) this.assign(target, value, names);
        return undefined;
      }
      case 'update':
        this.update(code, names);
        return undefined;
      case 'return':
        return {
          returned: code.value ? this.note(code.at, this.#cutHere(this.evaluate(code.value, names))) : null,
        };
      case 'if':
        return this.#branch(code, names, owner);
      case 'for':
        return this.forLoop(code, names, owner);
      case 'while':
        return this.whileLoop(code, names, owner);
      case 'try':
        return this.tryBlock(code, names, owner);
      case 'with':
        return this.#withBlock(code, names, owner);
      case 'function': {
        let value: PyValue = this.made(code.made, names, owner);
        if (code.decorators.some(isWithoutGradients)) this.#cutFunctions.add(code.made);
        for (const decorator of code.decorators.toReversed()) value = this.decorated(decorator, value, names);
        this.bind(code.made.name, value, names);
        return undefined;
      }
      case 'class':
        this.bind(code.name, this.makeClass(code, names), names);
        return undefined;
      case 'import':
        for (const { bound, level, path, name } of code.names)
          if (bound !== null) this.bind(bound, this.imported(level, path, name, names), names);
        return undefined;
      case 'assert': {
        const { mark } = this.decisions;
        const value = this.evaluate(code.test, names);
        this.decisions.forget(mark);
        // An assertion that can't be checked is taken to hold.
        if (!(value instanceof Unknown) && !isTrue(this, value)) throw new RaisedError('AssertionError', '');
        return undefined;
      }
      case 'raise':
        throw raisedBy(code.value ? this.evaluate(code.value, names) : null);
      case 'delete':
        for (const target of code.targets) {
          if (target.is === 'name') names.values.delete(target.name);
          else if (target.is === 'subscript')
            removeItem(this, this.evaluate(target.of, names), this.evaluate(target.key, names));
          else throw this.stop('unsupported', 'del');
        }
        return undefined;
      case 'break':
      case 'continue':
        return code.is;
      case 'pass':
      case 'declare':
        return undefined;
      case 'other':
        if (code.what.startsWith('scope')) return undefined;
        throw this.stop('unsupported', code.what);
    }
  }
}
