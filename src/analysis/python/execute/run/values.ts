import type { SourceSpan } from '../../../sourcePlace.ts';
import type { FunctionCode } from '../code/code.ts';
import type { ModuleCode } from '../code/moduleCode.ts';
import type { PyTensor } from '../tensors/tensor.ts';

/** A value of Python. A float is a number; what a run can't know is Unknown, and stops it only where it decides something. */
export type PyValue =
  | null
  | boolean
  | number
  | string
  | Int
  | PyTensor
  | List
  | Tuple
  | Dict
  | Slice
  | Ellipsis
  | FunctionValue
  | Bound
  | ClassValue
  | Instance
  | Super
  | Wrapped
  | Native
  | NativeObject
  | NativeMethod
  | ModuleValue
  | Unknown;

/** An integer, of which a float that happens to be whole is told apart: they make tensors of other types. */
export class Int {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

export class List {
  items: PyValue[];
  constructor(items: PyValue[]) {
    this.items = items;
  }
}

export class Tuple {
  readonly items: readonly PyValue[];
  /** By name, of a named tuple. */
  readonly names: readonly string[];
  constructor(items: readonly PyValue[], names: readonly string[] = []) {
    this.items = items;
    this.names = names;
  }
}

/** Keys by what they're equal to. A set has the keys only. */
export class Dict {
  readonly entries = new Map<string, readonly [key: PyValue, value: PyValue]>();
  readonly isSet: boolean;
  constructor(isSet = false) {
    this.isSet = isSet;
  }
}

export class Slice {
  readonly parts: readonly PyValue[];
  constructor(parts: readonly PyValue[]) {
    this.parts = parts;
  }
}

export class Ellipsis {}

export class FunctionValue {
  readonly code: FunctionCode;
  readonly around: NameScope;
  /** By parameter, evaluated where it's defined. */
  readonly fallbacks: ReadonlyMap<string, PyValue>;
  /** The class whose body it stands in. */
  readonly owner: ClassValue | null;
  constructor(
    code: FunctionCode,
    around: NameScope,
    fallbacks: ReadonlyMap<string, PyValue>,
    owner: ClassValue | null,
  ) {
    this.code = code;
    this.around = around;
    this.fallbacks = fallbacks;
    this.owner = owner;
  }
}

/** A function of a class, and the object it was taken from. */
export class Bound {
  readonly made: FunctionValue;
  readonly self: PyValue;
  constructor(made: FunctionValue, self: PyValue) {
    this.made = made;
    this.self = self;
  }
}

/** What a constructor takes by this name; undefined where it has to be given. */
export interface ClassField {
  readonly name: string;
  readonly fallback: PyValue | undefined;
}

export class ClassValue {
  readonly name: string;
  readonly bases: readonly PyValue[];
  readonly members = new Map<string, PyValue>();
  /** Of a dataclass its fields in order, those of its bases first. */
  fields: readonly ClassField[] = [];
  constructor(name: string, bases: readonly PyValue[]) {
    this.name = name;
    this.bases = bases;
  }
}

export class Instance {
  readonly made: ClassValue;
  readonly attributes = new Map<string, PyValue>();
  /** It was made without its constructor: an attribute it doesn't have isn't known. */
  isOpen = false;
  /** What a base class of a framework does. */
  native: NativeObject | null = null;
  /** The constructor of that class was called. */
  isInitialized = false;
  constructor(made: ClassValue) {
    this.made = made;
  }
}

/** The classes behind `after`, of an object. */
export class Super {
  readonly after: ClassValue;
  readonly self: PyValue;
  constructor(after: ClassValue, self: PyValue) {
    this.after = after;
    this.self = self;
  }
}

/** A function of a class that isn't a plain method. */
export class Wrapped {
  readonly how: 'property' | 'static' | 'class';
  readonly value: PyValue;
  constructor(how: Wrapped['how'], value: PyValue) {
    this.how = how;
    this.value = value;
  }
}

/** A module, a function, a class of a framework or of Python's own, by its path: `torch.nn.functional.one_hot`. */
export class Native {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

/** An object that a class of a framework made: `nn.KLDivLoss(reduction='sum')`. */
export class NativeObject {
  readonly path: string;
  readonly settings: ReadonlyMap<string, PyValue>;
  constructor(path: string, settings: ReadonlyMap<string, PyValue>) {
    this.path = path;
    this.settings = settings;
  }
}

export class NativeMethod {
  readonly self: PyValue;
  readonly name: string;
  constructor(self: PyValue, name: string) {
    this.self = self;
    this.name = name;
  }
}

/** A file of the workspace. */
export class ModuleValue {
  readonly names: NameScope;
  constructor(names: NameScope) {
    this.names = names;
  }
}

export class Unknown {
  readonly at: SourceSpan;
  readonly reason: 'unknown' | 'unsupported' | 'random';
  /** What isn't known, as it's written. */
  readonly what: string;
  constructor(at: SourceSpan, what: string, reason: Unknown['reason'] = 'unknown') {
    this.at = at;
    this.what = what;
    this.reason = reason;
  }
}

/** A list or dict of a module that begins empty and is filled all over it: whatever is put into it, what is in it isn't known. */
export class Registry extends Unknown {}

/** Where names of a function, a class body or a module are looked up. */
export class NameScope {
  readonly values = new Map<string, PyValue>();
  /** What is assigned here: it is looked up nowhere else. Null for a module. */
  readonly own: ReadonlySet<string> | null;
  readonly outer: NameScope | null;
  readonly module: ModuleNames;

  constructor(own: ReadonlySet<string> | null, outer: NameScope | null, module: ModuleNames | null) {
    this.own = own;
    this.outer = outer;
    this.module = module ?? (this as unknown as ModuleNames);
  }
}

/** The names of a module, each evaluated when it's used for the first time; anew for each run. */
export class ModuleNames extends NameScope {
  readonly code: ModuleCode;
  /** Being evaluated: a name that needs itself isn't known. */
  readonly evaluating = new Set<string>();

  constructor(code: ModuleCode) {
    super(null, null, null);
    this.code = code;
  }
}
