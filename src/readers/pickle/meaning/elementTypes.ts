import { textType } from '../../arrays/npy/fixedTexts.ts';
import { bytesOf, NUMBER_NAMES, type NumberName } from '../../arrays/numberType.ts';
import type { ReadProblem, UnreadableType } from '../../readProblem.ts';
import type { ElementType, PickledDtype } from '../machine/pickleValues.ts';

/** PyTorch's storages by their elements. Complex and quantised ones have a size, and aren't read. */
const STORAGES: ReadonlyMap<string, NumberName | readonly [name: string, size: number]> = new Map(
  Object.entries({
    DoubleStorage: 'float64',
    FloatStorage: 'float32',
    HalfStorage: 'float16',
    BFloat16Storage: 'bfloat16',
    LongStorage: 'int64',
    IntStorage: 'int32',
    ShortStorage: 'int16',
    CharStorage: 'int8',
    ByteStorage: 'uint8',
    BoolStorage: 'bool',
    UntypedStorage: 'uint8',
    _UntypedStorage: 'uint8',
    ComplexFloatStorage: ['complex64', 8],
    ComplexDoubleStorage: ['complex128', 16],
    QInt8Storage: ['qint8', 1],
    QUInt8Storage: ['quint8', 1],
    QInt32Storage: ['qint32', 4],
    QUInt4x2Storage: ['quint4x2', 1],
    QUInt2x4Storage: ['quint2x4', 1],
  } as const),
);

/** What PyTorch calls types, where that isn't what they are called here. */
const TORCH_TYPES: ReadonlyMap<string, NumberName> = new Map([
  ['double', 'float64'],
  ['float', 'float32'],
  ['half', 'float16'],
  ['long', 'int64'],
  ['int', 'int32'],
  ['short', 'int16'],
]);

/** Numbers of this name. */
export function numberElement(name: NumberName, little: boolean): ElementType {
  const type = { name, little };
  return { typeName: name, type, size: bytesOf(type), problem: undefined };
}

/** The elements of a storage by the name of its class, with its module; undefined if that isn't one of PyTorch's. */
export function storageElement(className: string, little: boolean): ElementType | undefined {
  const own = /^torch\.(?:storage\.|cuda\.)?(\w+)$/.exec(className)?.[1];
  const found = own === undefined ? undefined : STORAGES.get(own);
  if (found === undefined) return undefined;
  return typeof found === 'string' ? numberElement(found, little) : unreadElement(found[0], found[1]);
}

/** The elements of a tensor by its dtype, "torch.float8_e4m3fn"; undefined if there is no such dtype. */
export function torchElement(dtype: string, little: boolean): ElementType | undefined {
  const own = /^torch\.(\w+)$/.exec(dtype)?.[1] ?? '';
  const name = TORCH_TYPES.get(own) ?? NUMBER_NAMES.find((each) => each === own);
  return name && numberElement(name, little);
}

/** Elements that are known by name, and aren't numbers that are read. */
export function unreadElement(
  typeName: string,
  size: number,
  kind: UnreadableType['kind'] = 'other',
): ElementType {
  const problem: ReadProblem = { reason: 'array-type', offset: 0, kind, found: typeName };
  return { typeName, type: undefined, size, problem };
}

/** NumPy's codes: kind and bytes. */
const NUMPY_KINDS: ReadonlyMap<string, NumberName> = new Map([
  ['b1', 'bool'],
  ['i1', 'int8'],
  ['u1', 'uint8'],
  ['i2', 'int16'],
  ['u2', 'uint16'],
  ['i4', 'int32'],
  ['u4', 'uint32'],
  ['i8', 'int64'],
  ['u8', 'uint64'],
  ['f2', 'float16'],
  ['f4', 'float32'],
  ['f8', 'float64'],
]);

/** The elements of a NumPy array. */
export function numpyElement({ code, order, size, isStructured }: PickledDtype): ElementType {
  const plain = code.replace(/^[<>|=]/, '');
  const little = (/^[<>]/.exec(code)?.[0] ?? order) !== '>';
  if (isStructured) return unreadElement('structured', size, 'structured');
  const name = NUMPY_KINDS.get(plain) ?? (plain === 'bfloat16' ? 'bfloat16' : undefined);
  if (name) return numberElement(name, little);
  if (/^O\d*$/.test(plain)) return unreadElement('object', 0, 'object');
  const texts = textType(plain);
  if (texts)
    return { typeName: 'text', type: { texts: texts.texts, little }, size: texts.size, problem: undefined };
  return unreadElement(code, size, plain.startsWith('V') ? 'raw' : 'other');
}
