import { numbersOf } from '../../roles/arrayFacts.ts';
import { meaningOf } from '../../roles/arrayNames.ts';
import type { NamedArray } from '../../roles/namedArray.ts';

/** Rows that are looked at. */
const LOOKED_AT = 1 << 10;

/**
 * Numbers by name are the scores of classes where a text beside each row is the name of its largest: `{"emotion": {"sad": 8.5,
 * "happy": 91.5}, "dominant_emotion": "happy"}`. Without that they may be anything.
 */
export function asScores(array: NamedArray, arrays: readonly NamedArray[]): NamedArray {
  const { names, shape, type, isNamed, path } = array;
  const values = numbersOf(array);
  if (!names || !values || shape.length > 2 || type !== null || !isNamed) return array;
  const rows = Math.min(LOOKED_AT, shape.length === 1 ? 1 : shape[0]!);
  const isLargest = ({ name, content, shape: own, path: beside }: NamedArray) =>
    content.kind === 'texts' &&
    own.join() === shape.slice(0, -1).join() &&
    // What is right may be any of them.
    meaningOf(name).target === 0 &&
    beside.join('\u0000') === path.join('\u0000') &&
    content.values.slice(0, rows).every((text, row) => text === largestOf(values, names, row));
  return arrays.some(isLargest) ? { ...array, type: 'float' } : array;
}

function largestOf(values: Float32Array | Float64Array, names: readonly string[], row: number): string {
  let best = 0;
  for (let k = 1; k < names.length; k++)
    if (values[row * names.length + k]! > values[row * names.length + best]!) best = k;
  return names[best]!;
}
