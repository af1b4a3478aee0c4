import { count } from './numberFormat.ts';

/** A shape as Python has it: (60000, 10). */
export function shapeTuple(shape: readonly number[]): string {
  return `(${shape.join(', ')})`;
}

/** How large an array is: 60,000 × 10. */
export function sizesOf(shape: readonly number[]): string {
  return shape.map(count).join(' × ');
}
