import type { Work } from '../../loss/work.ts';
import { kindOfValues } from '../json/probabilityKind.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import type { Outcome } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';
import { type AllocateLogits, allocateOwn, Growable, growableDoubles } from '../text/growable.ts';
import type { NumberScanner } from '../text/numberScanner.ts';
import { checkReadable, columnName, openTable, readNumbers, splitLines } from './openTable.ts';
import { targetsColumnOf } from './readTableTargets.ts';
import { TargetColumn } from './targetColumn.ts';

/**
 * Reads logits from a table: comma-, tab-, semicolon- or space-separated, with a header or without, one row of logits a line. A
 * column named like targets has them, as indices or names of classes; columns that number the rows, or are text, are left out.
 */
export function* readTable(
  bytes: Uint8Array,
  room: AllocateLogits = allocateOwn,
  scanner?: NumberScanner,
): Work<Outcome<LogitsBatch, ReadProblem>> {
  return yield* checkReadable(function* () {
    const { fields, columns } = yield* openTable(bytes, null, scanner);
    const { logits, targets: targetsColumn, classNames, header, leftOut } = columns;
    if (logits.length === 0) throw new Unreadable({ reason: 'no-logits', offset: 0, keys: header ?? [] });
    if (logits.length === 1) throw new Unreadable({ reason: 'one-class', offset: fields.start });
    const labels = targetsColumn === undefined ? undefined : new TargetColumn(targetsColumn, classNames);
    const fraction = () => fields.end / bytes.length;
    const values = new Growable(room, fraction);
    const spans = growableDoubles(fraction);
    const { decimals } = yield* readNumbers(fields, columns, logits, values, () => {
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
      kind: yield* kindOfValues(all, shape, 1, decimals),
      targets,
      classNames,
      keys: {
        logits: null,
        targets: targetsColumn === undefined ? null : columnName(columns, targetsColumn),
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

/** What a table has to choose from: its rows of numbers, and each column that may be targets. */
export function* listTable(
  bytes: Uint8Array,
): Work<
  Outcome<
    { readonly rows: number; readonly classes: number; readonly targets: readonly string[] },
    ReadProblem
  >
> {
  return yield* checkReadable(function* () {
    const { fields, columns } = yield* openTable(bytes);
    let rows = 0;
    yield* splitLines(fields, columns, () => rows++);
    const column = targetsColumnOf(columns);
    const { length } = columns.logits;
    return {
      rows,
      classes: length > 1 ? length : 0,
      targets: column === undefined ? [] : [columnName(columns, column)],
    };
  });
}
