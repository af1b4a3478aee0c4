import { SLICE, type Work } from '../../../loss/work.ts';
import { excerptOf } from '../../readProblem.ts';
import { meaningOf } from '../../roles/arrayNames.ts';
import type { NamedArray } from '../../roles/namedArray.ts';
import type { AllocateLogits } from '../../text/growable.ts';
import { jsonFactsOf, named } from '../jsonFacts.ts';
import type { ListNode, Node, ObjectNode } from '../jsonNodes.ts';
import { namedRow } from '../served/servedShapes.ts';
import { NAMES, RecordColumn, type RecordPart } from './recordColumn.ts';

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
  const whole = new Map<RecordColumn, RecordPart | undefined>();
  for (const column of all) whole.set(column, yield* withOwnNames(column, all, list));
  const owners = new Set([...whole.values()].map((found) => found?.names));
  const classes = [...whole.values()].find((found) => found?.names && found.shape.length === 2)?.names;
  for (const column of all) {
    const found =
      whole.get(column) ??
      (classes && !owners.has(column.firstNames) ? column.toMultiHot(classes) : undefined);
    if (found) arrays.push({ ...jsonFactsOf(list), ...named([...keys, ...column.keys]), ...found });
  }
  return arrays;
}

/** Rows of scores beside lists of as many names, which each record has in an order of its own: in the order of the first. */
function* withOwnNames(
  column: RecordColumn,
  all: readonly RecordColumn[],
  { start: offset }: ListNode,
): Work<RecordPart | undefined> {
  const found = column.toArray();
  const { content, shape } = found ?? {};
  if (content?.kind !== 'numbers' || shape?.length !== 2 || found!.names) return found;
  if (meaningOf(column.keys.at(-1)!).scores < 2) return found;
  const classes = shape[1]!;
  let lists: readonly (readonly string[])[] | undefined;
  for (const other of all) lists ??= yield* other.namesOfScores(classes);
  if (!lists) return found;
  const [names] = lists;
  const places = new Map(names!.map((name, k) => [name, k] as const));
  const values = new Float64Array(content.values.length);
  for (const [row, own] of lists.entries()) {
    if ((row * classes) % NAMES < classes) yield row / lists.length;
    for (const [k, name] of own.entries()) {
      const place = places.get(name);
      if (place === undefined) {
        const problem = { reason: 'other-classes', offset, row, found: excerptOf(name) } as const;
        return { ...found!, content: { kind: 'flawed', problem } };
      }
      values[row * classes + place] = content.values[row * classes + k]!;
    }
  }
  return { ...found!, content: { kind: 'numbers', values }, names: names! };
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
