import type { ExpressionCode, StatementCode } from '../code/code.ts';
import { itemsOf } from './collections.ts';
import { DefiningRun } from './definingRun.ts';
import { RaisedError } from './endings.ts';
import type { Flow } from './moduleRun.ts';
import { type ClassValue, type NameScope, Native, Tuple } from './values.ts';

/** What else is caught by a name of what is raised here. */
const SUBTYPES: Readonly<Record<string, 'all' | readonly string[]>> = {
  Exception: 'all',
  BaseException: 'all',
  LookupError: ['KeyError', 'IndexError'],
  ArithmeticError: ['ZeroDivisionError', 'OverflowError'],
  NameError: ['UnboundLocalError'],
  RuntimeError: ['NotImplementedError'],
  ImportError: ['ModuleNotFoundError'],
};

/** Times a loop goes round. */
const MOST_ROUNDS = 1_000;

/** Loops, and blocks that catch what is raised. */
export abstract class BlockRun extends DefiningRun {
  protected forLoop(code: StatementCode & { is: 'for' }, names: NameScope, owner: ClassValue | null): Flow {
    const of = this.evaluate(code.of, names);
    this.at = code.of.at;
    let round = 0;
    for (const item of itemsOf(this, of)) {
      if (++round > MOST_ROUNDS) throw this.stop('long');
      this.assign(code.target, item, names);
      const flow = this.execute(code.body, names, owner);
      if (flow === 'break') return undefined;
      if (typeof flow === 'object') return flow;
    }
    return this.execute(code.otherwise, names, owner);
  }

  protected whileLoop(
    code: StatementCode & { is: 'while' },
    names: NameScope,
    owner: ClassValue | null,
  ): Flow {
    for (let round = 0; ; round++) {
      if (!this.decides(code.test, names)) return undefined;
      if (round >= MOST_ROUNDS) throw this.stop('long');
      const flow = this.execute(code.body, names, owner);
      if (flow === 'break') return undefined;
      if (typeof flow === 'object') return flow;
    }
  }

  protected tryBlock(code: StatementCode & { is: 'try' }, names: NameScope, owner: ClassValue | null): Flow {
    let flow: Flow;
    try {
      flow = this.execute(code.body, names, owner) ?? this.execute(code.otherwise, names, owner);
    } catch (error) {
      if (!(error instanceof RaisedError)) throw error;
      try {
        flow = this.#handle(code, error, names, owner);
      } catch (raised) {
        // What `finally` returns takes the place of what is raised.
        const last = raised instanceof RaisedError ? this.execute(code.last, names, owner) : undefined;
        if (last) return last;
        throw raised;
      }
    }
    return this.execute(code.last, names, owner) ?? flow;
  }

  #handle(
    { handlers }: StatementCode & { is: 'try' },
    error: RaisedError,
    names: NameScope,
    owner: ClassValue | null,
  ): Flow {
    const handler = handlers.find(({ types }) => this.#catches(types, error, names));
    if (!handler) throw error;
    if (handler.name !== null) this.bind(handler.name, this.unknown(handler.name), names);
    return this.execute(handler.body, names, owner);
  }

  #catches(types: ExpressionCode | null, error: RaisedError, names: NameScope): boolean {
    if (!types) return true;
    const value = this.evaluate(types, names);
    const all = value instanceof Tuple ? value.items : [value];
    return all.some((each) => {
      if (!(each instanceof Native)) throw this.stop('unsupported', 'except');
      const types = SUBTYPES[each.path];
      return types === 'all' || each.path === error.type || types?.includes(error.type);
    });
  }
}
