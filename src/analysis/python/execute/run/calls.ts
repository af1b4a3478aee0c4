import { callMethod, callOperation } from '../operations/callOperation.ts';
import { callModule, moduleOf } from '../operations/modules.ts';
import { PyTensor } from '../tensors/tensor.ts';
import { ancestry, attributeOf, callingMethod } from './attributes.ts';
import { callBuiltin } from './builtins/builtins.ts';
import { describe, stopBy } from './collections.ts';
import { RaisedError, UninitializedError } from './endings.ts';
import type { NamedValues, PythonRun } from './run.ts';
import {
  Bound,
  ClassValue,
  Dict,
  FunctionValue,
  Instance,
  Native,
  NativeMethod,
  NativeObject,
  type PyValue,
  Super,
  Tuple,
  Unknown,
} from './values.ts';

/** Calls that change nothing of what they're given. */
const HARMLESS = /print|log|warn|debug|info|write|check|add_scalar|assert|update|record|append|display|save/i;

export function callAny(
  run: PythonRun,
  callee: PyValue,
  positional: readonly PyValue[],
  named: NamedValues,
): PyValue {
  run.spend(1);
  if (callee instanceof FunctionValue) return callFunction(run, callee, positional, named);
  if (callee instanceof Bound) return callFunction(run, callee.made, [callee.self, ...positional], named);
  if (callee instanceof ClassValue) return construct(run, callee, positional, named);
  if (callee instanceof Instance) return callInstance(run, callee, positional, named);
  if (callee instanceof Native) return callNative(run, callee.path, positional, named);
  if (callee instanceof NativeObject) return callModule(run, callee, positional, named);
  if (callee instanceof NativeMethod) return callNativeMethod(run, callee, positional, named);
  if (callee instanceof Unknown) return callUnknown(run, callee, positional, named);
  throw new RaisedError('TypeError', `'${describe(callee)}' object is not callable`);
}

/** What isn't known may have changed the tensors it was given. */
function callUnknown(
  run: PythonRun,
  callee: Unknown,
  positional: readonly PyValue[],
  named: NamedValues,
): PyValue {
  const given = [...positional, ...named.values()];
  const name = callee.what.split('.').at(-1)!;
  const changes = name.endsWith('_') && !name.endsWith('__') && !HARMLESS.test(name);
  if (changes && given.some((value) => value instanceof PyTensor)) throw stopBy(run, callee);
  return new Unknown(callee.at, callee.what, callee.reason);
}

function callNative(
  run: PythonRun,
  path: string,
  positional: readonly PyValue[],
  named: NamedValues,
): PyValue {
  const [self, ...others] = positional;
  // `nn.Module.__init__(self)`
  if (self instanceof Instance && path.endsWith('.__init__')) {
    initializeNative(run, self, new Native(path.slice(0, -'.__init__'.length)), others, named);
    return null;
  }
  // From here on, and not in a block alone.
  if (path === 'torch.set_grad_enabled') run.hasGradients = positional[0] !== false;
  const builtin = callBuiltin(run, path, positional, named);
  if (builtin !== undefined) return builtin;
  const module = moduleOf(run, path, positional, named);
  if (module) return module;
  return callOperation(run, path, positional, named);
}

function callNativeMethod(
  run: PythonRun,
  { self, name }: NativeMethod,
  positional: readonly PyValue[],
  named: NamedValues,
): PyValue {
  if (self instanceof Instance) return ofFramework(run, self, name, positional, named);
  if (self instanceof Super) return ofBase(run, self, name, positional, named);
  // `Function.apply` of torch.autograd
  if (self instanceof ClassValue) {
    if (name === 'apply' && isAutogradFunction(self)) run.ownGradient ??= { at: run.at, source: run.source };
    if (name === 'apply' && isAutogradFunction(self))
      return callAny(run, attributeOf(run, self, 'forward'), [contextOf(), ...positional], named);
    return run.unknown(`${self.name}.${name}`);
  }
  return callMethod(run, self, name, positional, named);
}

export function isAutogradFunction(made: ClassValue): boolean {
  return ancestry(made).some((each) => each instanceof Native && each.path.endsWith('autograd.Function'));
}

/** What `forward` of such a function keeps things in. */
export function contextOf(): Instance {
  return new Instance(new ClassValue('ctx', [new Native('ctx')]));
}

/** A method that every module of a framework has. */
function ofFramework(
  run: PythonRun,
  self: Instance,
  name: string,
  positional: readonly PyValue[],
  named: NamedValues,
): PyValue {
  const [first, second] = positional;
  if ((name === 'register_buffer' || name === 'register_parameter') && typeof first === 'string') {
    self.attributes.set(first, second ?? named.get('tensor') ?? named.get('param') ?? null);
    return null;
  }
  if (
    ['to', 'cuda', 'cpu', 'train', 'eval', 'float', 'double', 'half', 'requires_grad_', 'apply'].includes(
      name,
    )
  )
    return self;
  if (name === '__call__') return callInstance(run, self, positional, named);
  if (self.native && (name === 'forward' || name === 'call'))
    return callModule(run, self.native, positional, named);
  if (['save_for_backward', 'mark_non_differentiable', 'save_hyperparameters', 'log'].includes(name))
    return null;
  return run.unknown(`${self.made.name}.${name}`);
}

function ofBase(
  run: PythonRun,
  { after, self }: Super,
  name: string,
  positional: readonly PyValue[],
  named: NamedValues,
): PyValue {
  if (!(self instanceof Instance)) return run.unknown(`super().${name}`);
  const all = ancestry(self.made);
  const base = all.slice(all.indexOf(after) + 1).find((each) => each instanceof Native);
  if (name === '__init__') {
    if (base) initializeNative(run, self, base, positional, named);
    return null;
  }
  return ofFramework(run, self, name, positional, named);
}

function initializeNative(
  run: PythonRun,
  self: Instance,
  base: Native,
  positional: readonly PyValue[],
  named: NamedValues,
): void {
  const module = moduleOf(run, base.path, positional, named);
  self.isInitialized = true;
  if (module instanceof NativeObject) self.native = module;
  else if (module) throw stopBy(run, module as Unknown);
}

/** The parameters of a function with what a call gives them. Throws what Python raises if they don't fit. */
function boundArguments(
  run: PythonRun,
  { code, fallbacks }: FunctionValue,
  positional: readonly PyValue[],
  named: NamedValues,
): Map<string, PyValue> {
  const values = new Map<string, PyValue>();
  const rest = new Map(named);
  let next = 0;
  for (const { name, star, keywordOnly } of code.parameters) {
    if (star === '*') {
      values.set(name, new Tuple(positional.slice(next)));
      next = positional.length;
    } else if (star === '**') {
      const dict = new Dict();
      for (const [key, value] of rest) dict.entries.set(`s${key}`, [key, value]);
      rest.clear();
      values.set(name, dict);
    } else if (!keywordOnly && next < positional.length) values.set(name, positional[next++]!);
    else {
      const value = rest.get(name) ?? (rest.has(name) ? null : fallbacks.get(name));
      rest.delete(name);
      if (value === undefined)
        throw new RaisedError('TypeError', `${code.name}() missing a required argument: '${name}'`);
      values.set(name, value);
    }
  }
  if (next < positional.length)
    throw new RaisedError(
      'TypeError',
      `${code.name}() takes ${next} positional arguments but ${positional.length} were given`,
    );
  const [extra] = rest.keys();
  if (extra !== undefined) {
    const twice = values.has(extra);
    throw new RaisedError(
      'TypeError',
      `${code.name}() got ${twice ? 'multiple values for' : 'an unexpected keyword'} argument '${extra}'`,
    );
  }
  run.spend(values.size);
  return values;
}

function callFunction(
  run: PythonRun,
  made: FunctionValue,
  positional: readonly PyValue[],
  named: NamedValues,
): PyValue {
  return run.run(made, boundArguments(run, made, positional, named));
}

export function construct(
  run: PythonRun,
  made: ClassValue,
  positional: readonly PyValue[],
  named: NamedValues,
): PyValue {
  const self = new Instance(made);
  const all = ancestry(made);
  for (const each of all) {
    if (!(each instanceof ClassValue)) {
      if (each instanceof Native) {
        initializeNative(run, self, each, positional, named);
        return self;
      }
      // The constructor of a class that isn't at hand.
      return run.unknown(made.name);
    }
    const init = each.members.get('__init__');
    if (init instanceof FunctionValue) {
      callFunction(run, init, [self, ...positional], named);
      ensureNative(run, self, all);
      return self;
    }
  }
  if (positional.length > 0 || named.size > 0)
    throw new RaisedError('TypeError', `${made.name}() takes no arguments`);
  return self;
}

/** A loss of a framework whose constructor was handed something that isn't known, or wasn't called. */
function ensureNative(run: PythonRun, self: Instance, all: readonly PyValue[]): void {
  if (self.isInitialized) return;
  const base = all.find((each) => each instanceof Native);
  if (base instanceof Native && !isModule(all)) initializeNative(run, self, base, [], new Map());
}

/** A module of PyTorch, all of whose classes are at hand. */
function isModule(all: readonly PyValue[]): boolean {
  const isKnown = all.every((each) => each instanceof ClassValue || each instanceof Native);
  return isKnown && all.some((each) => each instanceof Native && each.path.startsWith('torch.nn.'));
}

/** PyTorch's `__call__` needs what its constructor sets. Throws what is raised where that wasn't called. */
export function checkInitialized(self: Instance, method: string | undefined): void {
  if (self.isInitialized || self.isOpen || method === '__call__') return;
  const all = ancestry(self.made);
  if (isModule(all)) throw new UninitializedError(self.made.name, startOfConstructor(all));
}

const CONSTRUCTOR = 'def __init__';

function startOfConstructor(all: readonly PyValue[]): RaisedError['from'] {
  for (const each of all) {
    const init = each instanceof ClassValue ? each.members.get('__init__') : undefined;
    if (!(init instanceof FunctionValue)) continue;
    const { from } = init.code.at;
    return { at: { from, to: from + CONSTRUCTOR.length }, source: init.around.module.code.source };
  }
  return undefined;
}

function callInstance(
  run: PythonRun,
  self: Instance,
  positional: readonly PyValue[],
  named: NamedValues,
): PyValue {
  const method = callingMethod(self);
  checkInitialized(self, method);
  if (method !== undefined) return callAny(run, attributeOf(run, self, method), positional, named);
  if (self.native) return callModule(run, self.native, positional, named);
  return run.unknown(self.made.name);
}

/** What `raise` does with a value. */
export function raisedBy(value: PyValue): RaisedError {
  if (value instanceof NativeObject)
    return new RaisedError(value.path, describe(value.settings.get('message') ?? ''));
  if (value instanceof Native) return new RaisedError(value.path, '');
  return new RaisedError('Exception', '');
}
