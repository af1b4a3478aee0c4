import type { Work } from '../../loss/work.ts';
import { type ArrayContent, type NamedArray, usualFacts } from '../roles/namedArray.ts';
import { growableDoubles } from '../text/growable.ts';
import { isListCell, ListColumn } from './listColumn.ts';
import { looseNumber } from './looseNumber.ts';
import { columnName, splitLines } from './openTable.ts';
import type { Columns } from './tableColumns.ts';
import type { Fields } from './tableFields.ts';

/** True for a table of which a column has a list of numbers in each cell: "[0.69 1.64]", "[0.69, 1.64]". */
export function hasListCells({ parts }: Columns): boolean {
  return parts.some(({ array }) => firstText(array) !== undefined && isListCell(firstText(array)!));
}

function firstText({ content, isColumn }: NamedArray): string | undefined {
  return isColumn && content.kind === 'texts' ? content.values.find((text) => text !== '') : undefined;
}

/** The arrays of such a table: columns of lists as (rows, classes), each of the others as (rows). Throws Unreadable for lists that differ. */
export function* listCellArrays(fields: Fields, columns: Columns): Work<readonly NamedArray[]> {
  const lists = new Set<number>();
  for (const { array, columns: own } of columns.parts)
    if (isListCell(firstText(array) ?? '')) lists.add(own[0]!);
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
  const arrays: NamedArray[] = [];
  for (let column = 0; column < columns.count; column++) {
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
      arrays.push({ ...facts, shape: [rows, list.size], type: 'float', decimals: list.decimals, content });
    } else arrays.push({ ...facts, shape: [rows], isColumn: true, ...(yield* cellsOf(texts.get(column)!)) });
  }
  return arrays;
}

/** Cells between two yields. */
const CELLS = 1 << 12;

function* cellsOf(texts: readonly string[]): Work<{ readonly type: string; readonly content: ArrayContent }> {
  const values = new Float64Array(texts.length);
  for (const [row, text] of texts.entries()) {
    if (row % CELLS === 0) yield row / texts.length;
    const value = looseNumber(text)?.value;
    if (value === undefined) return { type: 'text', content: { kind: 'texts', values: texts } };
    values[row] = value;
  }
  return { type: values.every(Number.isInteger) ? 'int' : 'float', content: { kind: 'numbers', values } };
}
