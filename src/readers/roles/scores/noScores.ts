import { excerptOf, type ReadProblem } from '../../readProblem.ts';
import { fullName, meaningOfArray } from '../arrayMeaning.ts';
import type { NamedArray } from '../namedArray.ts';
import { coordinatesAmong } from './coordinates.ts';
import { saysOther } from './scoreCandidates.ts';

/** Why none of the arrays is logits: what they are instead. */
export function noScores(arrays: readonly NamedArray[]): ReadProblem {
  const offset = arrays[0]?.start ?? 0;
  const names = arrays.filter(({ isNamed }) => isNamed).map(({ name }) => name);
  const other = arrays.find((array) => meaningOfArray(array).kind === 'logits');
  if (other?.type === 'bool') return { reason: 'not-a-number', offset: other.start, found: 'true' };
  if (other?.content.kind === 'texts') {
    const found = other.shape.length > 0 ? '["…"]' : excerptOf(JSON.stringify(other.content.values[0]));
    return { reason: 'not-a-number', offset: other.start, found };
  }
  // What Label Studio adds to each row of a table.
  if (['annotation_id', 'annotator', 'lead_time'].every((name) => names.includes(name)))
    return { reason: 'other-format', format: 'label-studio', offset };
  const losses = arrays.filter((array) => meaningOfArray(array).loss).map(({ name }) => name);
  if (losses.length > 0) return { reason: 'losses', offset, names: losses };
  const parameters = arrays.filter(({ isParameter, shape }) => isParameter && shape.length > 0);
  const areAll =
    parameters.length > 0 && parameters.length === arrays.filter(({ shape }) => shape.length > 0).length;
  if (areAll)
    return { reason: 'parameters', offset, names: namesAmong(parameters), count: parameters.length };
  const column = lonelyColumn(arrays);
  if (column) return { reason: 'one-class', offset: column.start };
  return { reason: 'no-logits', offset, keys: names };
}

/** Beside nothing but targets, one number a row is a binary model's. */
export function lonelyColumn(arrays: readonly NamedArray[]): NamedArray | undefined {
  if (coordinatesAmong(arrays).size > 0) return undefined;
  const columns = arrays.filter(
    (array) => array.isColumn && array.type !== 'text' && !saysOther(array, meaningOfArray(array)),
  );
  const isBinary = columns.length === 1 && arrays.some((array) => meaningOfArray(array).target > 0);
  return isBinary ? columns[0] : undefined;
}

/** Some of a model's parameters, by their keys. */
function namesAmong(parameters: readonly NamedArray[]): readonly string[] {
  return parameters.slice(0, MOST_TOLD).map(fullName);
}

const MOST_TOLD = 3;
