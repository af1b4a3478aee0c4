import type { Targets } from '../../loss/targets.ts';
import type { Work } from '../../loss/work.ts';
import { Growable, ownRoom, type Room } from '../growable.ts';
import { Unreadable } from '../json/cursor.ts';
import { kindWork } from '../json/kind.ts';
import type { FoundTargets } from '../json/readTargets.ts';
import { written } from '../json/scalars.ts';
import { checkCount, fitTargets, type TargetContext } from '../json/targets.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../problem.ts';
import { type Columns, columnsOf, textsOf } from './columns.ts';
import { delimiterOf, Fields } from './fields.ts';
import { TargetColumn } from './targetColumn.ts';

/** How many lines are read between two yields. */
const LINES = 1 << 12;

/**
 * Reads logits from a table: comma-, tab-, semicolon- or space-separated, with a header or without, one row of logits a line. A
 * column named like targets has them, as indices or names of classes; columns that number the rows, or are text, are left out.
 */
export function* readTableWork(
  bytes: Uint8Array,
  room: Room = ownRoom,
): Work<Outcome<LogitsBatch, ReadProblem>> {
  return yield* readableWork(function* () {
    const { fields, columns } = openTable(bytes);
    const { logits, targets: targetsColumn, classNames, header, leftOut } = columns;
    if (logits.length === 0) throw new Unreadable({ reason: 'no-logits', offset: 0, keys: header ?? [] });
    if (logits.length === 1) throw new Unreadable({ reason: 'one-class', offset: fields.start });
    const labels = targetsColumn === undefined ? undefined : new TargetColumn(targetsColumn, classNames);
    const fraction = () => fields.end / bytes.length;
    const values = new Growable(room, fraction);
    const spans = new Growable((length) => new Float64Array(length), fraction);
    const { decimals } = yield* numbersWork(fields, columns, logits, values, () => {
      spans.push(fields.start);
      spans.push(fields.end);
      labels?.push(fields);
    });
    const shape = [values.length / logits.length, logits.length];
    const all = values.toArray();
    const targets = labels?.fit({ shape, classAxis: 1, classNames, ignoreIndex: null }) ?? null;
    return {
      values: all,
      shape,
      classAxis: 1,
      classAxisFrom: 'shape',
      kind: yield* kindWork(all, shape, 1, decimals),
      targets,
      classNames,
      keys: {
        logits: null,
        targets: targetsColumn === undefined ? null : nameOf(columns, targetsColumn),
        leftOut,
      },
      declared: { labelSmoothing: null, weight: null, ignoreIndex: null, reduction: null },
      decimals,
      rounding: 0,
      spans: spans.toArray(),
      start: 0,
      end: bytes.length,
    };
  });
}

/** Reads targets from a table of their own: the column named like them, or `member`, or the only one; or rows of probabilities. */
export function* tableTargetsWork(
  bytes: Uint8Array,
  context: TargetContext,
  member: string | undefined,
): Work<Outcome<FoundTargets, ReadProblem>> {
  return yield* readableWork(function* () {
    const { fields, columns } = openTable(bytes, context.classNames);
    const column = member === undefined ? targetsColumnOf(columns) : columns.header?.indexOf(member);
    if (column === undefined || column === -1) {
      if (columns.logits.length < 2)
        throw new Unreadable({ reason: 'no-targets', offset: 0, members: columns.header ?? [] });
      return { targets: yield* softTargetsWork(fields, columns, context), key: null };
    }
    const labels = new TargetColumn(column, context.classNames);
    yield* linesWork(fields, columns, () => labels.push(fields));
    return { targets: labels.fit(context), key: nameOf(columns, column) };
  });
}

/** What a table has to choose from: its rows of numbers, and each column that may be targets. */
export function* listTableWork(
  bytes: Uint8Array,
): Work<
  Outcome<
    { readonly rows: number; readonly classes: number; readonly targets: readonly string[] },
    ReadProblem
  >
> {
  return yield* readableWork(function* () {
    const { fields, columns } = openTable(bytes);
    let rows = 0;
    yield* linesWork(fields, columns, () => rows++);
    const column = targetsColumnOf(columns);
    const { length } = columns.logits;
    return {
      rows,
      classes: length > 1 ? length : 0,
      targets: column === undefined ? [] : [nameOf(columns, column)],
    };
  });
}

/** The column of targets by its name; or the only one, whatever its name. */
function targetsColumnOf({ targets, logits, count }: Columns): number | undefined {
  if (targets !== undefined) return targets;
  return logits.length === 1 ? logits[0] : count === 1 ? 0 : undefined;
}

function nameOf({ header }: Columns, column: number): string {
  return header?.[column] || `column ${column + 1}`;
}

/** The columns of a table, and its fields at the first line with numbers. */
function openTable(
  bytes: Uint8Array,
  classNames: readonly string[] | null = null,
): { readonly fields: Fields; readonly columns: Columns } {
  const delimiter = delimiterOf(bytes);
  const fields = new Fields(bytes, delimiter);
  if (!fields.next()) throw new Unreadable({ reason: 'empty', offset: 0 });
  const first = textsOf(fields);
  const second = fields.next() ? textsOf(fields) : undefined;
  const columns = columnsOf(first, second, classNames);
  if (columns.header) {
    if (!second) throw new Unreadable({ reason: 'no-logits', offset: 0, keys: first });
    return { fields, columns };
  }
  const again = new Fields(bytes, delimiter);
  again.next();
  return { fields: again, columns };
}

/** Each line from the current one on. */
function* linesWork(fields: Fields, { count }: Columns, take: () => void): Work<void> {
  let lines = 0;
  do {
    if (lines++ % LINES === 0) yield fields.end / fields.bytes.length;
    if (fields.count !== count)
      throw new Unreadable({ reason: 'fields', offset: fields.start, found: fields.count, expected: count });
    take();
  } while (fields.next());
}

/** The numbers of some columns, line by line. */
function* numbersWork(
  fields: Fields,
  columns: Columns,
  chosen: readonly number[],
  into: { push(value: number): void },
  take: () => void,
): Work<{ readonly decimals: number }> {
  let decimals = 0;
  yield* linesWork(fields, columns, () => {
    for (let i = 0; i < chosen.length; i++) {
      const column = chosen[i]!;
      const value = fields.number(column);
      if (value === undefined) throw new Unreadable(notANumber(fields, columns, column));
      into.push(value);
      if (written.decimals > decimals) decimals = written.decimals;
    }
    take();
  });
  return { decimals };
}

function notANumber(fields: Fields, columns: Columns, column: number): ReadProblem {
  const offset = fields.startOf(column);
  if (fields.isEmpty(column)) return { reason: 'empty-field', offset, column: nameOf(columns, column) };
  return { reason: 'not-a-number', offset, found: fields.text(column).slice(0, 24) };
}

function* softTargetsWork(fields: Fields, columns: Columns, context: TargetContext): Work<Targets> {
  const { logits } = columns;
  const values = new Growable(
    (length) => new Float64Array(length),
    () => fields.end / fields.bytes.length,
  );
  yield* numbersWork(fields, columns, logits, values, () => {});
  const rows = values.length / logits.length;
  checkCount(rows, { start: 0 }, context);
  const fitted = fitTargets(values.toArray(), [rows, logits.length], context);
  if (!fitted.ok) throw new Unreadable(fitted.problem);
  return fitted.value;
}

function* readableWork<T>(work: () => Work<T>): Work<Outcome<T, ReadProblem>> {
  try {
    return success(yield* work());
  } catch (error) {
    if (error instanceof Unreadable) return failure(error.problem);
    throw error;
  }
}
