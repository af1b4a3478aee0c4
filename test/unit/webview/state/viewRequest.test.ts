import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniformSmoothing } from '../../../../src/loss/conventions/smoothing.ts';
import { classLines } from '../../../../src/webview/charts/classLines.ts';
import {
  MOST_HEIGHT,
  ROW_HEIGHT,
  scrolledHeight,
  scrollTo,
  windowAt,
} from '../../../../src/webview/rows/virtualRows.ts';
import { precision } from '../../../../src/webview/widgets/precision.tsx';
import { bound, count, exact, nats, probability, signed } from '../../../../src/words/numberFormat.ts';
import { percent } from '../../../../src/words/percent.ts';
import { numberIn } from '../../../../src/words/readNumber.ts';

describe('numbers are written', () => {
  it.each([
    [0.389673, '0.3897'],
    [-0.5, '−0.5000'],
    [-0.00001234, '−1.2e−5'],
    [0.00001234, '1.2e−5'],
    [123456.789, '123456.8'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [0, '0.0000'],
  ])('%f nats as %s', (value, text) => expect(nats(value)).toBe(text));

  it('as probabilities, gradients, percentages and counts', () => {
    expect([0, 1, 0.92, 0.02, 0.000001].map(probability)).toEqual(['0', '1', '0.920', '0.0200', '1.0e−6']);
    expect([0.9994, 0.99995432, 1 - 2e-9].map(probability)).toEqual(['0.999', '0.999954', '0.9999999980']);
    expect([0.08, -0.08, 0, -3.1e-6].map(signed)).toEqual(['+0.080', '−0.080', '0.000', '−3.1e−6']);
    expect([percent(0.926), percent(Number.NaN)]).toEqual(['92.6\u00a0%', '–']);
    expect(count(1234567)).toBe('1,234,567');
  });
});

describe('numbers are read', () => {
  it('as they are written', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(numberIn(exact(value))).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(numberIn(count(1234567))).toBe(1234567);
  });

  it.each(['', ' ', 'x', '1,5', '−'])('not from “%s”', (text) => expect(numberIn(text)).toBeNaN());
});

describe('what printing has rounded', () => {
  it.each([
    [4, 0.00005, 0.0001, 'Logits printed with 4 decimals: the loss is accurate to ±0.0001 nats'],
    [1, 0.05, 0.1, 'Logits printed with 1 decimal: the loss is accurate to ±0.1 nats'],
    [8, 5e-9, 1e-8, 'Logits printed with 8 decimals: the loss is accurate to ±1e−8 nats'],
    [4, 0.00005, 0.0006, 'Logits printed with 4 decimals: the loss is accurate to ±0.0006 nats'],
    [4, 0.00005, 0.00012345, 'Logits printed with 4 decimals: the loss is accurate to ±0.00013 nats'],
    [4, 0.05, 0.1, 'Logits printed with 4 decimals: the loss is accurate to ±0.1 nats'],
    [4, 0.00005, Number.NaN, '4 decimals'],
    [4, 0, 0, 'The numbers have 4 decimals.'],
  ])('%i decimals, off by %f: %f nats', (decimals, rounding, error, text) =>
    expect(precision({ decimals, rounding, holds: 'logits' }, error).text).toBe(text),
  );

  it('is bounded from above', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e6, noNaN: true }), (value) => {
        const shown = Number(bound(value).replace('−', '-'));
        expect(shown).toBeGreaterThanOrEqual(value * (1 - 1e-11));
        expect(shown).toBeLessThanOrEqual(value * 1.1 * (1 + 1e-11));
      }),
    );
  });
});

describe('the classes of a row', () => {
  it('are all there is of a few', () => {
    const lines = classLines(
      { row: 0, logits: new Float64Array(5), target: Float64Array.of(0, 0, 1, 0, 0) },
      uniformSmoothing(0.1, 5),
      { weight: null, ignored: false },
    );
    expect(lines.map((line) => line.target.toFixed(2))).toEqual(['0.02', '0.02', '0.92', '0.02', '0.02']);
    expect(lines[2]!.gradient).toBeCloseTo(0.2 - 0.92, 12);
  });

  it('of many are the target, the most probable, and the others together', () => {
    const logits = Float64Array.from({ length: 1000 }, (_, k) => (k < 20 ? k : 0));
    const target = new Float64Array(1000);
    target[777] = 1;
    const lines = classLines({ row: 0, logits, target }, uniformSmoothing(0.1, 1000), {
      weight: null,
      ignored: false,
    });
    const others = lines.at(-1)!;
    expect(lines.map((line) => line.index)).toContain(777);
    expect(others.count).toBe(1000 - (lines.length - 1));
    const total = (of: 'target' | 'prediction' | 'gradient') =>
      lines.reduce((sum, line) => sum + line[of], 0);
    expect(total('target')).toBeCloseTo(1, 12);
    expect(total('prediction')).toBeCloseTo(1, 12);
    expect(total('gradient')).toBeCloseTo(0, 12);
  });
});

describe('scrolling', () => {
  it('draws only what is in view, and reaches the last row of any number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, share) => {
          const height = 480;
          const reach = Math.max(0, scrolledHeight(rows) - height);
          const { first, end } = windowAt(share * reach, height, rows);
          expect(first).toBeGreaterThanOrEqual(0);
          expect(end - first).toBeLessThanOrEqual(height / ROW_HEIGHT + 4);
          expect(windowAt(reach, height, rows).end).toBe(rows);
        },
      ),
    );
  });

  it('is bounded in height, as browsers are', () => expect(scrolledHeight(10_000_000)).toBe(MOST_HEIGHT));

  it('brings a row into view, and stays if it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000_000 }), fc.nat(), (rows, at) => {
        const place = at % rows;
        const top = scrollTo(place, 0, 480, rows);
        const { first, end } = windowAt(top, 480, rows);
        expect(first <= place && place < end).toBe(true);
        expect(scrollTo(place, top, 480, rows)).toBeCloseTo(top, 3);
      }),
    );
  });
});
