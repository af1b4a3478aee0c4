import type { Targets } from '../../loss/rows/targets.ts';
import type { Work } from '../../loss/work.ts';
import { checkCount, fitTargets, type TargetContext } from '../json/fitTargets.ts';
import type { FoundTargets } from '../json/readJsonTargets.ts';
import type { Outcome } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { checkReadable } from '../text/checkReadable.ts';
import { Unreadable } from '../text/cursor.ts';
import { growableDoubles } from '../text/growable.ts';
import { columnName, openTable, readNumbers, splitLines } from './openTable.ts';
import { type Columns, targetsColumnOf } from './tableColumns.ts';
import type { Fields } from './tableFields.ts';
import { TargetColumn } from './targetColumn.ts';

/** Reads targets from a table of their own: the column named like them, or `member`, or the only one; or rows of probabilities. */
export function* readTableTargets(
  bytes: Uint8Array,
  context: TargetContext,
  member: string | undefined,
): Work<Outcome<FoundTargets, ReadProblem>> {
  return yield* checkReadable(function* () {
    const { fields, columns } = yield* openTable(bytes, context.classNames);
    const column = member === undefined ? targetsColumnOf(columns) : columns.header?.indexOf(member);
    if (column === undefined || column === -1) {
      const soft = columns.parts.find(({ array }) => !array.isColumn);
      if (!soft) throw new Unreadable({ reason: 'no-targets', offset: 0, members: columns.header ?? [] });
      return { targets: yield* readSoftTargets(fields, columns, soft.columns, context), key: null };
    }
    const labels = new TargetColumn(column, context.classNames, context.shape[context.classAxis]!);
    yield* splitLines(fields, columns, () => labels.push(fields));
    return { targets: labels.fit(context), key: columnName(columns, column) };
  });
}

function* readSoftTargets(
  fields: Fields,
  columns: Columns,
  logits: readonly number[],
  context: TargetContext,
): Work<Targets> {
  const values = growableDoubles(() => fields.end / fields.bytes.length);
  yield* readNumbers(fields, columns, logits, values, () => {});
  const rows = values.length / logits.length;
  checkCount(rows, { start: 0 }, context);
  const fitted = yield* fitTargets(values.toArray(), [rows, logits.length], context);
  if (!fitted.ok) throw new Unreadable(fitted.problem);
  return fitted.value;
}
