import type { ByteSource } from '../../arrays/byteSource.ts';
import type { NumberType } from '../../arrays/numberType.ts';
import type { Deflated } from '../../arrays/storedArray.ts';
import type { ReadProblem } from '../../readProblem.ts';

/** What a pickle makes, without Python: nothing of it was looked up or called. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickledBytes
  | PickledList
  | PickledDict
  | PickledGlobal
  | PickledObject
  | PickledArray
  | PickledDtype
  | PickledStorage;

/** How bytes are written: as they are, in a text of Latin-1 (in UTF-8, or with Python's escapes), or as Python 2 prints a string. */
export type BytesEncoding = 'raw' | 'utf-8' | 'raw-unicode-escape' | 'python-string';

/** Bytes that stay where they are, in a file or in memory. `length` is what they take there. */
export class PickledBytes {
  readonly source: ByteSource;
  readonly offset: number;
  readonly length: number;
  readonly encoding: BytesEncoding;

  constructor(source: ByteSource, offset: number, length: number, encoding: BytesEncoding = 'raw') {
    this.source = source;
    this.offset = offset;
    this.length = length;
    this.encoding = encoding;
  }
}

/** A list, a tuple or a set. */
export class PickledList {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly items: PickleValue[];

  constructor(kind: PickledList['kind'], items: PickleValue[] = []) {
    this.kind = kind;
    this.items = items;
  }
}

/** A dictionary, of keys of any kind. */
export class PickledDict {
  readonly keys: PickleValue[] = [];
  readonly values: PickleValue[] = [];
}

/** The name of a class or a function: "torch.FloatStorage". */
export class PickledGlobal {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** An object of a class that means nothing here, or what a function would have returned: what it's made of, as it's written. */
export class PickledObject {
  readonly type: string;
  readonly args: readonly PickleValue[];
  state: PickleValue = null;
  #items: PickledList | undefined;
  #entries: PickledDict | undefined;

  constructor(type: string, args: readonly PickleValue[]) {
    this.type = type;
    this.args = args;
  }

  /** What was appended to it. */
  get items(): PickledList {
    this.#items ??= new PickledList('list');
    return this.#items;
  }

  /** What was set in it by keys. */
  get entries(): PickledDict {
    this.#entries ??= new PickledDict();
    return this.#entries;
  }
}

/** How the elements of an array are stored; or why they can't be read. `typeName` is in the file's own words. */
export interface ElementType {
  readonly typeName: string;
  /** Texts are UTF-32 or bytes, of `size` bytes each. */
  readonly type: NumberType | { readonly texts: 'utf-32' | 'bytes'; readonly little: boolean } | undefined;
  readonly size: number;
  readonly problem: ReadProblem | undefined;
}

/** A NumPy dtype. Its byte order comes with its state. */
export class PickledDtype {
  readonly code: string;
  order = '=';
  /** Bytes of an element that the code doesn't say. */
  size = 0;
  isStructured = false;

  constructor(code: string) {
    this.code = code;
  }
}

/** Where numbers of PyTorch lie: in the file, or deflated in it. */
export type StoragePlace = PickledBytes | { readonly source: ByteSource; readonly deflated: Deflated };

function bytesAt(place: StoragePlace): number {
  return place instanceof PickledBytes ? place.length : place.deflated.size;
}

/** A storage of PyTorch: elements of a type, which views look at. */
export class PickledStorage {
  readonly element: ElementType;
  /** Elements. */
  readonly count: number;
  /** Known once all is read, in files that have the numbers behind the objects. */
  place: StoragePlace | undefined;

  constructor(element: ElementType, count: number, place?: StoragePlace) {
    this.element = element;
    this.count = count;
    this.place = place;
  }

  /** Bytes that it has: no more than there are where it lies, whatever it says. */
  get bytes(): number {
    const own = this.count * this.element.size;
    return this.place ? Math.min(own, bytesAt(this.place)) : own;
  }
}

/** What of some bytes an array is: elements, by shape and strides. */
export interface ArrayView {
  readonly element: ElementType;
  readonly shape: readonly number[];
  /** Elements from one to the next, for each axis. */
  readonly strides: readonly number[];
  /** The first one, in elements. */
  readonly first: number;
  readonly isNegated: boolean;
  /** How many elements there are to look at. */
  readonly count: number;
  readonly place: () => StoragePlace | undefined;
}

/** A tensor or an array. NumPy's are made first, and filled with their state; until then there is nothing to them. */
export class PickledArray {
  view: ArrayView | undefined;
  problem: { readonly typeName: string; readonly problem: ReadProblem } | undefined;
  /** What an array of objects holds: a list of them, or the only one. */
  objects: PickleValue | undefined;
  /** The same of an array of objects with several axes, in C order. */
  cells: { readonly shape: readonly number[]; readonly items: readonly PickleValue[] } | undefined;
  /** `joblib`: the numbers follow the state. */
  readonly maker: 'numpy' | 'joblib' | 'torch';

  constructor(maker: PickledArray['maker'], view?: ArrayView) {
    this.maker = maker;
    this.view = view;
  }
}
