import { type LineStarts, lineAt } from '../../lineStarts.ts';
import { MOST_ORIGINS } from '../../python/values/originLimit.ts';
import type { SourcePlace, SourceSpan } from '../../sourcePlace.ts';
import { type Scalar, severalOf, sweptValues } from '../configEntries.ts';
import { scalarOf } from '../yamlScalars.ts';
import type { ShellWord } from './shellWords.ts';

/** `$LS`, `${LS}`, `${LS:-0.1}`, `${LS[0]}`, `${LS[@]}`, `${{ matrix.ls }}`; `{ls}` of a notebook */
const REFERENCE =
  /^(?:\$(?:(\w+)|\{(\w+)(?:\[[^\]]*\])?(?::?[-=]([^}]*))?\}|\{\{\s*((?:matrix|env|inputs)\.\w+)\s*\}\})|\{(\w+)\})$/;
/** No loop that tries out values has more of them. */
const MOST_VALUES = 64;

/** What the words of a script come to, by the variables that were assigned so far. */
export class ShellValues {
  readonly #text: string;
  readonly #lines: LineStarts;
  /** `NAME=value` that were seen. */
  readonly #variables = new Map<string, Scalar>();

  readonly #outside: (name: string) => Scalar | undefined;

  /** `outside`: variables that are set outside of the script. */
  constructor(text: string, lines: LineStarts, outside: (name: string) => Scalar | undefined) {
    this.#outside = outside;
    this.#text = text;
    this.#lines = lines;
  }

  /** Takes an assignment, `LS=0.1`. False if the word isn't one. `maybe`: it isn't sure to run. */
  assign(word: ShellWord, maybe = false): boolean {
    const assignment = /^([A-Za-z_]\w*)=/.exec(word.text);
    if (!assignment) return false;
    const [whole, name = ''] = assignment;
    const value = this.valueFor(word, whole.length);
    const before = maybe ? this.#variables.get(name) : undefined;
    this.#variables.set(name, before ? eitherOf(before, value) : value);
    return true;
  }

  /** Of the words one is taken: `for LS in 0.0 0.1`, `LS=(0.0 0.1)`. */
  assignOneOf(name: string, words: readonly ShellWord[]): void {
    const [first] = words;
    if (!first) return;
    const values = words.slice(0, MOST_VALUES).map((word) => this.valueFor(word, 0));
    this.#variables.set(
      name,
      words.length > MOST_VALUES ? unknown(values[0]!) : values.reduce((a, b) => eitherOf(a, b)),
    );
  }

  /** What a word, or what of it is behind `skip` characters up to `end`, comes to. */
  valueFor(word: ShellWord, skip: number, end = word.text.length): Scalar {
    const isAll = end === word.text.length;
    const from = word.from + (word.literal ? 0 : skip);
    const span = { from, to: isAll || word.literal ? word.to : word.from + end };
    const written = this.#text.slice(span.from, span.to);
    const bare = /^"[^"]*"$/.test(written) ? { from: span.from + 1, to: span.to - 1 } : span;
    const value = word.text.slice(skip, end);
    const scalar = scalarOf(this.#text.slice(bare.from, bare.to), value, false, this.placeOf(bare));
    const swept = sweptValues(value);
    if (swept) return severalOf(swept, scalar.written, scalar.span);
    const [reference, plain, braced, fallback, workflow, python] = REFERENCE.exec(value.trim()) ?? [];
    const name = plain ?? braced ?? workflow ?? python;
    if (reference === undefined || name === undefined || word.text.includes("'")) return scalar;
    const known = this.#variables.get(name) ?? this.#outside(name);
    if (!known && fallback === undefined) return scalar;
    const target = known ?? scalarOf(fallback!, fallback!, false, this.placeOf(bare));
    if (target.origins.length >= MOST_ORIGINS) return scalar;
    const isHere = target.span.to > target.span.from;
    const origin = known
      ? ({ kind: 'constant', name, place: isHere ? this.placeOf(target.span) : null } as const)
      : ({ kind: 'environment', name: /^\d/.test(name) ? `$${name}` : name, place: null } as const);
    const { number, values, text, integer, token, origins } = target;
    const { text: _, ...unresolved } = scalar;
    return {
      ...unresolved,
      ...(number !== undefined && { number }),
      ...(values && { values }),
      ...(text !== undefined ? { text } : number === undefined && !values ? { text: value } : {}),
      integer,
      token: known ? token : null,
      // A variable of a notebook says itself where its value is from.
      origins: origins[0]?.name === name ? origins : [origin, ...origins],
    };
  }

  placeOf({ from, to }: SourceSpan): SourcePlace {
    return { span: { from, to }, line: this.lineOf(from) };
  }

  lineOf(offset: number): number {
    return lineAt(this.#lines, offset);
  }
}

/** One of two values. What isn't a number makes it unknown. */
export function eitherOf(a: Scalar, b: Scalar): Scalar {
  const numbers = [a, b].flatMap(({ number, values }) => values ?? number ?? Number.NaN);
  if (numbers.some(Number.isNaN) || numbers.length > MOST_VALUES) return unknown(b);
  const same = a.number !== undefined && a.number === b.number;
  return same ? b : severalOf(numbers, b.written, b.span);
}

function unknown({ written, span }: Scalar): Scalar {
  return { written, span, text: written, integer: false, origins: [], token: null };
}
