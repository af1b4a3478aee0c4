import type { Work } from '../../../loss/work.ts';
import type { TensorNode } from '../../json/jsonNodes.ts';
import { TensorReader } from '../../json/tensors/tensorReader.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import type { ReadProblem } from '../../readProblem.ts';
import { Cursor, type Printing, Unreadable } from '../../text/cursor.ts';
import type { Digits } from '../../text/digits.ts';
import type { FoundTensor } from '../printedTensor.ts';
import { type Brackets, CLOSE, CLOSE_TUPLE, OPEN, OPEN_TUPLE } from './brackets.ts';
import { callAround, operationOn } from './computed.ts';
import { scaleAt, scaleBefore, scaled } from './printedScale.ts';
import { readSparseTensor } from './sparseTensor.ts';
import { type Head, headOf, impliedType, nxHead, paddleList, tailAt, wordBefore } from './tensorHeads.ts';

const EQUALS = 0x3d;
/** `Float32[1.5, 2.5]` */
const JULIA_TYPE = /^(?:Float|U?Int)\d{1,3}$/;

/** A tensor, or none; and where to go on looking. */
export interface Looked {
  readonly found: FoundTensor | undefined;
  readonly next: number;
}

/** Looks for a tensor that has its first bracket, `[` or `(`, at `offset`. */
export function* readBracketed(text: Brackets, offset: number): Work<Looked> {
  const { bytes } = text;
  const nothing = { found: undefined, next: offset + 1 };
  const before = bytes[offset - 1] ?? 0;
  const word = wordBefore(bytes, before === EQUALS ? offset - 1 : offset);
  // Of tensors of several lengths none is meant by itself.
  if (/(^|\.)(Size|shape|size|nested_tensor)$/i.test(word))
    return { found: undefined, next: text.afterClosing(offset + 1, 1) };
  const isTyped = bytes[offset] === OPEN && JULIA_TYPE.test(word);
  if (before === EQUALS || word === '' || isTyped) {
    if (before === CLOSE || before === CLOSE_TUPLE) return nothing;
    const looked = yield* readPlainList(text, offset);
    const { found } = looked;
    return isTyped && found
      ? { ...looked, found: { ...found, type: word.toLowerCase(), start: offset - word.length } }
      : looked;
  }
  const head = bytes[offset] === OPEN_TUPLE ? headOf(bytes, offset, word) : undefined;
  return head ? yield* readHeaded(text, offset + 1, head) : nothing;
}

/** `tensor([[1., 2.]], dtype=torch.float64)`, from after its parenthesis on. */
function* readHeaded(text: Brackets, inside: number, head: Head): Work<Looked> {
  const { bytes, end } = text;
  const sparse = yield* readSparseTensor(bytes, inside, end, head, text.room);
  if (sparse) return { found: sparse, next: sparse.end };
  const scale = scaleAt(bytes, inside, end);
  const listed = paddleList(bytes, inside, end, head);
  const start = listed?.start ?? text.skipSpace(scale?.end ?? inside);
  if (!text.startsTensor(start)) return { found: undefined, next: inside };
  const { kind } = head;
  const printer = head.printer === 'paddle' && listed === undefined ? 'pytorch' : head.printer;
  const printing = { printer, commas: text.hasCommas(start), rounds: !head.isCode };
  const body = yield* readBody(text, start, printing, scale?.factor);
  const problem = body.read.ok ? undefined : body.read.problem;
  const isBroken =
    problem?.reason === 'not-a-number' || problem?.reason === 'syntax' || problem?.reason === 'truncated';
  const isTruth = body.read.ok && body.read.value.areTruths === true;
  const isOther = isBroken && problem.offset === text.firstItem(start);
  if (isOther) return { found: undefined, next: inside };
  const tail = tailAt(bytes, body.end, end);
  const type = tail.type ?? listed?.type ?? (isTruth ? 'bool' : impliedType(printer, body.digits.whole));
  const found = {
    ...body.description,
    kind,
    type,
    isWhole: /^(u?int|bool|long|short)/.test(type),
    isLiteral: head.isCode,
    ...(head.isParameter && { isParameter: true }),
    ...(tail.isLoss && { spareName: 'loss' }),
    start: head.start,
    end: tail.end,
    read: tail.isStructured
      ? failure({
          reason: 'array-type',
          offset: head.start,
          kind: 'structured',
          found: 'structured',
        } as const)
      : head.isCode
        ? asWritten(bytes, head.start, tail.end, body.read)
        : body.read,
  };
  // A list that goes on to the end of the text in code may be no list at all.
  const isOpen = head.isCode && problem?.reason === 'truncated';
  return { found: body.count === 0 || isOpen ? undefined : found, next: found.end };
}

/** Numbers in code, unless something else is computed from them at once. */
function asWritten(bytes: Uint8Array, start: number, end: number, read: Body['read']): Body['read'] {
  const operation = operationOn(bytes, start, end);
  return operation === undefined || !read.ok
    ? read
    : failure({ reason: 'computed', offset: start, found: operation });
}

/** What stands where a number should; words that aren't numbers say what they are. */
function notUnderstood(problem: Extract<ReadProblem, { readonly reason: 'syntax' }>): ReadProblem {
  const { offset, found, expected } = problem;
  // Between two numbers it's the comma that's missing.
  const lacksComma = expected === 'comma' && /^-?[\d.]+$/.test(found);
  return found === '' || lacksComma ? problem : { reason: 'not-a-number', offset, found };
}

/** Nested brackets without a word about what they are. Much looks like that at first: only numbers count. */
function* readPlainList(text: Brackets, offset: number): Work<Looked> {
  const { bytes } = text;
  const nothing = { found: undefined, next: offset + 1 };
  if (!text.startsTensor(offset)) return nothing;
  const commas = text.hasCommas(offset);
  if (!commas && bytes[offset] === OPEN_TUPLE) return nothing;
  const scale = scaleBefore(bytes, offset);
  const printing: Printing = commas
    ? { printer: 'python', commas, rounds: false }
    : { printer: 'numpy', commas, rounds: true };
  const body = yield* readBody(text, offset, printing, scale?.factor);
  const { read } = body;
  if (!read.ok && !['summarised', 'ragged', 'cut'].includes(read.problem.reason)) {
    const cutShort = read.problem.reason === 'truncated' && !commas && bytes[offset + 1] === OPEN;
    // If it began with numbers, no other part of it counts either.
    const next = read.problem.offset === text.firstItem(offset) ? read.problem.offset : body.end;
    if (!cutShort && !isMistaken(text, offset, read.problem))
      return { found: undefined, next: Math.max(next, nothing.next) };
  }
  if (body.count < 2) return { found: undefined, next: body.end };
  const call = commas ? callAround(bytes, offset) : undefined;
  const nx = commas ? nxHead(bytes, offset) : undefined;
  const found: FoundTensor = {
    ...body.description,
    kind: commas ? 'list' : 'array',
    type: nx?.type ?? (body.digits.whole ? 'int' : 'float'),
    isWhole: nx ? /int/.test(nx.type) : body.digits.whole,
    isLiteral: commas && !nx,
    start: nx?.start ?? scale?.start ?? offset,
    end: body.end,
    read: call === undefined || !read.ok ? read : failure({ reason: 'computed', offset, found: call }),
  };
  return { found, next: body.end };
}

/** True if rows of numbers have something else among them: a list of lists that begins with a number. */
function isMistaken(text: Brackets, offset: number, problem: ReadProblem): boolean {
  const first = text.firstItem(offset);
  const isNested =
    text.bytes.subarray(offset, first).filter((byte) => byte === OPEN || byte === OPEN_TUPLE).length > 1;
  return problem.reason === 'not-a-number' && isNested && problem.offset !== first;
}

interface Body {
  readonly description: Pick<FoundTensor, 'printer' | 'shape' | 'decimals' | 'rounding'>;
  readonly digits: Digits;
  readonly count: number;
  /** Where it ends, be it read or not. */
  readonly end: number;
  readonly read: Outcome<TensorNode, ReadProblem>;
}

function* readBody(
  text: Brackets,
  start: number,
  printing: Printing,
  factor: number | undefined,
): Work<Body> {
  const cursor = new Cursor(text.bytes, start, text.end, { printing });
  // A factor is applied before anything is rounded to float32.
  const reader = new TensorReader(cursor, factor !== undefined);
  const { digits } = reader;
  let read: Outcome<TensorNode, ReadProblem>;
  let shape: readonly number[] = [];
  let count = 1;
  let after = start;
  try {
    const written = yield* reader.readList();
    const node = factor === undefined ? written : scaled(written, factor);
    ({ shape } = node);
    count = node.values.length;
    read = node.flaw ? failure(node.flaw) : success(node);
    after = cursor.offset;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { problem } = error;
    const { flaw } = reader;
    // What is cut may have lost its brackets with its numbers.
    const isCut = flaw?.reason === 'cut' || flaw?.reason === 'summarised';
    read = failure(isCut ? flaw : problem.reason === 'syntax' ? notUnderstood(problem) : problem);
    count = 2;
    after = text.afterClosing(cursor.offset, cursor.depth);
  }
  const { decimals, rounding } = digits;
  const { printer, rounds } = printing;
  const description = { printer, shape, decimals, rounding: rounds ? rounding * (factor ?? 1) : 0 };
  return { description, digits, count, end: after, read };
}
