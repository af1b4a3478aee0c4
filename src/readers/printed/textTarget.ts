import { meaningOf } from '../roles/arrayNames.ts';
import { type NamedArray, usualFacts } from '../roles/namedArray.ts';

/** Longer texts have more than one row. */
const LONGEST = 1 << 14;
const MOST = 64;
/** `label: 2`, `target = tensor(2)`, `"y": 1` */
const VALUE =
  /(?:^|[\s,{(])["']?([A-Za-z_]\w{0,30})["']?[ \t]{0,4}[:=][ \t]{0,4}(?:(?:torch\.)?tensor\()?(\d{1,7})(?=[\s,;)}]|$)/gm;

/** The target of a text with a single row of scores, as a number without axes; undefined unless there's just one. */
export function textTarget(bytes: Uint8Array, arrays: readonly NamedArray[]): NamedArray | undefined {
  const isRow = ({ shape }: NamedArray) => shape.length > 0 && shape.slice(0, -1).every((size) => size === 1);
  if (bytes.length > LONGEST || !arrays.some(isRow)) return undefined;
  const text = new TextDecoder('latin1').decode(bytes);
  const found: NamedArray[] = [];
  let matches = 0;
  for (const match of text.matchAll(VALUE)) {
    const [all, name = '', value] = match;
    if (matches++ === MOST) return undefined;
    if (meaningOf(name).target === 0) continue;
    const start = match.index + all.indexOf(name);
    const content = { kind: 'numbers', values: Float64Array.of(Number(value)) } as const;
    const end = match.index + all.length;
    const places = { path: [], start, end };
    found.push({
      ...usualFacts(),
      ...places,
      name,
      isNamed: true,
      shape: [],
      type: 'int',
      content,
      isLiteral: false,
    });
  }
  return found.length === 1 ? found[0] : undefined;
}
