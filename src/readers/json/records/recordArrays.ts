import { SLICE, type Work } from '../../../loss/work.ts';
import { meaningOf } from '../../roles/arrayNames.ts';
import type { NamedArray } from '../../roles/namedArray.ts';
import type { AllocateLogits } from '../../text/growable.ts';
import { jsonFactsOf, named } from '../jsonFacts.ts';
import type { ListNode, Node, ObjectNode } from '../jsonNodes.ts';
import { namedRow } from '../served/servedShapes.ts';
import { RecordColumn } from './recordColumn.ts';

/** Members of members are looked at so deep. */
const MOST_LEVELS = 3;
/** More members of a record than this are no arrays that anyone has named. */
const MOST_COLUMNS = 1 << 10;

/** The arrays of `[{"logits": [1, 2], "label": 0}, …]`: what each key has in all records, one below the other. */
export function* recordArrays(
  list: ListNode,
  keys: readonly string[],
  room: AllocateLogits,
): Work<readonly NamedArray[]> {
  const columns = new Map<string, RecordColumn>();
  let nextYield = list.start;
  for (let row = 0; row < list.length; row++) {
    const record = yield* list.readItem(row);
    if (record.type === 'object') yield* take(record, { row, record, list, columns, room }, []);
    for (const column of columns.values()) if (column.count <= row) column.miss(record, row);
    if (record.end < nextYield) continue;
    yield row / list.length;
    nextYield = record.end + SLICE;
  }
  const arrays: NamedArray[] = [];
  const all = [...columns.values()];
  const whole = new Map(all.map((column) => [column, column.toArray()] as const));
  const classes = [...whole.values()].find((found) => found?.names && found.shape.length === 2)?.names;
  for (const column of all) {
    const found = whole.get(column) ?? (classes && column.toMultiHot(classes));
    if (found) arrays.push({ ...jsonFactsOf(list), ...named([...keys, ...column.keys]), ...found });
  }
  return arrays;
}

interface Taking {
  readonly row: number;
  readonly record: ObjectNode;
  readonly list: ListNode;
  readonly columns: Map<string, RecordColumn>;
  readonly room: AllocateLogits;
}

function* take(object: ObjectNode, taking: Taking, keys: readonly string[]): Work<void> {
  for (const [key, node] of object.members) {
    if (isAbsent(node)) continue;
    const own = [...keys, key];
    const scores = node.type === 'object' || node.type === 'list' ? yield* namedRow(node, key) : undefined;
    if (!scores && node.type === 'object') {
      if (own.length < MOST_LEVELS) yield* take(node, taking, own);
      continue;
    }
    const column = columnFor(own, taking);
    if (!column) continue;
    const { row, record } = taking;
    if (scores) column.takeNamed(scores, node, record, row);
    else yield* column.take(node, record, row);
  }
}

function isAbsent(node: Node): boolean {
  return node.type === 'word' && (node.value === 'null' || node.value === 'None');
}

function columnFor(keys: readonly string[], { columns, list, row, room }: Taking): RecordColumn | undefined {
  const joined = keys.join('\u0000');
  const known = columns.get(joined);
  if (known || columns.size >= MOST_COLUMNS) return known;
  const isScores = meaningOf(keys.at(-1)!).scores >= 2;
  const column = new RecordColumn(keys, list.length, isScores ? room : undefined);
  // Those before it didn't have it.
  if (row > 0) column.miss(list.first!, 0);
  columns.set(joined, column);
  return column;
}
