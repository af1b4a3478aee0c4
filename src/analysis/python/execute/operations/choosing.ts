import { RaisedError } from '../run/endings.ts';
import { Int, List, type PyValue, Slice, Tuple } from '../run/values.ts';
import { combine, expandedTo, write } from '../tensors/broadcast.ts';
import { type Index, nonzero, put, taken } from '../tensors/indexing.ts';
import { reshaped } from '../tensors/shapes.ts';
import { axisOf, cast, converted, filled, PyTensor, placesOf, promoted } from '../tensors/tensor.ts';
import type { Arguments } from './arguments.ts';
import { keras, type OperationDefinition, torch } from './definition.ts';
import { gathered, placesAlong, putAlong, scatter, takenAlong } from './scattering.ts';
import { diagonal, fillDiagonal, oneHotRows, triangle } from './shapes/diagonals.ts';

function masked(copies: boolean) {
  return (given: Arguments): PyTensor => {
    const own = given.tensor('input');
    const target = copies ? own.like(own.values()) : own;
    const mask = given.tensor('mask');
    if (mask.dtype !== 'bool' && mask.dtype !== 'byte')
      throw new RaisedError('RuntimeError', 'masked_fill_ only supports boolean masks');
    const wide = expandedTo(mask, target.shape).values();
    const value = given.tensor('value').item();
    for (const [i, place] of placesOf(target).entries())
      if (wide[i] !== 0) target.data[place] = cast(value, target.dtype);
    return target;
  };
}

function selected(given: Arguments): PyTensor {
  const [tensor, mask] = [given.tensor('input'), given.tensor('mask')];
  const both = combine(tensor, mask, 'bool', (_, kept) => kept);
  const wide = expandedTo(tensor, both.shape).values();
  const kept = both.values();
  const values = wide.filter((_, i) => kept[i] !== 0);
  return tensor.like(values, [values.length]);
}

/** `where(condition, x, y)`; with the condition alone the indices. */
function where(given: Arguments): PyValue {
  const condition = given.tensor('condition');
  if (!given.has('input')) return indicesOf(condition);
  const [a, b] = [given.tensor('input'), given.tensor('other')];
  if (condition.dtype === 'float' && given.library === 'torch')
    throw new RaisedError('RuntimeError', 'where expected condition to be a boolean tensor');
  const dtype = promoted(a.dtype, b.dtype);
  const first = combine(condition, converted(a, dtype), dtype, (kept, x) => (kept === 0 ? 0 : x));
  const second = combine(condition, converted(b, dtype), dtype, (kept, y) => (kept === 0 ? y : 0));
  return combine(
    first,
    combine(condition, second, dtype, (kept, y) => (kept === 0 ? y : 0)),
    dtype,
    (x, y) => x + y,
  );
}

function indicesOf(condition: PyTensor): Tuple {
  return new Tuple(
    nonzero(condition).map(
      (places) => new PyTensor(Float64Array.from(places), [places.length], 'int', condition.library),
    ),
  );
}

function nonzeroOf(given: Arguments): PyValue {
  const tensor = given.tensor('input');
  const indices = nonzero(tensor);
  if (given.library === 'numpy' || given.flag('as_tuple')) return indicesOf(tensor);
  const count = indices[0]?.length ?? 0;
  const values = new Float64Array(count * tensor.rank);
  for (const [axis, places] of indices.entries())
    for (const [i, place] of places.entries()) values[i * tensor.rank + axis] = place;
  return new PyTensor(values, [count, tensor.rank], 'int', tensor.library);
}

function indexSelected(given: Arguments): PyTensor {
  const tensor = given.tensor('input');
  const axis = axisOf(given.int('dim', 0), tensor.rank);
  return taken(tensor, [...all(axis), { by: 'tensor', tensor: given.tensor('index') }]);
}

function all(axis: number): Index[] {
  return Array.from({ length: axis }, () => ({ by: 'slice', start: null, stop: null, step: 1 }) as const);
}

/** `tf.gather`, `np.take`: whole rows; with `batch_dims` one after the other. */
function takenRows(given: Arguments): PyValue {
  const tensor = given.tensor('input');
  const index = given.tensor('index');
  const batch = given.int('batch_dims', 0);
  if (batch === 0)
    return taken(tensor, [...all(axisOf(given.int('dim', 0), tensor.rank)), { by: 'tensor', tensor: index }]);
  if (batch !== 1 || tensor.rank !== 2 || index.rank > 2) return given.run.unknown('gather', 'unsupported');
  const column = index.rank === 1 ? reshaped(index, [-1, 1]) : index;
  const places = placesAlong(tensor, 1, column);
  return tensor.like(
    Float64Array.from(places, (place) => tensor.data[place]!),
    index.shape,
  );
}

/** Without an axis of all numbers, one after the other. */
function takenOfAll(given: Arguments): PyValue {
  const [tensor, index] = [given.tensor('input'), given.tensor('index')];
  return given.has('dim')
    ? takenRows(given)
    : taken(reshaped(tensor, [-1]), [{ by: 'tensor', tensor: index }]);
}

const indexFilled =
  (copies: boolean) =>
  (given: Arguments): PyValue => {
    const own = given.tensor('input');
    const tensor = copies ? own.like(own.values()) : own;
    const axis = axisOf(given.int('dim'), tensor.rank);
    put(tensor, [...all(axis), { by: 'tensor', tensor: given.tensor('index') }], given.tensor('value'));
    return tensor;
  };

function filledInPlace(given: Arguments, value: PyTensor): PyTensor {
  const tensor = given.tensor('input');
  write(tensor, value);
  return tensor;
}

function booleanMask(given: Arguments): PyTensor {
  const mask = given.tensor('mask');
  return taken(given.tensor('input'), [{ by: 'tensor', tensor: converted(mask, 'bool') }]);
}

/** `tf.tensor_scatter_nd_update`, `tf.gather_nd` take a list of places. */
function gatherNd(given: Arguments): PyTensor {
  return taken(given.tensor('input'), columnsOf(given.tensor('index')));
}

function scatterNd(given: Arguments): PyTensor {
  const own = given.tensor('input');
  const made = own.like(own.values());
  put(made, columnsOf(given.tensor('index')), given.tensor('src'));
  return made;
}

function columnsOf(index: PyTensor): Index[] {
  const last = index.shape.at(-1) ?? 0;
  return Array.from(
    { length: last },
    (_, i) => ({ by: 'tensor', tensor: taken(index, [{ by: 'rest' }, { by: 'at', index: i }]) }) as const,
  );
}

/** `x.at[key].set(value)` */
function setAt(given: Arguments): PyValue {
  const own = given.tensor('tensor');
  const made = own.like(own.values());
  const key = given.value('key');
  const parts = key instanceof Tuple ? key.items : [key];
  if (
    parts.some((part) => part instanceof Slice && part.parts.some((each) => each !== null)) ||
    parts.some((part) => part instanceof List)
  )
    return given.run.unknown('at', 'unsupported');
  const indices = parts.map((part): Index => {
    if (part instanceof PyTensor)
      return part.rank === 0 && part.dtype !== 'bool'
        ? { by: 'at', index: part.item() }
        : { by: 'tensor', tensor: part };
    if (part instanceof Int) return { by: 'at', index: part.value };
    if (part === null) return { by: 'new' };
    if (part instanceof Slice) return { by: 'slice', start: null, stop: null, step: 1 };
    return { by: 'rest' };
  });
  const how = given.text('how', 'set');
  put(
    made,
    indices,
    given.tensor('value'),
    how === 'add' ? (x, y) => x + y : how === 'multiply' ? (x, y) => x * y : undefined,
  );
  return made;
}

function sorted(given: Arguments): PyValue {
  const tensor = given.tensor('input');
  const axis = axisOf(given.int('dim', -1), tensor.rank);
  if (axis !== tensor.rank - 1) return given.run.unknown('sort', 'unsupported');
  const count = given.has('k') ? given.int('k') : tensor.shape[axis]!;
  const sign = given.has('k') || given.flag('descending') ? -1 : 1;
  given.run.spend(tensor.size / 2);
  const [length, values] = [tensor.shape[axis]!, tensor.values()];
  if (count < 0 || count > length) throw new RaisedError('RuntimeError', 'selected index k out of range');
  const rows = values.length / Math.max(1, length);
  const [best, places] = [new Float64Array(rows * count), new Float64Array(rows * count)];
  for (let row = 0; row < rows; row++) {
    const order = Array.from({ length }, (_, i) => i).sort(
      (i, j) => sign * (values[row * length + i]! - values[row * length + j]!),
    );
    for (let i = 0; i < count; i++) {
      places[row * count + i] = order[i]!;
      best[row * count + i] = values[row * length + order[i]!]!;
    }
  }
  const shape = [...tensor.shape.slice(0, -1), count];
  return new Tuple([tensor.like(best, shape), tensor.like(places, shape, 'int')], ['values', 'indices']);
}

/** The third by position is either of the two that are named. */
const SCATTER = 'input, dim|axis, index, third=None, src=None, value=None, reduce=None';

export const CHOOSING: readonly OperationDefinition[] = [
  [torch('gather'), 'input, dim, index', gathered],
  ['torch.take_along_dim .torch.take_along_dim', 'input, index|indices, dim=None', takenAlong],
  ['np.take_along_axis ops.take_along_axis', 'input|arr|x, index|indices, dim|axis', takenAlong],
  ['np.put_along_axis', 'input|arr, index|indices, src|values, dim|axis', putAlong],
  [torch('scatter'), SCATTER, scatter(true, false)],
  ['.torch.scatter_', SCATTER, scatter(false, false)],
  [torch('scatter_add'), SCATTER, scatter(true, true)],
  ['.torch.scatter_add_', SCATTER, scatter(false, true)],
  [torch('masked_fill'), 'input, mask, value', masked(true)],
  ['.torch.masked_fill_', 'input, mask, value', masked(false)],
  [torch('masked_select'), 'input, mask', selected],
  ['torch.where np.where tf.where ops.where', 'condition, input|x|x1=None, other|y|x2=None', where],
  ['.torch.where', 'input, condition, other', where],
  ['lax.select', 'condition|pred, input|on_true, other|on_false', where],
  [`${torch('nonzero')} np.nonzero .numpy.nonzero`, 'input|a, as_tuple=None', nonzeroOf],
  [torch('index_select'), 'input, dim, index', indexSelected],
  ['.torch.index_fill_', 'input, dim, index, value', indexFilled(false)],
  [torch('index_fill'), 'input, dim, index, value', indexFilled(true)],
  [
    'tf.gather K.gather',
    'input|params|reference, index|indices, validate=None, dim|axis=None, batch_dims=None',
    takenRows,
  ],
  ['np.take .numpy.take ops.take', 'input|a|x, index|indices, dim|axis=None', takenOfAll],
  ['tf.gather_nd', 'input|params, index|indices, batch_dims=None', gatherNd],
  [
    'tf.tensor_scatter_nd_update ops.scatter_update',
    'input|tensor|inputs, index|indices, src|updates',
    scatterNd,
  ],
  ['tf.boolean_mask', 'input|tensor, mask', booleanMask],
  ['.torch.fill_ .numpy.fill', 'input, value', (given) => filledInPlace(given, given.tensor('value'))],
  ['.torch.zero_', 'input', (given) => filledInPlace(given, filled([], 0, 'float', 'torch'))],
  [
    '.torch.copy_',
    'input, src|other, non_blocking=None',
    (given) => filledInPlace(given, given.tensor('src')),
  ],
  ['.torch.fill_diagonal_', 'input, value|fill_value', fillDiagonal],
  [
    `${torch('diag diagonal')} np.diag np.diagonal ${keras('diag')} tf.linalg.diag`,
    'input|v|x, offset|diagonal=None',
    diagonal,
  ],
  ['F.one_hot torch.one_hot', 'input|tensor, classes|num_classes=None', oneHotRows],
  ['jnn.one_hot', 'input|x, classes|num_classes, dtype=None, axis=None', oneHotRows],
  ['jnn.onehot', 'input|labels, classes|num_classes, on|on_value=None, off|off_value=None', oneHotRows],
  [
    'tf.one_hot nd.one_hot',
    'input|indices, classes|depth, on|on_value=None, off|off_value=None, axis=None, dtype=None',
    oneHotRows,
  ],
  [
    'ops.one_hot K.one_hot utils.to_categorical',
    'input|x|indices|y, classes|num_classes=None, axis=None, dtype=None',
    oneHotRows,
  ],
  [torch('topk'), 'input, k, dim=None', sorted],
  [torch('sort'), 'input, dim=None, descending=None', sorted],
  [`${torch('tril')} np.tril`, 'input|m, diagonal|k=None', triangle(true)],
  [`${torch('triu')} np.triu`, 'input|m, diagonal|k=None', triangle(false)],
  ['jax.at', 'tensor, key, value, how', setAt],
];
