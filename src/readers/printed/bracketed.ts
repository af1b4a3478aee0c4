import type { Work } from '../../loss/work.ts';
import { Cursor, type Printing, Unreadable } from '../json/cursor.ts';
import type { Digits } from '../json/digits.ts';
import type { TensorNode } from '../json/node.ts';
import { startsNumber } from '../json/scalars.ts';
import { TensorReader } from '../json/tensor.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../problem.ts';
import { type Head, headOf, impliedType, tailAt, wordBefore } from './heads.ts';
import type { Found } from './printedTensor.ts';
import { scaleAt, scaleBefore, scaled } from './scale.ts';

const OPEN_TUPLE = 0x28;
const OPEN = 0x5b;
const CLOSE_TUPLE = 0x29;
const CLOSE = 0x5d;
const COMMA = 0x2c;
const DOT = 0x2e;
const EQUALS = 0x3d;

/** A tensor, or none; and where to go on looking. */
export interface Looked {
  readonly found: Found | undefined;
  readonly next: number;
}

/** Looks for a tensor that has its first bracket, `[` or `(`, at `offset`. */
export function* bracketedWork(bytes: Uint8Array, end: number, offset: number): Work<Looked> {
  const nothing = { found: undefined, next: offset + 1 };
  const before = bytes[offset - 1] ?? 0;
  const word = wordBefore(bytes, before === EQUALS ? offset - 1 : offset);
  if (/(^|\.)(Size|shape|size)$/i.test(word))
    return { found: undefined, next: closingAfter(bytes, end, offset) };
  if (before === EQUALS || word === '') {
    if (before === CLOSE || before === CLOSE_TUPLE) return nothing;
    return yield* plainListWork(bytes, end, offset);
  }
  const head = bytes[offset] === OPEN_TUPLE ? headOf(bytes, offset, word) : undefined;
  return head ? yield* headedWork(bytes, end, offset + 1, head) : nothing;
}

/** `tensor([[1., 2.]], dtype=torch.float64)`, from after its parenthesis on. */
function* headedWork(bytes: Uint8Array, end: number, inside: number, head: Head): Work<Looked> {
  const scale = scaleAt(bytes, inside, end);
  const start = skipSpace(bytes, scale?.end ?? inside, end);
  if (!startsTensor(bytes, start, end)) return { found: undefined, next: inside };
  const { printer, kind } = head;
  const printing = { printer, commas: hasCommas(bytes, start, end), rounds: !head.isCode };
  const body = yield* bodyWork(bytes, start, end, printing, scale?.factor);
  const isTruth =
    !body.read.ok && 'found' in body.read.problem && /^(True|False)$/.test(String(body.read.problem.found));
  const tail = tailAt(bytes, body.end, end);
  const isWhole = body.digits.whole;
  const type = tail.type ?? (isTruth ? 'bool' : impliedType(printer, isWhole));
  const found = {
    ...body.description,
    kind,
    type,
    isWhole: /^(u?int|bool|long|short)/.test(type),
    isPlainList: false,
    start: head.start,
    end: Math.max(tail.end, body.end),
    read: body.read,
  };
  const next = Math.max(found.end, inside);
  // Code may have anything in its brackets.
  if (head.isCode && !body.read.ok && body.read.problem.reason === 'syntax')
    return { found: undefined, next };
  return { found: body.count === 0 ? undefined : found, next };
}

/** Nested brackets without a word about what they are. Much looks like that at first: only numbers count. */
function* plainListWork(bytes: Uint8Array, end: number, offset: number): Work<Looked> {
  const nothing = { found: undefined, next: offset + 1 };
  if (!startsTensor(bytes, offset, end)) return nothing;
  const commas = hasCommas(bytes, offset, end);
  if (!commas && bytes[offset] === OPEN_TUPLE) return nothing;
  const scale = scaleBefore(bytes, offset);
  const printing: Printing = commas
    ? { printer: 'python', commas, rounds: false }
    : { printer: 'numpy', commas, rounds: true };
  const body = yield* bodyWork(bytes, offset, end, printing, scale?.factor);
  const { read } = body;
  if (!read.ok && !['summarised', 'ragged'].includes(read.problem.reason)) {
    const cutShort = read.problem.reason === 'truncated' && !commas && bytes[offset + 1] === OPEN;
    if (!cutShort) return { found: undefined, next: Math.max(body.end, nothing.next) };
  }
  if (body.count < 2) return { found: undefined, next: body.end };
  const found: Found = {
    ...body.description,
    kind: commas ? 'list' : 'array',
    type: body.digits.whole ? 'int' : 'float',
    isWhole: body.digits.whole,
    isPlainList: commas,
    start: scale?.start ?? offset,
    end: body.end,
    read,
  };
  return { found, next: body.end };
}

interface Body {
  readonly description: Pick<Found, 'printer' | 'shape' | 'decimals' | 'rounding'>;
  readonly digits: Digits;
  readonly count: number;
  /** Where it ends, or where it couldn't be read on. */
  readonly end: number;
  readonly read: Outcome<TensorNode, ReadProblem>;
}

function* bodyWork(
  bytes: Uint8Array,
  start: number,
  end: number,
  printing: Printing,
  factor: number | undefined,
): Work<Body> {
  const cursor = new Cursor(bytes, start, end, { printing });
  // A factor is applied before anything is rounded to float32.
  const reader = new TensorReader(cursor, factor !== undefined);
  const { digits } = reader;
  let read: Outcome<TensorNode, ReadProblem>;
  let shape: readonly number[] = [];
  let count = 1;
  try {
    const written = yield* reader.listWork();
    const node = factor === undefined ? written : scaled(written, factor);
    ({ shape } = node);
    count = node.values.length;
    read = node.flaw ? failure(node.flaw) : success(node);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    read = failure(error.problem);
    count = 2;
  }
  const { decimals, rounding } = digits;
  const { printer, rounds } = printing;
  const description = { printer, shape, decimals, rounding: rounds ? rounding * (factor ?? 1) : 0 };
  return { description, digits, count, end: cursor.offset, read };
}

/** True if a list of numbers, or of lists of them, may begin here. */
function startsTensor(bytes: Uint8Array, offset: number, end: number): boolean {
  let i = offset;
  if (!isOpening(bytes[i])) return false;
  while (i < end && (isOpening(bytes[i]) || isSpace(bytes[i]))) i++;
  return i >= end || startsNumber(bytes[i]!) || bytes[i] === DOT || bytes[i] === CLOSE || isTruth(bytes[i]);
}

/** The first item is followed by a comma, brackets closed meanwhile or not. */
function hasCommas(bytes: Uint8Array, offset: number, end: number): boolean {
  let i = offset;
  while (i < end && (isOpening(bytes[i]) || isSpace(bytes[i]))) i++;
  while (i < end && !isSpace(bytes[i]) && bytes[i] !== COMMA && !isClosing(bytes[i])) i++;
  while (i < end && (isSpace(bytes[i]) || isClosing(bytes[i]))) i++;
  return bytes[i] === COMMA && i < end;
}

/** After the bracket that closes the one at `offset`, where nothing else is nested. */
function closingAfter(bytes: Uint8Array, end: number, offset: number): number {
  let i = offset + 1;
  while (i < end && !isClosing(bytes[i]) && !isOpening(bytes[i])) i++;
  return i;
}

export function skipSpace(bytes: Uint8Array, offset: number, end: number): number {
  let i = offset;
  while (i < end && isSpace(bytes[i])) i++;
  return i;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isOpening(byte: number | undefined): boolean {
  return byte === OPEN || byte === OPEN_TUPLE;
}

function isClosing(byte: number | undefined): boolean {
  return byte === CLOSE || byte === CLOSE_TUPLE;
}

/** The first letter of True or False. */
function isTruth(byte: number | undefined): boolean {
  return byte === 0x54 || byte === 0x46;
}
