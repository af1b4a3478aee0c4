import type { PlaneRows } from '../training/trainer.ts';
import { type Activations, dot } from './clusters.ts';
import { predictions } from './logitFigures.ts';

/** Three classes. */
export type Triple = readonly [number, number, number];

/** A plane through the last layer's weights of three classes, and activations in it: Müller, Kornblith and Hinton 2019, §2. */
interface Plane {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Two orthonormal directions: w₂ − w₁, and what w₃ − w₁ has beside it. `weights` is (width, outputs). */
function planeOf(weights: Float32Array, width: number, outputs: number, [a, b, c]: Triple): Plane {
  const between = (x: number, y: number) =>
    Float64Array.from({ length: width }, (_, i) => weights[i * outputs + y]! - weights[i * outputs + x]!);
  const first = unit(between(a, b));
  const other = between(a, c);
  const along = dot(other, 0, first, 0, width);
  return { first, second: unit(other.map((x, i) => x - along * first[i]!)) };
}

function unit(v: Float64Array): Float64Array {
  const length = Math.sqrt(dot(v, 0, v, 0, v.length));
  return v.map((x) => x / length);
}

/** The rows of the three classes in their plane: points (2 each), the classes' places in the triple, and the rows' numbers. */
function project(
  { values, width }: Activations,
  labels: Int32Array,
  triple: Triple,
  { first, second }: Plane,
) {
  const [points, classes, rows]: [number[], number[], number[]] = [[], [], []];
  labels.forEach((label, row) => {
    const place = triple.indexOf(label);
    if (place === -1) return;
    points.push(dot(values, row * width, first, 0, width), dot(values, row * width, second, 0, width));
    classes.push(place);
    rows.push(row);
  });
  return { points, classes, rows };
}

/** Where the three centres are, how far apart on average, and the root mean square distance of points from their centre. */
function spreadOf(points: readonly number[], classes: readonly number[]) {
  const centres = [0, 1, 2].map((place) => {
    let [x, y, count] = [0, 0, 0];
    classes.forEach((each, i) => {
      if (each !== place) return;
      x += points[2 * i]!;
      y += points[2 * i + 1]!;
      count++;
    });
    return [x / count, y / count] as const;
  });
  let squares = 0;
  classes.forEach((place, i) => {
    squares += (points[2 * i]! - centres[place]![0]) ** 2 + (points[2 * i + 1]! - centres[place]![1]) ** 2;
  });
  const apart = (a: number, b: number) =>
    Math.hypot(centres[a]![0] - centres[b]![0], centres[a]![1] - centres[b]![1]);
  const distance = (apart(0, 1) + apart(0, 2) + apart(1, 2)) / 3;
  return { centres, distance, spread: Math.sqrt(squares / classes.length) };
}

/**
 * Spread ÷ distance in the planes of classes (0, 1, 2), (1, 2, 3), … (K−1, 0, 1), on average: every class alike, none of them chosen. Of
 * fewer than three classes there's no plane: NaN, as where a class has no rows.
 */
export function meanSpread(
  activations: Activations,
  labels: Int32Array,
  weights: Float32Array,
  outputs: number,
  classes: number,
): number {
  if (classes < 3) return Number.NaN;
  // Of three classes there's one plane, whichever is named first.
  const planes = classes === 3 ? 1 : classes;
  let total = 0;
  for (let k = 0; k < planes; k++) {
    const triple: Triple = [k, (k + 1) % classes, (k + 2) % classes];
    const { points, classes: of } = project(
      activations,
      labels,
      triple,
      planeOf(weights, activations.width, outputs, triple),
    );
    const { spread, distance } = spreadOf(points, of);
    total += spread / distance;
  }
  return total / planes;
}

/** The picture of one plane: points about the mean of the three centres, in units of their mean distance. */
export function planePicture(
  activations: Activations,
  labels: Int32Array,
  weights: Float32Array,
  logits: Float32Array,
  outputs: number,
  triple: Triple,
): PlaneRows {
  const { points, classes, rows } = project(
    activations,
    labels,
    triple,
    planeOf(weights, activations.width, outputs, triple),
  );
  const { centres, distance } = spreadOf(points, classes);
  const middle = [0, 1].map((axis) => centres.reduce((sum, centre) => sum + centre[axis]!, 0) / 3);
  const predicted = predictions(logits, outputs);
  return {
    points: Float32Array.from(points, (x, i) => (x - middle[i % 2]!) / distance),
    classes: Uint8Array.from(classes),
    right: Uint8Array.from(rows, (row) => (predicted[row] === labels[row] ? 1 : 0)),
  };
}
