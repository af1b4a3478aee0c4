import type { Work } from '../../loss/work.ts';
import { failure, success } from '../outcome.ts';
import { readBracketed } from './bracketed/bracketedTensors.ts';
import { Brackets, type Room } from './bracketed/brackets.ts';
import { isMatrixCode, readMatrixCode } from './bracketed/matrixCode.ts';
import { textBefore } from './bracketed/tensorHeads.ts';
import { isPercentLine, readScoreLines } from './byClass/scoreLines.ts';
import { readScoreMaps } from './byClass/scoreMaps.ts';
import { readScorePairs } from './byClass/scorePairs.ts';
import { type CommentBlock, commentBlocks, maskComments, withoutMarks } from './lineMarks.ts';
import { withoutCalls } from './names/callNames.ts';
import { Names } from './names/printedNames.ts';
import { type PlainText, placed, placedProblem, rangeIn, toPlainText } from './plainText.ts';
import type { FoundTensor, PrintedTensor } from './printedTensor.ts';
import { readBarTable } from './tables/barTable.ts';
import { readCopiedRows } from './tables/copiedRows.ts';
import { readDataFrame } from './tables/dataFrame.ts';
import { readDelimitedText } from './tables/delimitedText.ts';
import { readHtmlTable, startsHtmlTable } from './tables/htmlTable.ts';
import { readInsertedRows } from './tables/insertedRows.ts';
import { readMarkupTable } from './tables/markupTable.ts';
import type { PrintedTable } from './tables/printedTable.ts';
import { readRecordTable } from './tables/recordTable.ts';
import { readRowRecords } from './tables/rowRecords.ts';
import { readRuledTable } from './tables/ruledTable.ts';
import { readSeries } from './tables/series.ts';
import { readJuliaFrame } from './tables/statistical/juliaFrame.ts';
import { readMatlabTable } from './tables/statistical/matlabTable.ts';
import { readNumberedRows } from './tables/statistical/numberedRows.ts';
import { readPredictedRows } from './tables/statistical/predictedRows.ts';
import { readTibble } from './tables/statistical/tibble.ts';
import { readFootedTensor } from './unbracketed/footerTensors.ts';
import { readJuliaArray } from './unbracketed/juliaArrays.ts';
import { readMatlabPages } from './unbracketed/matlabPages.ts';
import { readNimTensor } from './unbracketed/nimTensor.ts';
import { readRStructure } from './unbracketed/rStructure.ts';
import { readRVector } from './unbracketed/rVector.ts';

const OPEN = 0x5b;
/** The length of "Tensor", before the bracket in which Nim has the type. */
const NIM_WORD = 6;
const OPEN_TUPLE = 0x28;
const OPEN_MAP = 0x7b;
const LESS = 0x3c;
const [NEWLINE, RETURN, SPACE] = [0x0a, 0x0d, 0x20];
/** How far to look between two yields: there may be a tensor every few bytes. */
const STRETCH = 1 << 12;
/** So many numbers all sparse tensors of a text may be filled up to. */
const MOST_FILLED = 1 << 18;
/** How many are named between two yields. */
const PIECES = 1 << 9;

/** A table of a text, before it's known what its columns are. Its offsets are those of `text`. */
export interface FoundTable {
  readonly kind: 'table';
  /** What it is printed after; null if nothing names it. */
  readonly name: string | null;
  readonly table: PrintedTable;
  readonly text: PlainText;
}

/** What there is in a text: a tensor, or a table. */
export type Piece = { readonly kind: 'tensor'; readonly tensor: PrintedTensor } | FoundTable;

/** All tensors and tables in UTF-8 text, in its order, tables with all of their cells. Offsets of tensors are those of `bytes`. */
export function* findPieces(bytes: Uint8Array): Work<readonly Piece[]> {
  const names = new Names();
  const pieces: Piece[] = [];
  const all = yield* findAll(bytes);
  // In the languages with such matrices lists count classes from 1, too.
  const countFrom1 = all.some(({ found }) => !isTable(found) && isMatrixCode(found));
  for (const [i, { found, text }] of all.entries()) {
    if (i % PIECES === PIECES - 1) yield i / all.length;
    if (!isTable(found)) {
      if (!isShapeOf(found, all[i + 1]?.found) && !isOfSentence(text.bytes, found))
        pieces.push({
          kind: 'tensor',
          tensor: described(text, names, countFrom1 ? { ...found, firstIndex: 1 } : found),
        });
    } else {
      const { name, isNamed } = names.next(text.source, { ...found, kind: 'frame', isWhole: false });
      pieces.push({ kind: 'table', name: isNamed ? name : null, table: found, text });
    }
  }
  const shown = withoutArguments(bytes, pieces);
  if (shown.length > 0) return shown;
  if (pieces.length > 0) return pieces;
  const text = yield* toPlainText(bytes, bytes.length);
  const table = yield* readDelimitedText(text.bytes, text.end);
  return table ? [{ kind: 'table', name: null, table, text }] : [];
}

/** True for a shape that is written as a list before the tensor that has it: `[1, 12]`, `logits (2, 3):`. */
function isShapeOf(found: FoundTensor, next: Found['found'] | undefined): boolean {
  const { isLiteral, isWhole, shape, read } = found;
  if (!isLiteral || !isWhole || shape.length !== 1 || !read.ok || read.value.type !== 'tensor') return false;
  const { values } = read.value;
  if (!next || isTable(next) || values.length < 2 || values.length !== next.shape.length) return false;
  return next.shape.every((axis, i) => axis === values[i]);
}

/** True for the numbers of references, and for what a loop goes through: "see [1, 2] and [3, 4]", "for alpha in [0.1, 0.2]". */
function isOfSentence(bytes: Uint8Array, { isLiteral, isWhole, shape, start }: FoundTensor): boolean {
  if (!isLiteral || shape.length !== 1) return false;
  const before = textBefore(bytes, start, LONGEST_WORD);
  // A shape in a sentence: "METAL (2, 2) float".
  if (bytes[start] === OPEN_TUPLE && isWhole && /[\w.] $/.test(before)) return true;
  return LOOP.test(before) || before.endsWith('shape "') || (isWhole && REFERENCE.test(before));
}

const LOOP = /\sin $/;
const REFERENCE = /\b(?:and|or|see|of|cf\.?|refs?\.?) $/i;
const LONGEST_WORD = 16;

/** Without lists that code gives to a function, which makes something else of them: `Normalize([0.5, 0.5], [0.2, 0.2])`. */
function withoutArguments(bytes: Uint8Array, pieces: readonly Piece[]): readonly Piece[] {
  /** Where the last of them ended. */
  let end = -1;
  return pieces.filter((piece) => {
    if (piece.kind !== 'tensor' || piece.tensor.isNamed || !piece.tensor.isLiteral) return true;
    const { start } = piece.tensor;
    const isNext =
      end !== -1 && start - end <= LONGEST_CALL && /^,\s*$/.test(textBefore(bytes, start, start - end));
    const isArgument = isNext || CALL.test(withoutCalls(textBefore(bytes, start, LONGEST_CALL)));
    if (isArgument) ({ end } = piece.tensor);
    return !isArgument;
  });
}

const CALL = /\w\($/;
const LONGEST_CALL = 64;

/** Something that was found, in the text that it was found in. */
interface Found {
  readonly found: FoundTensor | PrintedTable;
  readonly text: MarkedText;
  readonly isComment: boolean;
}

/** A text in which the marks of quoted lines are spaces; `source` has them. */
interface MarkedText extends PlainText {
  readonly source: Uint8Array;
  readonly room: Room;
}

function isTable(found: FoundTensor | PrintedTable): found is PrintedTable {
  return 'cells' in found;
}

/** Comments are texts of their own: what begins before one, as a list in code, goes on behind it. */
function* findAll(bytes: Uint8Array): Work<readonly Found[]> {
  const plain = yield* toPlainText(bytes, bytes.length);
  const { end } = plain;
  const unmarked = yield* withoutMarks(plain.bytes, end);
  const text: MarkedText = { ...plain, bytes: unmarked, source: plain.bytes, room: { left: MOST_FILLED } };
  const all: Found[] = [];
  let start = 0;
  const blocks = yield* commentBlocks(unmarked, end);
  const comments =
    blocks.length === 0 ? text : { ...text, bytes: yield* withoutComments(unmarked, blocks, end) };
  for (const block of blocks) {
    // A block begins within a line if that ends with it.
    start = yield* findIn(text, start, block.start, all, false);
    if (start < block.end)
      yield* findIn({ ...comments, end: block.end }, Math.max(start, block.start), block.end, all, true);
    start = Math.max(start, block.end);
  }
  yield* findIn(text, start, end, all, false);
  return withoutOldCode(all);
}

function* withoutComments(bytes: Uint8Array, blocks: readonly CommentBlock[], end: number): Work<Uint8Array> {
  const masked = bytes.slice();
  for (const block of blocks) {
    maskComments(masked, block);
    yield block.end / end;
  }
  return yield* withoutMarks(masked, end);
}

/** Code in comments isn't run: it counts only where there is no other. */
function withoutOldCode(all: readonly Found[]): readonly Found[] {
  const isCode = ({ found }: Found) => !isTable(found) && found.isLiteral;
  const hasCode = all.some((each) => !each.isComment && isCode(each));
  return hasCode ? all.filter((each) => !each.isComment || !isCode(each)) : all;
}

/** Looks for what begins from `start` up to `until`; returns where that, or the last of it, ends. */
function* findIn(
  text: MarkedText,
  start: number,
  until: number,
  all: Found[],
  isComment: boolean,
): Work<number> {
  if (start >= until) return start;
  const brackets = new Brackets(text.bytes, text.end, text.room);
  let last = start;
  let nextYield = start;
  let i = start;
  while (i < until) {
    if (i >= nextYield) {
      yield i / text.end;
      nextYield = i + STRETCH;
    }
    if (!isPromising(text, i)) {
      i++;
      continue;
    }
    const looked = yield* lookAt(brackets, i, last);
    i = Math.max(looked.next, i + 1);
    if (!looked.found) continue;
    const { found } = looked;
    // By its last line a tensor is seen late: what was taken for a list, or a table, above it is a part of it.
    while (all.at(-1) && all.at(-1)!.isComment === isComment && all.at(-1)!.found.start >= found.start)
      all.pop();
    all.push({ found, text, isComment });
    last = i;
  }
  return i;
}

function isPromising({ bytes }: PlainText, offset: number): boolean {
  const byte = bytes[offset];
  return byte === LESS || isBracket(byte) || startsWrittenLine(bytes, offset);
}

function isBracket(byte: number | undefined): boolean {
  return byte === OPEN || byte === OPEN_TUPLE || byte === OPEN_MAP;
}

/** Nothing begins with an empty line, of which a text may have very many. */
function startsWrittenLine(bytes: Uint8Array, offset: number): boolean {
  if (!startsLine(bytes, offset)) return false;
  let i = offset;
  while (bytes[i] === SPACE || bytes[i] === RETURN) i++;
  return i < bytes.length && bytes[i] !== NEWLINE;
}

function startsLine(bytes: Uint8Array, offset: number): boolean {
  return offset === 0 || bytes[offset - 1] === NEWLINE;
}

interface Seen {
  readonly found: FoundTensor | PrintedTable | undefined;
  readonly next: number;
}

/** Looks for a tensor or a table that begins, or is seen, at `offset`; those before have ended at `last`. */
function* lookAt(text: Brackets, offset: number, last: number): Work<Seen> {
  const { bytes, end } = text;
  const byte = bytes[offset];
  if (startsLine(bytes, offset)) {
    const found =
      (yield* readSeries(bytes, offset, end, last)) ??
      (yield* readFootedTensor(bytes, offset, end, last)) ??
      (yield* readJuliaArray(bytes, offset, end)) ??
      (yield* readMatlabPages(bytes, offset, end)) ??
      (yield* readRVector(bytes, offset, end)) ??
      (yield* readInsertedRows(bytes, offset, end)) ??
      (yield* readCopiedRows(bytes, offset, end)) ??
      (yield* readMatlabTable(bytes, offset, end)) ??
      (yield* readRecordTable(bytes, offset, end)) ??
      (yield* readMarkupTable(bytes, offset, end)) ??
      (yield* readNumberedRows(bytes, offset, end)) ??
      (yield* readJuliaFrame(bytes, offset, end)) ??
      (yield* readPredictedRows(bytes, offset, end)) ??
      (yield* readNimTensor(bytes, offset, end)) ??
      (yield* readBarTable(bytes, offset, end)) ??
      (yield* readRuledTable(bytes, offset, end)) ??
      (yield* readTibble(bytes, offset, end)) ??
      (yield* readScoreLines(bytes, offset, end)) ??
      (isPercentLine(bytes, offset, end) ? undefined : yield* readDataFrame(bytes, offset, end));
    if (found) return { found, next: found.end };
  }
  if (byte === OPEN) {
    // Its name may be before it, on the same line.
    const found = yield* readNimTensor(bytes, offset - NIM_WORD, end);
    if (found) return { found, next: found.end };
  }
  if (byte === OPEN || startsLine(bytes, offset)) {
    const found = yield* readRowRecords(bytes, offset, end);
    if (found) return { found, next: found.end };
  }
  if (isBracket(byte)) {
    const found =
      (yield* readScoreMaps(bytes, offset, end)) ??
      (yield* readScorePairs(bytes, offset, end)) ??
      (yield* readMatrixCode(bytes, offset, end)) ??
      (yield* readRStructure(bytes, offset, end));
    if (found) return { found, next: found.end };
  }
  if (byte === OPEN || byte === OPEN_TUPLE) return yield* readBracketed(text, offset);
  if (byte === LESS && startsHtmlTable(bytes, offset)) {
    const { table, next } = yield* readHtmlTable(bytes, offset, end);
    return { found: table, next };
  }
  return { found: undefined, next: offset + 1 };
}

function described(text: MarkedText, names: Names, tensor: FoundTensor): PrintedTensor {
  const { kind: _, ownName: __, spareName: ___, read, ...facts } = tensor;
  const range = rangeIn(text, tensor.start, tensor.end);
  return {
    ...facts,
    ...names.next(text.source, tensor),
    ...range,
    read: read.ok ? success(placed(text, read.value)) : failure(placedProblem(text, read.problem)),
  };
}
