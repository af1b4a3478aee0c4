import { SLICE, type Work } from '../../loss/work.ts';
import type { Node, TensorNode } from '../json/jsonNodes.ts';
import { holdsTargets } from '../json/memberRoles.ts';
import { failure, success } from '../outcome.ts';
import { Cursor, type Printing } from '../text/cursor.ts';
import { Digits } from '../text/digits.ts';
import { readNumber } from '../text/scannedScalars.ts';
import type { FoundTensor } from './printedTensor.ts';

/** A table as it was found. Offsets are bytes. */
export interface PrintedTable {
  /** (columns) what each is called. */
  readonly names: readonly string[];
  /** [start, end) of each cell, row by row. */
  readonly cells: Float64Array;
  /** [start, end) of each row. */
  readonly rows: Float64Array;
  /** Where "..." stands for the rest. */
  readonly dots: number | undefined;
  readonly start: number;
  readonly end: number;
}

interface Column {
  readonly index: number;
  readonly name: string;
  /** NaN where it isn't a number. */
  readonly values: Float64Array;
  readonly digits: Digits;
  readonly isNumbers: boolean;
}

const PRINTING: Printing = { printer: 'pandas', commas: false, rounds: true };
const decoder = new TextDecoder();

/** The numbers of a table as logits, one class a column, or as a vector if there's one column. Undefined if it has none. */
export function* readPrintedTable(bytes: Uint8Array, table: PrintedTable): Work<FoundTensor | undefined> {
  const columns: Column[] = [];
  for (const index of table.names.keys()) columns.push(yield* readColumn(bytes, table, index));
  const logits = logitsAmong(columns);
  const [first] = logits;
  if (!first) return undefined;
  // Two lines of words may stand one below the other like one cell of a table.
  const rows = table.rows.length / 2;
  if (rows * logits.length < 2) return undefined;
  const digits = new Digits();
  for (const column of logits) digits.takeAll(column.digits);
  const tensor = tensorOf(table, logits, digits.decimals);
  const members = new Map<string, Node>([['logits', tensor]]);
  const names = logits.map(({ name }) => name);
  if (logits.length > 1 && !names.every((name) => /^\d+$/.test(name)))
    members.set('class_names', strings(table, names));
  const targets = columns.find(({ name }) => holdsTargets(name));
  if (targets && targets !== first) {
    const node = targetsOf(bytes, table, targets, names);
    if (node) members.set(targets.name, node);
  }
  const { start, end, dots } = table;
  const node: Node = members.size === 1 ? tensor : { type: 'object', members, start, end };
  return {
    kind: 'frame',
    ...(logits.length === 1 && { ownName: first.name }),
    printer: 'pandas',
    isLiteral: false,
    shape: tensor.shape,
    type: digits.whole ? 'int' : 'float',
    isWhole: digits.whole,
    start,
    end,
    decimals: digits.decimals,
    rounding: digits.rounding,
    read:
      dots === undefined ? success(node) : failure({ reason: 'summarised', offset: dots, printer: 'pandas' }),
  };
}

function* readColumn(bytes: Uint8Array, { names, cells }: PrintedTable, index: number): Work<Column> {
  const rows = cells.length / 2 / names.length;
  const values = new Float64Array(rows);
  const digits = new Digits();
  const cursor = new Cursor(bytes, 0, bytes.length, { printing: PRINTING });
  let isNumbers = rows > 0;
  for (let row = 0; row < rows; row++) {
    if (row % SLICE === 0) yield index / names.length;
    const spanIndex = 2 * (row * names.length + index);
    cursor.offset = cells[spanIndex]!;
    const value = readNumber(cursor);
    if (value === undefined || cursor.offset !== cells[spanIndex + 1]) isNumbers = false;
    else digits.take(value, cursor.written);
    values[row] = value ?? Number.NaN;
  }
  return { index, name: names[index]!, values, digits, isNumbers };
}

/** All columns of numbers but the targets. Beside others, whole numbers are something else: ids, predictions. */
function logitsAmong(columns: readonly Column[]): readonly Column[] {
  const numbers = columns.filter(({ isNumbers }) => isNumbers);
  const candidates = numbers.filter(({ name }) => !holdsTargets(name));
  const fractions = candidates.filter(({ digits }) => !digits.whole);
  if (fractions.length > 0) return fractions;
  return candidates.length > 0 ? candidates : numbers.slice(0, 1);
}

function tensorOf(
  { rows, start, end }: PrintedTable,
  columns: readonly Column[],
  decimals: number,
): TensorNode {
  const [count, classes] = [rows.length / 2, columns.length];
  const values = new Float32Array(count * classes);
  for (const [k, column] of columns.entries())
    for (let row = 0; row < count; row++) values[row * classes + k] = column.values[row]!;
  return {
    type: 'tensor',
    values,
    shape: classes === 1 ? [count] : [count, classes],
    decimals,
    spans: classes === 1 ? Float64Array.of(start, end) : rows,
    flaw: undefined,
    start,
    end,
  };
}

/** Class indices, or names where all are names of classes. */
function targetsOf(
  bytes: Uint8Array,
  table: PrintedTable,
  { index, values, digits, isNumbers }: Column,
  classNames: readonly string[],
): Node | undefined {
  const { start, end } = table;
  if (isNumbers) {
    const { decimals } = digits;
    return {
      type: 'tensor',
      values,
      shape: [values.length],
      decimals,
      spans: table.rows,
      flaw: undefined,
      start,
      end,
    };
  }
  const texts = Array.from(values, (_, row) => {
    const spanIndex = 2 * (row * table.names.length + index);
    return decoder.decode(bytes.subarray(table.cells[spanIndex], table.cells[spanIndex + 1]));
  });
  const names = new Set(classNames);
  return texts.every((text) => names.has(text)) ? strings(table, texts) : undefined;
}

function strings({ start, end }: PrintedTable, texts: readonly string[]): Node {
  return { type: 'names', values: texts, start, end };
}
