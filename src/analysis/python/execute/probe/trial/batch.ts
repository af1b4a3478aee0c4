import { softplus } from '../../../../../loss/rows/probabilityCosts.ts';
import { PyTensor } from '../../tensors/tensor.ts';
import { logProbabilitiesOf } from './random.ts';

/** Rows of random logits with their labels: what a loss is tried with. */
export interface Batch {
  /** For each set of logits, for each row, K numbers. */
  readonly logits: readonly (readonly (readonly number[])[])[];
  readonly labels: readonly number[];
}

/** What the model's output is given as: probabilities of a softmax, or of a sigmoid each. */
export type Taken = 'logits' | 'logProbabilities' | 'probabilities' | 'eachProbability';

/** `number`: one row at a time, its label a number of Python. */
export type LabelForm = 'index' | 'oneHot' | 'column' | 'number';

/** (N, K), (K), (N/2, 2, K), (1, N, K), (N/2, K, 1, 2) or (N/2, K, 2) */
export type BatchLayout = 'table' | 'single' | 'sequence' | 'oneSequence' | 'image' | 'line';

export interface Way {
  readonly library: PyTensor['library'];
  readonly labels: LabelForm;
  readonly takes: Taken;
  readonly layout: BatchLayout;
  /** Weights that a call is given: of classes, or of rows. */
  readonly weighs: 'classes' | 'rows';
}

function asTaken(z: readonly number[], takes: Taken): number[] {
  switch (takes) {
    case 'logits':
      return [...z];
    case 'logProbabilities':
      return logProbabilitiesOf(z);
    case 'probabilities':
      return logProbabilitiesOf(z).map(Math.exp);
    case 'eachProbability':
      return z.map((x) => Math.exp(-softplus(-x)));
  }
}

export function scoresOf(rows: readonly (readonly number[])[], classes: number, way: Way): PyTensor {
  const values = Float64Array.from(rows.flatMap((row) => asTaken(row, way.takes)));
  return laidOut(values, rows.length, classes, way, 'float');
}

export function labelsOf(labels: readonly number[], classes: number, way: Way): PyTensor {
  const n = labels.length;
  if (way.labels === 'oneHot') {
    const values = new Float64Array(n * classes);
    for (const [i, label] of labels.entries())
      if (label >= 0 && label < classes) values[i * classes + label] = 1;
    return laidOut(values, n, classes, way, 'float');
  }
  const values = Float64Array.from(labels);
  const column = way.labels === 'column' ? [1] : [];
  return new PyTensor(values, [...shapeOfLabels(n, way.layout), ...column], 'int', way.library);
}

function shapeOfLabels(rows: number, layout: BatchLayout): number[] {
  switch (layout) {
    case 'table':
      return [rows];
    case 'single':
      return [];
    case 'sequence':
    case 'line':
      return [rows / 2, 2];
    case 'oneSequence':
      return [1, rows];
    case 'image':
      return [rows / 2, 1, 2];
  }
}

function laidOut(values: Float64Array, rows: number, classes: number, way: Way, dtype: 'float'): PyTensor {
  const { layout, library } = way;
  if (layout !== 'image' && layout !== 'line')
    return new PyTensor(values, [...shapeOfLabels(rows, layout), classes], dtype, library);
  // The classes are the second axis, as torch has them: in a copy, so that it's like any other tensor.
  const moved = new Float64Array(values.length);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < classes; k++)
      moved[(Math.floor(i / 2) * classes + k) * 2 + (i % 2)] = values[i * classes + k]!;
  const shape = layout === 'image' ? [rows / 2, classes, 1, 2] : [rows / 2, classes, 2];
  return new PyTensor(moved, shape, dtype, library);
}

/** What a loss gave: one number, one for each row, or one for each class of each row. */
export type Losses =
  | { readonly of: 'batch'; readonly value: number }
  | { readonly of: 'rows'; readonly values: readonly number[] }
  | { readonly of: 'elements'; readonly values: readonly (readonly number[])[] };

export function allLosses(losses: Losses): readonly number[] {
  return losses.of === 'batch' ? [losses.value] : losses.values.flat();
}

/** Null for a tensor of another size. */
export function lossesOf(
  tensor: PyTensor,
  rows: number,
  classes: number,
  layout: BatchLayout,
): Losses | null {
  const values = [...tensor.values()];
  if (tensor.size === 1) return { of: 'batch', value: values[0]! };
  if (tensor.size === rows) return { of: 'rows', values };
  if (tensor.size !== rows * classes) return null;
  const isImage = (layout === 'image' && tensor.rank === 4) || (layout === 'line' && tensor.rank === 3);
  const place = (i: number, k: number) =>
    isImage ? (Math.floor(i / 2) * classes + k) * 2 + (i % 2) : i * classes + k;
  return {
    of: 'elements',
    values: Array.from({ length: rows }, (_, i) =>
      Array.from({ length: classes }, (__, k) => values[place(i, k)]!),
    ),
  };
}
