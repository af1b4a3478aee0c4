import { finish, type Work } from '../../../loss/work.ts';
import { isOneOfRow, meaningOf, nameWords } from '../arrayNames.ts';
import { bareName, endOfWord, numberedParts } from './columnNames.ts';
import type { ColumnGroup, GridColumn } from './gridColumns.ts';
import { ofEachModel } from './modelColumns.ts';
import { sumTo } from './rowSums.ts';

/** How the columns of a table are put together. */
export interface GroupedColumns {
  /** What may be the scores, the likeliest first. */
  readonly groups: readonly ColumnGroup[];
  /** Each of the others by itself. */
  readonly single: readonly GridColumn[];
}

/** Whose names are taken apart between two yields. */
const COLUMNS = 1 << 10;
/** With more columns only all of them, or those of one name, are tried. */
const MOST_TRIED = 128;
/** Words that columns of scores are numbered with, though they say nothing by themselves. */
export const NUMBERED = new Set([
  '',
  'class',
  'c',
  'p',
  'cls',
  'k',
  'z',
  'l',
  'cat',
  'neuron',
  'unit',
  'node',
]);

/** Puts columns of numbers together by what their names have in common, and by what their rows sum to. */
export function* groupColumns(columns: readonly GridColumn[], hasHeader: boolean): Work<GroupedColumns> {
  const places = hasHeader ? coordinates(columns) : NO_COLUMNS;
  const free = columns.filter(
    (column) => column.isNumbers && !places.has(column) && (!hasHeader || mayBeScore(column)),
  );
  yield 0;
  const named = hasHeader ? yield* families(columns) : [];
  const plain = named.length > 0 ? named : predictedGroups(columns, hasHeader);
  const found = plain.length > 0 ? plain : yield* unnamedGroups(free, columns, hasHeader);
  yield 0;
  const groups = hasHeader ? found.flatMap(ofEachModel) : found;
  const used = new Set(groups.flatMap((group) => group.columns));
  return { groups, single: columns.filter((column) => !used.has(column)) };
}

const NO_COLUMNS: ReadonlySet<GridColumn> = new Set();

/** "x", "y", "z" of points: both of the first, and no labels, which are whole, in "y". */
function coordinates(columns: readonly GridColumn[]): ReadonlySet<GridColumn> {
  const named = (letter: string) => columns.find(({ name }) => name.toLowerCase() === letter);
  const [x, y, z] = [named('x'), named('y'), named('z')];
  if (!x?.isNumbers || !y?.isNumbers || y.digits.whole) return NO_COLUMNS;
  return new Set(z ? [x, y, z] : [x, y]);
}

function mayBeScore({ meaning, isPercent }: GridColumn): boolean {
  const { target, prediction, loss, derived, id, feature, setting } = meaning;
  if (isPercent && !derived && !prediction) return true;
  return target === 0 && !prediction && !loss && !derived && !id && !feature && setting === null;
}

/** "pred_cat", "pred_dog", or "confidence(cat)", "confidence(dog)": what was predicted of each class, if it sums to 1. */
function predictedGroups(columns: readonly GridColumn[], hasHeader: boolean): readonly ColumnGroup[] {
  const own = columns.filter(
    ({ meaning, isNumbers, name }) => isNumbers && (meaning.prediction || CONFIDENCE_OF.test(name)),
  );
  if (!hasHeader || own.length < 2 || !sumTo(own)) return [];
  const classes = own.map(({ name }) =>
    name
      .replace(CONFIDENCE_OF, '')
      .split(/[ _.:()-]+/)
      .filter((word) => word !== '' && !meaningOf(word).prediction),
  );
  // "target_cat", "target_dog": what all begin with is the name of what was predicted.
  const isShared = classes.every((words) => words.length > 1 && words[0] === classes[0]![0]);
  const names = classes.map((words, k) => words.slice(isShared ? 1 : 0).join('_') || own[k]!.name);
  return [{ name: null, columns: own, classes: names }];
}

const CONFIDENCE_OF = /^conf(?:idence)?[ _.(:-]/i;

interface Named {
  readonly column: GridColumn;
  readonly family: string;
  readonly rest: string;
}

/** Columns whose names have a word for scores in common, or are numbered: then without a name. For a few of them, at once. */
export function familyGroups(columns: readonly GridColumn[]): readonly ColumnGroup[] {
  return finish(families(columns));
}

/** Columns whose names begin or end alike: "logit_cat", "score 3", "prob[dog]", "cat %", "0". */
function* families(columns: readonly GridColumn[]): Work<readonly ColumnGroup[]> {
  const byFamily = new Map<string, Named[]>();
  for (const [i, column] of columns.entries()) {
    if (i % COLUMNS === COLUMNS - 1) yield i / columns.length;
    if (!column.isNumbers) continue;
    const parts = partsOf(column.name);
    if (!parts) continue;
    const named = { column, ...parts };
    const same = byFamily.get(parts.family);
    if (same) same.push(named);
    else byFamily.set(parts.family, [named]);
  }
  const plain = new Map(columns.map((column) => [column.name, column] as const));
  return [...byFamily.values()]
    .map((members) => withFirst(members, plain))
    .map(keptOf)
    .filter((kept) => kept.length > 1)
    .map(asGroup);
}

/** "prob", "prob.1", "prob.2": pandas numbers columns of one name so. Without the first there would be a class less. */
function withFirst(members: readonly Named[], plain: ReadonlyMap<string, GridColumn>): readonly Named[] {
  const [base] = members[0]!.column.name.split('.');
  const first = plain.get(base!);
  const areCounted = members.every(({ column }, k) => column.name === `${base}.${k + 1}`);
  if (!first?.isNumbers || !areCounted) return members;
  return [{ column: first, family: members[0]!.family, rest: '0' }, ...members];
}

/** "prob_max" is computed from the others, unless it takes that one to sum to 1. */
function keptOf(members: readonly Named[]): readonly Named[] {
  const others = members.filter(({ rest }) => !isOneOfRow(rest));
  return others.length === members.length || sumTo(members.map(({ column }) => column)) ? members : others;
}

function asGroup(kept: readonly Named[]): ColumnGroup {
  const word = kept[0]!.family
    .replace(/^[<>]/, '')
    .replace(/[)\]}]{1,4}$/, '')
    .trim();
  const { kind, scores } = meaningOf(word);
  return {
    name: kind !== null || scores >= 2 ? word : null,
    columns: kept.map(({ column }) => column),
    // "class 3" is a name, "logit 3" a number.
    classes: kept.map(({ rest, column }) => (isClass.test(word) ? column.name : rest)),
  };
}

const isClass = /^cl(?:as)?s[\s_.:-]*$/i;

/** A word for scores in a name, and what is left of it; undefined if there's none, and no number. */
function partsOf(name: string): { readonly family: string; readonly rest: string } | undefined {
  const words = name.match(/\p{Lu}?\p{Ll}+|\p{L}+?(?=\p{Lu}\p{Ll}|[^\p{L}]|$)|\d+|%/gu) ?? [];
  const says = (word: string, place: number) => {
    const { kind, scores } = meaningOf(word);
    // "p_cat"
    const isLetter = place === 0 && /^[pz]$/i.test(word) && words.length > 1;
    return kind !== null || isLetter || (scores >= 2 && word.length > 1);
  };
  const at = words.findIndex(says);
  if (at !== -1 && words.length > 1) {
    if (at < words.length - 1) {
      const end = endOfWord(name, words, at);
      return { family: `<${name.slice(0, end).toLowerCase()}`, rest: bareName(name.slice(end)) };
    }
    const start = endOfWord(name, words, at) - words[at]!.length;
    return { family: `>${name.slice(start).toLowerCase()}`, rest: bareName(name.slice(0, start)) };
  }
  const { base, number } = numberedParts(name);
  if (number === '' || !NUMBERED.has(nameWords(base).join(' '))) return undefined;
  return { family: `<${base.toLowerCase()}`, rest: number };
}

/** Columns without a word in common: those whose rows sum to 1 or 100, else those with fractions. */
function* unnamedGroups(
  free: readonly GridColumn[],
  columns: readonly GridColumn[],
  hasHeader: boolean,
): Work<readonly ColumnGroup[]> {
  if (free.length < 2) return [];
  if (sumTo(free)) return [plainGroup(free)];
  yield 0;
  const summing = free.length <= MOST_TRIED ? summingRuns(free) : [];
  if (summing.length > 0) return summing.map(plainGroup);
  const fractions = free.filter((column) => !counts(column) && (hasHeader || !areWholeFloats(column)));
  if (fractions.length === 0) return [plainGroup(free)];
  yield 0;
  const apart = runs(fractions, columns).filter((run) => run.length > 1);
  yield 0;
  if (apart.length === 0) return [plainGroup(free)];
  // Without names it's not known what whole numbers are; with names they may be one of the classes.
  const isSure = !hasHeader || fractions.length === free.length || apart.length !== 1;
  return (isSure ? apart : [...apart, free]).map(plainGroup);
}

/** True for whole numbers as of things that are counted, numbered, or there or not: what scores seldom are in all rows. */
function counts({ digits, values, flaw }: GridColumn): boolean {
  return digits.whole && !flaw && values.length > 1 && values.every((value) => value >= 0);
}

/** True for whole numbers that are written as fractions, as NumPy saves labels beside scores. */
export function areWholeFloats({ digits, values, flaw }: GridColumn): boolean {
  const isWritten = !digits.whole && !flaw && values.length >= SURELY_WHOLE;
  return isWritten && values.every((value) => Number.isInteger(value) && value >= 0);
}

/** In fewer rows it's a coincidence often enough. */
const SURELY_WHOLE = 3;

/** Columns side by side: what stands between others is seldom one of them. */
function runs(some: readonly GridColumn[], columns: readonly GridColumn[]): readonly GridColumn[][] {
  const apart: GridColumn[][] = [];
  const places = new Map(columns.map((column, place) => [column, place] as const));
  for (const column of some) {
    const last = apart.at(-1);
    const isNext = last !== undefined && places.get(column)! - places.get(last.at(-1)!)! === 1;
    if (isNext) last.push(column);
    else apart.push([column]);
  }
  return apart;
}

function plainGroup(columns: readonly GridColumn[]): ColumnGroup {
  return { name: null, columns, classes: columns.map(({ name }) => name) };
}

/** The longest run of columns that sum to 1 or 100, and what there is of others that are as long: those of another model. */
function summingRuns(free: readonly GridColumn[]): readonly (readonly GridColumn[])[] {
  const runs: (readonly GridColumn[])[] = [];
  let rest = free;
  for (let run = summingRun(rest); run; run = summingRun(rest)) {
    if (run.length !== (runs[0] ?? run).length || runs.length === MOST_RUNS) break;
    // Labels that are 1 in one column and 0 in the others sum to 1, too.
    if (runs.length === 0 || !run.every(counts)) runs.push(run);
    const taken = new Set(run);
    rest = rest.filter((column) => !taken.has(column));
  }
  return runs;
}

/** More models aren't compared in one table; looking for each takes time. */
const MOST_RUNS = 4;

/** The longest run of columns, side by side among these, whose rows all sum to 1 or to 100. */
function summingRun(columns: readonly GridColumn[]): readonly GridColumn[] | undefined {
  let best: readonly GridColumn[] | undefined;
  for (let start = 0; start < columns.length - 1; start++) {
    for (let end = columns.length; end - start > Math.max(1, best?.length ?? 1); end--) {
      const run = columns.slice(start, end);
      if (!sumTo(run)) continue;
      best = run;
      break;
    }
  }
  return best;
}
