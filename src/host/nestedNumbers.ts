/** Numbers in nested arrays, as other extensions have them. */
export type NestedNumbers = number | readonly NestedNumbers[];

/** A nested array isn't a tensor, or isn't of numbers. `path` is where: [3] is row 3. */
export class NestingError extends Error {
  override readonly name = 'NestingError';
  readonly path: readonly number[];
  readonly found: number | 'number' | 'array' | 'other';
  readonly expected: number | 'number' | 'array';

  constructor(path: readonly number[], found: NestingError['found'], expected: NestingError['expected']) {
    super(`At [${path.join('][')}]: found ${found}, expected ${expected}`);
    this.path = path;
    this.found = found;
    this.expected = expected;
  }
}

/** Flattens nested arrays in C order. Throws NestingError where they are ragged or hold anything but numbers. */
export function flatten(nested: NestedNumbers): {
  readonly data: Float64Array;
  readonly shape: readonly number[];
} {
  const shape: number[] = [];
  for (let first: NestedNumbers | undefined = nested; Array.isArray(first); first = first[0])
    shape.push(first.length);
  const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
  let filled = 0;
  const visit = (value: NestedNumbers, path: readonly number[]): void => {
    const axis = path.length;
    if (axis === shape.length) {
      if (typeof value !== 'number')
        throw new NestingError(path, Array.isArray(value) ? 'array' : 'other', 'number');
      data[filled++] = value;
      return;
    }
    if (!Array.isArray(value))
      throw new NestingError(path, typeof value === 'number' ? 'number' : 'other', 'array');
    if (value.length !== shape[axis]) throw new NestingError(path, value.length, shape[axis]!);
    value.forEach((part, i) => {
      visit(part, [...path, i]);
    });
  };
  visit(nested, []);
  return { data, shape };
}
