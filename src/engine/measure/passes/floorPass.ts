import { type Smoothing, valuesOf } from '../../../loss/conventions/smoothing.ts';
import type { Floats, Rows } from '../../../loss/rows/rowLayout.ts';
import type { Pass } from './kernelPass.ts';
import { barePass, type OutputPlaces } from './preparedPass.ts';

/** Of targets that are near 1 by what they get off others, float32 has too few digits for the floor. */
const MOST_OFF = 0.5;

/** Soft targets of rows. */
export type SoftRows = Pick<Rows, 'values' | 'layout'>;

/** False for floors that are computed in float64: weights, sigmoids, targets of more digits than float32 has, or one all but as large as 1, or of which nothing is left. */
export function areFloorsInFloat32(
  values: Floats,
  smoothing: Smoothing,
  weight: Float64Array | null,
): values is Float32Array {
  const { activation, padding } = smoothing;
  const { on, off } = valuesOf(smoothing);
  const isPlain = activation === 'softmax' && padding === null && !weight;
  // Of a label that all is taken off, rounding may leave less than nothing.
  return isPlain && off <= MOST_OFF && on > 0 && values instanceof Float32Array;
}

/** A pass that finds the floors of soft targets, (rows) float64 at `floors.into`. May throw OutOfKernelMemory. */
export function preparedFloors(
  { values, layout }: SoftRows,
  smoothing: Smoothing,
  places: OutputPlaces,
): Pass {
  const { off } = valuesOf(smoothing);
  const into = places.working.hold(8 * layout.rows);
  return {
    ...barePass({ values }, layout, false, places),
    floors: { keep: 1 - smoothing.uniform, off, into },
  };
}
