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
  const statements: Statement[] = [];
  let [from, tokens, depth, deepest] = [0, 0, 0, 0];
  let decorated = false;
  let goesOn = false;
  let next = CHARACTERS;
  for (let offset = 0; offset < code.length; ) {
    if (depth === 0 && !goesOn && beginsStatement(code, offset)) {
      if (!decorated && offset > from) {
        statements.push({ from, to: offset, tokens, depth: deepest });
        [from, tokens, deepest] = [offset, 0, 0];
      }
      decorated = code[offset] === '@';
    }
    goesOn = false;
    while (offset < code.length) {
      const character = code.charCodeAt(offset);
      if (isNewline(character)) {
        tokens++;
        offset++;
        break;
      }
      const end = isBlank(character) ? offset + 1 : tokenEnd(code, offset);
      if (!isBlank(character)) tokens += tokensIn(code, offset, end);
      goesOn = character === BACKSLASH && (end >= code.length || isNewline(code.charCodeAt(end)));
      depth = Math.max(0, depth + bracketStep(character));
      deepest = Math.max(deepest, depth);
      offset = end;
      if (offset >= next) {
        yield offset / code.length;
        next = offset + CHARACTERS;
      }
    }
    // The second half of a line end isn't a line.
    if (code[offset - 1] === '\r' && code[offset] === '\n') offset++;
  }
  if (code.length > from || statements.length === 0)
    statements.push({ from, to: code.length, tokens, depth: deepest });
  return statements;
}

const BACKSLASH = 0x5c;

function beginsStatement(code: string, offset: number): boolean {
  const character = code.charCodeAt(offset);
  if (isBlank(character) || isNewline(character) || bracketStep(character) < 0 || code[offset] === '#')
    return false;
  if (!isWord(character)) return true;
  let end = offset + 1;
  while (end - offset < 8 && isWord(code.charCodeAt(end))) end++;
  return !CONTINUES.has(code.slice(offset, end));
}

/** A string is one to us. To the parser, whatever is put into it, and each escape, is a token of its own. */
function tokensIn(code: string, from: number, to: number): number {
  const first = code[from];
  if (first !== '"' && first !== "'") return 1;
  let count = 1;
  for (let offset = from; offset < to; offset++) {
    const character = code.charCodeAt(offset);
    if (character === BACKSLASH) count++;
    else if (character === 0x7b) count += 4;
  }
  return count;
}
