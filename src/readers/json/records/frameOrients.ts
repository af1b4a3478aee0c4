import { SLICE, type Work } from '../../../loss/work.ts';
import type { ListNode, Node, ObjectNode, TensorNode } from '../jsonNodes.ts';

/** With more members, an object isn't the columns of a table. */
const MOST_COLUMNS = 1 << 12;
/** With more cells, a table of numbers isn't taken apart. */
const MOST_CELLS = 1 << 22;

/**
 * The records of a table that isn't written as records: `{"columns": […], "data": [[…], …]}`, `{column: {index: cell}}` or
 * `{index: {column: cell}}`, as pandas' `to_json` writes it. Undefined for what is none of them.
 */
export function* frameRecords(node: ObjectNode): Work<ListNode | undefined> {
  const { members } = node;
  const [columns, data] = [members.get('columns'), members.get('data')];
  if (columns && data) return yield* splitRecords(node, columns, data);
  const inner = sameKeys(node);
  if (!inner) return undefined;
  const outer = [...members.keys()];
  const isByColumn = areCounted(inner) || (!areCounted(outer) && areIndices(inner) && !areIndices(outer));
  if (isByColumn) {
    // Of one column by its index nothing says that it's a table.
    if (members.size < 2 || members.size > MOST_COLUMNS) return undefined;
    const rows = inner.map((key) =>
      recordOf(node, outer, (column) => objectAt(node, column).members.get(key)!),
    );
    return listOf(node, rows);
  }
  if (!areCounted(outer) && !(areIndices(outer) && outer.length > 2)) return undefined;
  return listOf(
    node,
    outer.map((key) => objectAt(node, key)),
  );
}

function objectAt({ members }: ObjectNode, key: string): ObjectNode {
  return members.get(key) as ObjectNode;
}

/** The keys that all members have, in the same order; undefined unless all are objects with cells. */
function sameKeys({ members }: ObjectNode): readonly string[] | undefined {
  let keys: readonly string[] | undefined;
  for (const member of members.values()) {
    if (member.type !== 'object' || member.members.size === 0) return undefined;
    if (keys && keys.length !== member.members.size) return undefined;
    let place = 0;
    for (const [key, cell] of member.members) {
      if ((keys && keys[place++] !== key) || !isCell(cell)) return undefined;
    }
    keys ??= [...member.members.keys()];
  }
  return keys;
}

/** A number, a text, nothing, or a row of numbers. */
function isCell(node: Node): boolean {
  return node.type === 'tensor' ? node.shape.length === 1 : node.type !== 'object' && node.type !== 'list';
}

function areCounted(keys: readonly string[]): boolean {
  return keys.every((key, i) => key === String(i));
}

/** Names of files, or with a number in each: what rows are called, and seldom columns. */
function areIndices(keys: readonly string[]): boolean {
  return keys.every((key) => /\d/.test(key) || /\.[a-z]{2,4}$/i.test(key));
}

function* splitRecords(node: ObjectNode, columns: Node, data: Node): Work<ListNode | undefined> {
  if (columns.type !== 'list' && columns.type !== 'names' && columns.type !== 'tensor') return undefined;
  const names = yield* textsOf(columns);
  if (!names || names.length === 0 || names.length > MOST_COLUMNS) return undefined;
  if (data.type === 'tensor') {
    if (data.flaw || data.shape.length !== 2 || data.shape[1] !== names.length) return undefined;
    if (data.values.length > MOST_CELLS) return undefined;
    const rows = Array.from({ length: data.shape[0]! }, (_, row) =>
      recordOf(node, names, (_name, column) => numberAt(data, row * names.length + column, row)),
    );
    return listOf(node, rows);
  }
  if (data.type !== 'list') return undefined;
  const rows: ObjectNode[] = [];
  let nextYield = data.start;
  for (let i = 0; i < data.length; i++) {
    const row = yield* data.readItem(i);
    const cells = yield* cellsOf(row);
    if (cells?.length !== names.length) return undefined;
    rows.push(recordOf(row, names, (_, column) => cells[column]!));
    if (row.end < nextYield) continue;
    yield i / data.length;
    nextYield = row.end + SLICE;
  }
  return listOf(node, rows);
}

function* textsOf(node: Node): Work<readonly string[] | undefined> {
  if (node.type === 'names') return node.values;
  const cells = yield* cellsOf(node);
  const texts = cells?.map((cell) =>
    cell.type === 'string' || cell.type === 'number' ? String(cell.value) : '',
  );
  return texts && new Set(texts).size === texts.length ? texts : undefined;
}

/** The items of a list; undefined for what isn't one. */
function* cellsOf(node: Node): Work<readonly Node[] | undefined> {
  if (node.type === 'tensor' && node.shape.length === 1)
    return Array.from(node.values, (_, i) => numberAt(node, i, 0));
  if (node.type !== 'list' || node.length > MOST_COLUMNS) return undefined;
  const cells: Node[] = [];
  for (let i = 0; i < node.length; i++) cells.push(yield* node.readItem(i));
  return cells;
}

function numberAt({ values, spans, start, end }: TensorNode, index: number, row: number): Node {
  const value = values[index]!;
  return { type: 'number', value, start: spans[2 * row] ?? start, end: spans[2 * row + 1] ?? end };
}

function recordOf(
  { start, end }: Node,
  names: readonly string[],
  cell: (name: string, column: number) => Node,
): ObjectNode {
  return { type: 'object', members: new Map(names.map((name, i) => [name, cell(name, i)])), start, end };
}

/** Records as a list has them. */
function listOf({ start, end }: Node, records: readonly ObjectNode[]): ListNode {
  return {
    type: 'list',
    length: records.length,
    first: records[0],
    // biome-ignore lint/correctness/useYield: they're all there
    readItem: function* (index) {
      return records[index]!;
    },
    listAt: () => {
      throw new Error('Records have no places of their own');
    },
    start,
    end,
  };
}
