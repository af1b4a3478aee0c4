import { symmetricEigen } from './symmetricEigen.ts';

/** Activations of a layer: (rows, width). */
export interface Activations {
  readonly values: Float32Array;
  readonly width: number;
}

/** More classes than this have no NC1 here: its eigenvectors take K³ time. */
const MOST_CLASSES_OF_CLUSTERS = 64;
/** Eigenvalues of the centres below this part of the largest are 0 but for rounding. */
const FLAT = 1e-10;

/** The mean of each class's rows: (classes, width) in float64. NaN for a class without rows. */
export function centresOf({ values, width }: Activations, labels: Int32Array, classes: number): Float64Array {
  const [centres, counts] = [new Float64Array(classes * width), new Float64Array(classes)];
  labels.forEach((label, row) => {
    counts[label]!++;
    for (let i = 0; i < width; i++) centres[label * width + i]! += values[row * width + i]!;
  });
  return centres.map((sum, i) => sum / counts[Math.floor(i / width)]!);
}

/**
 * tr(Σ_W Σ_B⁺)/K: how wide classes are, against how far their centres are apart, in the directions in which those differ. With the
 * centres M (K × width) less their mean, the eigenvectors u of M·Mᵀ/K give those of Σ_B, Mᵀu/√(Kλ), so that only a K × K matrix is
 * decomposed. NaN where a class has no rows, or K is above 64.
 */
export function nearness(activations: Activations, labels: Int32Array, classes: number): number {
  if (classes < 2 || classes > MOST_CLASSES_OF_CLUSTERS) return Number.NaN;
  const { values, width } = activations;
  const centres = centresOf(activations, labels, classes);
  const middle = Float64Array.from({ length: width }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += centres[c * width + i]!;
    return sum / classes;
  });
  const from = centres.map((x, i) => x - middle[i % width]!);
  const gram = Array.from({ length: classes }, (_, a) =>
    Float64Array.from({ length: classes }, (_, b) => dot(from, a * width, from, b * width, width) / classes),
  );
  const { values: eigenvalues, vectors } = symmetricEigen(gram);
  const largest = Math.max(...eigenvalues);
  if (!(largest > 0)) return Number.NaN;
  const directions = [...eigenvalues.keys()]
    .filter((i) => eigenvalues[i]! > FLAT * largest)
    .map((i) => ({ u: vectors[i]!, scale: 1 / (classes * eigenvalues[i]! ** 2) }));
  let total = 0;
  const deviation = new Float64Array(width);
  const along = new Float64Array(classes);
  labels.forEach((label, row) => {
    for (let i = 0; i < width; i++) deviation[i] = values[row * width + i]! - centres[label * width + i]!;
    for (let c = 0; c < classes; c++) along[c] = dot(from, c * width, deviation, 0, width);
    for (const { u, scale } of directions) total += scale * dot(u, 0, along, 0, classes) ** 2;
  });
  return total / labels.length / classes;
}

/** Σ a[i]·b[i] over `length` numbers from the given places. */
export function dot(
  a: ArrayLike<number>,
  fromA: number,
  b: ArrayLike<number>,
  fromB: number,
  length: number,
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += a[fromA + i]! * b[fromB + i]!;
  return sum;
}
