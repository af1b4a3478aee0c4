import { lengthOf } from '../loss/rows/shape.ts';
/** Numbers in nested arrays, as other extensions have them. */
export type NestedNumbers = number | readonly NestedNumbers[];

/** Why nested arrays aren't a tensor of numbers. `path` is where: [3] is row 3. */
export type NestingProblem =
  | { readonly reason: 'length'; readonly path: Path; readonly found: number; readonly expected: number }
  | {
      readonly reason: 'element';
      readonly path: Path;
      readonly found: unknown;
      readonly expected: 'number' | 'array';
    }
  | { readonly reason: 'too-deep'; readonly limit: number }
  | { readonly reason: 'in-itself' }
  | { readonly reason: 'too-many'; readonly limit: number };

type Path = readonly number[];

export class NestingError extends Error {
  override readonly name = 'NestingError';
  readonly problem: NestingProblem;

  constructor(problem: NestingProblem) {
    super(problem.reason);
    this.problem = problem;
  }
}

/** As many axes as NumPy has at most. */
export const MOST_AXES = 64;
/** Visiting so many numbers and arrays one by one takes moments, not more. For more there are typed arrays. */
const MOST_NUMBERS = 1 << 24;
/** An array takes as long as so many numbers. */
const ARRAY = 8;

/**
 * Flattens nested arrays in C order. Throws NestingError where they are ragged, or hold anything but numbers. What they hold is
 * counted before there is memory for it: the same array may be in them many times.
 */
export function flatten(nested: unknown): { readonly data: Float64Array; readonly shape: readonly number[] } {
  const shape = shapeOf(nested);
  let counted = 0;
  visitArrays(nested, shape, (array, path) => {
    const expected = shape[path.length]!;
    if (!Array.isArray(array)) throw notOf('array', array, path);
    if (array.length !== expected)
      throw new NestingError({ reason: 'length', path: [...path], found: array.length, expected });
    counted += ARRAY + (path.length === shape.length - 1 ? expected : 0);
    if (counted > MOST_NUMBERS) throw new NestingError({ reason: 'too-many', limit: MOST_NUMBERS });
  });
  const data = new Float64Array(lengthOf(shape));
  let filled = 0;
  const take = (row: readonly unknown[], path: Path) => {
    for (let i = 0; i < row.length; i++) {
      const value = row[i];
      if (typeof value !== 'number') throw notOf('number', value, shape.length > 0 ? [...path, i] : []);
      data[filled++] = value;
    }
  };
  if (shape.length === 0) take([nested], []);
  visitArrays(nested, shape, (array, path) => {
    if (path.length === shape.length - 1) take(array, path);
  });
  return { data, shape };
}

/** The shape, if all is as the first of it. */
function shapeOf(nested: unknown): readonly number[] {
  const around: (readonly unknown[])[] = [];
  for (let first = nested; Array.isArray(first); first = first[0]) {
    if (around.includes(first)) throw new NestingError({ reason: 'in-itself' });
    if (around.length === MOST_AXES) throw new NestingError({ reason: 'too-deep', limit: MOST_AXES });
    around.push(first);
  }
  return around.map(({ length }) => length);
}

/** Visits the array of each axis before those in it. `path` is good for the visit only. */
function visitArrays(
  nested: unknown,
  { length: axes }: readonly number[],
  visit: (array: readonly unknown[], path: Path) => void,
): void {
  const path: number[] = [];
  const descend = (array: readonly unknown[]): void => {
    visit(array, path);
    if (path.length === axes - 1) return;
    const axis = path.length;
    for (let i = 0; i < array.length; i++) {
      path[axis] = i;
      path.length = axis + 1;
      descend(array[i] as readonly unknown[]);
    }
    path.length = axis;
  };
  if (axes > 0) descend(nested as readonly unknown[]);
}

function notOf(expected: 'number' | 'array', found: unknown, path: Path): NestingError {
  return new NestingError({ reason: 'element', path: [...path], found, expected });
}
