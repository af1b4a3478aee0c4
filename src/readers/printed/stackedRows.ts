import { mostOf } from '../../loss/mostOf.ts';
import type { Work } from '../../loss/work.ts';
import { numbersOf } from '../roles/arrayFacts.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { textBefore } from './bracketed/tensorHeads.ts';

/** So many are looked at between two yields. */
const ROWS = 1 << 9;
/** So far before the first of them is looked. */
const LOOK_BACK = 160;
/** `logits = [`, `'logits': [`. */
const NAME = /(?:^|[\s,{(])["']?([\p{L}_][\p{L}\p{N}_.]{0,60})["']?\s*[:=]\s*\[$/u;

/** With each list of rows, as Python prints one of tensors, as the array that it is: `[tensor([1., 2.]), tensor([3., 4.])]` is (2, 2). */
export function* withStackedRows(
  bytes: Uint8Array,
  arrays: readonly NamedArray[],
): Work<readonly NamedArray[]> {
  const result: NamedArray[] = [];
  for (let i = 0; i < arrays.length; i++) {
    if (i % ROWS === 0) yield i / arrays.length;
    const first = arrays[i]!;
    let end = i + 1;
    if (isRow(first) && opens(bytes, first))
      while (end < arrays.length && follows(bytes, arrays[end - 1]!, arrays[end]!)) {
        end++;
        if (end % ROWS === 0) yield end / arrays.length;
      }
    const rows = arrays.slice(i, end);
    const isList = rows.length > 1 && closes(bytes, rows.at(-1)!);
    if (isList) i = end - 1;
    result.push(isList ? stacked(bytes, rows) : first);
  }
  return result;
}

function isRow({ shape, content, isLiteral, isColumn, type }: NamedArray): boolean {
  return shape.length === 1 && content.kind === 'numbers' && !isLiteral && !isColumn && type !== 'bool';
}

function opens(bytes: Uint8Array, { start }: NamedArray): boolean {
  return textBefore(bytes, start, LOOK_BACK).trimEnd().endsWith('[');
}

function follows(bytes: Uint8Array, before: NamedArray, array: NamedArray): boolean {
  const gap = array.start - before.end;
  return (
    isRow(array) &&
    array.shape[0] === before.shape[0] &&
    array.type === before.type &&
    gap > 0 &&
    gap <= LOOK_BACK &&
    /^\s*,\s*$/.test(textBefore(bytes, array.start, gap))
  );
}

function closes(bytes: Uint8Array, { end }: NamedArray): boolean {
  const text = new TextDecoder().decode(bytes.subarray(end, end + LOOK_BACK));
  return /^\s*(?:,\s*)?\]/.test(text);
}

function stacked(bytes: Uint8Array, rows: readonly NamedArray[]): NamedArray {
  const first = rows[0]!;
  const named = NAME.exec(textBefore(bytes, first.start, LOOK_BACK).trimEnd())?.[1];
  return { ...stackOf(rows), ...(named !== undefined && { name: named, isNamed: true }) };
}

/** Rows (K) as (rows, K), called as the first of them. */
export function stackOf(rows: readonly NamedArray[]): NamedArray {
  const first = rows[0]!;
  const count = first.shape[0]!;
  const values = new Float64Array(rows.length * count);
  for (const [row, array] of rows.entries()) values.set(numbersOf(array)!, row * count);
  return {
    ...first,
    shape: [rows.length, count],
    content: { kind: 'numbers', values },
    end: rows.at(-1)!.end,
    spans: Float64Array.from(rows.flatMap(({ start, end }) => [start, end])),
    decimals: mostOf(rows, ({ decimals }) => decimals),
    rounding: mostOf(rows, ({ rounding }) => rounding),
  };
}
