import { expect, it } from 'vitest';
import { alphaAt, LAST_POSITION, sliderPosition } from '../../../../src/webview/controls/alphaScale.ts';

it('has most of the slider for α up to 0.3, in steps as people write them', () => {
  const alphas = Array.from({ length: LAST_POSITION + 1 }, (_, position) => alphaAt(position));
  expect(alphas.slice(0, 4)).toEqual([0, 0.005, 0.01, 0.015]);
  expect(alphas.at(-1)).toBe(1);
  expect(alphas.filter((alpha) => alpha <= 0.3).length).toBeGreaterThan(0.6 * alphas.length);
  expect(alphas).toEqual(alphas.toSorted((a, b) => a - b));
  for (const alpha of [0.05, 0.1, 0.2, 0.3, 0.5, 0.9]) expect(alphas).toContain(alpha);
});

it('is where its α is', () => {
  for (let position = 0; position <= LAST_POSITION; position++)
    expect(sliderPosition(alphaAt(position))).toBeCloseTo(position, 9);
  expect(sliderPosition(0.1234)).toBeGreaterThan(sliderPosition(0.12));
});
