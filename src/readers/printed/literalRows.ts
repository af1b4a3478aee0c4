import type { Work } from '../../loss/work.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { textBefore } from './bracketed/tensorHeads.ts';
import { stackOf } from './stackedRows.ts';

/** So many rows are looked at between two yields. */
const ROWS = 1 << 9;
const LOOK_BACK = 120;
/** What each row of a matrix has before its bracket: Rust's `vec!`, JavaScript's `Float32Array(3) `, an item of YAML on its own line. */
const BEFORE =
  /(vec!|(?:Float(?:16|32|64)|Uint8Clamped|(?:Big)?(?:Ui|I)nt(?:8|16|32|64))Array(?:\(\d{1,9}\))? ?|\n[ \t]{0,40}- )$/;
const OPENS = /(?:\[|:)\s*$/;

/** With rows that have the same word before each as the matrix that they are. Without the word, rows are found as a whole. */
export function* withLiteralRows(
  bytes: Uint8Array,
  arrays: readonly NamedArray[],
): Work<readonly NamedArray[]> {
  const result: NamedArray[] = [];
  for (let i = 0; i < arrays.length; i++) {
    if (i % ROWS === 0) yield i / arrays.length;
    const first = arrays[i]!;
    const word = isRow(first) ? wordBefore(bytes, first) : undefined;
    const head = word && textBefore(bytes, first.start - word.length, LOOK_BACK);
    let end = i + 1;
    if (word && OPENS.test(head!))
      while (end < arrays.length && follows(bytes, arrays[end - 1]!, arrays[end]!, word)) {
        end++;
        if (end % ROWS === 0) yield end / arrays.length;
      }
    if (end - i < 2) {
      result.push(first);
      continue;
    }
    const name = nameBefore(head!);
    result.push({ ...stackOf(arrays.slice(i, end)), ...(name !== undefined && { name, isNamed: true }) });
    i = end - 1;
  }
  return result;
}

/** What is opened at the end of a text is called: `let logits: Vec<Vec<f32>> = vec![`, `"logits": [`, `logits:`. */
function nameBefore(head: string): string | undefined {
  let text = head.trimEnd();
  for (const opening of ['[', 'vec!'])
    if (text.endsWith(opening)) text = text.slice(0, -opening.length).trimEnd();
  const sign = text.at(-1);
  if (sign !== ':' && sign !== '=') return undefined;
  const line = text.slice(text.lastIndexOf('\n') + 1, -1);
  const type = sign === '=' ? line.lastIndexOf(':') : -1;
  const named = (type === -1 ? line : line.slice(0, type)).trimEnd().replace(/["']$/, '');
  const word = named.split(/[^\p{L}\p{N}_]/u).at(-1)!;
  return /^[\p{L}_]/u.test(word) ? word : undefined;
}

function isRow({ shape, content, isLiteral, type }: NamedArray): boolean {
  return isLiteral && shape.length === 1 && content.kind === 'numbers' && type !== 'bool';
}

function wordBefore(bytes: Uint8Array, { start }: NamedArray): string | undefined {
  return BEFORE.exec(textBefore(bytes, start, LOOK_BACK))?.[1];
}

function follows(bytes: Uint8Array, before: NamedArray, array: NamedArray, word: string): boolean {
  const gap = array.start - before.end;
  if (!isRow(array) || array.shape[0] !== before.shape[0] || gap <= 0 || gap > LOOK_BACK) return false;
  const between = textBefore(bytes, array.start, gap);
  const own = BEFORE.exec(between)?.[1];
  return own !== undefined && own === word && /^[\s,]*$/.test(between.slice(0, between.length - own.length));
}
