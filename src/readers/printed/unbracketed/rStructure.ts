import { SLICE, type Work } from '../../../loss/work.ts';
import { wordText } from '../printedLines.ts';
import type { PrintedTable } from '../tables/printedTable.ts';
import type { CellSpan } from '../tables/tableLines.ts';
import { TableRows } from '../tables/tableRows.ts';
import { type RCall, type RValue, readRCall } from './rValues.ts';

const NAME = 'structure';
const MOST_COLUMNS = 1 << 12;

/**
 * A matrix or a data frame as R's `dput` writes it, with its parenthesis at `offset`: `structure(c(0.25, 0.5), dim = 1:2)`,
 * `structure(list(ant = c(0.25, 0.5)), class = "data.frame")`. Undefined if it's anything else, or not all there.
 */
export function* readRStructure(
  bytes: Uint8Array,
  offset: number,
  limit: number,
): Work<PrintedTable | undefined> {
  const start = offset - NAME.length;
  if (bytes[offset] !== 0x28 || start < 0 || bytes[offset - 1] !== 0x65) return undefined;
  if (wordText(bytes, { start, end: offset }) !== NAME) return undefined;
  const call = yield* readRCall(bytes, start, limit);
  const [data] = call?.values ?? [];
  if (!call || data?.kind !== 'call') return undefined;
  const table = data.name === 'list' ? frameOf(bytes, call, data) : matrixOf(bytes, call, data);
  const [first] = table?.columns ?? [];
  if (!table || !first || table.columns.length > MOST_COLUMNS) return undefined;
  const rows = new TableRows(() => 1);
  const { end } = call;
  for (let row = 0; row < first.length; row++) {
    if (row % SLICE === SLICE - 1) yield row / first.length;
    // The numbers of a row are in several of its lines.
    rows.add(
      { start, end },
      table.columns.map((column) => column[row]!),
    );
  }
  return rows.count === 0
    ? undefined
    : { names: table.names, ...rows.places(), dots: undefined, printer: 'r', start, end };
}

interface Columns {
  readonly names: readonly string[];
  readonly columns: readonly (readonly CellSpan[])[];
}

/** The numbers of a matrix are in one vector, column by column. */
function matrixOf(bytes: Uint8Array, call: RCall, data: RCall): Columns | undefined {
  const dim = memberOf(call, 'dim', '.Dim');
  const axes = dim && numbersOf(bytes, dim);
  const cells = atomsOf(data);
  if (axes?.length !== 2 || !cells) return undefined;
  const [rows, count] = axes as [number, number];
  if (rows < 1 || count < 1 || rows * count !== cells.length) return undefined;
  const columns = Array.from({ length: count }, (_, k) => cells.slice(k * rows, (k + 1) * rows));
  const lists = memberOf(call, 'dimnames', '.Dimnames');
  const named = lists?.kind === 'call' ? lists.values[1] : undefined;
  const names = named && atomsOf(named)?.map((cell) => wordText(bytes, cell));
  return { names: names?.length === count ? names : columns.map((_, k) => `[,${k + 1}]`), columns };
}

/** Columns of one length, by their names. A factor's numbers are those of its levels. */
function frameOf(bytes: Uint8Array, call: RCall, data: RCall): Columns | undefined {
  const columns: (readonly CellSpan[])[] = [];
  for (const value of data.values) {
    const column = columnOf(bytes, value);
    if (!column || column.length !== (columns[0] ?? column).length) return undefined;
    columns.push(column);
  }
  const isNamed = data.names.every((name) => name !== '');
  const classes = memberOf(call, 'class', 'class');
  const isFrame = classes && atomsOf(classes)?.some((cell) => wordText(bytes, cell) === 'data.frame');
  return isNamed && isFrame ? { names: data.names, columns } : undefined;
}

function columnOf(bytes: Uint8Array, value: RValue): readonly CellSpan[] | undefined {
  if (value.kind !== 'call' || value.name !== NAME) return atomsOf(value);
  const levels = memberOf(value, 'levels', '.Label');
  const texts = levels && atomsOf(levels);
  const [own] = value.values;
  const codes = own && numbersOf(bytes, own);
  const cells = codes?.map((code) => texts?.[code - 1]);
  return cells?.every((cell) => cell !== undefined) ? cells : undefined;
}

function memberOf({ names, values }: RCall, name: string, older: string): RValue | undefined {
  const place = names.findIndex((each) => each === name || each === older);
  return place === -1 ? undefined : values[place];
}

/** The values of `c(…)`, or one by itself. */
function atomsOf(value: RValue): readonly CellSpan[] | undefined {
  if (value.kind === 'atom') return [value];
  if (value.name !== 'c') return undefined;
  const atoms = value.values.filter((each) => each.kind === 'atom');
  return atoms.length === value.values.length ? atoms : undefined;
}

/** More whole numbers than these are written one by one. */
const LONGEST_RANGE = 1 << 16;

/** Whole numbers, in a vector or as the range "4:3". */
function numbersOf(bytes: Uint8Array, value: RValue): readonly number[] | undefined {
  const texts = atomsOf(value)?.map((cell) => wordText(bytes, cell));
  const range = /^(\d{1,9}):(\d{1,9})$/.exec(texts?.length === 1 ? texts[0]! : '');
  if (range) {
    const [from, to] = [Number(range[1]), Number(range[2])];
    const length = Math.abs(to - from) + 1;
    return length > LONGEST_RANGE ? undefined : Array.from({ length }, (_, i) => from + (to > from ? i : -i));
  }
  const numbers = texts?.map(Number);
  return numbers?.every(Number.isSafeInteger) ? numbers : undefined;
}
