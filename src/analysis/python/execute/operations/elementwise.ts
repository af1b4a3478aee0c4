import { softplus } from '../../../../loss/rows/probabilityCosts.ts';
import { plainNumber } from '../run/collections.ts';
import { RaisedError } from '../run/endings.ts';
import { inverted, operated } from '../run/operators.ts';
import { Int, type PyValue, Tuple } from '../run/values.ts';
import { combine, mapped, write } from '../tensors/broadcast.ts';
import { sigmoid } from '../tensors/functions.ts';
import { converted, type DType, PyTensor, promoted } from '../tensors/tensor.ts';
import type { Arguments } from './arguments.ts';
import { keras, numpy, type OperationDefinition, torch } from './definition.ts';

type Function1 = (x: number) => number;

/** Of floats; `math` has those of numbers. */
const FLOATS: readonly (readonly [names: string, compute: Function1])[] = [
  [`${torch('exp')} ${numpy('exp')} ${keras('exp')} math.exp lax.exp`, Math.exp],
  [`${torch('log')} ${numpy('log')} ${keras('log')} math.log lax.log`, Math.log],
  [`${torch('log2')} np.log2 math.log2`, Math.log2],
  [`${torch('log10')} np.log10 math.log10`, Math.log10],
  [`${torch('log1p')} np.log1p ${keras('log1p')} math.log1p`, Math.log1p],
  [`${torch('expm1')} np.expm1 ${keras('expm1')}`, Math.expm1],
  [`${torch('sqrt')} np.sqrt ${keras('sqrt')} math.sqrt`, Math.sqrt],
  [`${torch('rsqrt')} tf.rsqrt ops.rsqrt`, (x) => 1 / Math.sqrt(x)],
  [`${torch('reciprocal')} tf.reciprocal np.reciprocal`, (x) => 1 / x],
  [`${torch('tanh')} F.tanh np.tanh ${keras('tanh')} jnn.tanh math.tanh`, Math.tanh],
  [`${torch('cos')} np.cos ${keras('cos')} math.cos`, Math.cos],
  [`${torch('sin')} np.sin ${keras('sin')} math.sin`, Math.sin],
  [`${torch('sigmoid')} F.sigmoid ${keras('sigmoid')} jnn.sigmoid torch.expit`, sigmoid],
  [`F.logsigmoid tf.log_sigmoid ops.log_sigmoid jnn.log_sigmoid`, (x) => -softplus(-x)],
  [`F.softplus ${keras('softplus')} jnn.softplus`, softplus],
];

/** Of any type, which stays. */
const SAME: readonly (readonly [names: string, compute: Function1])[] = [
  [`${torch('abs absolute')} np.abs np.absolute ${keras('abs')} math.fabs`, Math.abs],
  [`${torch('neg negative')} np.negative ${keras('negative')}`, (x) => -x],
  [`${torch('square')} np.square ${keras('square')} lax.square`, (x) => x * x],
  [`${torch('sign')} np.sign ${keras('sign')}`, Math.sign],
  [`${torch('floor')} np.floor ${keras('floor')}`, Math.floor],
  [`${torch('ceil')} np.ceil ${keras('ceil')}`, Math.ceil],
  [`${torch('relu')} F.relu ${keras('relu')} jnn.relu`, (x) => Math.max(0, x)],
];

const TESTS: readonly (readonly [names: string, compute: Function1])[] = [
  [`${torch('isnan')} np.isnan tf.is_nan ops.isnan math.isnan`, (x) => Number(Number.isNaN(x))],
  [
    `${torch('isinf')} np.isinf tf.is_inf ops.isinf math.isinf`,
    (x) => Number(Math.abs(x) === Number.POSITIVE_INFINITY),
  ],
  [
    `${torch('isfinite')} np.isfinite tf.is_finite ops.isfinite math.isfinite`,
    (x) => Number(Number.isFinite(x)),
  ],
];

const OPERATORS: readonly (readonly [names: string, operator: string])[] = [
  [`np.add ${keras('add')}`, '+'],
  [`np.subtract ${keras('subtract')}`, '-'],
  [`${torch('mul multiply')} np.multiply ${keras('multiply')}`, '*'],
  [`${torch('true_divide')} np.divide np.true_divide ${keras('divide')} tf.truediv`, '/'],
  [`${torch('floor_divide')} np.floor_divide tf.floordiv`, '//'],
  [`${torch('pow')} np.power ${keras('pow')} ops.power math.pow`, '**'],
  [`${torch('remainder')} np.mod tf.floormod`, '%'],
  [`${torch('bitwise_and')}`, '&'],
  [`${torch('bitwise_or')}`, '|'],
];

const COMPARISONS: readonly (readonly [names: string, compare: (x: number, y: number) => boolean])[] = [
  [`${torch('eq')} np.equal ${keras('equal')}`, (x, y) => x === y],
  [`${torch('ne not_equal')} np.not_equal ${keras('not_equal')}`, (x, y) => x !== y],
  [`${torch('gt greater')} np.greater ${keras('greater')}`, (x, y) => x > y],
  [`${torch('ge greater_equal')} np.greater_equal ${keras('greater_equal')}`, (x, y) => x >= y],
  [`${torch('lt less')} np.less ${keras('less')}`, (x, y) => x < y],
  [`${torch('le less_equal')} np.less_equal ${keras('less_equal')}`, (x, y) => x <= y],
  [`${torch('logical_and')} np.logical_and ${keras('logical_and')}`, (x, y) => x !== 0 && y !== 0],
  [`${torch('logical_or')} np.logical_or ${keras('logical_or')}`, (x, y) => x !== 0 || y !== 0],
];

/** What comes of a number where one is given: `math.log(k)`, `np.log(2)`. */
function unary(given: Arguments, compute: Function1, dtype: DType | null): PyValue {
  const value = given.value('input');
  if (!(value instanceof PyTensor) && typeof plainNumber(value) === 'number') {
    const x = plainNumber(value)!;
    const result = compute(x);
    if (given.library === 'torch' && Number.isNaN(result) && !Number.isNaN(x))
      throw new RaisedError('ValueError', 'math domain error');
    return dtype === null && value instanceof Int ? new Int(result) : result;
  }
  const tensor = given.tensor('input');
  return mapped(tensor, compute, dtype ?? tensor.dtype);
}

/** Changes its first argument, and gives it back. */
function inPlace(
  given: Arguments,
  compute: (old: number, value: number) => number,
  value: PyTensor,
): PyTensor {
  const target = given.tensor('input');
  write(target, value, compute);
  return target;
}

function methods(names: string): string {
  return names
    .split(' ')
    .filter((name) => name.startsWith('.torch.'))
    .map((name) => `${name}_`)
    .join(' ');
}

function bounds(given: Arguments): readonly [PyValue, PyValue] {
  return [given.value('min'), given.value('max')];
}

function clamp(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  const [least, most] = bounds(given);
  if (least === null && most === null)
    throw new RaisedError('RuntimeError', 'At least one of min or max must not be None');
  let result = tensor;
  if (least !== null) result = limited(given, result, 'min', Math.max);
  if (most !== null) result = limited(given, result, 'max', Math.min);
  return result;
}

function limited(
  given: Arguments,
  tensor: PyTensor,
  name: string,
  compute: (x: number, y: number) => number,
): PyTensor {
  const limit = given.tensor(name);
  const withNaN = (x: number, y: number) => (Number.isNaN(x) ? x : compute(x, y));
  return combine(tensor, limit, promoted(tensor.dtype, limit.dtype), withNaN);
}

/** `torch.add(x, y, alpha=2)` */
function scaled(given: Arguments, sign: 1 | -1): PyValue {
  const factor = given.number('alpha', 1) * sign;
  const other = given.value('other');
  const part =
    factor === 1
      ? other
      : operated(given.run, '*', other, Number.isInteger(factor) ? new Int(factor) : factor);
  return operated(given.run, '+', given.value('input'), part);
}

function divided(given: Arguments): PyValue {
  const mode = given.text('rounding_mode', '');
  if (mode === 'trunc') throw given.run.stop('unsupported', 'rounding_mode');
  return operated(given.run, mode === 'floor' ? '//' : '/', given.value('input'), given.value('other'));
}

function maximum(given: Arguments, compute: (x: number, y: number) => number): PyTensor {
  const [a, b] = [given.tensor('input'), given.tensor('other')];
  return combine(a, b, promoted(a.dtype, b.dtype), compute);
}

function updated(operator: string) {
  return (given: Arguments) =>
    operated(given.run, operator, given.tensor('input'), given.value('other'), true);
}

function orNumber(given: Arguments, make: () => PyValue): PyValue {
  return given.value('input') instanceof Tuple ? given.run.unknown('math', 'unsupported') : make();
}

const A = 'input|x|a|t|tensor';
const TWO = 'input|x|a|x1, other|y|b|x2|value|exponent|values';

/** Of `math`: an integer. */
function integerOf(compute: Function1) {
  return (given: Arguments) => {
    const value = compute(given.number('x'));
    if (!Number.isFinite(value)) throw new RaisedError('ValueError', 'cannot convert float to integer');
    return new Int(value);
  };
}

export const ELEMENTWISE: readonly OperationDefinition[] = [
  ['math.floor', 'x', integerOf(Math.floor)],
  ['math.ceil', 'x', integerOf(Math.ceil)],
  ...FLOATS.flatMap(([names, compute]): OperationDefinition[] => [
    [names, `${A}, base=None, out=None`, (given) => floatOf(given, compute)],
    [methods(names), A, (given) => inPlace(given, (x) => compute(x), given.tensor('input'))],
  ]),
  ...SAME.flatMap(([names, compute]): OperationDefinition[] => [
    [names, `${A}, inplace=None`, (given) => orNumber(given, () => unary(given, compute, null))],
    [methods(names), A, (given) => inPlace(given, (x) => compute(x), given.tensor('input'))],
  ]),
  ...TESTS.map(
    ([names, compute]): OperationDefinition => [
      names,
      A,
      (given) => {
        const result = unary(given, compute, 'bool');
        return typeof result === 'number' ? result !== 0 : result;
      },
    ],
  ),
  ...OPERATORS.flatMap(([names, operator]): OperationDefinition[] => [
    [names, TWO, (given) => operated(given.run, operator, given.value('input'), given.value('other'))],
    [methods(names), TWO, updated(operator)],
  ]),
  ...COMPARISONS.map(
    ([names, compare]): OperationDefinition => [
      names,
      TWO,
      (given) =>
        combine(given.tensor('input'), given.tensor('other'), 'bool', (x, y) => Number(compare(x, y))),
    ],
  ),
  [torch('add'), `${TWO}, alpha=None`, (given) => scaled(given, 1)],
  [torch('sub subtract'), `${TWO}, alpha=None`, (given) => scaled(given, -1)],
  ['torch.rsub', TWO, (given) => operated(given.run, '-', given.value('other'), given.value('input'))],
  [torch('div divide'), `${TWO}, rounding_mode=None`, divided],
  ['.torch.div_', TWO, updated('/')],
  [
    '.torch.add_',
    `${TWO}, alpha=None`,
    (given) => {
      const factor = given.number('alpha', 1);
      return inPlace(given, (x, y) => x + factor * y, given.tensor('other'));
    },
  ],
  ['.torch.sub_', TWO, updated('-')],
  [
    `${keras('divide_no_nan')} tf.div_no_nan`,
    TWO,
    (given) =>
      combine(given.tensor('input'), given.tensor('other'), 'float', (x, y) => (y === 0 ? 0 : x / y)),
  ],
  [
    `${torch('logical_not bitwise_not')} np.logical_not ${keras('logical_not')}`,
    A,
    (given) => inverted(converted(given.tensor('input'), 'bool')),
  ],
  [`${torch('clamp clip')}`, 'input, min=None, max=None', clamp],
  [
    `np.clip .numpy.clip ${keras('clip_by_value clip')}`,
    'input|x|a|t, min|a_min|min_value|x_min|clip_value_min, max|a_max|max_value|x_max|clip_value_max',
    clamp,
  ],
  [
    '.torch.clamp_ .torch.clip_',
    'input, min=None, max=None',
    (given) => inPlace(given, (_, x) => x, clamp(given)),
  ],
  [torch('clamp_min'), 'input, min', (given) => limited(given, given.tensor('input'), 'min', Math.max)],
  [torch('clamp_max'), 'input, max', (given) => limited(given, given.tensor('input'), 'max', Math.min)],
  [
    '.torch.clamp_min_',
    'input, min',
    (given) => inPlace(given, (_, x) => x, limited(given, given.tensor('input'), 'min', Math.max)),
  ],
  [
    '.torch.clamp_max_',
    'input, max',
    (given) => inPlace(given, (_, x) => x, limited(given, given.tensor('input'), 'max', Math.min)),
  ],
  [`${torch('maximum')} np.maximum ${keras('maximum')} lax.max`, TWO, (given) => maximum(given, Math.max)],
  [`${torch('minimum')} np.minimum ${keras('minimum')} lax.min`, TWO, (given) => maximum(given, Math.min)],
  [
    torch('lerp'),
    'input, end, weight',
    (given) => {
      const [from, to, weight] = [given.tensor('input'), given.tensor('end'), given.tensor('weight')];
      return combine(
        from,
        combine(
          weight,
          combine(to, from, 'float', (x, y) => x - y),
          'float',
          (x, y) => x * y,
        ),
        'float',
        (x, y) => x + y,
      );
    },
  ],
];

function floatOf(given: Arguments, compute: Function1): PyValue {
  if (given.has('out')) throw given.run.stop('unsupported', 'out');
  const value = unary(given, compute, 'float');
  if (!given.has('base')) return value;
  const base = given.number('base');
  return typeof value === 'number' ? value / Math.log(base) : operated(given.run, '/', value, Math.log(base));
}
