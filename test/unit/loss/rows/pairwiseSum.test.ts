import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sum, sumOf } from '../../../../src/loss/rows/pairwiseSum.ts';

/** Multiples of 2⁻²⁰, whose sums are known exactly. */
const UNIT = 2 ** -20;

describe('a sum', () => {
  it('keeps what plain addition loses', () => {
    expect(sumOf([1e16, 1, -1e16])).toBe(1);
    const sum = new Sum();
    for (const value of [1e16, 1, 1, -1e16]) sum.add(value);
    expect(sum.value).toBe(2);
  });

  it('of many numbers is within a few digits of the last, however many there are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2 ** 30 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 20_000 }),
        (pattern, length) => {
          const integers = Array.from({ length }, (_, i) => pattern[i % pattern.length]!);
          const exact = Number(integers.reduce((sum, integer) => sum + BigInt(integer), 0n)) * UNIT;
          const sum = sumOf(integers.map((integer) => integer * UNIT));
          expect(Math.abs(sum - exact)).toBeLessThanOrEqual(4e-16 * exact);
        },
      ),
    );
    expect(sumOf(new Float64Array(1e6).fill(0.1))).toBeCloseTo(1e5, 8);
  });

  it('does with infinities and NaN what addition does', () => {
    const long = (first: number, last: number) => {
      const values = new Float64Array(1000);
      values[0] = first;
      values[999] = last;
      return sumOf(values);
    };
    for (const sum of [long, (a: number, b: number) => sumOf([a, 1, b])]) {
      expect(sum(Infinity, 1)).toBe(Infinity);
      expect(sum(1, -Infinity)).toBe(-Infinity);
      expect(sum(Infinity, -Infinity)).toBeNaN();
      expect(sum(NaN, 1)).toBeNaN();
    }
  });

  it('of nothing is 0', () => {
    expect(sumOf([])).toBe(0);
  });
});
