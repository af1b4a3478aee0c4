import { batchFigures } from '../../loss/batch/batchFigures.ts';
import { checkInput } from '../../loss/batch/checkedInput.ts';
import { lossOfRows, lossTermsOf } from '../../loss/batch/lossTerms.ts';
import { lossTotals, reduced } from '../../loss/batch/reduction.ts';
import type { LossSpec } from '../../loss/lossSpec.ts';
import { layoutOf, type Rows } from '../../loss/rows/rowLayout.ts';
import { type MeasureWork, shareOfRows } from '../../loss/rows/rowStats.ts';
import { indicesOf, type Targets } from '../../loss/rows/targets.ts';
import { finish } from '../../loss/work.ts';
import type { LossRows } from './lossRows.ts';
import type { Numbers } from './tensorStores.ts';

interface Shaped<T> {
  readonly data: T;
  readonly shape: readonly number[];
}

/** The loss in nats: one number, or (rows) with reduction "none". Throws LossError for labels that don't fit. */
export function lossOf(
  logits: Shaped<Float32Array>,
  labels: Shaped<Numbers>,
  spec: LossSpec,
  rows: LossRows,
): Float32Array {
  const measure: MeasureWork = (...question) => rows.measure(...question);
  const { stats } = finish(checkInput({ ...spec, logits, targets: labels }, measure));
  const terms = lossTermsOf(spec, stats);
  if (spec.reduction === 'none') return Float32Array.from(lossOfRows(stats, terms));
  return Float32Array.of(batchFigures(lossTotals(stats), terms, undefined, spec.reduction).loss);
}

/** Logits with the classes on the last axis. */
export function rowsOf(values: Float32Array, shape: readonly number[]): Rows {
  return { values, layout: layoutOf(shape, shape.length - 1) };
}

/** Labels of the logits' shape are probabilities, others indices, which `lossOf` has found to be classes or the ignore index. */
export function targetsOf(
  { data, shape }: Shaped<Numbers>,
  logitsShape: readonly number[],
  ignoreIndex: number | null,
): Targets {
  if (shape.length === logitsShape.length && data instanceof Float32Array)
    return { kind: 'soft', values: data };
  return { kind: 'indices', values: indicesOf(data, ignoreIndex) };
}

/** What each row's gradient is multiplied by: (rows), of the gradient of the reduced loss. */
export function gradientUpstream(
  { layout: { rows } }: Rows,
  targets: Targets,
  spec: LossSpec,
  dy: Float32Array,
): Float32Array {
  if (spec.reduction === 'none') return dy;
  if (spec.reduction === 'sum') return new Float32Array(rows).fill(dy[0]!);
  const indices = targets.kind === 'soft' ? new Int32Array(rows) : targets.values;
  const share = shareOfRows(indices, targets.kind, spec);
  return new Float32Array(rows).fill(reduced(dy[0]!, { share }, 'mean'));
}
