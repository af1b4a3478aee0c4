import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countUpTo, firstIndex } from '../../../src/loss/binarySearch.ts';
import { lengthOf } from '../../../src/loss/rows/shape.ts';

describe('the first index where something holds from there on', () => {
  it('is found wherever it is', () => {
    for (let length = 0; length < 20; length++)
      for (let first = 0; first <= length; first++)
        expect(firstIndex(length, (index) => index >= first)).toBe(first);
  });

  it('is found in few steps, in as many items as an array can have', () => {
    let steps = 0;
    const holds = (index: number) => {
      steps++;
      return index >= 3_000_000_000;
    };
    expect(firstIndex(2 ** 32 - 1, holds)).toBe(3_000_000_000);
    expect(steps).toBeLessThanOrEqual(32);
  });
});

describe('how many numbers are at most this', () => {
  it.each([
    [0, 0],
    [1, 2],
    [2, 2],
    [3, 3],
    [9, 3],
    [Number.NaN, 0],
  ])('of 1, 1, 3 at most %d: %d', (most, found) => {
    expect(countUpTo([1, 1, 3], most)).toBe(found);
    expect(countUpTo(Float64Array.of(1, 1, 3, Number.NaN), most)).toBe(found);
  });

  it('is what counting them gives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -20, max: 20 })),
        fc.integer({ min: -25, max: 25 }),
        (all, most) => {
          const ascending = all.toSorted((a, b) => a - b);
          expect(countUpTo(ascending, most)).toBe(all.filter((value) => value <= most).length);
        },
      ),
    );
  });
});

it('a shape has as many numbers as its axes multiply to', () => {
  expect([[], [7], [6, 5], [2, 3, 4], [4, 0]].map(lengthOf)).toEqual([1, 7, 30, 24, 0]);
  expect(lengthOf([1e200, 1e200, 0])).toBe(0);
});
