import { binFractions } from '../../loss/calibration/reliabilityBins.ts';
import type { Work } from '../../loss/work.ts';
import type { Compute } from '../measure/compute.ts';
import type { RowsToScore } from '../measure/scores/score.ts';
import { MassEdges } from './massEdges.ts';

/** Rows whose confidence is this near to an edge of a bin are looked at again. */
const NEAR_EDGE = 1e-6;
const CELLS = 1 << 16;

/**
 * Confidences of float32 `rests` (the others' e^z next to the largest), NaN where there's one already. Rows so near to an edge of a
 * bin that float32 can't tell on which side get theirs in float64, whatever bins will be chosen. `confidence` is changed.
 */
export function* decideEdges(
  compute: Compute,
  rows: RowsToScore,
  beta: number,
  rests: Float32Array,
  confidence: Float64Array,
): Work<void> {
  const near = nearEdges(rests, confidence, rows.layout.classes);
  yield* compute.confidencesOf(rows, beta, near, confidence);
}

/** The rows that are too near to an edge, by number. */
function nearEdges(rests: Float32Array, confidence: Float64Array, classes: number): Int32Array {
  const edges = binFractions();
  const cells = nearCells(edges);
  const mass = new MassEdges(rests, confidence, edges, classes);
  const found = new Int32Array(rests.length);
  let count = 0;
  for (let row = 0; row < rests.length; row++) {
    const value = confidence[row]!;
    if (Number.isNaN(value)) continue;
    const isNear = (cells[(value * CELLS) | 0] === 1 && isNearAny(value, edges)) || mass.isNear(row);
    if (isNear) found[count++] = row;
  }
  return found.slice(0, count);
}

/** For each part of 0…1, whether it may hold a number near an edge. */
function nearCells(edges: Float64Array): Uint8Array {
  const cells = new Uint8Array(CELLS + 2);
  for (const edge of edges) {
    const [from, to] = [edge - NEAR_EDGE, edge + NEAR_EDGE].map((end) => Math.floor(end * CELLS));
    cells.fill(1, Math.max(0, from!), to! + 1);
  }
  return cells;
}

function isNearAny(value: number, edges: Float64Array): boolean {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value - NEAR_EDGE) low = middle + 1;
    else high = middle;
  }
  return low < edges.length && edges[low]! <= value + NEAR_EDGE;
}
