import type { Work } from '../../loss/work.ts';
import { meaningOf } from '../roles/arrayNames.ts';
import { type NamedArray, usualFacts } from '../roles/namedArray.ts';
import { printedLineAt, wordText } from './printedLines.ts';
import { stackOf } from './stackedRows.ts';

/** So many rows are looked at between two yields. */
const ROWS = 1 << 8;
/** So much of a line is looked at, behind its numbers. */
const LONGEST_REST = 256;
/** Words, signs and numbers: "label=2", "target: 0", "'y_true': tensor(1)". */
const TOKEN = /[\p{L}_][\p{L}\p{N}_]*|[:=]|-?\d[\d.]*/gu;

/**
 * With what a program printed of each sample on a line of its own, `logits=[0.1, 2.5] label=1`, as the two arrays that it is. Rows
 * without a target on each of their lines may be anything, and stay apart.
 */
export function* withRepeatedRows(
  bytes: Uint8Array,
  arrays: readonly NamedArray[],
): Work<readonly NamedArray[]> {
  const byName = new Map<string, NamedArray[]>();
  for (const array of arrays) {
    if (!isRow(array)) continue;
    const name = array.name.replace(/ \(\d+\)$/, '');
    const same = byName.get(name);
    if (same) same.push(array);
    else byName.set(name, [array]);
  }
  let result = arrays;
  for (const [name, rows] of byName) {
    const isBatch = rows.length > 1 && rows.every(({ shape }) => shape[0] === rows[0]!.shape[0]);
    const columns = isBatch ? yield* targetsBehind(bytes, rows) : [];
    if (columns.length === 0) continue;
    const own = new Set(rows);
    result = [{ ...stackOf(rows), name }, ...columns, ...result.filter((array) => !own.has(array))];
  }
  return result;
}

function isRow({ shape, content, isNamed, isColumn, name }: NamedArray): boolean {
  return (
    isNamed && !isColumn && shape.length === 1 && content.kind === 'numbers' && meaningOf(name).scores > 0
  );
}

/** The targets that stand behind each of the rows, on its line. */
function* targetsBehind(bytes: Uint8Array, rows: readonly NamedArray[]): Work<readonly NamedArray[]> {
  const found = new Map<string, number[]>();
  for (const [i, { end }] of rows.entries()) {
    if (i % ROWS === 0) yield i / rows.length;
    const line = printedLineAt(bytes, end, Math.min(bytes.length, end + LONGEST_REST));
    for (const [name, value] of scalarsIn(wordText(bytes, line))) {
      const values = found.get(name);
      if (values?.length === i) values.push(value);
      else if (i === 0) found.set(name, [value]);
    }
  }
  return [...found]
    .filter(([, values]) => values.length === rows.length)
    .map(([name, values]) => ({
      ...usualFacts(),
      name,
      isNamed: true,
      path: [],
      shape: [rows.length],
      type: 'int',
      content: { kind: 'numbers', values: Float64Array.from(values) },
      start: rows[0]!.end,
      end: rows.at(-1)!.end,
    }));
}

/** Whole numbers that are called targets. */
function scalarsIn(text: string): readonly (readonly [string, number])[] {
  const tokens = (text.match(TOKEN) ?? []).filter((token) => token !== 'tensor');
  const scalars: [string, number][] = [];
  for (let i = 0; i + 2 < tokens.length; i++) {
    const [name, sign, value] = tokens.slice(i, i + 3) as [string, string, string];
    const isTarget = /^[:=]$/.test(sign) && /^-?\d{1,9}$/.test(value) && meaningOf(name).target > 0;
    if (isTarget) scalars.push([name, Number(value)]);
  }
  return scalars;
}
