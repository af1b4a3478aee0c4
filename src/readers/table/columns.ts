import type { Work } from '../../loss/work.ts';
import { holdsTargets } from '../json/keys.ts';
import type { Fields } from './fields.ts';

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
 * Understands the first two lines: `first`, and `second` if there is one. A column of names begins with one of `classNames`. All that
 * there may be are gone through in a few milliseconds between two yields.
 */
export function* columnsWork(
  first: readonly string[],
  second: readonly string[] | undefined,
  classNames: readonly string[] | null,
): Work<Columns> {
  const isName = first.length === 1 && classNames?.includes(first[0]!);
  const header = !isName && isHeader(first, second) ? first : null;
  yield 0;
  const sample = header ? (second ?? []) : first;
  const all = first.map((_, column) => column);
  const nameOf = (column: number) => header?.[column] ?? '';
  const numeric = all.filter((column) => isNumber(sample[column]));
  yield 0;
  const targets = header
    ? all.find((column) => holdsTargets(nameOf(column)))
    : onlyOne(all.filter((column) => !isNumber(sample[column]) && sample[column] !== ''));
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

/** Names over numbers; or the numbers of the classes, as pandas has them, over others. */
function isHeader(first: readonly string[], second: readonly string[] | undefined): boolean {
  if (!first.some(isNumber)) return true;
  if (first.some((text, column) => text !== '' && !isNumber(text) && isNumber(second?.[column]))) return true;
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

function onlyOne(columns: readonly number[]): number | undefined {
  return columns.length === 1 ? columns[0] : undefined;
}
