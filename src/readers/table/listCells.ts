import type { Work } from '../../loss/work.ts';
import { excerptOf } from '../readProblem.ts';
import { type ArrayContent, type NamedArray, usualFacts } from '../roles/namedArray.ts';
import { Unreadable } from '../text/cursor.ts';
import { growableDoubles } from '../text/growable.ts';
import { looseNumber } from './looseNumber.ts';
import { columnName, splitLines } from './openTable.ts';
import type { Columns } from './tableColumns.ts';
import type { Fields } from './tableFields.ts';

/** What a cell with a list begins with, and ends with: as Python, NumPy and PyTorch print it. */
const START = /^(?:array\(|tensor\()?\[/;
const END = /\](?:, ?dtype=[\w.]+)?\)?$/;

/** True for a table of which a column has a list of numbers in each cell: "[0.69 1.64]", "[0.69, 1.64]". */
export function hasListCells({ parts }: Columns): boolean {
  return parts.some(({ array }) => firstText(array) !== undefined && START.test(firstText(array)!));
}

function firstText({ content, isColumn }: NamedArray): string | undefined {
  return isColumn && content.kind === 'texts' ? content.values.find((text) => text !== '') : undefined;
}

/** The arrays of such a table: columns of lists as (rows, classes), each of the others as (rows). Throws Unreadable for lists that differ. */
export function* listCellArrays(fields: Fields, columns: Columns): Work<readonly NamedArray[]> {
  const lists = new Set<number>();
  for (const { array, columns: own } of columns.parts)
    if (START.test(firstText(array) ?? '')) lists.add(own[0]!);
  const fraction = () => fields.end / fields.bytes.length;
  const spans = growableDoubles(fraction);
  const numbers = new Map([...lists].map((column) => [column, new ListColumn(fraction)] as const));
  const texts = new Map<number, string[]>();
  for (let column = 0; column < columns.count; column++) if (!lists.has(column)) texts.set(column, []);
  yield* splitLines(fields, columns, () => {
    spans.push(fields.start);
    spans.push(fields.end);
    for (const [column, list] of numbers) list.push(fields.text(column), fields.startOf(column));
    for (const [column, own] of texts) own.push(fields.text(column));
  });
  const [rows, places] = [spans.length / 2, spans.toArray()];
  return Array.from({ length: columns.count }, (_, column): NamedArray => {
    const list = numbers.get(column);
    const facts = {
      ...usualFacts(),
      name: columnName(columns, column),
      isNamed: Boolean(columns.header?.[column]),
      path: [],
      start: 0,
      end: fields.bytes.length,
      isLiteral: false,
      spans: places,
    };
    if (list) {
      const content = { kind: 'numbers', values: list.values.toArray() } as const;
      return { ...facts, shape: [rows, list.size], type: 'float', decimals: list.decimals, content };
    }
    return { ...facts, shape: [rows], isColumn: true, ...cellsOf(texts.get(column)!) };
  });
}

function cellsOf(texts: readonly string[]): { readonly type: string; readonly content: ArrayContent } {
  const cells = texts.map((text) => looseNumber(text)?.value);
  if (cells.some((value) => value === undefined))
    return { type: 'text', content: { kind: 'texts', values: texts } };
  const values = Float64Array.from(cells, Number);
  return { type: values.every(Number.isInteger) ? 'int' : 'float', content: { kind: 'numbers', values } };
}

/** The numbers of the lists in a column. */
class ListColumn {
  readonly values: ReturnType<typeof growableDoubles>;
  size = 0;
  decimals = 0;
  #rows = 0;

  constructor(fraction: () => number) {
    this.values = growableDoubles(fraction);
  }

  /** Takes the list in a cell. Throws Unreadable if it isn't one, or not of as many numbers as the first. */
  push(text: string, offset: number): void {
    const cell = text.trim();
    if (!START.test(cell) || !END.test(cell))
      throw new Unreadable({ reason: 'not-a-number', offset, found: excerptOf(cell) });
    const items = cell.slice(cell.indexOf('[') + 1, cell.lastIndexOf(']')).split(/[\s,]+/);
    let found = 0;
    for (const item of items) {
      if (item === '') continue;
      if (item === '...') throw new Unreadable({ reason: 'summarised', offset, printer: 'numpy' });
      const number = looseNumber(item);
      if (!number) throw new Unreadable({ reason: 'not-a-number', offset, found: excerptOf(item) });
      this.values.push(number.value);
      this.decimals = Math.max(this.decimals, number.decimals);
      found++;
    }
    if (this.#rows === 0) this.size = found;
    if (found !== this.size)
      throw new Unreadable({ reason: 'ragged', offset, row: this.#rows, found, expected: this.size });
    this.#rows++;
  }
}
