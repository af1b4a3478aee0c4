import type { Work } from '../../../loss/work.ts';
import { PatchedText } from '../../common/patchedText.ts';
import type { SourceSpan } from '../../sourcePlace.ts';
import { bracketStep, isBlank, isNewline, isWord, tokenEnd } from '../../sourceTokens.ts';

/** What IPython has and Python doesn't: `%matplotlib inline`, `!pip install x`, `x = !ls`, `nn.Module?`. */
const ANY = /\n[ \t]*[%!?]|^[ \t]*[%!?]|=[ \t]*[%!]|\?[ \t]*\r?(?:\n|$)/;
/** Cell magics whose cell is still Python. */
const PYTHON_CELL = /^%%(?:time|timeit|capture|prun|memit|mprun|lprun|python|python3|pypy|px)\b/;

/** Cell magics whose cell is a shell's script. */
const SHELL_CELL = /^%%(?:bash|sh|shell|!|script[ \t]+(?:--\S+[ \t]+)*(?:ba|z)?sh\b)[^\n]*\n?/;
/** Line magics that run a program with arguments. */
const RUNS = /^(?:!{1,2}|%(?:run|sh|sx|system)\b)/;
/** Characters of the name of such a magic. */
const LONGEST_RUN = 10;
/** No magic that runs something is longer. */
const LONGEST_MAGIC = 1 << 15;

/** A text as the parser can read it, and what was taken out of it. */
export interface MaskedSource {
  readonly text: string;
  readonly commands: readonly CommandSpan[];
}

/** What a magic hands to a shell. */
export interface CommandSpan extends SourceSpan {
  /** `{name}` and `$name` in it are Python's. */
  readonly interpolated: boolean;
}

/** Python that the grammar doesn't have, with what its end is replaced by, so that the grammar has it. Offsets stay. */
const GAPS: readonly (readonly [pattern: RegExp, end: string])[] = [
  // The point of `1.`
  [/(?<![\w.])(\d[\d_]*)\.(?=[^\d\w.]|[eEjJ]|$)/g, '0'],
  // `yield` without a value
  [/\byield(?=[ \t]*(?:[#)\]},;:]|\r?$))/gm, 'False'],
  // A line that goes on with an empty one
  [/\\(?=\r?\n[ \t]*\r?\n)/g, ' '],
];

/** Characters between two yields. */
const CHARACTERS = 1 << 15;

/** The text as the parser can read it: as long, and the same but for what isn't Python, or isn't to the parser. */
export function* maskSource(text: string): Work<MaskedSource> {
  const commands: CommandSpan[] = [];
  let masked = ANY.test(text) ? yield* blankMagics(text, commands) : text;
  for (const [pattern, end] of GAPS) {
    yield 0;
    if (masked.search(pattern) !== -1) masked = yield* replaceEnds(masked, pattern, end);
  }
  return { text: masked, commands };
}

/** The text with another end of the same length for whatever the pattern finds. */
function* replaceEnds(text: string, pattern: RegExp, end: string): Work<string> {
  const patched = new PatchedText(text);
  let next = CHARACTERS;
  for (const { index, 0: whole } of text.matchAll(pattern)) {
    const to = index + whole.length;
    patched.replace(to - end.length, to, end);
    if (to < next) continue;
    yield to / text.length;
    next = to + CHARACTERS;
  }
  return patched.toString();
}

/**
 * The text with IPython's magics replaced by as many characters that are Python, so that every offset stays. The rest of a
 * line inside brackets or a string is left alone: there `%` is an operator, or text. A magic has quotes and brackets of its own.
 */
function* blankMagics(text: string, commands: CommandSpan[]): Work<string> {
  const first = text.search(/\S/);
  if (text.startsWith('%%', first) && !PYTHON_CELL.test(text.slice(first, first + 20))) {
    const magic = SHELL_CELL.exec(text.slice(first, first + LONGEST_MAGIC));
    if (magic) commands.push({ from: first + magic[0].length, to: text.length, interpolated: false });
    return blanked(text);
  }
  const patched = new PatchedText(text);
  let depth = 0;
  let next = CHARACTERS;
  for (let offset = 0; offset < text.length; ) {
    const line = depth === 0 ? magicAt(text, offset) : undefined;
    if (line) {
      const end = continuedTo(text, line.to);
      const runs = RUNS.exec(text.slice(line.from, line.from + LONGEST_RUN));
      if (runs && end - line.from < LONGEST_MAGIC)
        commands.push({ from: line.from + runs[0].length, to: end, interpolated: true });
      const rest = blanked(text.slice(line.from, end));
      const word = end - line.from >= 4 && line.from === line.left ? 'pass' : '0';
      patched.replace(line.from, end, word + rest.slice(word.length));
      offset = Math.min(text.length, end + 1);
    } else {
      let isOver = false;
      while (offset < text.length && !isOver) {
        const character = text.charCodeAt(offset);
        const end = tokenEnd(text, offset);
        // Behind a backslash the line goes on.
        if (character === BACKSLASH && isNewline(text.charCodeAt(end))) offset = pastNewline(text, end);
        else {
          isOver = isNewline(character);
          depth = Math.max(0, depth + bracketStep(character));
          offset = isOver ? pastNewline(text, offset) : end;
        }
        if (offset >= next) {
          yield offset / text.length;
          next = offset + CHARACTERS;
        }
      }
    }
    if (offset >= next) {
      yield offset / text.length;
      next = offset + CHARACTERS;
    }
  }
  return patched.toString();
}

const BACKSLASH = 0x5c;

function pastNewline(text: string, offset: number): number {
  return offset + (text[offset] === '\r' && text[offset + 1] === '\n' ? 2 : 1);
}

/** A line that isn't Python. */
interface Magic {
  /** Behind the indentation. */
  readonly left: number;
  /** Where the magic begins: behind the indentation, or behind an equals sign. */
  readonly from: number;
  /** The end of the line. */
  readonly to: number;
}

/** The magic in the line that begins at `start`. */
function magicAt(text: string, start: number): Magic | undefined {
  let left = start;
  while (isBlank(text.charCodeAt(left))) left++;
  const first = text[left];
  if (first === '%' || first === '!' || first === '?') return { left, from: left, to: endOfLine(text, left) };
  // `x = !ls`
  let sign = left;
  while (sign < text.length && isTarget(text[sign]!)) sign++;
  if (sign === left) return undefined;
  let from = sign + 1;
  while (isBlank(text.charCodeAt(from))) from++;
  if (text[sign] === '=' && (text[from] === '%' || text[from] === '!'))
    return { left, from, to: endOfLine(text, from) };
  // `nn.Module?`
  let mark = sign;
  while (text[mark] === '?' && mark - sign < 2) mark++;
  let to = mark;
  while (isBlank(text.charCodeAt(to))) to++;
  const isOver = to >= text.length || isNewline(text.charCodeAt(to));
  return mark > sign && isOver && isDotted(text.slice(left, sign)) ? { left, from: left, to } : undefined;
}

function isTarget(character: string): boolean {
  return isWord(character.charCodeAt(0)) || '.,[]\'" '.includes(character);
}

function isDotted(name: string): boolean {
  return /^[\w.]+$/.test(name);
}

function endOfLine(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && !isNewline(text.charCodeAt(end))) end++;
  return end;
}

function blanked(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** A shell command goes on behind a backslash. */
function continuedTo(text: string, end: number): number {
  let to = end;
  while (text[to - 1] === '\\' && to < text.length) to = endOfLine(text, pastNewline(text, to));
  return to;
}
