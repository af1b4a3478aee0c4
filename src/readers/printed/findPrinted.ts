import type { Work } from '../../loss/work.ts';
import { failure, success } from '../outcome.ts';
import { type Looked, readBracketed } from './bracketedTensors.ts';
import { Brackets } from './brackets.ts';
import { readDataFrame } from './dataFrame.ts';
import { readHtmlTable, startsHtmlTable } from './htmlTable.ts';
import { type PlainText, placed, placedProblem, rangeIn, toPlainText } from './plainText.ts';
import { Names } from './printedNames.ts';
import { readPrintedTable } from './printedTable.ts';
import type { FoundTensor, PrintedTensor } from './printedTensor.ts';
import { readSeries } from './series.ts';

const OPEN = 0x5b;
const OPEN_TUPLE = 0x28;
const LESS = 0x3c;
const NEWLINE = 0x0a;
/** How far to look between two yields: there may be a tensor every few bytes. */
const STRETCH = 1 << 12;

/**
 * All tensors in UTF-8 text, in its order: as PyTorch, NumPy, TensorFlow, JAX and pandas print them, lists of numbers, tables of HTML.
 * Single numbers aren't taken for tensors. Offsets are those of `bytes`, escape sequences of a terminal and all.
 */
export function* findPrinted(bytes: Uint8Array): Work<readonly PrintedTensor[]> {
  const text = yield* toPlainText(bytes, bytes.length);
  const brackets = new Brackets(text.bytes, text.end);
  const names = new Names();
  const tensors: PrintedTensor[] = [];
  let last = 0;
  let nextYield = 0;
  for (let i = 0; i < text.end; ) {
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
    tensors.push(described(text, names, looked.found));
    last = i;
  }
  return tensors;
}

function isPromising({ bytes }: PlainText, offset: number): boolean {
  const byte = bytes[offset];
  return byte === OPEN || byte === OPEN_TUPLE || byte === LESS || startsLine(bytes, offset);
}

function startsLine(bytes: Uint8Array, offset: number): boolean {
  return offset === 0 || bytes[offset - 1] === NEWLINE;
}

/** Looks for a tensor that begins, or is seen, at `offset`; those before have ended at `last`. */
function* lookAt(text: Brackets, offset: number, last: number): Work<Looked> {
  const { bytes, end } = text;
  const byte = bytes[offset];
  if (startsLine(bytes, offset)) {
    const series = yield* readSeries(bytes, offset, end, last);
    if (series) return { found: series, next: series.end };
    const frame = yield* readDataFrame(bytes, offset, end);
    if (frame) return { found: yield* readPrintedTable(bytes, frame), next: frame.end };
  }
  if (byte === OPEN || byte === OPEN_TUPLE) return yield* readBracketed(text, offset);
  if (byte === LESS && startsHtmlTable(bytes, offset)) {
    const { table, next } = yield* readHtmlTable(bytes, offset, end);
    return { found: table && (yield* readPrintedTable(bytes, table)), next };
  }
  return { found: undefined, next: offset + 1 };
}

function described(text: PlainText, names: Names, tensor: FoundTensor): PrintedTensor {
  const { kind: _, ownName: __, read, ...facts } = tensor;
  const range = rangeIn(text, tensor.start, tensor.end);
  return {
    ...facts,
    ...names.next(text.bytes, tensor),
    ...range,
    read: read.ok ? success(placed(text, read.value)) : failure(placedProblem(text, read.problem)),
  };
}
