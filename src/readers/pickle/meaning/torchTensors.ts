import { lengthOf } from '../../../loss/rows/shape.ts';
import { damaged } from '../machine/pickleFault.ts';
import { pickledSize } from '../machine/pickleNumbers.ts';
import { pickledText } from '../machine/pickleTexts.ts';
import {
  type ElementType,
  PickledArray,
  type PickledBytes,
  PickledDict,
  PickledGlobal,
  PickledList,
  PickledStorage,
  type PickleValue,
} from '../machine/pickleValues.ts';
import { torchElement, unreadElement } from './elementTypes.ts';
import { bytesIn, setView, shapeOf } from './numpyArrays.ts';

/** More elements than this in a view come from a storage that has some. */
const MUCH = 1_000_000;
/** A storage isn't looked at more often: `expand` makes some copies of a row, nobody makes a tensor of one number. */
const MOST_COPIES = 64;

/** `_rebuild_tensor` and `_v2`: (storage, first, size, stride, requires_grad, hooks, metadata). */
export function tensorOf(args: readonly PickleValue[], offset: number): PickledArray {
  const [storage, first, size, stride, , , metadata] = args;
  return viewOf({ storage, first, size, stride, element: undefined, metadata }, offset);
}

/** `_rebuild_tensor_v3`: the same of untyped storages, with a dtype: (…, hooks, dtype, metadata). */
export function typedTensorOf(args: readonly PickleValue[], offset: number): PickledArray {
  const [storage, first, size, stride, , , dtype, metadata] = args;
  const name = dtype instanceof PickledGlobal ? dtype.name : undefined;
  if (name === undefined || !(storage instanceof PickledStorage)) throw damaged('arguments', offset);
  const { type } = storage.element;
  const little = type !== undefined && 'name' in type ? type.little : true;
  const element = torchElement(name, little) ?? unreadElement(name.replace('torch.', ''), 1);
  return viewOf({ storage, first, size, stride, element, metadata }, offset);
}

interface TensorParts {
  readonly storage: PickleValue | undefined;
  readonly first: PickleValue | undefined;
  readonly size: PickleValue | undefined;
  readonly stride: PickleValue | undefined;
  readonly element: ElementType | undefined;
  readonly metadata: PickleValue | undefined;
}

function viewOf(
  { storage, first, size, stride, element, metadata }: TensorParts,
  offset: number,
): PickledArray {
  const start = pickledSize(first);
  const shape = shapeOf(size, offset);
  const strides = shapeOf(stride, offset);
  if (!(storage instanceof PickledStorage) || start === undefined || strides.length !== shape.length)
    throw damaged('arguments', offset);
  const own = element ?? storage.element;
  const count = Math.floor(storage.bytes / own.size);
  const array = new PickledArray('torch');
  const isNegated = isSet(metadata, 'neg');
  setView(array, {
    element: own,
    shape,
    strides,
    first: start,
    isNegated,
    count,
    place: () => storage.place,
  });
  const numbers = lengthOf(shape);
  const last = start + shape.reduce((sum, axis, i) => sum + (axis - 1) * strides[i]!, 0);
  const isInside = numbers === 0 || (last < count && Number.isSafeInteger(last));
  if (!isInside || (numbers > MUCH && numbers > MOST_COPIES * count))
    array.problem ??= { typeName: own.typeName, problem: { reason: 'tensor-place', offset, name: 'tensor' } };
  if (isSet(metadata, 'conj'))
    array.problem ??= { typeName: own.typeName, problem: unreadElement('conj', 1).problem! };
  return array;
}

function isSet(metadata: PickleValue | undefined, key: string): boolean {
  if (!(metadata instanceof PickledDict)) return false;
  const index = metadata.keys.findIndex((each) => pickledText(each) === key);
  return index !== -1 && metadata.values[index] === true;
}

/** A tensor whose numbers aren't in rows: by the name of what makes it. */
export function unreadTensor(name: string): PickledArray {
  const array = new PickledArray('torch');
  array.problem = { typeName: name, problem: unreadElement(name, 1, 'library').problem! };
  return array;
}

/** `torch.storage._load_from_bytes(bytes)`: what its one argument is. */
export function nestedBytes(args: readonly PickleValue[], offset: number): PickledBytes {
  const bytes = bytesIn(args[0]);
  if (!bytes) throw damaged('arguments', offset);
  return bytes;
}

/** `_rebuild_device_tensor_from_numpy(array, dtype, device, requires_grad)`, and what else wraps an array. */
export function wrappedArray(args: readonly PickleValue[], offset: number): PickleValue {
  const [array] = args;
  if (!(array instanceof PickledArray)) throw damaged('arguments', offset);
  return array;
}

/** `torch.Size`: a tuple. */
export function tupleOf(args: readonly PickleValue[]): PickleValue {
  const [items] = args;
  return items instanceof PickledList ? new PickledList('tuple', items.items) : new PickledList('tuple');
}
