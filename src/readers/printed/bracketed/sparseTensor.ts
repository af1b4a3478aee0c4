import type { Work } from '../../../loss/work.ts';
import type { TensorNode } from '../../json/jsonNodes.ts';
import { TensorReader } from '../../json/tensors/tensorReader.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import type { ReadProblem } from '../../readProblem.ts';
import { Cursor, type Printing, Unreadable } from '../../text/cursor.ts';
import { Digits } from '../../text/digits.ts';
import type { FoundTensor } from '../printedTensor.ts';
import type { Room } from './brackets.ts';
import { type Head, impliedType, tailAt } from './tensorHeads.ts';

/** More numbers aren't filled in: a few bytes may say that there are very many zeros. */
const MOST_DENSE = 1 << 16;
const PART = /^[\s,]*(\w{1,40})=/;
const LONGEST_PART = 64;
const TENSOR = /^(?:torch\.tensor|tensor|tf\.Tensor)\(\s*/;
const SIZE = /^(?:torch\.Size\()?[([]([\d,\s]{0,80})[)\]]\)?/;
const OTHER = /^[\w.:'"<>+-]{1,80}/;
const CLOSE = /^[\s,]*\)/;
const LOOKED_AT = 200;
const MOST_PARTS = 12;
const PRINTING: Printing = { printer: 'pytorch', commas: true, rounds: true };

const NUMPY: Printing = { printer: 'tensorflow', commas: false, rounds: true };

const decoder = new TextDecoder('latin1');

interface Parts {
  readonly tensors: ReadonlyMap<string, TensorNode>;
  readonly size: readonly number[] | undefined;
  readonly digits: Digits;
  readonly type: string | undefined;
  readonly end: number;
}

/**
 * `tensor(indices=tensor(…), values=tensor(…), size=(2, 3), …)`, from after its parenthesis on: what isn't stored is 0. Undefined if it's
 * no sparse tensor; COO, CSR and CSC are read.
 */
export function* readSparseTensor(
  bytes: Uint8Array,
  inside: number,
  limit: number,
  head: Head,
  room: Room,
): Work<FoundTensor | undefined> {
  const first = PART.exec(textAt(bytes, inside, limit, LONGEST_PART))?.[1];
  if (first === undefined || !/^(?:indices|crow_indices|ccol_indices|col_indices)$/.test(first))
    return undefined;
  const parts = yield* partsOf(bytes, inside, limit);
  const values = parts?.tensors.get('values');
  // TensorFlow has the shape as a tensor, and a row of coordinates for each value.
  const shape = parts?.tensors.get('dense_shape');
  const size = shape ? [...shape.values] : parts?.size;
  if (!parts || !size || !values) return undefined;
  const { digits, end } = parts;
  const read = denseOf(parts.tensors, values, size, { start: head.start, end }, room);
  const misfit = {
    reason: 'shape-count',
    offset: head.start,
    name: 'values',
    shape: size,
    found: values.values.length,
  } as const;
  const type = parts.type ?? impliedType('pytorch', digits.whole);
  return {
    kind: 'tensor',
    printer: head.printer,
    isLiteral: head.isCode,
    shape: size,
    type,
    isWhole: /^(u?int|bool|long|short)/.test(type),
    start: head.start,
    end,
    decimals: digits.decimals,
    rounding: head.isCode ? 0 : digits.rounding,
    read: read ?? failure(misfit),
  };
}

function textAt(bytes: Uint8Array, offset: number, limit: number, most: number): string {
  return decoder.decode(bytes.subarray(offset, Math.min(limit, offset + most)));
}

/** The arguments, up to the parenthesis that closes them; undefined if one of them isn't understood. */
function* partsOf(bytes: Uint8Array, inside: number, limit: number): Work<Parts | undefined> {
  const tensors = new Map<string, TensorNode>();
  const digits = new Digits();
  let size: readonly number[] | undefined;
  let type: string | undefined;
  let offset = inside;
  for (let i = 0; i < MOST_PARTS; i++) {
    const text = textAt(bytes, offset, limit, LOOKED_AT);
    const close = CLOSE.exec(text)?.[0];
    if (close !== undefined) return { tensors, size, digits, type, end: offset + close.length };
    const part = PART.exec(text);
    if (!part) return undefined;
    offset += part[0].length;
    const rest = textAt(bytes, offset, limit, LOOKED_AT);
    const tensor = TENSOR.exec(rest)?.[0];
    if (tensor !== undefined) {
      const printing = tensor.startsWith('tf') ? NUMPY : PRINTING;
      const node = yield* listAt(
        bytes,
        offset + tensor.length,
        limit,
        part[1] === 'values' ? digits : new Digits(),
        printing,
      );
      if (!node) return undefined;
      tensors.set(part[1]!, node);
      const tail = tailAt(bytes, node.end, limit);
      if (part[1] === 'values') type = tail.type;
      offset = tail.end;
      continue;
    }
    const shape = SIZE.exec(rest);
    if (shape && part[1] === 'size')
      size = shape[1]!
        .split(',')
        .map((axis) => axis.trim())
        .filter((axis) => axis !== '')
        .map(Number);
    const skipped = shape?.[0] ?? OTHER.exec(rest)?.[0];
    if (skipped === undefined) return undefined;
    offset += skipped.length;
  }
  return undefined;
}

function* listAt(
  bytes: Uint8Array,
  start: number,
  limit: number,
  digits: Digits,
  printing: Printing,
): Work<TensorNode | undefined> {
  if (bytes[start] !== 0x5b || start >= limit) return undefined;
  const reader = new TensorReader(new Cursor(bytes, start, limit, { printing }), true);
  try {
    const node = yield* reader.readList();
    digits.takeAll(reader.digits);
    return node;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

/** All numbers, those that aren't stored as 0; undefined if the parts don't fit each other. */
function denseOf(
  tensors: ReadonlyMap<string, TensorNode>,
  values: TensorNode,
  size: readonly number[],
  { start, end }: { readonly start: number; readonly end: number },
  room: Room,
): Outcome<TensorNode, ReadProblem> | undefined {
  const flaw = [...tensors.values()].find((tensor) => tensor.flaw)?.flaw;
  if (flaw) return failure(flaw);
  const count = size.reduce((product, axis) => product * axis, 1);
  if (size.length === 0 || values.shape.length !== 1 || !(count > 0)) return undefined;
  const limit = Math.min(MOST_DENSE, room.left);
  if (count > limit) return failure({ reason: 'sparse', offset: start, count, limit });
  const places = placesOf(tensors, size, values.values.length);
  if (!places) return undefined;
  room.left -= count;
  const dense = new Float64Array(count);
  // Uncoalesced tensors may have several values for one place: they're added.
  for (const [i, place] of places.entries()) {
    if (!(place >= 0 && place < count && Number.isInteger(place))) return undefined;
    dense[place]! += values.values[i]!;
  }
  const [rows, columns] = [count / size.at(-1)!, size.at(-1)!];
  const spans = new Float64Array(size.length === 1 ? 2 : 2 * (columns === 0 ? 0 : rows));
  for (let i = 0; i < spans.length; i += 2) [spans[i], spans[i + 1]] = [start, end];
  const { decimals } = values;
  return success({
    type: 'tensor',
    values: Float32Array.from(dense),
    shape: size,
    decimals,
    spans,
    flaw: undefined,
    start,
    end,
  });
}

/** (n, axes) as (axes, n). */
function transposed({ shape, values }: TensorNode): Pick<TensorNode, 'shape' | 'values'> {
  const [rows = 0, columns = 0] = shape;
  const size = rows * columns;
  if (shape.length !== 2 || values.length !== size) return { shape: [], values };
  const turned = Float64Array.from(
    { length: size },
    (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!,
  );
  return { shape: [columns, rows], values: turned };
}

/** Where each stored value is among all; undefined if that isn't said for each of them. */
function placesOf(
  tensors: ReadonlyMap<string, TensorNode>,
  size: readonly number[],
  stored: number,
): number[] | undefined {
  const coordinates = tensors.get('indices');
  if (coordinates) {
    const { shape, values } = tensors.has('dense_shape') ? transposed(coordinates) : coordinates;
    if (shape.length !== 2 || shape[0] !== size.length || shape[1] !== stored) return undefined;
    const isWithin = (index: number, axis: number) => index >= 0 && index < size[axis]!;
    if (!values.every((index, i) => isWithin(index, Math.floor(i / stored)))) return undefined;
    return Array.from({ length: stored }, (_, i) =>
      size.reduce((place, axis, k) => place * axis + values[k * stored + i]!, 0),
    );
  }
  if (size.length !== 2) return undefined;
  const isByRow = tensors.has('crow_indices');
  const starts = tensors.get(isByRow ? 'crow_indices' : 'ccol_indices');
  const others = tensors.get(isByRow ? 'col_indices' : 'row_indices');
  const [rows, columns] = size as readonly [number, number];
  if (!starts || !others || starts.values.length !== (isByRow ? rows : columns) + 1) return undefined;
  if (others.values.length !== stored || starts.values.at(-1) !== stored) return undefined;
  const places: number[] = [];
  for (let k = 0; k + 1 < starts.values.length; k++) {
    for (let i = starts.values[k]!; i < Math.min(stored, starts.values[k + 1]!); i++) {
      const other = others.values[i]!;
      if (!(other >= 0 && other < (isByRow ? columns : rows))) return undefined;
      places.push(isByRow ? k * columns + other : other * columns + k);
      if (places.length > stored) return undefined;
    }
  }
  return places.length === stored ? places : undefined;
}
