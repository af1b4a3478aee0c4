import { layoutOf, offsetOf } from '../../../loss/rows/rowLayout.ts';
import type { Work } from '../../../loss/work.ts';
import { indexShape, sameShape } from '../../json/fitTargets.ts';
import type { ValueKind } from '../../logitsBatch.ts';
import type { ReadProblem } from '../../readProblem.ts';
import { numbersOf } from '../arrayFacts.ts';
import { loadedArray } from '../fittedTargets.ts';
import type { NamedArray } from '../namedArray.ts';
import { twoClasses } from './binaryOutputs.ts';
import type { ScoreCandidate } from './scoreCandidates.ts';

/** Why scores are those of a single output per row, which no softmax is for; undefined if they're of classes. */
export function singleOutput(
  { array, meaning }: ScoreCandidate,
  classAxis: number,
  targets: NamedArray | undefined,
): ReadProblem | undefined {
  const { shape, start: offset, isNamed } = array;
  if (shape[classAxis] === 1) return { reason: 'one-class', offset };
  const rows = targets?.shape[0] ?? 0;
  const isOneEach = shape.length === 1 && targets?.shape.length === 1 && rows === shape[0] && rows > 1;
  if (!isOneEach || meaning.derived) return undefined;
  const name = isNamed ? array.name : '';
  return { reason: 'binary', offset, name, targets: targets!.name, rows };
}

/** The array with two classes in each row, and what their scores are. Throws Unreadable for what can't be outputs of one class. */
export function* binaryArray(
  { array, meaning }: ScoreCandidate,
  classAxis: number,
  outputs: ValueKind | undefined,
): Work<{ readonly array: NamedArray; readonly kind: ValueKind }> {
  const loaded = yield* loadedArray(array);
  const { shape, name, start: offset } = loaded;
  const values = numbersOf(loaded)!;
  const two = yield* twoClasses({ values, shape, classAxis, meaning, name, offset, outputs });
  const isPercent = meaning.kind === 'percent';
  return {
    kind: two.kind,
    array: {
      ...loaded,
      shape: two.shape,
      content: { kind: 'numbers', values: two.values },
      isColumn: false,
      decimals: array.decimals + (isPercent ? 2 : 0),
      rounding: array.rounding / (isPercent ? 100 : 1),
    },
  };
}

/** Targets between 0 and 1, one per row, as a distribution over two classes each; others as they are. */
export function* pairedTargets(
  targets: NamedArray,
  shape: readonly number[],
  classAxis: number,
): Work<NamedArray> {
  if (targets.content.kind === 'texts' || targets.content.kind === 'flawed') return targets;
  const rows = indexShape(shape, classAxis);
  if (shape.length !== 2 || !(sameShape(targets.shape, rows) || sameShape(targets.shape, [...rows, 1])))
    return targets;
  const loaded = yield* loadedArray(targets);
  const values = numbersOf(loaded)!;
  if (values.every(Number.isInteger) || !values.every((value) => value >= 0 && value <= 1)) return targets;
  const layout = layoutOf(shape, classAxis);
  const both = new Float64Array(2 * values.length);
  for (const [row, value] of values.entries()) {
    const at = offsetOf(layout, row);
    both[at] = 1 - value;
    both[at + layout.inner] = value;
  }
  return { ...loaded, shape, content: { kind: 'numbers', values: both } };
}
