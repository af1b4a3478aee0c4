import type { Work } from '../../loss/work.ts';
import { bracketStep, isBlank, isNewline, tokenEnd } from '../sourceTokens.ts';

/** Part of a TOML file, from the start of a line to the end of one. */
interface TomlPiece {
  readonly from: number;
  readonly to: number;
}

interface TomlPieces {
  readonly pieces: readonly TomlPiece[];
  readonly isAll: boolean;
}

/** Characters between two yields. */
const CHARACTERS = 1 << 15;
/** Characters that are parsed at once. The parser takes them in one go, and for some of them in quadratic time. */
const LONGEST = 8_000;
/** The parser is recursive. */
const DEEPEST = 64;
/** Parts of a key. */
const MOST_PARTS = 32;

/** A table's head, or a key with its value, and the comments and empty lines behind it. */
interface Statement extends TomlPiece {
  readonly isRead: boolean;
}

/**
 * A file in pieces that can be parsed on their own, in order. What is too long, too deep, or a key of too many parts isn't in any of
 * them: no config has that. Looks at each character once.
 */
export function* splitToml(text: string): Work<TomlPieces> {
  const pieces: { from: number; to: number }[] = [];
  let isAll = true;
  for (const statement of statementsOf(text)) {
    if (!statement) {
      yield 0;
      continue;
    }
    const { from, to, isRead } = statement;
    const last = pieces.at(-1);
    if (!isRead) isAll = false;
    else if (last && last.to === from && to - last.from <= LONGEST) last.to = to;
    else pieces.push({ from, to });
  }
  return { pieces, isAll };
}

/** Gives nothing at times: long statements take theirs. */
function* statementsOf(text: string): Generator<Statement | undefined> {
  let offset = 0;
  let next = CHARACTERS;
  while (offset < text.length) {
    const from = offset;
    let [depth, deepest, dots] = [0, 0, 0];
    // The name of a table is in brackets of its own.
    let inKey = true;
    for (let isOver = false; offset < text.length && !isOver; ) {
      const character = text.charCodeAt(offset);
      const end = isBlank(character) ? offset + 1 : tokenEnd(text, offset, true);
      if (character === EQUALS) inKey = false;
      if (inKey && character === DOT) dots++;
      depth = Math.max(0, depth + bracketStep(character));
      deepest = Math.max(deepest, depth);
      isOver = isNewline(character) && (depth === 0 || inKey);
      offset = end;
      if (offset < next) continue;
      yield undefined;
      next = offset + CHARACTERS;
    }
    const isRead = offset - from <= LONGEST && deepest <= DEEPEST && dots < MOST_PARTS;
    yield { from, to: offset, isRead };
  }
}

const [DOT, EQUALS] = [0x2e, 0x3d];
