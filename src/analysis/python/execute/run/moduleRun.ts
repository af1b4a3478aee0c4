import type { SourceSpan } from '../../../sourcePlace.ts';
import type { FunctionCode, StatementCode } from '../code/code.ts';
import { moduleCodeOf } from '../code/moduleCode.ts';
import type { CodeSpan, PythonSource } from '../code/pythonSource.ts';
import { CONSTANTS, isFramework } from '../operations/paths.ts';
import type { CutValues } from '../tensors/cutValues.ts';
import { Decisions } from '../tensors/decisions.ts';
import type { PyTensor } from '../tensors/tensor.ts';
import { hasMember } from './attributes.ts';
import { BUILTINS } from './builtins/builtins.ts';
import { RaisedError, StopError } from './endings.ts';
import type { FindModule, Traced } from './run.ts';
import {
  type ClassValue,
  Instance,
  ModuleNames,
  ModuleValue,
  NameScope,
  Native,
  type PyValue,
  Registry,
  Unknown,
} from './values.ts';

/** Steps of one run. */
export const FUEL = 60_000;
/** What it costs to look up a name of a module for the first time. */
const FUEL_OF_NAME = 25;

/** What names stand for where nothing in sight imports them: in a snippet, or behind `from … import *`. */
const USUAL_NAMES: ReadonlyMap<string, string> = new Map([
  ['torch', 'torch'],
  ['nn', 'torch.nn'],
  ['F', 'torch.nn.functional'],
  ['np', 'numpy'],
  ['tf', 'tensorflow'],
  ['math', 'math'],
  ['jnp', 'jax.numpy'],
]);

/** What a setting called after smoothing has that says how much. */
const AMOUNT = /^(?:eps(?:ilon)?|alpha|value|factor|smoothing|rate|amount)$/i;

/** What a statement makes its block do. */
export type Flow = undefined | 'break' | 'continue' | { readonly returned: PyValue };

/** A name that takes another one, and so on: a class whose base has a base … No code that people write goes so far. */
const MOST_NESTED = 50;

/** One run: what it has left, its modules, and what their names stand for. */
export abstract class ModuleRun {
  fuel = FUEL;

  /** Where it is now. */
  at: SourceSpan = { from: 0, to: 0 };

  /** In which source. */
  source: PythonSource;

  protected readonly find: (...request: Parameters<FindModule>) => PythonSource | null;

  readonly #modules = new Map<PythonSource, ModuleNames>();

  protected depth = 0;

  /** Attributes of objects that were read, to be compared with what other methods assign to. */
  readonly attributesRead = new Set<string>();

  readonly attributesSet = new Set<string>();

  /** Functions and constants of frameworks that a module replaces. */
  readonly patched = new Set<string>();

  /** Functions that were run. */
  readonly executed = new Set<FunctionCode>();

  /** What statements gave, where that is asked for. */
  trace: Traced[] | null = null;

  /** What no gradient flows through, where that is asked for. */
  cuts: CutValues | null = null;

  /** Something is detached, whether it depends on the logits or not. */
  hasCuts = false;

  ownGradient: CodeSpan | null = null;

  hasGradients = true;

  /** What comparisons of numbers came to. */
  readonly decisions = new Decisions();

  /** A loss of torch had rows that it ignores. */
  skipsRows = false;

  /** A module is being trained, which is what α is for. */
  isTraining = true;

  /** Something depends on whether it is. */
  asksTraining = false;

  /** Names of modules that were looked up, whether they're there or not. */
  readonly consulted = new Map<PythonSource, Set<string>>();

  /** Another file was asked for, or a cell: what is computed may depend on those. */
  hasAskedOthers = false;

  /** What a setting of an object that isn't known is tried as, by its name: `args.label_smoothing`. */
  settings: ((name: string) => PyValue | undefined) | null = null;

  readonly #cells: readonly PythonSource[];

  constructor(source: PythonSource, find: FindModule, cells: readonly PythonSource[] = []) {
    this.source = source;
    this.find = (from, level, path) => {
      const found = find(from, level, path);
      if (found !== undefined) this.hasAskedOthers = true;
      return found ?? null;
    };
    this.#cells = cells;
  }

  /** Pays for work. Throws a StopError where there's nothing left to pay with. */
  spend(steps: number): void {
    this.fuel -= steps;
    if (this.fuel < 0) throw this.stop('long');
  }

  cut(tensor: PyTensor): PyTensor {
    this.hasCuts = true;
    return this.cuts ? this.cuts.of(tensor, { at: this.at, source: this.source }) : tensor;
  }

  stop(reason: StopError['reason'], what = ''): StopError {
    return new StopError(this.at, reason, what);
  }

  unknown(what: string, reason: Unknown['reason'] = 'unknown'): Unknown {
    return new Unknown(this.at, what, reason);
  }

  moduleNames(source: PythonSource): ModuleNames {
    const known = this.#modules.get(source) ?? new ModuleNames(moduleCodeOf(source));
    this.#modules.set(source, known);
    return known;
  }

  /** The value of a name of a module. */
  global(module: ModuleNames, name: string): PyValue | undefined {
    const known = module.values.get(name);
    if (known !== undefined) return known;
    const { source } = module.code;
    this.consult(source, name);
    this.spend(FUEL_OF_NAME);
    const isCell = this.#cells.length > 1 && this.#cells.includes(source);
    const value = isCell ? this.#ofCells(module, name) : this.#ofModule(module, name);
    if (value !== undefined) module.values.set(name, value);
    return value;
  }

  /** Notes that what is computed depends on what a name of a module stands for. */
  consult(source: PythonSource, name: string): void {
    const names = this.consulted.get(source) ?? new Set();
    this.consulted.set(source, names.add(name));
  }

  #ofModule(module: ModuleNames, name: string): PyValue | undefined {
    return module.code.has(name) ? this.#evaluateGlobal(module, name) : this.#ofStars(module, name);
  }

  /** Cells are one module. Where several set a name it depends on which ran last. */
  #ofCells(module: ModuleNames, name: string): PyValue | undefined {
    this.hasAskedOthers = true;
    const all = this.#cells.map((cell) => this.moduleNames(cell)).filter(({ code }) => code.has(name));
    const [only, ...others] = all;
    if (!only) {
      for (const cell of this.#cells) {
        const value = this.#ofStars(this.moduleNames(cell), name);
        if (value !== undefined) return value;
      }
      return undefined;
    }
    if (others.length === 0)
      return only === module ? this.#evaluateGlobal(only, name) : this.global(only, name);
    const isImport = all.every(({ code }) =>
      code.binding(name).every(({ statement }) => statement.is === 'import'),
    );
    return isImport ? this.#evaluateGlobal(only, name) : this.unknown(name);
  }

  #evaluateGlobal(module: ModuleNames, name: string): PyValue {
    if (module.evaluating.has(name)) return this.unknown(name);
    if (module.evaluating.size >= MOST_NESTED) throw this.stop('deep');
    const bindings = module.code.binding(name);
    const before = { at: this.at, source: this.source };
    module.evaluating.add(name);
    this.source = module.code.source;
    try {
      // Of imports the first is taken: what stands under `except` is another way to the same. Else it isn't known which branch it is.
      const imports = bindings.every(({ statement }) => statement.is === 'import');
      const isAssigned = bindings.filter(({ statement }) => statement.is === 'assign').length > 1;
      const isOpen = bindings.length > 1 && (isAssigned || bindings.some(({ conditional }) => conditional));
      if (isOpen && !imports) return this.unknown(name);
      const binding = imports ? bindings[0] : bindings.at(-1);
      if (!binding || binding.statement.is === 'for' || binding.statement.is === 'update')
        return this.unknown(name);
      const names = new NameScope(null, null, module);
      if (mayBeChanged(module, name, binding.statement))
        return isEmpty(binding.statement) ? new Registry(this.at, name) : this.unknown(name);
      this.execute([binding.statement], names, null);
      for (const [each, value] of names.values) if (!module.values.has(each)) module.values.set(each, value);
      const value = names.values.get(name) ?? this.unknown(name);
      if (value instanceof Native) this.#notePatched(module, name, value);
      return value;
    } catch (error) {
      if (error instanceof StopError && isLimit(error)) throw error;
      if (error instanceof StopError || error instanceof RaisedError) return this.unknown(name);
      throw error;
    } finally {
      module.evaluating.delete(name);
      Object.assign(this, before);
    }
  }

  /** What a module puts in the place of a framework's own: `F.cross_entropy = …`. */
  #notePatched({ code }: ModuleNames, name: string, { path }: Native): void {
    for (const attribute of code.changeOf(name).attributes) this.patched.add(path + attribute);
  }

  #ofStars(module: ModuleNames, name: string): PyValue | undefined {
    let open = false;
    for (const { level, path } of module.code.stars) {
      const source = this.find(module.code.source, level, path);
      if (source) {
        const value = source === module.code.source ? undefined : this.global(this.moduleNames(source), name);
        if (value !== undefined) return value;
      } else open = true;
    }
    if (!open || BUILTINS.has(name)) return undefined;
    const usual = USUAL_NAMES.get(name);
    return usual === undefined ? this.unknown(name) : new Native(usual);
  }

  /** A setting of what isn't known: of a parameter, of a package's module, of `self` without its constructor. */
  optionOf(of: PyValue, name: string): PyValue | undefined {
    if (!this.settings) return undefined;
    // `label_smoothing.epsilon`, where `label_smoothing` itself is tried as a number.
    if (typeof of === 'number') return AMOUNT.test(name) ? of : undefined;
    const isOpen =
      (of instanceof Unknown && of.reason === 'unknown') ||
      (of instanceof Native && !isFramework(of.path)) ||
      (of instanceof Instance && of.isOpen && !of.attributes.has(name) && !hasMember(of, name));
    return isOpen ? this.settings(name) : undefined;
  }

  /** A setting of a module that isn't at hand, by its name: `from config import LABEL_SMOOTHING`. */
  #constantOf(value: PyValue, name: string): PyValue | undefined {
    if (!this.settings || !/^[A-Z][A-Z\d_]+$/.test(name)) return undefined;
    const isOpen =
      (value instanceof Unknown && value.reason === 'unknown') ||
      (value instanceof Native && !isFramework(value.path));
    return isOpen ? this.settings(name) : undefined;
  }

  lookUp(name: string, names: NameScope): PyValue {
    for (let each: NameScope | null = names; each; each = each.outer) {
      const value = each.values.get(name);
      if (value !== undefined) return value;
      if (each.own?.has(name)) {
        if (each === names)
          throw new RaisedError(
            'UnboundLocalError',
            `cannot access local variable '${name}' where it is not associated with a value`,
          );
        throw new RaisedError('NameError', `name '${name}' is not defined`);
      }
    }
    const value = this.global(names.module, name);
    if (value !== undefined) return this.#constantOf(value, name) ?? value;
    if (BUILTINS.has(name)) return new Native(name);
    const usual = names.module.code.isSnippet ? USUAL_NAMES.get(name) : undefined;
    if (usual !== undefined) return new Native(usual);
    throw new RaisedError('NameError', `name '${name}' is not defined`);
  }

  protected imported(level: number, path: readonly string[], name: string | null, names: NameScope): PyValue {
    const from = names.module.code.source;
    const source = this.find(from, level, path);
    if (source) {
      const module = this.moduleNames(source);
      if (name === null) return new ModuleValue(module);
      const value = source === from ? undefined : this.global(module, name);
      if (value !== undefined) return value;
    }
    if (name !== null) {
      const inside = this.find(from, level, [...path, name]);
      if (inside) return new ModuleValue(this.moduleNames(inside));
    }
    if (level > 0 || source) return this.unknown(name ?? path.join('.'));
    const whole = [...path, ...(name === null ? [] : [name])].join('.').replace(/^six\.moves\./, '');
    return CONSTANTS.has(whole) ? CONSTANTS.get(whole)! : new Native(whole);
  }

  protected abstract execute(
    statements: readonly StatementCode[],
    names: NameScope,
    owner: ClassValue | null,
  ): Flow;
}

/** Something else in the module gives it another value, or other elements or attributes. */
function mayBeChanged({ code }: ModuleNames, name: string, { is }: StatementCode): boolean {
  const { isRebound, isWritten } = code.changeOf(name);
  // Of a function or a package one attribute is another then.
  return isRebound || (isWritten && (is === 'assign' || is === 'class'));
}

/** `REGISTRY = {}` */
function isEmpty(statement: StatementCode): boolean {
  if (statement.is !== 'assign') return false;
  const { value } = statement;
  return (
    (value.is === 'dict' && value.entries.length === 0) || (value.is === 'list' && value.items.length === 0)
  );
}

function isLimit({ reason }: StopError): boolean {
  return reason === 'long' || reason === 'large' || reason === 'deep';
}
