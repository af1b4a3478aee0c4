import type { SourceSpan } from '../../sourcePlace.ts';
import { isBlank, isNewline } from '../../sourceTokens.ts';

/** A word of a command line, as the shell would hand it over. */
export interface ShellWord extends SourceSpan {
  readonly text: string;
  /** In single quotes, or a backslash in front: nothing is put into it. */
  readonly literal: boolean;
}

/** Characters between two heartbeats. */
const CHARACTERS = 1 << 15;
/** No word that is of interest is longer: quotes stay in those that are. */
const LONGEST = 10_000;

/** The commands of a shell script, each with its words. Gives nothing at times: long commands take theirs. */
export function* commandsOf(text: string): Generator<readonly ShellWord[] | undefined> {
  let words: ShellWord[] = [];
  let next = CHARACTERS;
  for (let at = 0; at < text.length; ) {
    const character = text.charCodeAt(at);
    let end = at + 1;
    if (text[at] === '#') end = endOfLine(text, at);
    else if (text[at] === '\n' || SIGNS.has(text[at]!)) {
      if (words.length > 0) yield words;
      words = [];
    } else if (!isBlank(character) && !isNewline(character) && !isContinued(text, at)) {
      end = at;
      for (let part = partEnd(text, end); part > end; part = partEnd(text, end)) {
        end = part;
        if (end < next) continue;
        yield undefined;
        next = end + CHARACTERS;
      }
      if (end > at) words.push(wordOf(text, at, end));
      else end = at + 1;
    }
    at = end;
    if (at < next) continue;
    yield undefined;
    next = at + CHARACTERS;
  }
  if (words.length > 0) yield words;
}

/** They end a command. */
const SIGNS = new Set(';|&(){}');

/** A backslash at the end of a line. */
function isContinued(text: string, at: number): boolean {
  return text[at] === '\\' && (text[at + 1] === '\n' || text.startsWith('\r\n', at + 1));
}

/** Where a part of a word ends: what is quoted, what is put in, or a character. The same place if there's none. */
function partEnd(text: string, at: number): number {
  const first = text[at];
  if (first === undefined || SIGNS.has(first) || first.trim() === '') return at;
  if (first === '\\') return isContinued(text, at) ? at : Math.min(text.length, at + 2);
  if (first === "'") return behind(text, "'", at + 1);
  if (first === '"') return doubleQuotedEnd(text, at);
  if (text.startsWith('${', at)) return withinLine(text, '}', at);
  if (text.startsWith('$(', at)) return withinLine(text, ')', at);
  return at + 1;
}

function behind(text: string, sign: string, from: number): number {
  const found = text.indexOf(sign, from);
  return found === -1 ? text.length : found + 1;
}

function doubleQuotedEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return Math.min(text.length, end + 1);
}

function withinLine(text: string, sign: string, at: number): number {
  let end = at + 2;
  while (end < text.length && text[end] !== sign && text[end] !== '\n') end++;
  return text[end] === sign ? end + 1 : end;
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
}

function wordOf(text: string, from: number, to: number): ShellWord {
  const word = text.slice(from, to);
  return { text: to - from > LONGEST ? word : unquoted(word), from, to, literal: /['\\]/.test(word) };
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'?|"((?:\\[\s\S]|[^"\\])*)"?|\\([\s\S])/g, (_, single, double, escaped) =>
    single !== undefined ? single : double !== undefined ? double.replace(/\\([\s\S])/g, '$1') : escaped,
  );
}
