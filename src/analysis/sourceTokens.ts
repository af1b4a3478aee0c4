const [TAB, LINE_FEED, FORM_FEED, CARRIAGE_RETURN, SPACE] = [0x09, 0x0a, 0x0c, 0x0d, 0x20];
const [QUOTE, NUMBER_SIGN, APOSTROPHE, BACKSLASH] = [0x22, 0x23, 0x27, 0x5c];

export function isBlank(character: number): boolean {
  return character === SPACE || character === TAB || character === FORM_FEED;
}

export function isNewline(character: number): boolean {
  return character === LINE_FEED || character === CARRIAGE_RETURN;
}

/** A letter, a digit, an underscore, or anything beyond ASCII. */
export function isWord(character: number): boolean {
  const letter = character | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    (character >= 0x30 && character <= 0x39) ||
    character === 0x5f ||
    character > 0x7f
  );
}

/**
 * Where the token that begins at `offset` ends, in what Python and TOML have in common: strings in one or three quotes, comments, words;
 * anything else is a token by itself. `literal`: a backslash means nothing between apostrophes. Looks at each character once.
 */
export function tokenEnd(code: string, offset: number, literal = false): number {
  const first = code.charCodeAt(offset);
  if (first === QUOTE || first === APOSTROPHE)
    return stringEnd(code, offset, first, literal && first === APOSTROPHE);
  let end = offset + 1;
  if (first === NUMBER_SIGN) while (end < code.length && !isNewline(code.charCodeAt(end))) end++;
  else if (isWord(first)) while (end < code.length && isWord(code.charCodeAt(end))) end++;
  return end;
}

/** Where what is quoted ends, behind its quote: at the end of the line at the latest. A backslash takes what is behind it along. */
export function quotedEnd(text: string, offset: number): number {
  const quote = text.charCodeAt(offset);
  let end = offset + 1;
  while (end < text.length) {
    const character = text.charCodeAt(end);
    if (character === BACKSLASH) end++;
    else if (isNewline(character)) return end;
    else if (character === quote) return end + 1;
    end++;
  }
  return text.length;
}

/** A string in one quote ends with its line at the latest, unless a backslash takes it on. */
function stringEnd(code: string, offset: number, quote: number, literal: boolean): number {
  const isLong = code.charCodeAt(offset + 1) === quote && code.charCodeAt(offset + 2) === quote;
  let end = offset + (isLong ? 3 : 1);
  while (end < code.length) {
    const character = code.charCodeAt(end);
    if (character === BACKSLASH && !literal) {
      end += code.charCodeAt(end + 1) === CARRIAGE_RETURN && code.charCodeAt(end + 2) === LINE_FEED ? 3 : 2;
      continue;
    }
    if (!isLong && isNewline(character)) return end;
    if (character === quote) {
      if (!isLong) return end + 1;
      if (code.charCodeAt(end + 1) === quote && code.charCodeAt(end + 2) === quote) return end + 3;
    }
    end++;
  }
  return code.length;
}

/** 1 for a bracket that opens, −1 for one that closes, else 0. */
export function bracketStep(character: number): -1 | 0 | 1 {
  if (character === 0x28 || character === 0x5b || character === 0x7b) return 1;
  return character === 0x29 || character === 0x5d || character === 0x7d ? -1 : 0;
}

/** The word a text ends with: `smoothing` of `self.smoothing`. */
export function lastWord(text: string): string {
  let from = text.length;
  while (from > 0 && isWord(text.charCodeAt(from - 1))) from--;
  return text.slice(from);
}

/** The names with points between them that end in front of an offset: `cfg.loss` in front of `["eps"]`. */
export function namesBefore(text: string, offset: number): string {
  let from = offset;
  const first = Math.max(0, offset - LONGEST_NAMES);
  while (from > first && (isWord(text.charCodeAt(from - 1)) || text[from - 1] === '.')) from--;
  return text.slice(from, offset);
}

const LONGEST_NAMES = 80;
