import { isWhole } from '../arrayFacts.ts';
import { meaningOfArray } from '../arrayMeaning.ts';
import { isSaid } from '../arrayNames.ts';
import type { NamedArray } from '../namedArray.ts';

/** What anything is called in an example, "x" or "data", or by pandas in a file of HDF5: as good as no name. */
const PLACEHOLDER =
  /^(?:[a-z]{1,2}\d?|[ALMPSYZ]|arr|[Aa]rray|array[12]|tensors?|data|rows?|vals?|values?|res|results?|ret|tmp|foo|bar|test|list|frame|table|ans|batch|(?:.*\/)?block\d+_values)$|[[(]/;

/**
 * True for rows of code or of a print that have a name which says nothing of scores, as any matrix has one: "palette", "R", "Q-table". Labels
 * beside them, of as many rows, say that they're scores.
 */
export function hasUnsaidName(array: NamedArray, arrays: readonly NamedArray[]): boolean {
  const { isNamed, isColumn, shape, name } = array;
  if (!isNamed || isColumn || shape.length !== 2 || isSaid(name) || PLACEHOLDER.test(name)) return false;
  return !arrays.some((other) => other !== array && areLabelsOf(other, shape));
}

function areLabelsOf(array: NamedArray, [rows]: readonly number[]): boolean {
  const { shape, isNamed } = array;
  if (shape.length === 0 || shape.length > 2 || shape[0] !== rows) return false;
  return isNamed ? meaningOfArray(array).target > 0 : shape.length === 1 && isWhole(array);
}
