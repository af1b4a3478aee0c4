import { describe, expect, it } from 'vitest';
import { scoreRow } from '../../../../src/loss/calibration/calibrationScores.ts';
import { fitTemperature } from '../../../../src/loss/calibration/fitTemperature.ts';
import {
  binsOf,
  equalMassEdges,
  equalWidthEdges,
  expectedError,
  maximumError,
  rank,
} from '../../../../src/loss/calibration/reliabilityBins.ts';
import { fitToSums, nllAt } from '../../../../src/loss/sums/fitToSums.ts';
import { evaluated, osculating } from '../../../../src/loss/sums/hermite.ts';
import { equalMassBins, equalWidthBins } from '../../../../src/loss/sums/summedBins.ts';
import { sumsOfVector } from '../../../../src/loss/sums/sumsVector.ts';
import { finish } from '../../../../src/loss/work.ts';
import { summedVector } from '../../../fixtures/summedRows.ts';

/** Logits that look random, of rows of which about `accuracy` are right. */
function batch(rows: number, classes: number, scale: number, accuracy: number) {
  let state = rows * 7919 + classes * 104_729 + Math.round(scale * 1000) + Math.round(accuracy * 100);
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const logits = Array.from({ length: rows }, () => Array.from({ length: classes }, () => scale * normal()));
  const targets = logits.map((z) =>
    random() < accuracy ? z.indexOf(Math.max(...z)) : Math.floor(random() * classes),
  );
  const layout = { rows, classes, inner: 1 };
  return { logits, targets, rows: { values: Float64Array.from(logits.flat()), layout } };
}

const CASES = [
  [40, 2, 2, 0.5],
  [60, 5, 2, 0.9],
  [60, 10, 5, 0.6],
  [80, 100, 2, 0.5],
  [80, 100, 15, 0.9],
  [60, 1000, 2, 0.5],
] as const;

describe.each(CASES)('sums of %i rows of %i classes, scale %f, accuracy %f', (...facts) => {
  const { logits, targets, rows } = batch(...facts);
  const sums = sumsOfVector(summedVector(logits, targets));
  const indices = { kind: 'indices', values: Int32Array.from(targets) } as const;
  const meanAt = (temperature: number) =>
    targets.reduce((sum, target, row) => sum + scoreRow(rows, row, target, 1 / temperature).nll, 0) /
    targets.length;

  it('have the temperature that fitting to the rows has, within the error that is said', () => {
    const wanted = finish(fitTemperature(rows, indices, null));
    const fit = fitToSums(sums);
    if (fit.found !== 'temperature') throw new Error(fit.found);
    const { temperature, nll } = fit;
    expect(Math.abs(temperature.value - wanted)).toBeLessThanOrEqual(temperature.within);
    expect(temperature.within / wanted).toBeLessThan(1e-3);
    expect(Math.abs(nll.value - meanAt(wanted))).toBeLessThanOrEqual(nll.within);
    expect(nll.within).toBeLessThan(1e-4);
  });

  it('have the NLL at any temperature of the grid, within the error that is said', () => {
    for (const temperature of [0.25, 0.31, 0.7, 0.99, 1, 1.2, 2, 3.3, 7.9, 8]) {
      const { value, within } = nllAt(sums, temperature)!;
      expect(Math.abs(value - meanAt(temperature)), String(temperature)).toBeLessThanOrEqual(within + 1e-12);
    }
    expect([nllAt(sums, 0.2), nllAt(sums, 9)]).toEqual([undefined, undefined]);
  });

  const confidence = Float64Array.from(targets, (_, row) => scoreRow(rows, row, 0, 1).confidence);
  const isRight = (row: number) => logits[row]!.indexOf(Math.max(...logits[row]!)) === targets[row];
  const ranked = rank(confidence, isRight);

  it.each([1, 2, 5, 10, 15, 30])('have %i bins of equal width exactly', (count) => {
    const { bins, expectedWithin, maximumWithin } = equalWidthBins(sums, count);
    const wanted = binsOf(ranked, equalWidthEdges(count));
    expect([expectedWithin, maximumWithin]).toEqual([0, 0]);
    for (const [i, { rows: own, accuracy, confidence: mean }] of wanted.entries()) {
      expect(bins[i]!.rows).toBe(own);
      if (own > 0) expect(bins[i]!.accuracy).toBeCloseTo(accuracy, 12);
      if (own > 0) expect(bins[i]!.confidence).toBeCloseTo(mean, 12);
    }
  });

  it.each([7, 11, 40, 100])('have the errors of %i bins within what is said', (count) => {
    for (const [found, edges] of [
      [equalWidthBins(sums, count), equalWidthEdges(count)],
      [equalMassBins(sums, count), equalMassEdges(ranked, count)],
    ] as const) {
      const wanted = binsOf(ranked, edges);
      const { bins, expectedWithin, maximumWithin } = found;
      expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(targets.length);
      const off = Math.abs(expectedError(bins) - expectedError(wanted));
      expect(off).toBeLessThanOrEqual(expectedWithin + 1e-12);
      const mostOff = Math.abs(maximumError(bins) - maximumError(wanted));
      expect(mostOff).toBeLessThanOrEqual(maximumWithin + 1e-12);
    }
  });
});

describe('a temperature', () => {
  const fitOf = (logits: readonly (readonly number[])[], targets: readonly number[]) =>
    fitToSums(sumsOfVector(summedVector(logits, targets))).found;

  it('isn’t found where there’s none, or beyond what was measured', () => {
    expect(
      fitOf(
        [
          [3, 1],
          [0, 2],
        ],
        [0, 1],
      ),
    ).toBe('all-right');
    expect(
      fitOf(
        [
          [0.01, 0],
          [0.01, 0],
          [0, 0.02],
          [0, 0.001],
        ],
        [0, 0, 1, 0],
      ),
    ).toBe('below');
    expect(
      fitOf(
        [
          [3, 1],
          [0, 2],
        ],
        [1, 0],
      ),
    ).toBe('above');
    expect(
      fitOf(
        [
          [3, Number.NEGATIVE_INFINITY],
          [0, 2],
        ],
        [1, 1],
      ),
    ).toBe('none');
    expect(fitOf([[3, 1]], [-100])).toBe('none');
    expect(
      fitOf(
        [
          [2, 2, 2],
          [Number.NEGATIVE_INFINITY, 0, Number.NEGATIVE_INFINITY],
        ],
        [2, 1],
      ),
    ).toBe('flat');
  });
});

describe('an osculating polynomial', () => {
  it('is the polynomial that its points are of', () => {
    const f = (x: number) => [x ** 5 - 2 * x, 5 * x ** 4 - 2, 20 * x ** 3] as const;
    const polynomial = osculating([-1, 2].map((x) => [x, ...f(x)]));
    const { value, derivative } = evaluated(polynomial, 0.5);
    expect(value).toBeCloseTo(f(0.5)[0], 12);
    expect(derivative).toBeCloseTo(f(0.5)[1], 12);
  });
});
