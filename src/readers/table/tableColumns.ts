import type { Work } from '../../loss/work.ts';
import type { ReadWarning } from '../logitsBatch.ts';
import { type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { meaningOfArray } from '../roles/arrayMeaning.ts';
import { chooseTargetArray } from '../roles/chooseTargets.ts';
import { type GridPart, gridParts } from '../roles/gridArrays.ts';
import type { Grid } from '../roles/namedArray.ts';
import { scoresFor } from '../roles/scores/chooseScores.ts';
import { type ScoreCandidate, scoreCandidates } from '../roles/scores/scoreCandidates.ts';
import type { Wish } from '../roles/wish.ts';
import { truthIndex } from '../text/truthValues.ts';
import { isLikeNumber, isPlainNumber } from './looseNumber.ts';
import type { Fields } from './tableFields.ts';

/** The first lines of a table, as a grid, and what its columns are together. */
export interface Columns {
  /** The names in the header; null without one. */
  readonly header: readonly string[] | null;
  readonly count: number;
  readonly parts: readonly GridPart[];
}

/** What the columns of a table are for. */
export interface ColumnRoles {
  readonly scores: ScoreCandidate;
  /** The columns with logits, in order. */
  readonly logits: readonly number[];
  /** What they have in common in their names; null if nothing. */
  readonly name: string | null;
  /** (K) what the header calls the classes; null if it only numbers them. */
  readonly classNames: readonly string[] | null;
  /** The column with a target for each row, or those with one for each class; [] if there's none. */
  readonly targets: readonly number[];
  readonly targetsName: string | null;
  /** What the other columns are called. */
  readonly leftOut: readonly string[];
  readonly warnings: readonly ReadWarning[];
}

/**
 * Understands the first lines: `first`, `second` if there is one, and those after it. A column of names begins with one of
 * `classNames`.
 */
export function* findColumns(
  first: readonly string[],
  second: readonly string[] | undefined,
  others: readonly (readonly string[])[],
  classNames: readonly string[] | null,
): Work<Columns> {
  const isName = first.length === 1 && classNames?.includes(first[0]!);
  const header = !isName && isHeader(first, second) ? first : null;
  const lines = [first, ...(second ? [second] : []), ...others].slice(header ? 1 : 0);
  yield 0;
  return { header, count: first.length, parts: yield* gridParts(gridOf(header, first.length, lines)) };
}

/** What the columns are for; or between which of them someone has to choose. */
export function* columnRolesOf({ parts }: Columns, wish: Wish): Work<Outcome<ColumnRoles, ReadProblem>> {
  yield 0;
  const arrays = parts.map(({ array }) => array);
  yield 0;
  const candidates = scoreCandidates(arrays);
  yield 0;
  const chosen = scoresFor(arrays, wish, candidates);
  if (!chosen.ok) return chosen;
  const { array } = chosen.value;
  const scores = parts.find((part) => part.array === array)!;
  const { names: classNames } = array;
  // One output per row, if it's read at all, is of two classes.
  const shape = array.shape.length === 1 ? [array.shape[0]!, 2] : array.shape;
  const known = { array, shape, classNames, classAxis: shape.length - 1 };
  const targets = yield* chooseTargetArray(arrays, known, wish.ownTargets);
  if (!targets.ok) return targets;
  const column = targets.value;
  const content = column?.content;
  const warnings: ReadWarning[] = [];
  const isNamed =
    content?.kind !== 'texts' ||
    content.values.some(
      (text) =>
        classNames?.includes(text) ||
        /^[+-]?\d+$/.test(text) ||
        text === '' ||
        truthIndex(text, { classNames, classes: shape[1]! }) !== undefined,
    );
  if (column && content?.kind === 'texts' && !isNamed)
    warnings.push({ reason: 'no-targets-in', name: column.name, found: content.values[0] ?? '' });
  const used = isNamed ? column : undefined;
  return success({
    scores: chosen.value,
    logits: scores.columns,
    name: array.isNamed ? array.name : null,
    classNames,
    targets: used ? parts.find((part) => part.array === used)!.columns : [],
    targetsName: used?.name ?? null,
    leftOut: arrays.filter((each) => each !== array && each !== used).map(({ name }) => name),
    warnings,
  });
}

/** The column of targets by its name; or the only one that may be, whatever its name. */
export function targetsColumnOf({ parts, count }: Columns): number | undefined {
  const columns = parts.filter(({ array }) => array.isColumn);
  const strength = ({ array }: GridPart) => meaningOfArray(array).target;
  const [best] = columns.toSorted((a, b) => strength(b) - strength(a));
  if (best && strength(best) > 0) return best.columns[0];
  if (count === 1) return 0;
  const scores = parts.some(({ array }) => !array.isColumn);
  const whole = columns.filter(({ array }) => array.type === 'int' && !meaningOfArray(array).id);
  const texts = columns.filter(({ array }) => array.type === 'text' && !array.isNamed);
  const candidates = texts.length === 1 && whole.length === 0 ? texts : whole;
  return !scores && candidates.length === 1 ? candidates[0]!.columns[0] : undefined;
}

function gridOf(
  header: readonly string[] | null,
  columns: number,
  lines: readonly (readonly string[])[],
): Grid {
  const none = new Float64Array(0);
  const text = (row: number, column: number) => (lines[row]?.[column] ?? '').trim();
  const places = { cells: none, spans: none, start: 0, end: 0 };
  return { header, columns, rows: lines.length, text, dots: undefined, printer: null, ...places };
}

/** The texts of the fields of the current line. */
export function textsOf(fields: Fields): string[] {
  return Array.from({ length: fields.count }, (_, field) => fields.text(field));
}

/**
 * Names over numbers; or the numbers of the classes, as pandas has them, over others. What has a fraction is no name: it's in a first
 * row that isn't all numbers.
 */
function isHeader(first: readonly string[], second: readonly string[] | undefined): boolean {
  const isOver = (text: string, column: number) => !isPlainNumber(text) && isPlainNumber(second?.[column]);
  if (!first.some((text, column) => isLikeNumber(text) && !isOver(text, column))) return true;
  if (!first.some(isFraction) && first.some((text, column) => text !== '' && isOver(text, column)))
    return true;
  const numbers = first.filter(isPlainNumber).map(Number);
  const counts = numbers.length > 1 && numbers.every((number, k) => number === k);
  return counts && second?.some((text) => isPlainNumber(text) && !/^-?\d+$/.test(text)) === true;
}

function isFraction(text: string): boolean {
  return /\d[.,]\d/.test(text) && isLikeNumber(text);
}
