import type { FoundTensor } from './printedTensor.ts';
import { textBefore } from './tensorHeads.ts';

/** A name and what comes before it are looked for in so many bytes. */
const LOOK_BACK = 96;

const QUOTED = /(["'])([^"'\n]{1,60})\1\s*(?:[:,=]\s*)?$/;
const OPERATORS = ['=>', '->', '=', ':'];
const SUBSCRIPT = /\[[^[\]\n]{0,30}\]$/;
const IN_WORD = /[\p{L}\p{N}_./-]/u;
const STARTS_WORD = /[\p{L}_]/u;
/** What was typed at the prompt of Python or IPython. */
const PROMPT = /^(?:>>>|In \[\d+\]:)\s*(?:print\()?([\w.[\]]+)\)?\s*$/;
const KEYWORDS: ReadonlySet<string> = new Set('return yield in is and or not if else for'.split(' '));

/** The variable or label that what begins at `start` is printed after. */
function nameBefore(bytes: Uint8Array, start: number): string | undefined {
  const lines = textBefore(bytes, start, LOOK_BACK).split(/\r?\n/);
  const same = withoutCalls(lines.at(-1)!);
  if (same.trim() !== '') return nameAtEnd(same);
  const previous = lines.at(-2)?.trimEnd() ?? '';
  return PROMPT.exec(previous)?.[1] ?? (/[:=]$/.test(previous) ? nameAtEnd(previous) : undefined);
}

/** Calls whose value is the tensor that they are given. */
const SAME: ReadonlySet<string> = new Set(
  'print display repr str pprint log info debug warning tensor as_tensor Tensor FloatTensor DoubleTensor Parameter Variable constant convert_to_tensor from_numpy array asarray asanyarray ascontiguousarray float32 float64 device_put DataFrame Series list tuple'.split(
    ' ',
  ),
);

/** Without the calls at its end that the tensor is an argument of: `print(`, `tf.constant(`. What others make of it has other numbers. */
function withoutCalls(line: string): string {
  let end = line.length;
  while (line[end - 1] === '(') {
    let start = end - 1;
    while (start > 0 && /[\w.]/.test(line[start - 1]!)) start--;
    if (start === end - 1 || !SAME.has(line.slice(start, end - 1).replace(/^.*\./, ''))) break;
    end = start;
  }
  return line.slice(0, end);
}

function nameAtEnd(line: string): string | undefined {
  const name = QUOTED.exec(line)?.[2] ?? wordAtEnd(line);
  return name === undefined || KEYWORDS.has(name) ? undefined : name;
}

/** The word at the end of a line, with its subscript, before an operator. */
function wordAtEnd(line: string): string | undefined {
  const trimmed = line.trimEnd();
  const operator = OPERATORS.find((each) => trimmed.endsWith(each)) ?? '';
  const text = trimmed.slice(0, trimmed.length - operator.length).trimEnd();
  const subscript = SUBSCRIPT.exec(text)?.[0] ?? '';
  const characters = Array.from(text.slice(0, text.length - subscript.length));
  const before = characters.findLastIndex((character) => !IN_WORD.test(character));
  const start = characters.findIndex((character, i) => i > before && STARTS_WORD.test(character));
  return start === -1 ? undefined : characters.slice(start).join('') + subscript;
}

/** Gives each tensor a name that no other has. */
export class Names {
  readonly #used = new Map<string, number>();
  #count = 0;

  next(
    bytes: Uint8Array,
    { ownName, kind, start }: FoundTensor,
  ): { readonly name: string; readonly isNamed: boolean } {
    this.#count++;
    const own = ownName ?? nameBefore(bytes, start);
    if (own === undefined) return { name: this.#unused(`${kind} ${this.#count}`), isNamed: false };
    return { name: this.#unused(own), isNamed: true };
  }

  /** A name with a number behind it, where it is in use: texts may have names with such numbers, too. */
  #unused(wanted: string): string {
    let times = this.#used.get(wanted) ?? 0;
    let name = wanted;
    do {
      times++;
      if (times > 1) name = `${wanted} (${times})`;
    } while (times > 1 && this.#used.has(name));
    this.#used.set(wanted, times);
    if (name !== wanted) this.#used.set(name, 1);
    return name;
  }
}
