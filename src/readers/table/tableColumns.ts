import type { Work } from '../../loss/work.ts';
import { holdsTargets } from '../json/memberRoles.ts';
import type { Fields } from './tableFields.ts';

/** What a table has, as its first lines say. */
export interface Columns {
  /** The names in the header; null without one. */
  readonly header: readonly string[] | null;
  readonly count: number;
  /** The columns with logits, in order. */
  readonly logits: readonly number[];
  /** (K) what the header calls the classes; null if it only numbers them. */
  readonly classNames: readonly string[] | null;
  /** The column with a target for each row; undefined if there's none. */
  readonly targets: number | undefined;
  /** What the other columns are called. */
  readonly leftOut: readonly string[];
}

/** Columns that tell rows apart, or come of the logits. */
const NOT_LOGITS =
  /^(|unnamed: 0|#|id|idx|index|row|row_?(id|number)|sample(_?id)?|example(_?id)?|image(_?id)?|file(_?name)?|path|name|split|fold|epoch|step|pred(icted|iction)?s?|correct|confidence|entropy|loss|weight)$/i;
/** "logit_cat", "score 3", "prob[dog]". */
const PREFIX = /^(logit|score|prob|output|class)s?[ _.:[-]*/i;

/**
 * Understands the first lines: `first`, `second` if there is one, and those after it where these two leave open what a column is. A
 * column of names begins with one of `classNames`. All columns there may be are gone through in a few milliseconds between two yields.
 */
export function* findColumns(
  first: readonly string[],
  second: readonly string[] | undefined,
  others: readonly (readonly string[])[],
  classNames: readonly string[] | null,
): Work<Columns> {
  const isName = first.length === 1 && classNames?.includes(first[0]!);
  const header = !isName && isHeader(first, second) ? first : null;
  yield 0;
  const lines = [first, ...(second ? [second] : []), ...others].slice(header ? 1 : 0);
  const all = first.map((_, column) => column);
  const nameOf = (column: number) => header?.[column] ?? '';
  const numeric = all.filter((column) => isOfNumbers(lines, column));
  yield 0;
  const numbers = new Set(numeric);
  const targets = header
    ? all.find((column) => holdsTargets(nameOf(column)))
    : onlyOne(all.filter((column) => !numbers.has(column) && first[column] !== ''));
  yield 0;
  const candidates = numeric.filter(
    (column) => column !== targets && !(header && NOT_LOGITS.test(nameOf(column))),
  );
  yield 0;
  const logits = header ? prefixed(candidates, nameOf) : candidates;
  yield 0;
  const names = logits.map((column) => parted(nameOf(column))?.name ?? nameOf(column));
  yield 0;
  const isNumbered = names.every((name, k) => name === String(k));
  const used = new Set(logits);
  const leftOut = all.filter((column) => column !== targets && !used.has(column));
  return {
    header,
    count: first.length,
    logits,
    classNames: header && !isNumbered ? names : null,
    targets,
    leftOut: leftOut.map((column) => nameOf(column) || `column ${column + 1}`),
  };
}

/** The texts of the fields of the current line. */
export function textsOf(fields: Fields): string[] {
  return Array.from({ length: fields.count }, (_, field) => fields.text(field));
}

/** True if the first row isn't all numbers: one may be missing there. */
export function leavesOpen(first: readonly string[], second: readonly string[] | undefined): boolean {
  const sample = isHeader(first, second) ? second : first;
  return sample?.some((text) => !isNumber(text)) ?? false;
}

/** True if a column begins with a number, however it's written, or most of it is numbers: what isn't then, is a mistake in it. */
function isOfNumbers(lines: readonly (readonly string[])[], column: number): boolean {
  if (isLikeNumber(lines[0]?.[column])) return true;
  const numbers = lines.filter((line) => isNumber(line[column])).length;
  return 2 * numbers > lines.length;
}

/**
 * Names over numbers; or the numbers of the classes, as pandas has them, over others. What has a fraction is no name: it's in a first
 * row that isn't all numbers.
 */
function isHeader(first: readonly string[], second: readonly string[] | undefined): boolean {
  const isOver = (text: string, column: number) => !isNumber(text) && isNumber(second?.[column]);
  if (!first.some((text, column) => isLikeNumber(text) && !isOver(text, column))) return true;
  if (!first.some(isFraction) && first.some((text, column) => text !== '' && isOver(text, column)))
    return true;
  const numbers = first.filter(isNumber).map(Number);
  const counts = numbers.length > 1 && numbers.every((number, k) => number === k);
  return counts && second?.some((text) => isNumber(text) && !/^-?\d+$/.test(text)) === true;
}

/** If some columns say that they're logits, only those are. */
function prefixed(columns: readonly number[], nameOf: (column: number) => string): readonly number[] {
  const prefixes = columns.map((column) => parted(nameOf(column))?.prefix);
  for (const prefix of new Set(prefixes)) {
    const same = columns.filter((_, i) => prefixes[i] === prefix);
    if (prefix !== undefined && same.length > 1) return same;
  }
  return columns;
}

/** A prefix that says what a column is, and what is left of its name. */
function parted(title: string): { readonly prefix: string; readonly name: string } | undefined {
  const [start, prefix] = PREFIX.exec(title) ?? [];
  if (start === undefined || start.length === title.length) return undefined;
  const rest = title.slice(start.length);
  const name = rest.length > 1 && rest.endsWith(']') ? rest.slice(0, -1) : rest;
  return { prefix: prefix!.toLowerCase(), name };
}

function isNumber(text: string | undefined): text is string {
  return text !== undefined && /^[+-]?(?:\d+(?:\.\d*)?|\.\d+|nan|inf(?:inity)?)(?:e[+-]?\d+)?$/i.test(text);
}

/** A number, or what people and programs write for one that no reader here takes: "1,5", "−2", "1_000", "50%", "$3". */
function isLikeNumber(text = ''): boolean {
  return (text.length <= LONGEST_WRITTEN && WRITTEN.test(text)) || isNumber(text);
}

const LONGEST_WRITTEN = 40;
const WRITTEN =
  /^[+\-\u2212\u2013]?\p{Sc}?[+\-\u2212\u2013]?\.?\p{Nd}[\p{Nd}.,'’_\u00a0\u202f]*(?:e[+\-\u2212]?\p{Nd}+)?\s?(?:%|\p{Sc})?$/iu;

function isFraction(text: string): boolean {
  return /\d[.,]\d/.test(text) && isLikeNumber(text);
}

function onlyOne(columns: readonly number[]): number | undefined {
  return columns.length === 1 ? columns[0] : undefined;
}
