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
/** No name in braces is longer. */
const LONGEST_NAME = 100;

/** The words in a part of a text, whatever separates its commands. */
export function wordsIn(text: string, { from, to }: SourceSpan): readonly ShellWord[] {
  return Array.from(commandsIn(text, { from, to }), (words = []) => words).flat();
}

/** The commands in a part of a text. Gives nothing at times, as `commandsOf` does. */
export function* commandsIn(
  text: string,
  { from, to }: SourceSpan,
  interpolated = false,
): Generator<readonly ShellWord[] | undefined> {
  for (const words of commandsOf(text.slice(from, to), interpolated))
    yield words?.map((word) => ({ ...word, from: word.from + from, to: word.to + from }));
}

/**
 * The commands of a shell script, each with its words. Gives nothing at times: long commands take theirs. `interpolated`: `{name}`
 * is a part of a word.
 */
export function* commandsOf(text: string, interpolated = false): Generator<readonly ShellWord[] | undefined> {
  let words: ShellWord[] = [];
  let next = CHARACTERS;
  for (let offset = 0; offset < text.length; ) {
    const character = text.charCodeAt(offset);
    let end = offset + 1;
    if (text[offset] === '#') end = endOfLine(text, offset);
    else if (
      text[offset] === '\n' ||
      (SIGNS.has(text[offset]!) && !(interpolated && isBraced(text, offset)))
    ) {
      if (words.length > 0) yield words;
      words = [];
    } else if (!isBlank(character) && !isNewline(character) && !isContinued(text, offset)) {
      end = offset;
      for (;;) {
        const part =
          interpolated && isBraced(text, end) ? withinLine(text, '}', end - 1) : partEnd(text, end);
        if (part === end) break;
        end = part;
        if (end < next) continue;
        yield undefined;
        next = end + CHARACTERS;
      }
      if (end > offset) words.push(wordOf(text, offset, end));
      else end = offset + 1;
    }
    offset = end;
    if (offset < next) continue;
    yield undefined;
    next = offset + CHARACTERS;
  }
  if (words.length > 0) yield words;
}

/** They end a command. */
const SIGNS = new Set(';|&(){}');

/** `{name}` and `{sys.executable}`, which IPython puts the value in for. */
function isBraced(text: string, offset: number): boolean {
  return text[offset] === '{' && /^\{[\w.]+\}/.test(text.slice(offset, offset + LONGEST_NAME));
}

/** A backslash at the end of a line. */
function isContinued(text: string, offset: number): boolean {
  return text[offset] === '\\' && (text[offset + 1] === '\n' || text.startsWith('\r\n', offset + 1));
}

/** Where a part of a word ends: what is quoted, what is put in, or a character. The same place if there's none. */
function partEnd(text: string, offset: number): number {
  const first = text[offset];
  if (first === undefined || SIGNS.has(first) || first.trim() === '') return offset;
  if (first === '\\') return isContinued(text, offset) ? offset : Math.min(text.length, offset + 2);
  if (first === "'") return behind(text, "'", offset + 1);
  if (first === '"') return doubleQuotedEnd(text, offset);
  if (text.startsWith('${{', offset)) return behindBraces(text, offset);
  if (text.startsWith('${', offset)) return withinLine(text, '}', offset);
  if (text.startsWith('$(', offset)) return withinLine(text, ')', offset);
  return offset + 1;
}

function behind(text: string, sign: string, from: number): number {
  const end = text.indexOf(sign, from);
  return end === -1 ? text.length : end + 1;
}

function doubleQuotedEnd(text: string, offset: number): number {
  let end = offset + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return Math.min(text.length, end + 1);
}

function withinLine(text: string, sign: string, offset: number): number {
  let end = offset + 2;
  while (end < text.length && text[end] !== sign && text[end] !== '\n') end++;
  return text[end] === sign ? end + 1 : end;
}

/** `${{ matrix.smoothing }}` of a workflow. */
function behindBraces(text: string, offset: number): number {
  const line = endOfLine(text, offset);
  const end = text.indexOf('}}', offset);
  return end === -1 || end > line ? withinLine(text, '}', offset) : end + 2;
}

function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
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
