import type { Span } from '../lossConfig.ts';

/** A stretch of a text, and what it becomes. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** The text after edits that don't overlap. Of insertions at one place the first comes first. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const { span, text: replacement } of edits.toSorted((a, b) => a.span.from - b.span.from)) {
    result += text.slice(at, span.from) + replacement;
    at = span.to;
  }
  return result + text.slice(at);
}

/** Where an offset that no edit replaces is after them. What is inserted at it comes before it. */
export function movedOffset(offset: number, edits: readonly TextEdit[]): number {
  return edits
    .filter(({ span }) => span.to <= offset)
    .reduce((moved, { span, text }) => moved + text.length - (span.to - span.from), offset);
}
