import { quotedEnd } from '../sourceTokens.ts';

/** Where the token that begins at `at` ends: a string, a word, a sign, or a comment or space. */
export function jsonTokenEnd(text: string, at: number): number {
  const first = text[at]!;
  if (first === '"' || first === "'") return quotedEnd(text, at);
  if (SIGNS.has(first)) return at + 1;
  if (text.startsWith('/*', at)) {
    const end = text.indexOf('*/', at + 2);
    return end === -1 ? text.length : end + 2;
  }
  if (isComment(text, at)) {
    const end = text.indexOf('\n', at);
    return end === -1 ? text.length : end;
  }
  RUN.lastIndex = at;
  return RUN.test(text) ? RUN.lastIndex : at + 1;
}

/** Of space, or of what isn't space, a sign, a quote, or may begin a comment. */
const RUN = /\s+|[^\s[\]{},:"'#/]+/y;
const SIGNS = new Set('[]{},:');

/** Nothing, or a comment. A byte order mark is space, too. */
export function isJsonSpace(text: string, at: number): boolean {
  return text[at]!.trim() === '' || isComment(text, at);
}

/** Those with a number sign aren't of any JSON, but people write them. */
function isComment(text: string, at: number): boolean {
  return text[at] === '#' || (text[at] === '/' && (text[at + 1] === '/' || text[at + 1] === '*'));
}
