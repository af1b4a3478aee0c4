import type { Targets } from '../../loss/targets.ts';
import type { Work } from '../../loss/work.ts';
import { growableDoubles } from '../growable.ts';
import { Unreadable } from '../json/cursor.ts';
import type { FoundTargets } from '../json/readTargets.ts';
import { checkCount, fitTargetsWork, type TargetContext } from '../json/targets.ts';
import type { Outcome } from '../outcome.ts';
import type { ReadProblem } from '../problem.ts';
import type { Columns } from './columns.ts';
import type { Fields } from './fields.ts';
import { linesWork, nameOf, numbersWork, openTableWork, readableWork } from './openTable.ts';
import { TargetColumn } from './targetColumn.ts';

/** Reads targets from a table of their own: the column named like them, or `member`, or the only one; or rows of probabilities. */
export function* tableTargetsWork(
  bytes: Uint8Array,
  context: TargetContext,
  member: string | undefined,
): Work<Outcome<FoundTargets, ReadProblem>> {
  return yield* readableWork(function* () {
    const { fields, columns } = yield* openTableWork(bytes, context.classNames);
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

/** The column of targets by its name; or the only one, whatever its name. */
export function targetsColumnOf({ targets, logits, count }: Columns): number | undefined {
  if (targets !== undefined) return targets;
  return logits.length === 1 ? logits[0] : count === 1 ? 0 : undefined;
}

function* softTargetsWork(fields: Fields, columns: Columns, context: TargetContext): Work<Targets> {
  const { logits } = columns;
  const values = growableDoubles(() => fields.end / fields.bytes.length);
  yield* numbersWork(fields, columns, logits, values, () => {});
  const rows = values.length / logits.length;
  checkCount(rows, { start: 0 }, context);
  const fitted = yield* fitTargetsWork(values.toArray(), [rows, logits.length], context);
  if (!fitted.ok) throw new Unreadable(fitted.problem);
  return fitted.value;
}
