import { softmax } from '../../loss/rows/softmax.ts';
import { SeededNumbers } from '../random/seededNumbers.ts';
import type { LabelledRows, SplitRows } from '../training/labelledRows.ts';

/**
 * Three round clouds of normal points in the plane, variance 1 each way, equally many of each class; their centres are the corners of
 * an equilateral triangle this far from 0. Who knows all this is right in 82.5 % (see the tests): no network can be better.
 */
export const CLOUD_RADIUS = 1.45;
export const CLOUD_CLASSES = 3;
/** How often who knows all this is right, 0…1. */
export const CLOUD_BEST_ACCURACY = 0.825;

/** (classes, 2) */
export const CLOUD_CENTRES: readonly (readonly [number, number])[] = [0, 1, 2].map((k) => {
  const angle = Math.PI / 2 + (2 * Math.PI * k) / CLOUD_CLASSES;
  return [CLOUD_RADIUS * Math.cos(angle), CLOUD_RADIUS * Math.sin(angle)] as const;
});

/** P(class | point) of points (rows, 2): (rows, 3), by Bayes' rule from the clouds' densities. */
export function cloudPosterior(features: Float32Array): Float32Array {
  const rows = features.length / 2;
  const posterior = new Float32Array(rows * CLOUD_CLASSES);
  for (let row = 0; row < rows; row++) {
    const [x, y] = [features[2 * row]!, features[2 * row + 1]!];
    const logDensities = CLOUD_CENTRES.map(([a, b]) => -((x - a) ** 2 + (y - b) ** 2) / 2);
    posterior.set(softmax(Float64Array.from(logDensities)), row * CLOUD_CLASSES);
  }
  return posterior;
}

/** Points drawn by a seed. */
export function drawClouds(
  seed: number,
  sizes: { train: number; validation: number; test: number },
): SplitRows {
  const draw = (stream: keyof typeof sizes): LabelledRows => {
    const numbers = new SeededNumbers(seed, `clouds ${stream}`);
    const labels = Int32Array.from({ length: sizes[stream] }, () => numbers.below(CLOUD_CLASSES));
    const features = new Float32Array(2 * labels.length);
    labels.forEach((label, row) => {
      features[2 * row] = CLOUD_CENTRES[label]![0] + numbers.normal();
      features[2 * row + 1] = CLOUD_CENTRES[label]![1] + numbers.normal();
    });
    return { features, labels };
  };
  const test = draw('test');
  return {
    train: draw('train'),
    validation: draw('validation'),
    test: { ...test, posterior: cloudPosterior(test.features) },
  };
}

/** A square of points, side × side: (points, 2), row by row from the top left; `reach` from 0 to each edge. */
export function squareOfPoints(side: number, reach: number): Float32Array {
  const points = new Float32Array(2 * side * side);
  for (let i = 0; i < side * side; i++) {
    points[2 * i] = reach * ((2 * (i % side)) / (side - 1) - 1);
    points[2 * i + 1] = reach * (1 - (2 * Math.floor(i / side)) / (side - 1));
  }
  return points;
}
