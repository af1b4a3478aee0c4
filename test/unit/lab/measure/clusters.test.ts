import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nearness } from '../../../../src/lab/measure/clusters.ts';
import { meanSpread, planePicture } from '../../../../src/lab/measure/plane.ts';
import { symmetricEigen } from '../../../../src/lab/measure/symmetricEigen.ts';
import { ROOT } from '../../../vscode/paths.ts';

const OF = JSON.parse(readFileSync(join(ROOT, 'test', 'reference', 'clusters.json'), 'utf8'));
const ACTIVATIONS = { values: Float32Array.from(OF.activations), width: OF.width };
const LABELS = Int32Array.from(OF.labels);
const WEIGHTS = Float32Array.from(OF.weights);

describe('how tight classes are', () => {
  it('is NumPy’s', () => {
    expect(nearness(ACTIVATIONS, LABELS, OF.classes) / OF.nc1).toBeCloseTo(1, 5);
    expect(meanSpread(ACTIVATIONS, LABELS, WEIGHTS, OF.classes, OF.classes) / OF.spread).toBeCloseTo(1, 5);
  });

  it('doesn’t depend on the size of the activations', () => {
    const larger = { ...ACTIVATIONS, values: ACTIVATIONS.values.map((x) => 1000 * x) };
    expect(nearness(larger, LABELS, OF.classes) / OF.nc1).toBeCloseTo(1, 5);
    expect(meanSpread(larger, LABELS, WEIGHTS, OF.classes, OF.classes) / OF.spread).toBeCloseTo(1, 5);
  });

  it('is no number where a class has no rows, or there are too few or too many classes', () => {
    const without = LABELS.map((label) => (label === 3 ? 0 : label));
    expect(nearness(ACTIVATIONS, without, OF.classes)).toBeNaN();
    expect(meanSpread(ACTIVATIONS, without, WEIGHTS, OF.classes, OF.classes)).toBeNaN();
    expect(meanSpread(ACTIVATIONS, LABELS, WEIGHTS, OF.classes, 2)).toBeNaN();
    expect(nearness(ACTIVATIONS, LABELS, 65)).toBeNaN();
  });

  it('is 0 of classes that are points', () => {
    const points = {
      width: 3,
      values: Float32Array.from({ length: 18 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 5 : 0)),
    };
    const labels = Int32Array.of(0, 1, 2, 0, 1, 2);
    expect(nearness(points, labels, 3)).toBeCloseTo(0, 12);
  });
});

describe('the picture of a plane', () => {
  it('has the three classes about the mean of their centres, which are 1 apart on average', () => {
    const logits = Float32Array.from({ length: LABELS.length * OF.classes }, (_, i) =>
      i % OF.classes === 1 ? 1 : 0,
    );
    const { points, classes, right } = planePicture(
      ACTIVATIONS,
      LABELS,
      WEIGHTS,
      logits,
      OF.classes,
      [3, 1, 0],
    );
    expect(classes).toHaveLength(30);
    expect(points).toHaveLength(60);
    // Everything is predicted to be class 1, second of the triple.
    expect([...right]).toEqual([...classes].map((place) => (place === 1 ? 1 : 0)));
    const centre = (place: number, axis: number) => {
      const own = [...classes.keys()].filter((i) => classes[i] === place);
      return own.reduce((sum, i) => sum + points[2 * i + axis]!, 0) / own.length;
    };
    for (const axis of [0, 1]) expect(centre(0, axis) + centre(1, axis) + centre(2, axis)).toBeCloseTo(0, 5);
    const apart = (a: number, b: number) =>
      Math.hypot(centre(a, 0) - centre(b, 0), centre(a, 1) - centre(b, 1));
    expect((apart(0, 1) + apart(0, 2) + apart(1, 2)) / 3).toBeCloseTo(1, 5);
  });
});

it('eigenvectors of a symmetric matrix give it back', () => {
  const matrix = [
    [4, 1, -2],
    [1, 3, 0.5],
    [-2, 0.5, 1],
  ].map((row) => Float64Array.from(row));
  const { values, vectors } = symmetricEigen(matrix);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      const sum = [0, 1, 2].reduce((all, k) => all + values[k]! * vectors[k]![i]! * vectors[k]![j]!, 0);
      expect(sum).toBeCloseTo(matrix[i]![j]!, 12);
    }
});
