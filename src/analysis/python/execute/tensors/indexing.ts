import { RaisedError } from '../run/endings.ts';
import { expandedTo, sharedShape, write } from './broadcast.ts';
import { unsqueezed } from './shapes.ts';
import { checkShape, PyTensor, shapeSize } from './tensor.ts';

/** One part of what stands in the brackets. */
export type Index =
  | { readonly by: 'at'; readonly index: number }
  | {
      readonly by: 'slice';
      readonly start: number | null;
      readonly stop: number | null;
      readonly step: number;
    }
  | { readonly by: 'new' }
  | { readonly by: 'rest' }
  | { readonly by: 'tensor'; readonly tensor: PyTensor };

/** What a subscript looks at: a view, and behind it perhaps a choice of places by other tensors. */
interface Looked {
  readonly view: PyTensor;
  /** By axis of the view; null takes all of it. */
  readonly chosen: readonly (PyTensor | null)[] | null;
}

export function taken(tensor: PyTensor, indices: readonly Index[]): PyTensor {
  const { view, chosen } = look(tensor, indices);
  if (!chosen) return view;
  const { places, shape } = choose(view, chosen);
  const values = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) values[i] = view.data[places[i]!]!;
  return view.like(values, shape);
}

export function put(
  tensor: PyTensor,
  indices: readonly Index[],
  source: PyTensor,
  operation?: (old: number, given: number) => number,
): void {
  const { view, chosen } = look(tensor, indices);
  if (!chosen) {
    write(view, source, operation);
    return;
  }
  const { places, shape } = choose(view, chosen);
  // One after the other: an index that stands there twice is written to twice.
  const given = new PyTensor(new Float64Array(places.length), shape, tensor.dtype, tensor.library);
  write(new PyTensor(given.data, shape, source.dtype, tensor.library), source);
  const change = operation ?? ((_: number, value: number) => value);
  const before = operation ? Float64Array.from(places, (place) => view.data[place]!) : null;
  for (let i = 0; i < places.length; i++) {
    const target = view.view([], [], places[i]!);
    const value = change(before ? before[i]! : 0, given.data[i]!);
    write(target, new PyTensor(Float64Array.of(value), [], 'float', tensor.library));
  }
}

function look(tensor: PyTensor, indices: readonly Index[]): Looked {
  const used = indices.reduce((sum, index) => sum + axesOf(index), 0);
  if (used > tensor.rank) throw new RaisedError('IndexError', 'too many indices for tensor');
  const rest = tensor.rank - used;
  let view = tensor;
  let axis = 0;
  const chosen: (PyTensor | null)[] = [];
  const all = indices.some(({ by }) => by === 'rest') ? indices : [...indices, { by: 'rest' } as const];
  for (const index of all) {
    if (index.by === 'rest') {
      for (let i = 0; i < rest; i++) chosen.push(null);
      axis += rest;
    } else if (index.by === 'new') {
      view = unsqueezed(view, axis);
      chosen.push(null);
      axis++;
    } else if (index.by === 'at') view = atOf(view, axis, index.index);
    else if (index.by === 'slice') {
      view = sliced(view, axis, index);
      chosen.push(null);
      axis++;
    } else {
      const places = isMask(index.tensor) ? placesOfMask(view, axis, index.tensor) : [index.tensor];
      chosen.push(...places);
      axis += places.length;
    }
  }
  return { view, chosen: chosen.some((each) => each !== null) ? chosen : null };
}

function axesOf(index: Index): number {
  if (index.by === 'new' || index.by === 'rest') return 0;
  return index.by === 'tensor' && isMask(index.tensor) ? index.tensor.rank : 1;
}

function isMask({ dtype }: PyTensor): boolean {
  return dtype === 'bool' || dtype === 'byte';
}

function atOf(tensor: PyTensor, axis: number, index: number): PyTensor {
  const length = tensor.shape[axis]!;
  if (index < -length || index >= length)
    throw new RaisedError(
      'IndexError',
      `index ${index} is out of bounds for dimension ${axis} with size ${length}`,
    );
  const place = index < 0 ? index + length : index;
  return tensor.view(
    tensor.shape.filter((_, i) => i !== axis),
    tensor.strides.filter((_, i) => i !== axis),
    tensor.offset + place * tensor.strides[axis]!,
  );
}

function sliced(
  tensor: PyTensor,
  axis: number,
  { start, stop, step }: Extract<Index, { by: 'slice' }>,
): PyTensor {
  const length = tensor.shape[axis]!;
  const { from, count } = sliceOf(length, start, stop, step);
  const shape = tensor.shape.map((each, i) => (i === axis ? count : each));
  const strides = tensor.strides.map((each, i) => (i === axis ? each * step : each));
  return tensor.view(shape, strides, tensor.offset + (count > 0 ? from : 0) * tensor.strides[axis]!);
}

/** Where a slice of so many begins, and how many it has. Throws for a step of 0. */
export function sliceOf(length: number, start: number | null, stop: number | null, step: number) {
  if (step === 0) throw new RaisedError('ValueError', 'slice step cannot be zero');
  const [least, most] = step > 0 ? [0, length] : [-1, length - 1];
  const inside = (place: number) => Math.min(most, Math.max(least, place < 0 ? place + length : place));
  const from = start === null ? (step > 0 ? 0 : length - 1) : inside(start);
  const to = stop === null ? (step > 0 ? length : -1) : inside(stop);
  return { from, count: Math.max(0, Math.ceil((to - from) / step)) };
}

/** A mask stands for the indices at which it's true, axis by axis. */
function placesOfMask(view: PyTensor, axis: number, mask: PyTensor): PyTensor[] {
  const fits = mask.shape.every((length, i) => length === view.shape[axis + i]);
  if (!fits || mask.rank === 0)
    throw new RaisedError(
      'IndexError',
      `The shape of the mask [${mask.shape}] does not match [${view.shape}]`,
    );
  const found = nonzero(mask);
  return found.map((places) => new PyTensor(Float64Array.from(places), [places.length], 'int', view.library));
}

/** Axis by axis the indices of what isn't 0. */
export function nonzero(tensor: PyTensor): number[][] {
  const values = tensor.values();
  const found: number[][] = tensor.shape.map(() => []);
  for (const [i, value] of values.entries()) {
    if (value === 0) continue;
    let rest = i;
    for (let axis = tensor.rank - 1; axis >= 0; axis--) {
      found[axis]!.push(rest % tensor.shape[axis]!);
      rest = Math.floor(rest / tensor.shape[axis]!);
    }
  }
  return found;
}

function choose(
  view: PyTensor,
  chosen: readonly (PyTensor | null)[],
): { places: Int32Array; shape: readonly number[] } {
  const tensors = chosen.filter((each) => each !== null);
  const common = tensors.reduce<readonly number[]>((shape, tensor) => sharedShape(shape, tensor.shape), []);
  const axes = chosen.flatMap((each, axis) => (each ? axis : []));
  // Next to each other they stand where the first of them was, otherwise in front.
  const together = axes.every((axis, i) => i === 0 || axis === axes[i - 1]! + 1);
  const first = together ? axes[0]! : 0;
  const kept = chosen.flatMap((each, axis) => (each ? [] : axis));
  const before = kept.filter((axis) => together && axis < first);
  const after = kept.filter((axis) => !before.includes(axis));
  const [front, back] = [before.map((axis) => view.shape[axis]!), after.map((axis) => view.shape[axis]!)];
  const shape = checkShape([...front, ...common, ...back]);
  const outer = offsetsOf(view, before);
  const inner = offsetsOf(view, after);
  const middle = new Array<number>(shapeSize(common)).fill(0);
  for (const axis of axes) {
    const length = view.shape[axis]!;
    const values = expandedTo(chosen[axis]!, common).values();
    for (const [i, value] of values.entries()) {
      if (!Number.isInteger(value) || value < -length || value >= length)
        throw new RaisedError(
          'IndexError',
          `index ${value} is out of bounds for dimension ${axis} with size ${length}`,
        );
      middle[i]! += (value < 0 ? value + length : value) * view.strides[axis]!;
    }
  }
  const places = new Int32Array(shapeSize(shape));
  let next = 0;
  for (const a of outer)
    for (const b of middle) for (const c of inner) places[next++] = view.offset + a + b + c;
  return { places, shape };
}

/** Of all indices of these axes. */
function offsetsOf({ shape, strides }: PyTensor, axes: readonly number[]): number[] {
  return axes.reduce<number[]>(
    (offsets, axis) =>
      offsets.flatMap((offset) =>
        Array.from({ length: shape[axis]! }, (_, i) => offset + i * strides[axis]!),
      ),
    [0],
  );
}
