/** What ends a line in one language or another: LF, VT, FF, CR, NEL, LINE and PARAGRAPH SEPARATOR. CR LF is one. */
const LINE_ENDS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;

/**
 * What isn't seen, or turns the text around it: control characters, halves of surrogate pairs, marks of direction, byte order
 * marks, annotations, tags, and what isn't a character. Joiners stay: emoji and Persian need them.
 */
export const UNSEEN =
  /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

/** A text on one line, with nothing in it that isn't seen. */
export function oneLine(text: string): string {
  return text.replace(LINE_ENDS, ' ').replaceAll('\t', ' ').replace(UNSEEN, '\ufffd');
}
