import { SLICE, type Work } from '../../loss/work.ts';
import { type NamedArray, usualFacts } from '../roles/namedArray.ts';

const UNDERSCORE = 0x5f;
const byteDecoder = new TextDecoder('latin1');

/** Single numbers that say how a loss is computed; all have a low line in their name. */
const NAMES = ['ignore_index', 'label_smoothing', 'num_classes', 'n_classes'] as const;
const LONGEST = Math.max(...NAMES.map((name) => name.length));
const VALUE =
  /^["']?\s{0,8}[=:]\s{0,8}([-+]?(?:\d{1,12}(?:\.\d{0,17})?|\.\d{1,17})(?:[eE][-+]?\d{1,3})?)(?![\w.])/;
const LONGEST_VALUE = 80;
/** No text sets one more often. */
const MOST = 64;

/** `ignore_index = -1`, `label_smoothing=0.1`, `num_classes: 10` anywhere in a text, as numbers without axes. Of each name the last counts. */
export function* textSettings(bytes: Uint8Array): Work<readonly NamedArray[]> {
  const found = new Map<string, NamedArray>();
  let nextYield = 0;
  let matches = 0;
  for (let i = bytes.indexOf(UNDERSCORE); i !== -1 && matches < MOST; i = bytes.indexOf(UNDERSCORE, i + 1)) {
    if (i >= nextYield) {
      yield i / bytes.length;
      nextYield = i + SLICE / 8;
    }
    const name = nameAround(bytes, i);
    if (name === undefined) continue;
    const start = i - name.indexOf('_');
    const after = start + name.length;
    const match = VALUE.exec(byteDecoder.decode(bytes.subarray(after, after + LONGEST_VALUE)));
    if (!match) continue;
    matches++;
    found.delete(name);
    found.set(name, settingOf(name, Number(match[1]), start, after + match[0].length));
  }
  return [...found.values()];
}

/** The name whose first low line is at `offset`. */
function nameAround(bytes: Uint8Array, offset: number): string | undefined {
  const around = byteDecoder.decode(bytes.subarray(Math.max(0, offset - LONGEST - 1), offset + LONGEST + 1));
  const at = Math.min(offset, LONGEST + 1);
  return NAMES.find((name) => {
    const from = at - name.indexOf('_');
    return (
      from >= 0 &&
      around.startsWith(name, from) &&
      !isInWord(around[from - 1]) &&
      !isInWord(around[from + name.length])
    );
  });
}

function isInWord(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9_]/.test(character);
}

function settingOf(name: string, value: number, start: number, end: number): NamedArray {
  return {
    ...usualFacts(),
    name,
    isNamed: true,
    path: [],
    shape: [],
    type: Number.isInteger(value) ? 'int' : 'float',
    content: { kind: 'numbers', values: Float64Array.of(value) },
    start,
    end,
  };
}
