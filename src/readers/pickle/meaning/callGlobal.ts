import type { Work } from '../../../loss/work.ts';
import { damaged } from '../machine/pickleFault.ts';
import type { PickleSetting } from '../machine/pickleSetting.ts';
import { pickledText } from '../machine/pickleTexts.ts';
import {
  PickledArray,
  PickledDict,
  PickledGlobal,
  PickledList,
  PickledObject,
  type PickleValue,
} from '../machine/pickleValues.ts';
import { bytesIn, fromBuffer, numpyDtype, numpyScalar } from './numpyArrays.ts';
import { nestedBytes, tensorOf, tupleOf, typedTensorOf, unreadTensor, wrappedArray } from './torchTensors.ts';

type Meaning = (args: readonly PickleValue[], offset: number) => PickleValue;

const NESTED_STORAGE = 'torch.storage._load_from_bytes';
const OF_SUBCLASS = ['torch._tensor._rebuild_from_type_v2', 'torch._tensor._rebuild_from_type'];
/** Tensors of tensors of tensors … are nobody's. */
const MOST_WRAPPED = 8;

/**
 * What functions and classes would make of their arguments, as far as that is data. What isn't here has no meaning: it becomes an object
 * with that name.
 */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...named('collections.OrderedDict collections.defaultdict collections.Counter', dictOf),
  ...named('builtins.dict __builtin__.dict', dictOf),
  ...named('builtins.list __builtin__.list collections.deque', (args) => listOf('list', args)),
  ...named('builtins.tuple __builtin__.tuple', (args) => listOf('tuple', args)),
  ...named('builtins.set __builtin__.set builtins.frozenset __builtin__.frozenset', (args) =>
    listOf('set', args),
  ),
  ...named('builtins.bytes __builtin__.bytes builtins.bytearray __builtin__.bytearray', bytesOfText),
  ...named('_codecs.encode', bytesOfText),
  ...named('numpy.dtype numpy.dtypes.dtype', numpyDtype),
  ...named('numpy.core.multiarray._reconstruct numpy._core.multiarray._reconstruct', emptyArray),
  ...named(
    'numpy.core._multiarray_umath._reconstruct numpy._core._multiarray_umath._reconstruct',
    emptyArray,
  ),
  ...named('numpy.core.multiarray.scalar numpy._core.multiarray.scalar', numpyScalar),
  ...named('numpy.core.numeric._frombuffer numpy._core.numeric._frombuffer', fromBuffer),
  ...named('joblib.numpy_pickle.NumpyArrayWrapper', () => new PickledArray('joblib')),
  ...named('torch._utils._rebuild_tensor torch._utils._rebuild_tensor_v2', tensorOf),
  ...named('torch._utils._rebuild_tensor_v3', typedTensorOf),
  ...named('torch._utils._rebuild_parameter torch._utils._rebuild_parameter_with_state', wrappedArray),
  ...named('torch._utils._rebuild_device_tensor_from_numpy', wrappedArray),
  ...named(
    'torch._utils._rebuild_device_tensor_from_cpu_tensor torch._utils._rebuild_xla_tensor',
    wrappedArray,
  ),
  ...named('torch._utils._rebuild_sparse_tensor', () => unreadTensor('sparse tensor')),
  ...named('torch._utils._rebuild_sparse_csr_tensor', () => unreadTensor('sparse tensor')),
  ...named('torch._utils._rebuild_qtensor', () => unreadTensor('quantized tensor')),
  ...named('torch._utils._rebuild_nested_tensor', () => unreadTensor('nested tensor')),
  ...named('torch._utils._rebuild_meta_tensor_no_storage', () => unreadTensor('meta tensor')),
  ...named('torch._utils._rebuild_wrapper_subclass', () => unreadTensor('tensor subclass')),
  ...named('torch.Size', tupleOf),
  ...named('dill._dill._import_module dill.dill._import_module', moduleOf),
  ...named('dill._dill._get_attr dill.dill._get_attr', attributeOf),
]);

function named(names: string, meaning: Meaning): readonly (readonly [string, Meaning])[] {
  return names.split(' ').map((name) => [name, meaning]);
}

/** What calling `callable` would make, if that is data; else an object that says what it would be made of. Nothing is called. */
export function* callGlobal(
  callable: PickleValue,
  args: readonly PickleValue[],
  setting: PickleSetting,
  offset: number,
): Work<PickleValue> {
  let [called, given] = [callable, args];
  for (
    let i = 0;
    i < MOST_WRAPPED && called instanceof PickledGlobal && OF_SUBCLASS.includes(called.name);
    i++
  ) {
    const [inner, , own] = given;
    if (inner === undefined || !(own instanceof PickledList)) throw damaged('arguments', offset);
    [called, given] = [inner, own.items];
  }
  if (!(called instanceof PickledGlobal))
    return new PickledObject(called instanceof PickledObject ? called.type : 'object', given);
  if (called.name === NESTED_STORAGE)
    return yield* setting.nestedStorage(nestedBytes(given, offset), setting, offset);
  return made(called.name, given, offset);
}

/** The same of what can be made at once. */
export function made(name: string, args: readonly PickleValue[], offset: number): PickleValue {
  return MEANINGS.get(name)?.(args, offset) ?? new PickledObject(name, args);
}

/** `OrderedDict()`, `OrderedDict([[key, value], …])`, `Counter({…})`, `defaultdict(factory)`. */
function dictOf(args: readonly PickleValue[]): PickleValue {
  const dict = new PickledDict();
  for (const given of args) {
    if (given instanceof PickledDict) {
      for (const [i, key] of given.keys.entries()) {
        dict.keys.push(key);
        dict.values.push(given.values[i]!);
      }
    }
    for (const pair of given instanceof PickledList ? given.items : []) {
      if (!(pair instanceof PickledList) || pair.items.length !== 2) continue;
      dict.keys.push(pair.items[0]!);
      dict.values.push(pair.items[1]!);
    }
  }
  return dict;
}

function listOf(kind: PickledList['kind'], [given]: readonly PickleValue[]): PickleValue {
  return new PickledList(kind, given instanceof PickledList ? [...given.items] : []);
}

/** `_codecs.encode(text, "latin1")`, as protocols without bytes have them, and `bytearray(text, "latin-1")`. */
function bytesOfText([text, encoding]: readonly PickleValue[], offset: number): PickleValue {
  if (encoding !== undefined && !/^latin[-_]?1$/i.test(pickledText(encoding) ?? ''))
    throw damaged('arguments', offset);
  return bytesIn(text ?? '') ?? new PickledObject('bytes', [text!]);
}

/** NumPy makes an array before it's filled. A masked one isn't made so: its numbers alone would say too much. */
function emptyArray(): PickleValue {
  return new PickledArray('numpy');
}

/** dill writes names in two steps. */
function moduleOf([name]: readonly PickleValue[], offset: number): PickleValue {
  const text = pickledText(name);
  if (text === undefined) throw damaged('arguments', offset);
  return new PickledGlobal(text);
}

function attributeOf([module, name]: readonly PickleValue[], offset: number): PickleValue {
  const text = pickledText(name);
  if (!(module instanceof PickledGlobal) || text === undefined) throw damaged('arguments', offset);
  return new PickledGlobal(`${module.name}.${text}`);
}
