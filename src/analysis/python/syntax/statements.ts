import type { Work } from '../../../loss/work.ts';
import { bracketStep, isBlank, isNewline, isWord, tokenEnd } from '../../sourceTokens.ts';

/** A statement at the left edge of a source, with all that belongs to it: its decorators, its blocks, the blank lines behind it. */
export interface Statement {
  readonly from: number;
  readonly to: number;
  /** About how many tokens it has. */
  readonly tokens: number;
  /** How many brackets are open at once, at most. */
  readonly depth: number;
}

/** Characters between two yields. */
const CHARACTERS = 1 << 15;

/** Words that begin a line, but no statement. */
const CONTINUES = new Set(['else', 'elif', 'except', 'finally']);

/** The statements of a source without magics: together they are all of it. Reads each character once, whatever is written there. */
export function* splitStatements(code: string): Work<readonly Statement[]> {
  const found: Statement[] = [];
  let [from, tokens, depth, deepest] = [0, 0, 0, 0];
  let decorated = false;
  let goesOn = false;
  let next = CHARACTERS;
  for (let at = 0; at < code.length; ) {
    if (depth === 0 && !goesOn && beginsStatement(code, at)) {
      if (!decorated && at > from) {
        found.push({ from, to: at, tokens, depth: deepest });
        [from, tokens, deepest] = [at, 0, 0];
      }
      decorated = code[at] === '@';
    }
    goesOn = false;
    while (at < code.length) {
      const character = code.charCodeAt(at);
      if (isNewline(character)) {
        tokens++;
        at++;
        break;
      }
      const end = isBlank(character) ? at + 1 : tokenEnd(code, at);
      if (!isBlank(character)) tokens += tokensIn(code, at, end);
      goesOn = character === BACKSLASH && (end >= code.length || isNewline(code.charCodeAt(end)));
      depth = Math.max(0, depth + bracketStep(character));
      deepest = Math.max(deepest, depth);
      at = end;
      if (at >= next) {
        yield at / code.length;
        next = at + CHARACTERS;
      }
    }
    // The second half of a line end isn't a line.
    if (code[at - 1] === '\r' && code[at] === '\n') at++;
  }
  if (code.length > from || found.length === 0) found.push({ from, to: code.length, tokens, depth: deepest });
  return found;
}

const BACKSLASH = 0x5c;

function beginsStatement(code: string, at: number): boolean {
  const character = code.charCodeAt(at);
  if (isBlank(character) || isNewline(character) || bracketStep(character) < 0 || code[at] === '#')
    return false;
  if (!isWord(character)) return true;
  let end = at + 1;
  while (end - at < 8 && isWord(code.charCodeAt(end))) end++;
  return !CONTINUES.has(code.slice(at, end));
}

/** A string is one to us. To the parser, whatever is put into it, and each escape, is a token of its own. */
function tokensIn(code: string, from: number, to: number): number {
  const first = code[from];
  if (first !== '"' && first !== "'") return 1;
  let count = 1;
  for (let at = from; at < to; at++) {
    const character = code.charCodeAt(at);
    if (character === BACKSLASH) count++;
    else if (character === 0x7b) count += 4;
  }
  return count;
}
