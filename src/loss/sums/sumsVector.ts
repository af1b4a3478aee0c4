import { Sum } from '../rows/pairwiseSum.ts';
import { type BatchSums, CELLS, FINE_BINS, GRID } from './batchSums.ts';

/** The parts of the vector that sums come as, in its order; docs/scale.md describes each. What has no length has one number a class. */
const LAYOUT = [
  ['class_rows'],
  ['class_nll'],
  ['class_cost'],
  ['bin_rows', FINE_BINS],
  ['bin_confidence', FINE_BINS],
  ['bin_right', FINE_BINS],
  ['cell_rows', CELLS],
  ['cell_right', CELLS],
  ['cell_target', CELLS],
  ['grid_nll', GRID.length],
  ['grid_slope', GRID.length],
  ['grid_curvature', GRID.length],
  ['brier', 1],
  ['rows', 1],
] as const;

export type SumName = (typeof LAYOUT)[number][0];

const BY_CLASS = LAYOUT.filter(([, length]) => length === undefined).length;
const FIXED = LAYOUT.reduce((sum, [, length = 0]) => sum + length, 0);

/** K of a vector of so many numbers; undefined if none has as many. */
export function classesOfVector(length: number): number | undefined {
  const classes = (length - FIXED) / BY_CLASS;
  return Number.isInteger(classes) && classes >= 2 ? classes : undefined;
}

/** The sums in a vector of 3K + 196,823 numbers. Rights that are NaN are unknown: there were no targets. */
export function sumsOfVector(vector: Float64Array): BatchSums {
  const classes = classesOfVector(vector.length)!;
  const parts = new Map<SumName, Float64Array>();
  let start = 0;
  for (const [name, length = classes] of LAYOUT) {
    parts.set(name, vector.subarray(start, start + length));
    start += length;
  }
  const of = (name: SumName) => parts.get(name)!;
  const hasTargets = !of('bin_right').some(Number.isNaN);
  const right = (name: SumName) => (hasTargets ? of(name) : new Float64Array(of(name).length));
  return {
    rows: of('rows')[0]!,
    classes,
    hasTargets,
    perClass: of('class_rows'),
    nll: of('class_nll'),
    cost: of('class_cost'),
    brier: of('brier')[0]!,
    bins: { rows: of('bin_rows'), confidence: of('bin_confidence'), right: right('bin_right') },
    cells: { rows: of('cell_rows'), right: right('cell_right'), target: of('cell_target') },
    tempered: { nll: of('grid_nll'), slope: of('grid_slope'), curvature: of('grid_curvature') },
  };
}

/** The sums of all parts' rows. Each is compensated, so neither how many parts there are nor their order makes a difference. */
export function addVectors(parts: readonly Float64Array[]): Float64Array {
  const [first] = parts as readonly [Float64Array];
  if (parts.length === 1) return first;
  return first.map((_, i) => {
    const sum = new Sum();
    for (const values of parts) sum.add(values[i]!);
    return sum.value;
  });
}
