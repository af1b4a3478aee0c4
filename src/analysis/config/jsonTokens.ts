import { quotedEnd } from '../sourceTokens.ts';

/** Where the token that begins at `offset` ends: a string, a word, a sign, or a comment or space. */
export function jsonTokenEnd(text: string, offset: number): number {
  const first = text[offset]!;
  if (first === '"' || first === "'") return quotedEnd(text, offset);
  if (SIGNS.has(first)) return offset + 1;
  if (text.startsWith('/*', offset)) {
    const end = text.indexOf('*/', offset + 2);
    return end === -1 ? text.length : end + 2;
  }
  if (isComment(text, offset)) {
    const end = text.indexOf('\n', offset);
    return end === -1 ? text.length : end;
  }
  RUN.lastIndex = offset;
  return RUN.test(text) ? RUN.lastIndex : offset + 1;
}

/** Of space, or of what isn't space, a sign, a quote, or may begin a comment. */
const RUN = /\s+|[^\s[\]{},:"'#/]+/y;
const SIGNS = new Set('[]{},:');

/** Nothing, or a comment. A byte order mark is space, too. */
export function isJsonSpace(text: string, offset: number): boolean {
  return text[offset]!.trim() === '' || isComment(text, offset);
}

/** Those with a number sign aren't of any JSON, but people write them. */
function isComment(text: string, offset: number): boolean {
  return (
    text[offset] === '#' || (text[offset] === '/' && (text[offset + 1] === '/' || text[offset + 1] === '*'))
  );
}
