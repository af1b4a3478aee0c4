import { asTensor, describe, isForeign, plainNumber } from '../run/collections.ts';
import { RaisedError } from '../run/endings.ts';
import { Int, Native, NativeObject, type PyValue, Tuple } from '../run/values.ts';
import { converted, type DType, filled, PyTensor } from '../tensors/tensor.ts';
import { type Arguments, dtypeOf } from './arguments.ts';
import { keras, type OperationDefinition } from './definition.ts';

/** What `empty` has in it: whoever uses it before it's written sees that nothing is known. */
const NOTHING = Number.NaN;

function ofShape(value: number) {
  return (given: Arguments) =>
    filled(given.integers('size'), value, given.dtype('dtype', 'float'), given.library);
}

function alike(value: number) {
  return (given: Arguments) => {
    const { shape, dtype, library } = given.tensor('input');
    return filled(shape, value, given.dtype('dtype', dtype), library);
  };
}

/** The type that a number makes a tensor of. */
function dtypeOfNumber(value: PyValue): DType {
  if (value instanceof PyTensor) return value.dtype;
  return typeof value === 'boolean' ? 'bool' : value instanceof Int ? 'int' : 'float';
}

function full(given: Arguments): PyTensor {
  const value = given.value('value');
  return filled(
    given.integers('size'),
    given.number('value'),
    given.dtype('dtype', dtypeOfNumber(value)),
    given.library,
  );
}

function fullLike(given: Arguments): PyTensor {
  const { shape, dtype, library } = given.tensor('input');
  return filled(shape, given.number('value'), given.dtype('dtype', dtype), library);
}

function eye(given: Arguments): PyTensor {
  if (given.int('k', 0) !== 0) throw given.run.stop('unsupported', 'eye');
  const n = given.int('n');
  const m = given.int('m', n);
  const tensor = filled([n, m], 0, given.dtype('dtype', 'float'), given.library);
  for (let i = 0; i < Math.min(n, m); i++) tensor.data[i * m + i] = 1;
  return tensor;
}

function arange(given: Arguments): PyTensor {
  const numbers = ['start', 'end', 'step']
    .filter((name) => given.has(name))
    .map((name) => given.number(name));
  const [from, to, step] =
    numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1];
  const isWhole = ['start', 'end', 'step'].every((name) => typeof given.value(name) !== 'number');
  if (step === 0) throw new RaisedError('RuntimeError', 'step must be nonzero');
  const length = Math.max(0, Math.ceil((to - from) / step));
  const tensor = filled([length], 0, given.dtype('dtype', isWhole ? 'int' : 'float'), given.library);
  for (let i = 0; i < length; i++) tensor.data[i] = from + i * step;
  return tensor;
}

/** A copy, or where it's a tensor already and `copies` is false, the same. */
function made(copies: boolean) {
  return (given: Arguments): PyValue => {
    const value = given.value('data');
    const tensor = asTensor(given.run, value, given.library);
    if (!tensor) {
      if (isForeign(value)) return given.run.unknown(describe(value), 'unsupported');
      throw new RaisedError('TypeError', `a tensor of ${describe(value)}`);
    }
    const dtype = given.dtype('dtype', tensor.dtype);
    if (!copies && tensor === value && dtype === tensor.dtype && tensor.library === given.library)
      return tensor;
    const own = converted(tensor, dtype);
    const copy = new PyTensor(own.data, own.shape, own.dtype, given.library);
    // A copy of the numbers alone, where it isn't of JAX or TensorFlow.
    return given.library === 'torch' || given.library === 'numpy' ? given.run.cut(copy) : copy;
  };
}

/** `torch.FloatTensor(n, m)` makes one of this shape, `torch.FloatTensor([…])` one of these numbers. */
function legacy(dtype: DType) {
  return (given: Arguments): PyValue => {
    const { items } = given.value('size') as Tuple;
    const [first] = items;
    if (items.every((item) => item instanceof Int))
      return filled(given.integers('size'), NOTHING, dtype, 'torch');
    const tensor = asTensor(given.run, first ?? null, 'torch');
    if (!tensor) return given.run.unknown('Tensor', 'unsupported');
    return given.run.cut(converted(tensor, dtype));
  };
}

/** `Variable(x)` shares the numbers of `x`, without its gradient. */
function variable(given: Arguments): PyValue {
  const value = made(false)(given);
  return value instanceof PyTensor ? given.run.cut(value) : value;
}

/** `x.new_zeros`, and of old `x.new`. */
function anew(value: number) {
  return (given: Arguments) => {
    const { dtype, library } = given.tensor('input');
    // `x.new()` has nothing in it.
    const shape = given.has('size') ? given.integers('size') : [0];
    return filled(shape, value, given.dtype('dtype', dtype), library);
  };
}

/** Only of a tensor with nothing in it: of others it depends on what stood in memory. */
function resized(given: Arguments): PyValue {
  const { size, dtype, library } = given.tensor('input');
  if (size > 0) throw given.run.stop('unsupported', 'resize_');
  return filled(given.integers('size'), NOTHING, dtype, library);
}

function converting(dtype: DType | null, copies = false) {
  return (given: Arguments): PyValue => {
    const tensor = given.tensor('input');
    const wanted = dtype ?? typeGiven(given) ?? tensor.dtype;
    return wanted === tensor.dtype && !copies ? tensor : converted(tensor, wanted);
  };
}

/** `to` takes a type, a device, or another tensor. */
function typeGiven(given: Arguments): DType | undefined {
  for (const name of ['to', 'dtype', 'more']) {
    const value = given.value(name);
    if (value instanceof PyTensor) return value.dtype;
    const dtype = dtypeOf(value);
    if (dtype) return dtype;
  }
  return undefined;
}

function finfo(given: Arguments): PyValue {
  const dtype = given.value('dtype');
  const isDouble = dtype instanceof Native && /64|double/.test(dtype.path);
  const [eps, most] = isDouble ? [2 ** -52, Number.MAX_VALUE] : [2 ** -23, 3.4028234663852886e38];
  const tiny = isDouble ? 2.2250738585072014e-308 : 1.1754943508222875e-38;
  return new NativeObject(
    'finfo',
    new Map<string, PyValue>([
      ['eps', eps],
      ['max', most],
      ['min', -most],
      ['tiny', tiny],
    ]),
  );
}

const LIKE = 'input|a|x, dtype=None';
/** As PyTorch numbers it. */
const CPU = new Int(-1);

export const MAKING: readonly OperationDefinition[] = [
  ['.torch.get_device', 'input', () => CPU],
  ['torch.zeros', '*size, dtype=None, out=None', ofShape(0)],
  ['torch.ones', '*size, dtype=None, out=None', ofShape(1)],
  ['torch.empty', '*size, dtype=None, out=None', ofShape(NOTHING)],
  [`np.zeros ${keras('zeros')}`, 'size|shape, dtype=None', ofShape(0)],
  [`np.ones ${keras('ones')}`, 'size|shape, dtype=None', ofShape(1)],
  ['np.empty', 'size|shape, dtype=None', ofShape(NOTHING)],
  [`torch.zeros_like np.zeros_like ${keras('zeros_like')}`, LIKE, alike(0)],
  [`torch.ones_like np.ones_like ${keras('ones_like')}`, LIKE, alike(1)],
  ['torch.empty_like np.empty_like', LIKE, alike(NOTHING)],
  [`torch.full np.full tf.fill ops.full`, 'size|shape|dims, value|fill_value, dtype=None', full],
  ['torch.full_like np.full_like ops.full_like', 'input|a|x, value|fill_value, dtype=None', fullLike],
  [`torch.eye ${keras('eye')}`, 'n|num_rows|N|size, m|M|num_columns=None, dtype=None', eye],
  ['np.eye np.identity', 'n|N, m|M=None, k=None, dtype=None', eye],
  [
    `torch.arange np.arange tf.range ops.arange K.arange`,
    'start, end|stop|limit=None, step|delta=None, dtype=None',
    arange,
  ],
  ['torch.tensor np.array', 'data|object, dtype=None', made(true)],
  [
    'tf.constant tf.Variable K.constant K.variable ops.array ops.convert_to_tensor tf.convert_to_tensor',
    'data|value|x, dtype=None, shape=None',
    made(true),
  ],
  ['torch.as_tensor torch.asarray np.asarray', 'data|a, dtype=None', made(false)],
  [
    'torch.autograd.Variable nn.Parameter torch.nn.Parameter torch.nn.parameter.Parameter',
    'data, requires_grad=None, volatile=None',
    variable,
  ],
  ['torch.from_numpy', 'data', made(false)],
  ['torch.FloatTensor torch.DoubleTensor torch.Tensor torch.cuda.FloatTensor', '*size', legacy('float')],
  ['torch.LongTensor torch.IntTensor torch.cuda.LongTensor', '*size', legacy('int')],
  ['torch.ByteTensor', '*size', legacy('byte')],
  ['torch.BoolTensor', '*size', legacy('bool')],
  ['.torch.new_zeros', 'input, *size, dtype=None', anew(0)],
  ['.torch.new_ones', 'input, *size, dtype=None', anew(1)],
  ['.torch.new_empty .torch.new', 'input, *size, dtype=None', anew(NOTHING)],
  ['.torch.resize_', 'input, *size', resized],
  [
    '.torch.new_full',
    'input, size, value|fill_value, dtype=None',
    (given) =>
      filled(
        given.integers('size'),
        given.number('value'),
        given.dtype('dtype', given.tensor('input').dtype),
        'torch',
      ),
  ],
  ['.torch.new_tensor', 'input, data, dtype=None', made(true)],
  [
    '.torch.to .torch.type .torch.type_as .torch.cuda',
    'input, to|other=None, more=None, dtype=None, copy=None',
    converting(null),
  ],
  [
    '.numpy.astype tf.cast ops.cast K.cast np.astype',
    'input|x, dtype, name=None, copy=None',
    converting(null, true),
  ],
  ['.torch.float tf.to_float', 'input', converting('float')],
  // Other floats than those that are given.
  ['.torch.double .torch.half .torch.bfloat16 np.float32 np.float64', 'input', converting('float', true)],
  [
    '.torch.long .torch.int .torch.short tf.to_int32 tf.to_int64 np.int64 np.int32',
    'input',
    converting('int'),
  ],
  ['.torch.bool np.bool_', 'input', converting('bool')],
  ['.torch.byte', 'input', converting('byte')],
  ['torch.finfo np.finfo', 'dtype=None', finfo],
  [
    'torch.Size tf.TensorShape',
    'size',
    (given) => new Tuple(given.integers('size').map((length) => new Int(length))),
  ],
  ['K.epsilon', '', () => 1e-7],
  ['K.floatx', '', () => 'float32'],
  ['math.log', 'x, base=None', (given) => mathLog(given)],
];

function mathLog(given: Arguments): PyValue {
  const x = plainNumber(given.value('x'));
  if (x === undefined) throw new RaisedError('TypeError', 'must be real number');
  if (x <= 0) throw new RaisedError('ValueError', 'math domain error');
  return given.has('base') ? Math.log(x) / Math.log(given.number('base')) : Math.log(x);
}
