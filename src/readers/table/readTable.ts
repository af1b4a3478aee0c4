import type { Work } from '../../loss/work.ts';
import { countsFrom1 } from '../json/fitTargets.ts';
import { kindOfValues } from '../json/probabilityKind.ts';
import type { LogitsBatch, ValueKind } from '../logitsBatch.ts';
import type { Outcome } from '../outcome.ts';
import { excerptOf, type ReadProblem } from '../readProblem.ts';
import { meaningOfArray } from '../roles/arrayMeaning.ts';
import { batchOfArrays } from '../roles/batchOfArrays.ts';
import { summaryName } from '../roles/columns/summaryRow.ts';
import { labellingOf } from '../roles/labelling.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { saysBinary, twoClasses } from '../roles/scores/binaryOutputs.ts';
import { needFloat64 } from '../roles/scores/exactShares.ts';
import type { ScoreCandidate } from '../roles/scores/scoreCandidates.ts';
import { areShares, sharesWarnings } from '../roles/scores/sigmoidShares.ts';
import type { Wish } from '../roles/wish.ts';
import { checkReadable } from '../text/checkReadable.ts';
import { Unreadable } from '../text/cursor.ts';
import { type AllocateLogits, allocateOwn, Growable, growableDoubles } from '../text/growable.ts';
import type { NumberScanner } from '../text/numberScanner.ts';
import { hasListCells, listCellArrays } from './listCells.ts';
import { columnName, openTable, readNumbers, splitLines } from './openTable.ts';
import { type Columns, columnRolesOf, targetsColumnOf } from './tableColumns.ts';
import type { Fields } from './tableFields.ts';
import { tablePlace } from './tablePlace.ts';
import { TargetColumn } from './targetColumn.ts';

/**
 * Reads logits from a table: comma-, tab-, semicolon- or space-separated, with a header or without, one row of logits a line. Which
 * columns are what, its first lines say.
 */
export function* readTable(
  bytes: Uint8Array,
  room: AllocateLogits = allocateOwn,
  scanner?: NumberScanner,
  wish: Wish = {},
): Work<Outcome<LogitsBatch, ReadProblem>> {
  return yield* checkReadable(function* () {
    const { fields, columns, comma } = yield* openTable(bytes, null, scanner);
    if (hasListCells(columns)) {
      const arrays = yield* listCellArrays(fields, columns);
      return yield* batchOfArrays(arrays, wish, { start: 0, end: bytes.length, room, isPlaced: false });
    }
    const roles = yield* columnRolesOf(columns, wish);
    if (!roles.ok) throw new Unreadable(roles.problem);
    const { logits, name, targets: own, targetsName, classNames, leftOut } = roles.value;
    const { scores } = roles.value;
    const isSingle = logits.length === 1;
    const none = { classNames: null, classCount: null };
    if (isSingle && !wish.binary && !saysBinary(scores.array, none))
      throw new Unreadable({ reason: 'one-class', offset: fields.start });
    const classes = isSingle ? 2 : logits.length;
    const labels = own.length === 1 ? new TargetColumn(own[0]!, classNames, classes) : undefined;
    const fraction = () => fields.end / bytes.length;
    const values = new Growable(room, fraction);
    const shares = growableDoubles(fraction);
    const singles = growableDoubles(fraction);
    const spans = growableDoubles(fraction);
    // What was changed to be read isn't in the file.
    const place = fields.bytes === bytes ? tablePlace(fields, logits) : undefined;
    const { decimals } = yield* readNumbers(fields, columns, logits, values, () => {
      spans.push(fields.start);
      spans.push(fields.end);
      labels?.push(fields);
      if (isSingle) singles.push(fields.exactNumber(logits[0]!)!);
      if (!labels) for (const column of own) shares.push(numberIn(fields, column));
    });
    const shape = [values.length / logits.length, classes];
    checkLast(fields, columns, own, shape[0]!);
    const two = isSingle ? yield* binaryRows(singles.toArray(), scores, room, wish) : undefined;
    const all = two?.values ?? values.toArray();
    const soft = own.length > 1 ? ({ kind: 'soft', values: shares.toArray() } as const) : null;
    const labelling = two ? 'binary' : yield* labellingOf(soft, shape, 1, fields.start);
    // Outputs of sigmoids don't sum to 1.
    const isSigmoid = labelling === 'multi-label' && scores.meaning.kind !== 'logits' && areShares(all);
    const kind = isSigmoid ? 'probabilities' : (two?.kind ?? (yield* kindOfValues(all, shape, 1, decimals)));
    const mayBeSigmoid = isSigmoid || (kind === 'logits' && areShares(all));
    const exact =
      !two && mayBeSigmoid && needFloat64(all) ? yield* exactRows(bytes, logits, all.length) : undefined;
    const isPlain = kind === 'logits' && labelling === 'one-class';
    const shareWarnings = isPlain ? sharesWarnings(scores, all, classes) : [];
    if (kind === 'percent') for (let i = 0; i < all.length; i++) all[i] = all[i]! / 100;
    const context = { shape, classAxis: 1, classNames, ignoreIndex: null };
    const padding = labels && (yield* labels.padding(shape[1]!));
    const ignoreIndex = padding?.found ?? null;
    return {
      values: all,
      ...(exact && { exact }),
      shape,
      classAxis: 1,
      classAxisFrom: 'shape',
      kind: kind === 'percent' ? 'probabilities' : kind,
      labelling,
      warnings: [
        ...(comma === undefined ? [] : [{ reason: 'decimal-commas', found: comma } as const]),
        ...roles.value.warnings,
        ...shareWarnings,
        ...(labels && countsFrom1(classNames)
          ? [{ reason: 'counted-from-1', name: targetsName! } as const]
          : []),
        ...(padding ? [{ reason: 'assumed-padding', name: targetsName!, ...padding } as const] : []),
      ],
      targets: labels?.fit({ ...context, ignoreIndex }) ?? soft,
      classNames: isSingle ? null : classNames,
      keys: { logits: name, targets: targetsName, leftOut },
      declared: { labelSmoothing: null, weight: null, ignoreIndex, reduction: null },
      decimals: decimals + (kind === 'percent' ? 2 : 0),
      rounding: 0,
      ...(place && !isSingle && kind !== 'percent' && { inTable: place }),
      spans: spans.toArray(),
      start: 0,
      end: bytes.length,
    };
  });
}

/** Throws Unreadable if the last line, which is still the current one, sums up the others: "mean". */
function checkLast(fields: Fields, columns: Columns, targets: readonly number[], rows: number): void {
  if (rows < 3) return;
  for (const { array, columns: own } of columns.parts) {
    const [column] = own;
    if (!array.isColumn || array.content.kind !== 'texts' || targets.includes(column!)) continue;
    const found = summaryName(array.name, array.content.values[0] ?? '', fields.text(column!).trim());
    if (found !== undefined) throw new Unreadable({ reason: 'summary-row', offset: fields.start, found });
  }
}

/** The numbers of some columns again, in float64. */
function* exactRows(bytes: Uint8Array, chosen: readonly number[], length: number): Work<Float64Array> {
  const { fields, columns } = yield* openTable(bytes);
  const values = new Float64Array(length);
  let count = 0;
  yield* splitLines(fields, columns, () => {
    for (const column of chosen) values[count++] = fields.exactNumber(column)!;
  });
  return values;
}

/** A binary model's outputs, in float64, as the scores of two classes, in float32: what is left of 1 beside a probability has digits of its own. */
function* binaryRows(
  values: Float64Array,
  { meaning, array }: ScoreCandidate,
  room: AllocateLogits,
  { outputs }: Wish,
): Work<{ readonly values: Float32Array; readonly kind: ValueKind }> {
  const { name } = array;
  const single = { values, shape: [values.length], classAxis: 0, meaning, name, offset: 0, outputs };
  const two = yield* twoClasses(single);
  const own = room(two.values.length);
  own.set(two.values);
  return { values: own, kind: two.kind };
}

/** A number beside the logits. Throws Unreadable for anything else. */
function numberIn(fields: Fields, column: number): number {
  const value = fields.exactNumber(column);
  if (value !== undefined) return value;
  const found = excerptOf(fields.text(column));
  throw new Unreadable({ reason: 'not-a-number', offset: fields.startOf(column), found });
}

/** What a table has to choose from: its arrays, by their names. */
export function* listTable(bytes: Uint8Array): Work<Outcome<readonly TableMember[], ReadProblem>> {
  return yield* checkReadable(function* () {
    const { fields, columns } = yield* openTable(bytes);
    if (hasListCells(columns)) return membersOf(yield* listCellArrays(fields, columns));
    let rows = 0;
    yield* splitLines(fields, columns, () => rows++);
    const column = targetsColumnOf(columns);
    const members: TableMember[] = [];
    for (const { array, columns: own } of columns.parts) {
      const { name, isColumn, shape } = array;
      if (!isColumn) members.push({ name, shape: [rows, shape[1]!], isColumn });
      else if (own[0] === column)
        members.push({ name: columnName(columns, column!), shape: [rows], isColumn });
    }
    return members;
  });
}

/** Lists, and what is called targets. */
function membersOf(arrays: readonly NamedArray[]): readonly TableMember[] {
  return arrays.filter((array) => !array.isColumn || meaningOfArray(array).target > 0);
}

/** An array of a table. */
export interface TableMember {
  readonly name: string;
  readonly shape: readonly number[];
  /** One column, which may have targets. */
  readonly isColumn: boolean;
}
