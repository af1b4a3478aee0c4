import { expect, it } from 'vitest';
import { sureLine } from '../../../../src/webview/lab/pictures/surfaces/sureness.ts';

/** Two classes whose logits differ by `slope` times the distance from the middle, in units of half a side. */
function slope(points: number, steepness: number) {
  const probabilities = new Float32Array(points * points * 2);
  for (let row = 0; row < points; row++)
    for (let column = 0; column < points; column++) {
      const logit = steepness * ((2 * column) / (points - 1) - 1);
      const p = 1 / (1 + Math.exp(-logit));
      probabilities.set([p, 1 - p], 2 * (row * points + column));
    }
  return { probabilities, classes: 2 };
}

/** The x of all points of a path. */
function xsOf(path: string): number[] {
  return [...path.matchAll(/[ML]([\d.-]+),/g)].map(([, x]) => Number(x));
}

it('the line of 90 % lies where the logits differ by ln 9, on both sides of the border', () => {
  const steepness = 4;
  const away = (Math.log(9) / steepness) * 100;
  const xs = xsOf(sureLine(slope(25, steepness), 0.9, 200));
  expect(xs.length).toBeGreaterThan(80);
  // The largest probability, which is interpolated between the points of a grid, bends only in the middle.
  for (const x of xs) expect(Math.abs(Math.abs(x - 100) - away)).toBeLessThan(1);
  expect(new Set(xs.map((x) => x < 100))).toEqual(new Set([true, false]));
});

it('there’s no line where nothing, or everything, is that sure', () => {
  expect(sureLine(slope(25, 1), 0.9, 200)).toBe('');
  const sure = {
    probabilities: Float32Array.from({ length: 25 * 25 * 2 }, (_, i) => 1 - (i % 2)),
    classes: 2,
  };
  expect(sureLine(sure, 0.9, 200)).toBe('');
});
