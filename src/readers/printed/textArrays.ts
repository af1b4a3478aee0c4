import { lengthOf } from '../../loss/rows/shape.ts';
import type { Work } from '../../loss/work.ts';
import { areParameters, saysWhatItIs } from '../pickle/walk/parameters.ts';
import type { ArrayContent, Grid, NamedArray } from '../roles/namedArray.ts';
import { withDecimalPoint } from '../table/decimalCommas.ts';
import { textBefore } from './bracketed/tensorHeads.ts';
import { type FoundTable, findPieces } from './findPrinted.ts';
import { textLists } from './names/textLists.ts';
import { placedSpans, rangeIn } from './plainText.ts';
import { wordText } from './printedLines.ts';
import type { PrintedTensor } from './printedTensor.ts';
import { cellText } from './tables/htmlTable.ts';
import { textSettings } from './textSettings.ts';

/** Something that a text holds: an array, or a table of which it isn't known yet what its columns are. */
export type TextPiece =
  | { readonly kind: 'array'; readonly array: NamedArray }
  /** `name` is what it's printed after; null if nothing names it. */
  | { readonly kind: 'grid'; readonly name: string | null; readonly grid: Grid };

/**
 * What UTF-8 text holds, in its order: tensors and arrays as they are printed or written in code, tables, and single numbers that say
 * how a loss is computed (`ignore_index = -1`), which are last.
 */
export function* findTextArrays(bytes: Uint8Array): Work<readonly TextPiece[]> {
  const pieces: TextPiece[] = [];
  const all = yield* findPieces(bytes);
  let axes: PrintedTensor | undefined;
  for (const [i, piece] of all.entries()) {
    if (i % PIECES === PIECES - 1) yield i / all.length;
    const before = axes;
    axes = piece.kind === 'tensor' && isShape(piece.tensor) ? piece.tensor : undefined;
    if (piece.kind === 'table') pieces.push({ kind: 'grid', name: piece.name, grid: yield* gridOf(piece) });
    else if (!axes) pieces.push({ kind: 'array', array: inShape(bytes, arrayOf(piece.tensor), before) });
  }
  const shown = withParameters(pieces);
  const names = new Set(all.map((piece) => (piece.kind === 'table' ? piece.name : piece.tensor.name)));
  for (const array of yield* textLists(bytes))
    if (!names.has(array.name)) shown.push({ kind: 'array', array });
  for (const array of yield* textSettings(bytes)) shown.push({ kind: 'array', array });
  return shown;
}

/** Arrays that are called as the members of a model's state are, and nothing else, are its parameters. */
function withParameters(pieces: readonly TextPiece[]): TextPiece[] {
  const printed = pieces.flatMap((piece) =>
    piece.kind === 'array' && !piece.array.isLiteral && piece.array.shape.length > 0 ? [piece.array] : [],
  );
  const [first, ...others] = printed.map(({ name, isNamed }) => (isNamed ? name : ''));
  const areSaid = first !== undefined && (others.length > 0 || first.includes('.'));
  if (!areSaid || !areParameters([first, ...others])) return [...pieces];
  const own = new Set(printed);
  return pieces.map((piece) =>
    piece.kind === 'array' && own.has(piece.array)
      ? { ...piece, array: { ...piece.array, isParameter: true } }
      : piece,
  );
}

/** How many are described between two yields. */
const PIECES = 1 << 9;
const SAYS_SHAPE = /(?:^|[\s._])(?:shape|size|sizes|dims?|ndim|strides?)$/i;

/** True for a shape that is written as a list, by its name. */
function isShape({ name, isNamed, isWhole, shape }: PrintedTensor): boolean {
  return isNamed && isWhole && shape.length === 1 && SAYS_SHAPE.test(name);
}

/** Numbers in one list, as JavaScript shows those of a tensor: `{ dims: [2, 3], data: [ … ] }`. */
function inShape(bytes: Uint8Array, array: NamedArray, axes: PrintedTensor | undefined): NamedArray {
  const node = axes?.read.ok && axes.read.value.type === 'tensor' ? axes.read.value : undefined;
  const gap = axes ? array.start - axes.end : 0;
  if (!node || array.shape.length !== 1 || gap <= 0 || gap > DATA_WITHIN) return array;
  const shape = Array.from(node.values);
  const isWhole = lengthOf(shape) === array.shape[0] && shape.length > 1;
  return isWhole && /\bdata\b/.test(textBefore(bytes, array.start, gap)) ? { ...array, shape } : array;
}

/** Between a shape and the numbers that it's of there may be their type. */
const DATA_WITHIN = 100;

function arrayOf(tensor: PrintedTensor): NamedArray {
  const { name, isNamed, shape, type, start, end, printer, isLiteral, decimals, rounding, read } = tensor;
  const node = read.ok && read.value.type === 'tensor' ? read.value : undefined;
  const content: ArrayContent = node
    ? { kind: 'numbers', values: node.values }
    : { kind: 'flawed', problem: read.ok ? { reason: 'no-logits', offset: start, keys: [] } : read.problem };
  return {
    name,
    isNamed,
    path: [],
    shape,
    type,
    content,
    start,
    end,
    spans: node?.spans ?? new Float64Array(0),
    printer: isLiteral ? null : printer,
    isLiteral,
    decimals,
    rounding,
    names: tensor.labels ?? null,
    isColumn: false,
    isGathered: false,
    firstIndex: tensor.firstIndex ?? (printer === 'r' ? 1 : 0),
    classesFirst: tensor.classesFirst ?? false,
    ...(tensor.isParameter && !saysWhatItIs(isNamed ? name : '') && { isParameter: true }),
  };
}

function* gridOf({ table, text }: FoundTable): Work<Grid> {
  const { names, isNameless, cells, rows, dots, printer, isHtml, hasDecimalCommas, comma, start, end } =
    table;
  const columns = names.length;
  const decode = isHtml
    ? cellText
    : hasDecimalCommas
      ? (...cell: Parameters<typeof wordText>) => withDecimalPoint(wordText(...cell))
      : wordText;
  // R's columns without names are [,1], [,2] …
  const isCounted = columns > 0 && names.every((name, column) => name === `[,${column + 1}]`);
  return {
    header: isNameless ? null : isCounted ? names.map((_, column) => String(column)) : names,
    columns,
    rows: rows.length / 2,
    ...(comma !== undefined && { comma }),
    text: (row, column) => {
      const i = 2 * (row * columns + column);
      return decode(text.bytes, { start: cells[i]!, end: cells[i + 1]! });
    },
    cells: yield* placedSpans(text, cells),
    spans: yield* placedSpans(text, rows),
    dots: dots === undefined ? undefined : text.placeOf(dots),
    printer: isCounted ? 'r' : printer,
    ...rangeIn(text, start, end),
  };
}
