import { describe, expect, it } from 'vitest';
import { gigabytes, megabytes } from '../../../src/words/byteSizes.ts';
import { intervalText } from '../../../src/words/interval.ts';
import {
  count,
  fixedNats,
  literal,
  plain,
  plainProbability,
  settled,
} from '../../../src/words/numberFormat.ts';
import { percent } from '../../../src/words/percent.ts';
import { plural } from '../../../src/words/plural.ts';
import { numberIn, typedNumber } from '../../../src/words/readNumber.ts';
import { shapeTuple, sizesOf } from '../../../src/words/shapeText.ts';

describe('a number of things', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [50_000, '50,000'],
    [1_234_567, '1,234,567'],
  ])('%d has commas: %s', (value, text) => expect(count(value)).toBe(text));

  it('in a shape has none where commas separate axes', () => {
    expect(shapeTuple([60_000, 10])).toBe('(60000, 10)');
    expect(shapeTuple([])).toBe('()');
    expect(sizesOf([60_000, 10])).toBe('60,000 × 10');
    expect(sizesOf([5])).toBe('5');
  });

  it('chooses its sentence', () => {
    const tensors = (things: number) => plural(things, 'a tensor', `${things} tensors`);
    expect([0, 1, 2].map(tensors)).toEqual(['0 tensors', 'a tensor', '2 tensors']);
  });
});

describe('nats in a line of text', () => {
  it.each([
    [0.5003, 3, '0.500'],
    [0.19851524, 6, '0.198515'],
    [0, 4, '0.0000'],
    [1.234567e-7, 4, '1.235e−7'],
    [-2.5, 3, '−2.500'],
    [12_345.678, 3, '12345.678'],
    [Number.POSITIVE_INFINITY, 3, '∞'],
    [Number.NEGATIVE_INFINITY, 3, '−∞'],
    [Number.NaN, 3, 'NaN'],
  ])('%d with %d decimals: %s', (value, decimals, text) => expect(fixedNats(value, decimals)).toBe(text));
});

describe('a number', () => {
  it('in a sentence has four digits, in code all of them', () => {
    expect([0.91, 1 / 3, -0.1, 1e-9].map(plain)).toEqual(['0.91', '0.3333', '−0.1', '1e−9']);
    expect([0.1 + 0.2, 1 / 3, -0.1].map(literal)).toEqual(['0.3', '0.333333333333', '-0.1']);
  });

  it('of bytes has a decimal where it matters', () => {
    const sizes = [100_000, 4_449_999, 9_960_000, 12_600_000, 1_234_000_000];
    expect(sizes.map(megabytes)).toEqual(['0.1', '4.4', '10', '13', '1,234']);
    expect([2e9, 2_147_483_648, 1_234_500_000_000].map(gigabytes)).toEqual(['2', '2.1', '1,234.5']);
  });
});

describe('a share', () => {
  it.each([
    [0.9255, '92.5\u00a0%'],
    [1, '100.0\u00a0%'],
    [0, '0.0\u00a0%'],
    // Three of a million differ.
    [0.999997, '99.9997\u00a0%'],
    [0.000003, '0.0003\u00a0%'],
    [0.9996, '99.96\u00a0%'],
    [Number.NaN, '–'],
  ])('of %d reads as all or nothing only if it is', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  it('has as many decimals as are asked for', () => {
    expect(percent(0.999997, 1)).toBe('100.0\u00a0%');
    expect(percent(0.5, 3)).toBe('50.000\u00a0%');
  });
});

describe('a probability in a sentence', () => {
  it.each([
    [0.92, '0.92'],
    [0.9001, '0.9001'],
    [1 - 1e-6, '0.9999990'],
    [1, '1'],
    [2.864e-5, '2.9e−5'],
  ])('of %d is written with the digits that say something, and 1 only if it is 1', (p, text) => {
    expect(plainProbability(p)).toBe(text);
  });
});

describe('an interval', () => {
  it.each([
    [undefined, '[0, 1]'],
    ['from', '(0, 1]'],
    ['to', '[0, 1)'],
    ['both', '(0, 1)'],
  ] as const)('with %s open is %s', (open, text) =>
    expect(intervalText({ from: 0, to: 1, open })).toBe(text),
  );
});

describe('a text', () => {
  it('of ours is the number it was', () => {
    expect(['1,234', '1,234,567', '−1,234', '0.91', '−3.1e−6', '∞', '−∞'].map(numberIn)).toEqual([
      1234,
      1_234_567,
      -1234,
      0.91,
      -3.1e-6,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ]);
    for (const none of ['1,23', '0,123', '1,234.5', '12,34', '1,2345', ',123', 'x', ''])
      expect(numberIn(none)).toBeNaN();
  });

  it('that was typed is none with a comma, which means two things', () => {
    expect([' 0.5 ', '−0.5', '1\u202f000', '1e3'].map(typedNumber)).toEqual([0.5, -0.5, 1000, 1000]);
    for (const none of ['1,234', '0,5', '1,000,000', '']) expect(typedNumber(none)).toBeNaN();
  });
});

describe('a difference of losses', () => {
  it.each([
    [2.776e-16, 0.39, 0],
    [-1.1e-13, 500, 0],
    [1e-9, 0.39, 1e-9],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NaN, Number.POSITIVE_INFINITY, Number.NaN],
  ])('%d of a loss of %d is %d', (difference, loss, shown) => expect(settled(difference, loss)).toBe(shown));
});
