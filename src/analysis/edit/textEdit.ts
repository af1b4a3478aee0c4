import type { SourceSpan } from '../sourcePlace.ts';

/** A stretch of a text, and what it becomes. */
export interface TextEdit {
  readonly span: SourceSpan;
  readonly text: string;
}

/** The text after edits that don't overlap. Of insertions at one place the first comes first. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let done = 0;
  for (const { span, text: replacement } of edits.toSorted((a, b) => a.span.from - b.span.from)) {
    result += text.slice(done, span.from) + replacement;
    done = span.to;
  }
  return result + text.slice(done);
}

/** Where an offset that no edit replaces is after them. What is inserted at it comes before it. */
export function movedOffset(offset: number, edits: readonly TextEdit[]): number {
  return edits
    .filter(({ span }) => span.to <= offset)
    .reduce((moved, { span, text }) => moved + text.length - (span.to - span.from), offset);
}

/** The lines that differ between two texts. */
interface LineChange {
  /** The first of them, from 0. */
  readonly line: number;
  /** The line above what is only inserted; null where lines are replaced. */
  readonly above: string | null;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** What a text has in place of another one's lines. */
export function lineChange(before: string, after: string): LineChange {
  const [old, now] = [before, after].map((text) => text.split(/\r\n|\n|\r/)) as [string[], string[]];
  let first = 0;
  while (first < Math.min(old.length, now.length) && old[first] === now[first]) first++;
  let last = 0;
  const most = Math.min(old.length, now.length) - first;
  while (last < most && old.at(-1 - last) === now.at(-1 - last)) last++;
  return {
    line: first,
    above: first + last === old.length ? (old[first - 1] ?? null) : null,
    removed: old.slice(first, old.length - last),
    added: now.slice(first, now.length - last),
  };
}
