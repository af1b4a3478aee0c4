import type { BatchSums } from '../../loss/sums/batchSums.ts';
import { addVectors, classesOfVector, sumsOfVector } from '../../loss/sums/sumsVector.ts';
import { numbersOf } from '../roles/arrayFacts.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { type Settings, settingsFor } from '../roles/settings.ts';
import { Unreadable } from '../text/cursor.ts';
import { impossibleSums } from './impossibleSums.ts';
import { isMeasured } from './measuredObjects.ts';
import { MOST_MEASURED_CLASSES } from './statisticsPart.ts';
import { doublesOf } from './typedArray.ts';

/** The key of sums over rows that were measured elsewhere: docs/scale.md has the format. */
export const SUMS_KEY = 'loss_sums';

/** Some of the rows, to look at: (n, K) logits, and their (n) targets; null where sums are without targets. */
interface RowSample {
  readonly values: Float32Array;
  readonly target: Int32Array | null;
}

/** What one object says. */
export interface SumsPart extends RowSample {
  readonly vector: Float64Array;
  readonly classes: number;
  readonly hasTargets: boolean;
  readonly settings: Settings;
  /** Where the sums are, in bytes. */
  readonly start: number;
  readonly end: number;
}

/** True for sums: of a document, or of one of several in a list or in lines. */
export function isSums(array: NamedArray): boolean {
  return array.name === 'vector' && isMeasured(array, SUMS_KEY);
}

/** Decodes the sums of an object. Throws Unreadable. `arrays`: all that the object has; without sums, `start` is where it's missing. */
export function readSumsPart(arrays: readonly NamedArray[]): SumsPart {
  const found = arrays.find(isSums);
  const { start, end } = found ?? arrays[0]!;
  if (found?.content.kind !== 'texts' || found.shape.length > 0) throw wrongSums(SUMS_KEY, start);
  const vector = doublesOf(found.content.values[0]!);
  const classes = vector && classesOfVector(vector.length);
  if (!vector || !classes || classes > MOST_MEASURED_CLASSES) throw wrongSums(SUMS_KEY, start);
  const settings = settingsFor(arrays, found);
  settings.check(classes);
  const { hasTargets } = sumsOfVector(vector);
  return { vector, classes, hasTargets, settings, start, end, ...sampleOf(arrays, classes, settings) };
}

function sampleOf(arrays: readonly NamedArray[], classes: number, { ignoreIndex }: Settings): RowSample {
  const of = (name: string) => arrays.find((array) => array.name === name);
  const logits = of('sample_logits');
  const targets = of('sample_targets');
  if (!logits) return { values: new Float32Array(0), target: new Int32Array(0) };
  const values = numbersOf(logits);
  if (!values || logits.shape.length !== 2 || logits.shape[1] !== classes)
    throw wrongSums('sample_logits', logits.start);
  const target = targets ? numbersOf(targets) : new Float64Array(0);
  const isTarget = (k: number) =>
    Number.isInteger(k) && ((k >= 0 && k < classes) || k === (ignoreIndex ?? -100));
  if (!target?.every(isTarget) || (targets && target.length !== logits.shape[0]))
    throw wrongSums('sample_targets', (targets ?? logits).start);
  return { values: Float32Array.from(values), target: targets ? Int32Array.from(target) : null };
}

/** The sums of all parts together, and their samples one after the other. Throws Unreadable if no logits add up to that. */
export function joinedSums(
  parts: readonly (RowSample & Pick<SumsPart, 'vector' | 'start'>)[],
): { readonly sums: BatchSums } & RowSample {
  const { start } = parts[0]!;
  const sums = sumsOfVector(addVectors(parts.map(({ vector }) => vector)));
  const name = impossibleSums(sums);
  if (name !== undefined) throw new Unreadable({ reason: 'impossible-sums', offset: start, name });
  const sampled = parts.filter(({ values }) => values.length > 0);
  if (sampled.some(({ target }) => (target === null) === sums.hasTargets))
    throw wrongSums('sample_targets', start);
  const values = new Float32Array(sampled.reduce((all, part) => all + part.values.length, 0));
  const target = new Int32Array(values.length / sums.classes);
  let row = 0;
  for (const part of sampled) {
    values.set(part.values, row * sums.classes);
    if (part.target) target.set(part.target, row);
    row += part.values.length / sums.classes;
  }
  return { sums, values, target: sums.hasTargets ? target : null };
}

/** What isn't as docs/scale.md says: the key of it. */
export function wrongSums(name: string, offset: number): Unreadable {
  return new Unreadable({ reason: 'statistics-field', offset, name });
}
