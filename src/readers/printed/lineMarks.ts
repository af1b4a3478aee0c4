import { SLICE, type Work } from '../../loss/work.ts';
import { type PrintedLine, printedLineAt } from './printedLines.ts';

/** Marks are looked for in so many bytes of a line. */
const LONGEST_MARK = 96;
const SPACE = 0x20;
const TAB = 0x09;
const BAR = 0x7c;

const byteDecoder = new TextDecoder('latin1');

/** What stands at the start of each line of something pasted, one kind of mark each; the part of the line that is only a mark. */
const MARKS = [
  // The prompts of Python and IPython, and those of the lines that go on.
  /^\s*(?:>>>|\.\.\.(?= |$)|In \[\d{1,6}\]:|\.\.\.:)/,
  // Mail, and R.
  /^\s*>(?!>>)[> ]{0,20}/,
  /^E(?= {2,})/,
  // Time, level and name as loggers and containers put them before each line.
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?(?:[ |:-]{0,3}\[?(?:DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL)\b\]?)?(?: {1,8}[\w./-]{1,60}:\d{1,6})?(?: [|:-](?= )| std(?:out|err) [FP](?= |$))?|^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,40} [\w.-]{1,40}(?:\[\d{1,7}\])?:(?= |$)|^\[rank ?\d{1,5}\]:/,
  // The name that docker compose puts before each line of a container.
  /^[\w.-]{1,60} {1,20}\|(?= |$)/,
  // The rank that torchrun and srun put before each line, and the numbers of lines.
  /^ {0,8}(?:\[(?:[a-z]{1,16})?\d{1,6}\]:|\d{1,6}:)(?= |$)|^\[[a-z]{1,16}\d{1,6}\]:|^ {1,6}\d{1,6}\t/,
  // What a diff adds, and the lines that go on at the prompt of R.
  /^\+(?!\s*[\d.+])/,
  // A block comment. The line that opens it has no star of its own.
  /^\s*\*(?![*/])/,
] as const;
const STAR = 7;
const STARTS_BLOCK = /\/\*/;

const COMMENTS = [/^\s*#+[>']?/, /^\s*\/\/+!?/, /^\s*%(?= )/, /^\s*--(?= |$)/] as const;
/** A comment behind code, which may go on on lines of its own. */
const TRAILING = [/\s(#+[>']?)(?=\s)/, /\s(\/\/+!?)(?=\s)/, /\s(%)(?= )/, /\s(--)(?= )/] as const;

/** A mark of these that differs from that of the line before is no mark: cells of tables have bars behind them, too. */
const CONTAINER = 4;

/** Lines of comments, one after the other: a text of its own. */
export interface CommentBlock {
  readonly start: number;
  readonly end: number;
}

/**
 * The text without the marks at the heads of its lines (prompts, quotes of mail, stars of block comments, times of logs), where two
 * lines or more have the same: they become spaces, so that all places stay. The bytes as given if there are none.
 */
export function* withoutMarks(bytes: Uint8Array, end: number): Work<Uint8Array> {
  let masked: Uint8Array | undefined;
  let before: (Mark & { readonly line: PrintedLine }) | undefined;
  let nextYield = 0;
  for (
    let line = printedLineAt(bytes, 0, end);
    line.start < end;
    line = printedLineAt(bytes, line.next, end)
  ) {
    if (line.start >= nextYield) {
      yield line.start / end;
      nextYield = line.start + SLICE;
    }
    const mark = mayBeMarked(bytes, line) ? markOf(headOf(bytes, line)) : undefined;
    if (!mark) {
      // The first line of a block comment is as good as one with a star.
      before = hasCommentStart(bytes, line) ? { kind: STAR, line, length: 0, text: '' } : undefined;
      continue;
    }
    const isStar = mark.kind === STAR;
    if (before?.kind === mark.kind && (mark.kind !== CONTAINER || before.text === mark.text)) {
      masked ??= bytes.slice();
      masked.fill(SPACE, before.line.start, before.line.start + before.length);
      masked.fill(SPACE, line.start, line.start + mark.length);
    }
    // The lines of a block comment may have been selected without the one that opens it.
    before = isStar && before?.kind !== mark.kind && line.start > 0 ? undefined : { ...mark, line };
  }
  return masked ?? bytes;
}

/** The comments on lines of their own, and what is behind code right before them. */
export function* commentBlocks(bytes: Uint8Array, end: number): Work<readonly CommentBlock[]> {
  const blocks: { start: number; end: number; kind: number }[] = [];
  let previous: PrintedLine | undefined;
  let nextYield = 0;
  for (
    let line = printedLineAt(bytes, 0, end);
    line.start < end;
    line = printedLineAt(bytes, line.next, end)
  ) {
    if (line.start >= nextYield) {
      yield line.start / end;
      nextYield = line.start + SLICE;
    }
    const kind = mayBeMarked(bytes, line) ? commentKind(headOf(bytes, line)) : -1;
    const last = blocks.at(-1);
    if (kind !== -1) {
      if (last && last.end === line.start && last.kind === kind) last.end = line.next;
      else blocks.push({ start: trailingStart(bytes, previous, kind) ?? line.start, end: line.next, kind });
    }
    previous = line;
  }
  return blocks;
}

/** Makes the marks of a comment's lines spaces. */
export function maskComments(masked: Uint8Array, { start, end }: CommentBlock): void {
  for (
    let line = printedLineAt(masked, start, end);
    line.start < end;
    line = printedLineAt(masked, line.next, end)
  ) {
    const head = headOf(masked, line);
    const mark = COMMENTS.map((comment) => comment.exec(head)?.[0]).find((found) => found !== undefined);
    if (mark !== undefined) masked.fill(SPACE, line.start, line.start + mark.length);
  }
}

/** A line without the marks it begins with, one within the other. */
export function withoutLineMarks(line: string): string {
  let text = line;
  for (let depth = 0; depth < 3; depth++) {
    const comment = COMMENTS.map((each) => each.exec(text)?.[0]).find((found) => found !== undefined);
    const mark =
      comment ??
      MARKS[STAR].exec(text)?.[0] ??
      MARKS[6].exec(text)?.[0] ??
      MARKS[5].exec(text)?.[0] ??
      MARKS[3].exec(text)?.[0] ??
      MARKS[2].exec(text)?.[0] ??
      MARKS[1].exec(text)?.[0];
    if (mark === undefined) return text;
    text = text.slice(mark.length);
  }
  return text;
}

/** The first bytes that may be a mark. Most lines have none of them, and aren't looked at any further. */
function mayBeMarked(bytes: Uint8Array, line: PrintedLine): boolean {
  const { start, end } = line;
  let i = start;
  while (i < end && i - start < LONGEST_MARK && (bytes[i] === SPACE || bytes[i] === TAB)) i++;
  const byte = bytes[i];
  if (byte === undefined || i >= end) return false;
  const isDigit = byte >= 0x30 && byte <= 0x39;
  // "May 01 12:00:00" of a system's log.
  if (i === start && bytes[i + 3] === SPACE && bytes[i + 6] === SPACE) return true;
  return STARTS.has(byte) || (isDigit && i - start <= 8) || (i === start && hasOneBar(bytes, line));
}

/** True for a bar after a name, and no other on the line: that of a container. */
function hasOneBar(bytes: Uint8Array, { start, end }: PrintedLine): boolean {
  const bar = bytes.subarray(start, Math.min(end, start + LONGEST_MARK)).indexOf(BAR);
  return bar > 0 && bytes.subarray(start + bar + 1, end).indexOf(BAR) === -1;
}

const STARTS: ReadonlySet<number> = new Set(
  Array.from('>.IE*#/%[-+', (character) => character.charCodeAt(0)),
);

function headOf(bytes: Uint8Array, { start, end }: PrintedLine): string {
  return byteDecoder.decode(bytes.subarray(start, Math.min(end, start + LONGEST_MARK)));
}

interface Mark {
  /** Which of `MARKS`. */
  readonly kind: number;
  readonly text: string;
  readonly length: number;
}

function markOf(head: string): Mark | undefined {
  for (const [kind, mark] of MARKS.entries()) {
    const text = mark.exec(head)?.[0];
    if (text !== undefined) return { kind, text, length: text.length };
  }
  return undefined;
}

function commentKind(head: string): number {
  return COMMENTS.findIndex((comment) => comment.test(head));
}

function hasCommentStart(bytes: Uint8Array, line: PrintedLine): boolean {
  return STARTS_BLOCK.test(headOf(bytes, line));
}

/** After the mark of a comment behind code, if the line has one near its end. */
function trailingStart(bytes: Uint8Array, line: PrintedLine | undefined, kind: number): number | undefined {
  if (!line) return undefined;
  const from = Math.max(line.start, line.end - 4 * LONGEST_MARK);
  const match = TRAILING[kind]!.exec(byteDecoder.decode(bytes.subarray(from, line.end)));
  return match ? from + match.index + match[0].length : undefined;
}
