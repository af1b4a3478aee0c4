import { type Floats, layoutOf, offsetOf } from '../../../loss/rows/rowLayout.ts';
import { SLICE, type Work } from '../../../loss/work.ts';
import type { ValueKind } from '../../logitsBatch.ts';
import { Unreadable } from '../../text/cursor.ts';
import { type NameMeaning, nameWords } from '../arrayNames.ts';
import type { NamedArray } from '../namedArray.ts';
import type { Settings } from '../settings.ts';

/** A binary model's outputs, and what is known of them. */
export interface SingleOutputs {
  readonly values: Floats;
  /** With one class on the class axis, or of no class axis. */
  readonly shape: readonly number[];
  readonly classAxis: number;
  readonly meaning: NameMeaning;
  readonly name: string;
  readonly offset: number;
  /** What they are, if someone has said it. */
  readonly outputs: ValueKind | undefined;
}

/** The same rows as scores of two classes, of which the second is what the output is for. */
export interface TwoClasses {
  readonly values: Float64Array;
  readonly shape: readonly number[];
  readonly kind: ValueKind;
}

/**
 * One output per row as two classes, so that their softmax is its sigmoid: (0, z) of a logit z, (1 − p, p) of a probability p, and the
 * logarithms of those. A loss smoothed with α/2 is then that of Keras' BinaryCrossentropy. Throws Unreadable if p isn't a probability.
 */
export function* twoClasses(single: SingleOutputs): Work<TwoClasses> {
  const { values, shape, classAxis } = single;
  const { kind, scale } = outputKind(single);
  const other = OTHER[kind];
  const isList = shape.length === 1;
  const axis = isList ? 1 : classAxis;
  const doubled = isList ? [values.length, 2] : shape.with(axis, 2);
  const layout = layoutOf(doubled, axis);
  const both = new Float64Array(2 * values.length);
  for (let row = 0; row < values.length; row++) {
    if (row % SLICE === SLICE - 1) yield row / values.length;
    const value = values[row]! / scale;
    if ((kind === 'probabilities' && (value < 0 || value > 1)) || (kind === 'log-probabilities' && value > 0))
      throw notProbability(single, row);
    const at = offsetOf(layout, row);
    both[at] = other(value);
    both[at + layout.inner] = value;
  }
  return { values: both, shape: doubled, kind };
}

/** The score of the first class, beside that of the second. */
const OTHER: Readonly<Record<ValueKind, (value: number) => number>> = {
  logits: () => 0,
  probabilities: (p) => 1 - p,
  'log-probabilities': (logP) => Math.log(-Math.expm1(logP)),
};

/** By the name; without a word in it, outputs between 0 and 1 are those of sigmoids. */
function outputKind({ values, meaning: { kind }, outputs }: SingleOutputs): {
  readonly kind: ValueKind;
  readonly scale: number;
} {
  if (outputs) return { kind: outputs, scale: outputs === 'probabilities' && kind === 'percent' ? 100 : 1 };
  if (kind === 'percent') return { kind: 'probabilities', scale: 100 };
  if (kind !== null) return { kind, scale: 1 };
  const areShares = values.every((value) => value >= 0 && value <= 1);
  return { kind: areShares ? 'probabilities' : 'logits', scale: 1 };
}

function notProbability({ values, name, offset }: SingleOutputs, row: number): Unreadable {
  return new Unreadable({ reason: 'not-probability', offset, name, row, found: values[row]! });
}

/** True if the source says that one output is for two classes: by its name, or as it has names or a count of two. */
export function saysBinary(
  { name, isNamed }: NamedArray,
  { classNames, classCount }: Pick<Settings, 'classNames' | 'classCount'>,
): boolean {
  if (isNamed && nameWords(name).some((word) => word === 'sigmoid' || word === 'binary')) return true;
  return classNames?.length === 2 || classCount === 2;
}
