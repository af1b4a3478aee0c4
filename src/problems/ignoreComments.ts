import { type LineStarts, lineAt, lineStartsOf } from '../analysis/lineStarts.ts';

/** `# smooth-labels: ignore`, `# smooth-labels: ignore[SL004, SL008]`, `// smooth-labels: ignore` */
const COMMENT = /(?:#|\/\/)[^\S\r\n]*smooth-labels:[^\S\r\n]*ignore\b(?:\[([\w, ]*)\])?/g;

/** Codes that are silenced in a line; null: all of them. */
type Silenced = ReadonlySet<string> | null;

/** `with pytest.raises(ValueError):`, `with self.assertRaises(TypeError):` */
const EXPECTS = /^\s*with\b.{0,200}\b(?:raises|assertRaises|assertRaisesRegex)\(/;
/** Lines between a statement and the block it's in. */
const MOST_LINES = 100;

/**
 * What a text says itself of its problems: comments that silence them, and blocks that expect an error. A comment counts for its
 * line; alone in a line, for the next.
 */
export class IgnoreComments {
  readonly #text: string;
  readonly #lines = new Map<number, Silenced>();
  readonly #starts: LineStarts | undefined;

  constructor(text: string) {
    this.#text = text;
    const hasComments = text.includes('smooth-labels:');
    if (!hasComments && !/raises\(|assertRaises/i.test(text)) return;
    const starts = lineStartsOf(text);
    this.#starts = starts;
    for (const match of hasComments ? text.matchAll(COMMENT) : []) {
      const line = lineAt(starts, match.index);
      const isAlone = text.slice(starts[line], match.index).trim() === '';
      const codes = match[1]?.split(',').map((code) => code.trim().toUpperCase());
      this.#lines.set(isAlone ? line + 1 : line, codes ? new Set(codes) : null);
    }
  }

  /** True if a problem that begins at this offset isn't to be shown. */
  silence(code: string, offset: number): boolean {
    if (!this.#starts) return false;
    const line = lineAt(this.#starts, offset);
    const silenced = this.#lines.get(line);
    return silenced === null || (silenced?.has(code) ?? false) || this.#isExpected(line);
  }

  /** The nearest line above that is indented less says what block this is. */
  #isExpected(line: number): boolean {
    const indent = indentOf(this.#lineText(line));
    for (let above = line - 1; above >= Math.max(0, line - MOST_LINES); above--) {
      const text = this.#lineText(above);
      if (text.trim() === '' || indentOf(text) >= indent) continue;
      return EXPECTS.test(text);
    }
    return false;
  }

  #lineText(line: number): string {
    const from = this.#starts![line]!;
    return this.#text.slice(from, Math.min(this.#starts![line + 1] ?? this.#text.length, from + LONGEST));
  }
}

/** Characters of a line that are looked at. */
const LONGEST = 400;

function indentOf(text: string): number {
  return text.length - text.trimStart().length;
}
