import { expect, it } from 'vitest';
import { tQuantile } from '../../../../src/lab/statistics/studentT.ts';

// scipy.stats.t.ppf((1 + level) / 2, df)
it.each([
  [0.95, 1, 12.706204736432095],
  [0.95, 4, 2.7764451051977987],
  [0.95, 7, 2.3646242510102993],
  [0.95, 11, 2.200985160082949],
  [0.95, 23, 2.0686576104190406],
  [0.97, 7, 2.7145730071842467],
  [0.98, 15, 2.602480294995493],
  [0.98, 23, 2.4998667394943976],
  [0.999, 2, 31.599054577041514],
  [0.5, 1000, 0.6747351646070092],
])('the t quantile at %f with %i degrees of freedom is %f', (level, df, expected) => {
  expect(tQuantile(level, df) / expected).toBeCloseTo(1, 8);
});

it('is infinite without degrees of freedom', () => {
  expect(tQuantile(0.95, 0)).toBe(Number.POSITIVE_INFINITY);
});
