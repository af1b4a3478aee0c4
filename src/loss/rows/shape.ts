/** How many numbers an array of this shape has. */
export function lengthOf(shape: readonly number[]): number {
  // Infinity times 0 isn't a number.
  return shape.includes(0) ? 0 : shape.reduce((product, size) => product * size, 1);
}
