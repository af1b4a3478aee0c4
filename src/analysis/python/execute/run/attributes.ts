import { tensorAttribute } from '../operations/callOperation.ts';
import { moduleAttribute } from '../operations/modules.ts';
import { CONSTANTS } from '../operations/paths.ts';
import { PyTensor } from '../tensors/tensor.ts';
import { describe, stopBy } from './collections.ts';
import { RaisedError } from './endings.ts';
import type { PythonRun } from './run.ts';
import {
  Bound,
  ClassValue,
  Dict,
  FunctionValue,
  Instance,
  Int,
  List,
  ModuleValue,
  Native,
  NativeMethod,
  NativeObject,
  type PyValue,
  Super,
  Tuple,
  Unknown,
  Wrapped,
} from './values.ts';

const ANCESTRIES = new WeakMap<ClassValue, readonly PyValue[]>();

/** Classes, the one itself first, in the order in which attributes are looked up. */
export function ancestry(made: ClassValue): readonly PyValue[] {
  // Bases that have bases in common would be gone through again and again.
  const known = ANCESTRIES.get(made) ?? ancestryOf(made);
  ANCESTRIES.set(made, known);
  return known;
}

function ancestryOf(made: ClassValue): readonly PyValue[] {
  const all: PyValue[] = [made];
  for (const base of made.bases) {
    const more = base instanceof ClassValue ? ancestry(base) : [base];
    // A class that several others have as their base comes behind all of them.
    for (const each of more) {
      const known = all.indexOf(each);
      if (known !== -1) all.splice(known, 1);
      all.push(each);
    }
  }
  return all;
}

/** One of the classes of an object that are at hand has it. */
export function hasMember({ made }: Instance, name: string): boolean {
  return ancestry(made).some((each) => each instanceof ClassValue && each.members.has(name));
}

/** The method that is run when an object is called. */
export function callingMethod({ made, attributes }: Instance): string | undefined {
  // `self.forward = …`, which a framework's own `__call__` finds first.
  const own = ['call', 'forward'].find((method) => attributes.has(method));
  for (const each of ancestry(made)) {
    if (!(each instanceof ClassValue)) continue;
    // A class that has both has its own way into `forward`.
    const name = ['__call__', 'call', 'forward'].find((method) => each.members.has(method));
    if (name !== undefined) return name === '__call__' ? name : (own ?? name);
  }
  return own;
}

export function attributeOf(run: PythonRun, of: PyValue, name: string): PyValue {
  if (of instanceof Unknown) return of;
  if (of instanceof Native) {
    const path = `${of.path}.${name}`;
    if (run.patched.has(path)) return run.unknown(path);
    return CONSTANTS.has(path) ? CONSTANTS.get(path)! : new Native(path);
  }
  if (of instanceof PyTensor) return tensorAttribute(run, of, name);
  if (of instanceof Instance) return ofInstance(run, of, name);
  if (of instanceof Super) return ofSuper(run, of, name);
  if (of instanceof ClassValue) return ofClass(run, of, name);
  if (of instanceof ModuleValue) {
    const value = run.global(of.names.module, name);
    if (value === undefined) throw new RaisedError('AttributeError', `module has no attribute '${name}'`);
    return value;
  }
  if (of instanceof NativeObject)
    return of.settings.get(name) ?? moduleAttribute(of, name) ?? new NativeMethod(of, name);
  if (of instanceof Tuple && of.names.includes(name)) return of.items[of.names.indexOf(name)]!;
  if (of instanceof List || of instanceof Tuple || of instanceof Dict || typeof of === 'string')
    return new NativeMethod(of, name);
  if (of instanceof FunctionValue || of instanceof Bound || of instanceof NativeMethod) {
    if (name === '__name__') return describe(of);
    return run.unknown(name);
  }
  if (of instanceof Int || typeof of === 'number') {
    if (name === 'item' || name === 'is_integer' || name === 'bit_length') return new NativeMethod(of, name);
  }
  // `@x.setter`: what is written to isn't what is read.
  if (of instanceof Wrapped) throw run.stop('unsupported', name);
  throw new RaisedError('AttributeError', `${describe(of)} has no attribute '${name}'`);
}

function ofInstance(run: PythonRun, of: Instance, name: string): PyValue {
  const own = of.attributes.get(name);
  if (own !== undefined) {
    if (!run.attributesSet.has(name)) run.attributesRead.add(name);
    return own;
  }
  for (const each of ancestry(of.made)) {
    if (each instanceof ClassValue) {
      const member = each.members.get(name);
      if (member !== undefined) {
        if (!(member instanceof FunctionValue)) run.attributesRead.add(name);
        return boundTo(run, member, of);
      }
    } else if (of.isOpen) break;
    else if (each instanceof Native) {
      const value = nativeMember(run, of, each, name);
      if (value !== undefined) return value;
    } else return run.unknown(`${of.made.name}.${name}`);
  }
  if (name === '__class__') return of.made;
  if (name === '__dict__') return run.unknown(name);
  if (of.isOpen || hasMember(of, '__getattr__')) return run.unknown(`self.${name}`);
  throw new RaisedError('AttributeError', `'${of.made.name}' object has no attribute '${name}'`);
}

function boundTo(run: PythonRun, member: PyValue, self: PyValue): PyValue {
  if (member instanceof FunctionValue) return new Bound(member, self);
  if (!(member instanceof Wrapped)) return member;
  if (member.how === 'static') return member.value;
  if (member.how === 'property') return run.call(member.value, [self], new Map());
  const owner = self instanceof Instance ? self.made : self;
  return member.value instanceof FunctionValue ? new Bound(member.value, owner) : run.unknown('classmethod');
}

const PLAIN_BASES = new Set(['object', 'abc.ABC', 'typing.Generic', 'typing.Protocol', 'typing.NamedTuple']);

/** What a base class of a framework has by this name; undefined if it has nothing. */
function nativeMember(run: PythonRun, of: Instance, base: Native, name: string): PyValue | undefined {
  if (PLAIN_BASES.has(base.path)) return undefined;
  if (of.native) {
    const value = of.native.settings.get(name) ?? moduleAttribute(of.native, name);
    if (value !== undefined) return value;
  }
  if (name === 'training') {
    run.asksTraining = true;
    return run.isTraining;
  }
  return new NativeMethod(of, name);
}

function ofSuper(run: PythonRun, { after, self }: Super, name: string): PyValue {
  const made = self instanceof Instance ? self.made : self instanceof ClassValue ? self : after;
  const all = ancestry(made);
  for (const each of all.slice(all.indexOf(after) + 1)) {
    if (each instanceof ClassValue) {
      const member = each.members.get(name);
      if (member !== undefined) return boundTo(run, member, self);
    } else if (each instanceof Native) return new NativeMethod(new Super(after, self), name);
    else return run.unknown(`super().${name}`);
  }
  return new NativeMethod(new Super(after, self), name);
}

function ofClass(run: PythonRun, of: ClassValue, name: string): PyValue {
  for (const each of ancestry(of)) {
    if (!(each instanceof ClassValue)) return new NativeMethod(of, name);
    const member = each.members.get(name);
    if (member === undefined) continue;
    if (member instanceof Wrapped && member.how !== 'property') {
      if (member.how === 'static') return member.value;
      return member.value instanceof FunctionValue ? new Bound(member.value, of) : run.unknown(name);
    }
    return member;
  }
  if (name === '__name__') return of.name;
  throw new RaisedError('AttributeError', `type object '${of.name}' has no attribute '${name}'`);
}

export function setAttribute(run: PythonRun, of: PyValue, name: string, value: PyValue): void {
  if (of instanceof Instance) {
    of.attributes.set(name, value);
    run.attributesSet.add(name);
  } else if (of instanceof ClassValue) of.members.set(name, value);
  else if (of instanceof Unknown) throw stopBy(run, of);
  else if (of instanceof PyTensor && (name === 'requires_grad' || name === 'name')) return;
  else throw run.stop('unsupported', name);
}
