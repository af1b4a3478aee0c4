import { mostOf } from '../../loss/mostOf.ts';
import { meaningOfArray } from '../roles/arrayMeaning.ts';
import { familyGroups } from '../roles/columns/columnGroups.ts';
import { numberedParts } from '../roles/columns/columnNames.ts';
import type { ColumnGroup, GridColumn } from '../roles/columns/gridColumns.ts';
import { sumTo } from '../roles/columns/rowSums.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { Digits } from '../text/digits.ts';

/** With more members in one object no groups are looked for. */
const MOST_MEMBERS = 1 << 10;

/**
 * With members that are the columns of a table put together, as those of tables are: `[{"logit_0": 1, "logit_1": 2}, …]`, and
 * `{"logit_0": [1, 3], "logit_1": [2, 4], "label": [0, 1]}`. The group, (rows, classes), stands where its first column was.
 */
export function withGroups(arrays: readonly NamedArray[]): readonly NamedArray[] {
  const tables = new Map<string, NamedArray[]>();
  for (const array of arrays.filter(isColumn)) {
    const key = [...array.path, array.shape[0]].join('\u0000');
    const same = tables.get(key);
    if (same) same.push(array);
    else tables.set(key, [array]);
  }
  const groupOf = new Map<NamedArray, NamedArray>();
  for (const members of tables.values()) {
    if (members.length < 2 || members.length > MOST_MEMBERS) continue;
    const columns = members.map(columnOf);
    const named = familyGroups(columns);
    const groups = named.length > 0 ? named : sharesOf(columns);
    for (const group of groups) {
      const own = group.columns.map(({ index }) => members[index]!);
      const { isColumn: isOfRecords } = own[0]!;
      const isNamed = group.name !== null;
      const isNumbered = isNamed ? areNumbered(group) : isOfRecords && areCounted(own);
      // A word for scores says enough of the columns of records; else there have to be targets beside them.
      const isSure = isNumbered || named.length === 0;
      if (!(isNamed && isOfRecords) && !(isSure && hasTargets(own[0]!, arrays))) continue;
      const together = groupArray(group, own);
      for (const member of own) groupOf.set(member, together);
    }
  }
  return groupOf.size === 0 ? arrays : [...new Set(arrays.map((array) => groupOf.get(array) ?? array))];
}

/** Columns that are called by their classes: no name says anything, and the numbers of each row sum to 1. */
function sharesOf(columns: readonly GridColumn[]): readonly ColumnGroup[] {
  const plain = columns.filter(
    ({ meaning: { target, prediction, id, derived, loss, feature, setting, scores } }) =>
      !(target > 0 || prediction || id || derived || loss || feature || setting !== null || scores > 0),
  );
  if (plain.length < 2 || !sumTo(plain)) return [];
  return [{ name: null, columns: plain, classes: plain.map(({ name }) => name) }];
}

function isColumn({ shape, content }: NamedArray): boolean {
  return shape.length === 1 && content.kind === 'numbers';
}

function columnOf(array: NamedArray, index: number): GridColumn {
  const { name, content } = array;
  const values = Float64Array.from(content.kind === 'numbers' ? content.values : []);
  const digits = new Digits();
  digits.decimals = array.decimals;
  return {
    index,
    name,
    meaning: meaningOfArray(array),
    values,
    isNumbers: true,
    flaw: undefined,
    isPercent: false,
    digits,
  };
}

/** "class_0", "class_1" …: every number once, in order. */
function areCounted(members: readonly NamedArray[]): boolean {
  const numbers = members.map(({ name }) => numberedParts(name).number);
  const first = Number(numbers[0]);
  return (
    (first === 0 || first === 1) && numbers.every((each, k) => each !== '' && Number(each) === first + k)
  );
}

/** Lists by other names are as likely each a row of its own: "student_logits" and "teacher_logits". */
function areNumbered({ classes }: ColumnGroup): boolean {
  const first = Number(classes[0]);
  return (first === 0 || first === 1) && classes.every((each, k) => each === String(first + k));
}

/** True if something of as many rows beside it is called targets. */
function hasTargets(column: NamedArray, arrays: readonly NamedArray[]): boolean {
  return arrays.some(
    (array) =>
      array.shape.join() === column.shape.join() &&
      array.path.join('\u0000') === column.path.join('\u0000') &&
      meaningOfArray(array).target > 0,
  );
}

function groupArray({ name, classes, columns }: ColumnGroup, members: readonly NamedArray[]): NamedArray {
  const first = members[0]!;
  const [rows, count] = [first.shape[0]!, columns.length];
  const values = new Float64Array(rows * count);
  for (const [k, column] of columns.entries())
    for (let row = 0; row < rows; row++) values[row * count + k] = column.values[row]!;
  const isCounted = classes.every((each, k) => each === String(k));
  return {
    ...first,
    name: name ?? 'table',
    isNamed: name !== null,
    shape: [rows, count],
    content: { kind: 'numbers', values },
    // What a list of records doesn't say is taken for the usual.
    decimals: Math.max(
      2,
      mostOf(members, ({ decimals }) => decimals),
    ),
    end: mostOf(members, ({ end }) => end),
    spans: first.isColumn ? first.spans : new Float64Array(0),
    isColumn: false,
    names: isCounted ? null : classes,
  };
}
