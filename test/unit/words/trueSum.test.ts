import fc from 'fast-check';
import { expect, it } from 'vitest';
import { termDecimals, trueSum } from '../../../src/words/trueSum.ts';

const value = fc.double({ min: 0, max: 50, noNaN: true });

it('a sum with fewer than the most decimals is true as it’s read, and each of its numbers as it’s rounded', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const { total, first, second, decimals } = trueSum(a, b);
      const units = (text: string) => Math.round(Number(text) * 10 ** decimals);
      if (decimals < 8) expect(units(total)).toBe(units(first) + units(second));
      expect([total, first, second]).toEqual([a + b, a, b].map((each) => each.toFixed(decimals)));
    }),
  );
});

it('has no more decimals than that takes', () => {
  expect(trueSum(0.38967, 0.23791)).toMatchObject({ total: '0.6276', first: '0.3897', second: '0.2379' });
  // 0.00004 + 0.00004 would be 0.0000 + 0.0000 = 0.0001.
  expect(trueSum(0.00004, 0.00004)).toMatchObject({ total: '0.00008', first: '0.00004', second: '0.00004' });
  expect(trueSum(0, 0).total).toBe('0.0000');
});

/** Without how many decimals there are. */
function texts({ decimals: _, ...sum }: ReturnType<typeof trueSum>) {
  return sum;
}

it('rounds each part for itself, with more decimals where those don’t add up', () => {
  expect(texts(trueSum(0.500288, 0.614032))).toEqual({ total: '1.1143', first: '0.5003', second: '0.6140' });
  expect(texts(trueSum(1.042931, 1.427728))).toEqual({
    total: '2.47066',
    first: '1.04293',
    second: '1.42773',
  });
  expect(texts(trueSum(0.5, -1e-18))).toEqual({ total: '0.5000', first: '0.5000', second: '0.0000' });
});

it('is true to the last digit for nearly all parts, and never off by more than one', () => {
  const part = fc.double({ min: 0, max: 1e4, noNaN: true });
  let wrong = 0;
  let all = 0;
  fc.assert(
    fc.property(part, part, (a, b) => {
      const { total, first, second } = trueSum(a, b);
      const unit = 10 ** -(total.split('.')[1] ?? '').length;
      const off = Math.abs(Number(total) - Number(first) - Number(second));
      all++;
      if (off > unit / 2) wrong++;
      expect(off).toBeLessThan(1.5 * unit);
      expect(Math.abs(Number(first) - a)).toBeLessThanOrEqual(0.5000001 * unit);
    }),
  );
  expect(wrong / all).toBeLessThan(0.05);
});

it('gives numbers one more decimal than their difference where that is needed for it to be true as it’s read', () => {
  expect(termDecimals([[0.019, 0.0239]], 4)).toBe(4);
  // 0.0190 − 0.0239 is −0.0049, and −0.0050 is what lies between.
  expect(termDecimals([[0.01898, 0.023943]], 4)).toBe(5);
  expect(
    termDecimals(
      [
        [91.1, 76.5],
        [71.5, 75.5],
      ],
      1,
    ),
  ).toBe(1);
  expect(termDecimals([[Number.NaN, 1]], 1)).toBe(1);
  fc.assert(
    fc.property(value, value, fc.integer({ min: 0, max: 4 }), (a, b, decimals) => {
      const most = termDecimals([[a, b]], decimals);
      const read = Number(a.toFixed(most)) - Number(b.toFixed(most));
      const shown = Number((a - b).toFixed(decimals));
      const half = most === decimals ? 1e-9 : 0.5000001 * 10 ** -decimals;
      expect(Math.abs(read - shown)).toBeLessThanOrEqual(half);
    }),
  );
});
