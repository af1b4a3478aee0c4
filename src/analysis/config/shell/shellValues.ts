import { type LineStarts, lineAt } from '../../lineStarts.ts';
import { MOST_ORIGINS } from '../../python/values/originLimit.ts';
import type { SourcePlace, SourceSpan } from '../../sourcePlace.ts';
import type { Scalar } from '../configEntries.ts';
import { scalarOf } from '../yamlScalars.ts';
import type { ShellWord } from './shellWords.ts';

/** `$LS`, `${LS}`, `${LS:-0.1}` */
const REFERENCE = /^\$(?:(\w+)|\{(\w+)(?::?[-=]([^}]*))?\})$/;

/** What the words of a script come to, by the variables that were assigned so far. */
export class ShellValues {
  readonly #text: string;
  readonly #lines: LineStarts;
  /** `NAME=value` that were seen. */
  readonly #variables = new Map<string, Scalar>();

  constructor(text: string, lines: LineStarts) {
    this.#text = text;
    this.#lines = lines;
  }

  /** Takes an assignment, `LS=0.1`. False if the word isn't one. */
  assign(word: ShellWord): boolean {
    const assignment = /^([A-Za-z_]\w*)=/.exec(word.text);
    if (!assignment) return false;
    this.#variables.set(assignment[1]!, this.valueFor(word, assignment[0].length));
    return true;
  }

  /** What a word, or what of it is behind `skip` characters, comes to. */
  valueFor(word: ShellWord, skip: number): Scalar {
    const span = { from: word.from + (word.literal ? 0 : skip), to: word.to };
    const written = this.#text.slice(span.from, span.to);
    const bare = /^"[^"]*"$/.test(written) ? { from: span.from + 1, to: span.to - 1 } : span;
    const value = word.text.slice(skip);
    const scalar = scalarOf(this.#text.slice(bare.from, bare.to), value, false, this.placeOf(bare));
    const [reference, plain, braced, fallback] = REFERENCE.exec(value) ?? [];
    const name = plain ?? braced;
    if (reference === undefined || name === undefined || word.text.includes("'")) return scalar;
    const known = this.#variables.get(name);
    if (!known && fallback === undefined) return scalar;
    const target = known ?? scalarOf(fallback!, fallback!, false, this.placeOf(bare));
    if (target.origins.length >= MOST_ORIGINS) return scalar;
    const origin = { kind: 'constant', name, place: this.placeOf(target.span) } as const;
    const { number, text, integer, token, origins } = target;
    return {
      ...scalar,
      ...(number !== undefined && { number }),
      ...(text !== undefined && { text }),
      integer,
      token: known ? token : null,
      origins: [origin, ...origins],
    };
  }

  placeOf({ from, to }: SourceSpan): SourcePlace {
    return { span: { from, to }, line: this.lineOf(from) };
  }

  lineOf(offset: number): number {
    return lineAt(this.#lines, offset);
  }
}
