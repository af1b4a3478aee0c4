import { textBefore } from './heads.ts';
import type { Found } from './printedTensor.ts';

/** A name and what comes before it are looked for in so many bytes. */
const LOOK_BACK = 96;

/** Calls that the tensor is an argument of: `print(`, `tf.constant(`. */
const CALLS = /(?:[\w.]+\()+$/;
const QUOTED = /(["'])([^"'\n]{1,60})\1\s*[:,=]?\s*$/;
const WORD = /((?:\p{L}|_)[\p{L}\p{N}_./-]*(?:\[[^\]\n]{0,30}\])?)\s*(?:=|:|->|=>)?\s*$/u;
/** What was typed at the prompt of Python or IPython. */
const PROMPT = /^(?:>>>|In \[\d+\]:)\s*(?:print\()?([\w.[\]]+)\)?\s*$/;
const KEYWORDS: ReadonlySet<string> = new Set('return yield in is and or not if else for'.split(' '));

/** The variable or label that what begins at `start` is printed after. */
export function nameBefore(bytes: Uint8Array, start: number): string | undefined {
  const lines = textBefore(bytes, start, LOOK_BACK).split(/\r?\n/);
  const same = lines.at(-1)!.replace(CALLS, '');
  if (same.trim() !== '') return nameAtEnd(same);
  const previous = lines.at(-2)?.trimEnd() ?? '';
  return PROMPT.exec(previous)?.[1] ?? (/[:=]$/.test(previous) ? nameAtEnd(previous) : undefined);
}

function nameAtEnd(line: string): string | undefined {
  const name = QUOTED.exec(line)?.[2] ?? WORD.exec(line)?.[1];
  return name === undefined || KEYWORDS.has(name) ? undefined : name;
}

/** Gives each tensor a name that no other has. */
export class Names {
  readonly #used = new Map<string, number>();
  #count = 0;

  next(
    bytes: Uint8Array,
    { ownName, kind, start }: Found,
  ): { readonly name: string; readonly isNamed: boolean } {
    this.#count++;
    const own = ownName ?? nameBefore(bytes, start);
    if (own === undefined) return { name: `${kind} ${this.#count}`, isNamed: false };
    const times = (this.#used.get(own) ?? 0) + 1;
    this.#used.set(own, times);
    return { name: times === 1 ? own : `${own} (${times})`, isNamed: true };
  }
}
