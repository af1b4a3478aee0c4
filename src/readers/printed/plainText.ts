import { countUpTo } from '../../loss/binarySearch.ts';
import { SLICE, type Work } from '../../loss/work.ts';
import type { Node } from '../json/jsonNodes.ts';
import type { ReadProblem } from '../readProblem.ts';

/** U+00A0 in UTF-8. */
const [BEFORE_NO_BREAK, NO_BREAK] = [0xc2, 0xa0];
const SPACE = 0x20;
const ESCAPE = 0x1b;
const BELL = 0x07;
/** What an escape sequence of a terminal begins with: a control sequence (colours), or a command to it (links, titles). */
const CONTROL = 0x5b;
const COMMAND = 0x5d;

/** A text without a terminal's escape sequences, which may stand anywhere, even within a number. */
export interface PlainText {
  readonly bytes: Uint8Array;
  readonly end: number;
  /** Something was left out. */
  readonly isCut: boolean;
  /** Where a byte of it is in the text as given. */
  readonly placeOf: (offset: number) => number;
}

/** The first `end` bytes. They aren't copied if there is nothing to leave out. */
export function* toPlainText(given: Uint8Array, end: number): Work<PlainText> {
  const bytes = yield* withPlainSpaces(given, end);
  const first = bytes.indexOf(ESCAPE);
  if (first === -1 || first >= end) return { bytes, end, isCut: false, placeOf: (offset) => offset };
  const plain = new Uint8Array(end);
  /** Where in `plain` something was left out, and how much so far. */
  const cuts: number[] = [];
  const left: number[] = [];
  let length = 0;
  let nextYield = 0;
  for (let i = 0; i < end; ) {
    if (i >= nextYield) {
      yield i / end;
      nextYield = i + SLICE;
    }
    if (bytes[i] !== ESCAPE) {
      plain[length++] = bytes[i++]!;
      continue;
    }
    i = afterEscape(bytes, i, end);
    cuts.push(length);
    left.push(i - length);
  }
  return {
    bytes: plain,
    end: length,
    isCut: true,
    placeOf: (offset) => offset + (left[countUpTo(cuts, offset) - 1] ?? 0),
  };
}

/** With spaces for those that don't break, as web pages have them: two bytes each, so all places stay. */
function* withPlainSpaces(bytes: Uint8Array, end: number): Work<Uint8Array> {
  let plain: Uint8Array | undefined;
  let nextYield = 0;
  for (let i = bytes.indexOf(NO_BREAK); i !== -1 && i < end; i = bytes.indexOf(NO_BREAK, i + 1)) {
    if (i >= nextYield) {
      yield i / end;
      nextYield = i + SLICE;
    }
    if (bytes[i - 1] !== BEFORE_NO_BREAK) continue;
    plain ??= bytes.slice();
    plain.fill(SPACE, i - 1, i + 1);
  }
  return plain ?? bytes;
}

function afterEscape(bytes: Uint8Array, start: number, end: number): number {
  const kind = bytes[start + 1];
  let i = start + 2;
  if (kind === CONTROL) {
    while (i < end && bytes[i]! >= 0x20 && bytes[i]! < 0x40) i++;
    return Math.min(i + 1, end);
  }
  if (kind !== COMMAND) return Math.min(i, end);
  while (i < end && bytes[i] !== BELL && bytes[i] !== ESCAPE) i++;
  return Math.min(i + (bytes[i] === BELL ? 1 : 2), end);
}

/** The range [start, end) in the text as given. What was left out after its last byte isn't in it. */
export function rangeIn({ placeOf }: PlainText, start: number, end: number): { start: number; end: number } {
  return { start: placeOf(start), end: end > start ? placeOf(end - 1) + 1 : placeOf(start) };
}

/** [start, end) pairs as they are in the text as given. They aren't copied if nothing was left out. */
export function* placedSpans(text: PlainText, spans: Float64Array): Work<Float64Array> {
  if (!text.isCut) return spans;
  const placed = new Float64Array(spans.length);
  for (let i = 0; i < spans.length; i += 2) {
    if (i % SLICE === 0) yield i / spans.length;
    const { start, end } = rangeIn(text, spans[i]!, spans[i + 1]!);
    [placed[i], placed[i + 1]] = [start, end];
  }
  return placed;
}

/** A node with its places in the text as given. */
export function placed(text: PlainText, node: Node): Node {
  const range = rangeIn(text, node.start, node.end);
  if (node.type === 'tensor') {
    // Columns of a table may have them in common.
    const spans = node.spans.slice();
    for (let i = 0; i < spans.length; i += 2) {
      const span = rangeIn(text, spans[i]!, spans[i + 1]!);
      spans[i] = span.start;
      spans[i + 1] = span.end;
    }
    return { ...node, ...range, spans, flaw: node.flaw && placedProblem(text, node.flaw) };
  }
  if (node.type === 'object') {
    const members = [...node.members].map(([key, member]) => [key, placed(text, member)] as const);
    return { ...node, ...range, members: new Map(members) };
  }
  return { ...node, ...range };
}

/** The same problem with its offsets in the source, instead of in the plain text. */
export function placedProblem({ placeOf }: PlainText, problem: ReadProblem): ReadProblem {
  const offset = placeOf(problem.offset);
  if (problem.reason !== 'truncated') return { ...problem, offset };
  return { ...problem, offset, openedAt: placeOf(problem.openedAt) };
}
