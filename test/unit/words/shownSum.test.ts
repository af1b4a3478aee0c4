import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shownSum } from '../../../src/words/shownSum.ts';

it('rounds each number of a sum for itself, always to as many decimals', () => {
  expect(shownSum(0.389673, 0.23796, 3)).toEqual({
    total: '0.628',
    sign: '=',
    first: '0.390',
    second: '0.238',
    decimals: 3,
  });
  expect(shownSum(0.500288, 0.614032, 4)).toMatchObject({
    total: '1.1143',
    first: '0.5003',
    second: '0.6140',
  });
});

it('says that a sum is nearly equal where what is shown doesn’t add up', () => {
  // 0.3904 + 0.3264 is 0.7168.
  expect(shownSum(0.3904, 0.3264, 3)).toMatchObject({
    total: '0.717',
    sign: '≈',
    first: '0.390',
    second: '0.326',
  });
  expect(shownSum(0.5, Number.POSITIVE_INFINITY, 3)).toMatchObject({ total: '∞', sign: '=', second: '∞' });
  const part = fc.double({ min: 0.001, max: 1e4, noNaN: true });
  let nearly = 0;
  fc.assert(
    fc.property(part, part, (a, b) => {
      const { total, sign, first, second } = shownSum(a, b, 4);
      const units = (text: string) => Math.round(Number(text) * 1e4);
      const off = units(total) - units(first) - units(second);
      if (sign === '≈') nearly++;
      expect(sign).toBe(off === 0 ? '=' : '≈');
      expect(Math.abs(off)).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1000 },
  );
  expect(nearly).toBeGreaterThan(100);
});

it('has as many digits as make it true once all stands still', () => {
  expect(shownSum(0.3904, 0.3264, 3, true)).toMatchObject({
    total: '0.7168',
    sign: '=',
    first: '0.3904',
    second: '0.3264',
  });
  expect(shownSum(0.389673, 0.23796, 3, true).decimals).toBe(3);
});

it('shows nothing left to learn as 0, not as what rounding leaves', () => {
  expect(shownSum(0.3896726, 2.776e-16, 3)).toMatchObject({ total: '0.390', sign: '=', second: '0.000' });
  expect(shownSum(0.3896726, -5.6e-17, 3).second).toBe('0.000');
  expect(shownSum(0.3896726, 1e-9, 3).second).toBe('1e−9');
});
