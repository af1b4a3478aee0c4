import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { offsetOf, type Rows } from '../../loss/rows/rowLayout.ts';
import { measureRowStats, type PassSpec, type RowStats, shareOfRows } from '../../loss/rows/rowStats.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import { SLICE, type Work } from '../../loss/work.ts';
import { bringFrom } from '../measure/runPass.ts';
import { run, STATS, STATS_COLUMNS } from './lossOp.ts';

/** Measures rows by the op, on the tfjs backend in use: a `MeasureWork` in float32. Call `registerOp` first. */
export function* measureByOp(rows: Rows, targets: Targets | null, spec: PassSpec): Work<RowStats> {
  const { rows: count, classes } = rows.layout;
  const kind = targets?.kind ?? 'indices';
  const floats = () => new Float32Array(count);
  const [hard, uniform, pTarget, pMax] = [floats(), floats(), floats(), floats()];
  const [prediction, target] = [new Int32Array(count), new Int32Array(count)];
  const stats = { hard, uniform, pTarget, pMax, prediction, target };
  const rowsInSlice = Math.max(1, Math.floor(SLICE / classes));
  for (let first = 0; first < count; first += rowsInSlice) {
    yield first / count;
    const last = Math.min(count, first + rowsInSlice);
    tidy(() => {
      const logits = rowsTensor(rows, first, last);
      const labels = targets && labelsTensor(rows, targets, first, last);
      const columns = run(STATS, { logits, ...(labels && { labels }) }, spec);
      STATS_COLUMNS.forEach((name, i) => {
        stats[name].set(columns[i]!.dataSync<'float32' | 'int32'>(), first);
      });
    });
  }
  if (isBeyondFloat32(rows, stats)) return yield* measureRowStats(rows, targets, spec);
  return { ...stats, targets: kind, rows: count, classes, share: shareOfRows(target, kind, spec) };
}

/** True if a loss isn't finite though all logits of its row are: what float64 holds may be beyond float32. */
function isBeyondFloat32(
  { values, layout }: Rows,
  { hard, uniform }: { readonly hard: Float32Array; readonly uniform: Float32Array },
): boolean {
  const { rows, classes, inner } = layout;
  for (let row = 0; row < rows; row++) {
    if (Number.isFinite(hard[row]!) && Number.isFinite(uniform[row]!)) continue;
    let i = offsetOf(layout, row);
    let k = 0;
    for (; k < classes && Number.isFinite(values[i]!); k++) i += inner;
    if (k === classes) return true;
  }
  return false;
}

function labelsTensor(rows: Rows, targets: Targets, first: number, last: number): Tensor {
  if (targets.kind === 'soft') return rowsTensor({ ...rows, values: targets.values }, first, last);
  return tensor(targets.values.slice(first, last), [last - first], 'int32');
}

/** (rows, K) of rows `first`…`last − 1`. A copy: tfjs holds on to what it's given. */
function rowsTensor({ values, layout }: Rows, first: number, last: number): Tensor {
  const { classes } = layout;
  const copy = new Float32Array((last - first) * classes);
  bringFrom(values, layout)({ first, rows: last - first }, copy);
  return tensor(copy, [last - first, classes], 'float32');
}
