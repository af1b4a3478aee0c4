import { RaisedError } from '../../run/endings.ts';
import { mapped } from '../../tensors/broadcast.ts';
import { REDUCING, reducedAlong } from '../../tensors/reductions.ts';
import { swapped, unsqueezed } from '../../tensors/shapes.ts';
import { type PyTensor, shapeSize } from '../../tensors/tensor.ts';
import type { Arguments } from '../arguments.ts';

/** torch's `reduction`, of old `size_average` and `reduce`. */
export function reductionOf(given: Arguments): string {
  if (!given.has('size_average') && !given.has('reduce')) return given.text('reduction', 'mean');
  const average = given.has('size_average') ? given.flag('size_average') : true;
  const reduce = given.has('reduce') ? given.flag('reduce') : true;
  return reduce ? (average ? 'mean' : 'sum') : 'none';
}

/** Sum, mean or all of them; `batchmean` divides the sum by the number of rows. */
export function reducedBy(reduction: string, losses: PyTensor, divisor?: number): PyTensor {
  switch (reduction) {
    case 'none':
      return losses;
    case 'sum':
      return reducedAlong(losses, null, false, REDUCING.sum, 'float');
    case 'mean':
    case 'batchmean': {
      const sum = reducedAlong(losses, null, false, REDUCING.sum, 'float');
      const by = reduction === 'batchmean' ? (losses.shape[0] ?? 1) : (divisor ?? losses.size);
      return mapped(sum, (x) => x / by);
    }
    default:
      throw new RaisedError('ValueError', `${reduction} is not a valid value for reduction`);
  }
}

/** (N, C, …) as (N·…, C) in order of N, …: the classes of torch are the second axis. */
export function classesLast(tensor: PyTensor): PyTensor {
  let moved = tensor;
  for (let axis = 1; axis < tensor.rank - 1; axis++) moved = swapped(moved, axis, axis + 1);
  return moved;
}

interface Picked {
  readonly losses: Float64Array;
  readonly shape: readonly number[];
  /** Sum of the weights of the rows that count. */
  readonly weight: number;
}

/** Of each row what `fittedLoss` makes of its class; ignored rows are 0. */
export function ofRows(
  given: Arguments,
  scores: PyTensor,
  target: PyTensor,
  fittedLoss: (row: Float64Array, target: number, weights: Float64Array | null) => number,
): Picked {
  const batched = scores.rank === 1 ? unsqueezed(scores, 0) : scores;
  const last = classesLast(batched);
  const shape = last.shape.slice(0, -1);
  const classes = last.shape.at(-1)!;
  const labels = (target.rank === 0 ? unsqueezed(target, 0) : target).values();
  const expected = scores.rank === 1 ? [] : shape;
  if (String(target.shape) !== String(expected) && !(scores.rank === 1 && target.rank === 0))
    throw new RaisedError('RuntimeError', `Expected target size [${expected}], got [${target.shape}]`);
  if (target.dtype !== 'int' && target.dtype !== 'byte')
    throw new RaisedError('RuntimeError', 'expected scalar type Long but found Float');
  const ignored = given.int('ignore_index', -100);
  const weights = given.has('weight') ? given.tensor('weight').values() : null;
  if (weights && weights.length !== classes)
    throw new RaisedError('RuntimeError', 'weight tensor should be defined for all classes');
  const rows = last.values();
  const losses = new Float64Array(shapeSize(shape));
  let weight = 0;
  for (const [i, label] of labels.entries()) {
    if (label === ignored) {
      given.run.skipsRows = true;
      continue;
    }
    if (label < 0 || label >= classes)
      throw new RaisedError('IndexError', `Target ${label} is out of bounds.`);
    losses[i] = fittedLoss(rows.subarray(i * classes, (i + 1) * classes), label, weights);
    weight += weights ? weights[label]! : 1;
  }
  return { losses, shape: scores.rank === 1 ? [] : shape, weight };
}

/** −x of each row's class; a column of labels counts as labels. */
export function picked(log: PyTensor, labels: PyTensor): PyTensor {
  const classes = log.shape.at(-1)!;
  const [rows, indices] = [log.values(), labels.values()];
  if (indices.length * classes !== rows.length)
    throw new RaisedError('ValueError', 'labels and logits of different rows');
  const losses = indices.map((label, i) => {
    const value =
      Number.isInteger(label) && label >= 0 && label < classes ? rows[i * classes + label] : undefined;
    return value === undefined ? Number.NaN : -value;
  });
  return log.like(losses, log.shape.slice(0, -1), 'float');
}
