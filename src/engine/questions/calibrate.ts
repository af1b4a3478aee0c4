import { rowTargetOf, ScoreSums } from '../../loss/calibration/calibrationScores.ts';
import { fitTemperature } from '../../loss/calibration/fitTemperature.ts';
import type { Rows } from '../../loss/rows/rowLayout.ts';
import type { Targets } from '../../loss/rows/targets.ts';
import { portion, type Work } from '../../loss/work.ts';
import type { Calibration } from '../../protocol/engineChannel.ts';
import type { MeasuredBatch } from '../batches/measuredBatch.ts';
import { eachRow, pickRows } from '../measure/eachRow.ts';

/** A fit takes several passes: of more logits than this, rows are picked for it. Other figures are of all rows. */
const FITTED_LOGITS = 1 << 22;

type Labelled = Pick<MeasuredBatch, 'source' | 'layout' | 'targets'> & {
  readonly measuredWith: Pick<MeasuredBatch['measuredWith'], 'ignoreIndex'>;
};

/** Temperature scaling of a batch, and how good its probabilities are before and after. All in float64. */
export function* calibrate(labelled: Labelled): Work<Calibration> {
  const { source, layout, targets } = labelled;
  const { ignoreIndex } = labelled.measuredWith;
  const { rows, targets: labels } = yield* portion(pickFittedRows(labelled), 0, 0.1);
  const temperature = yield* portion(fitTemperature(rows, labels, ignoreIndex), 0.1, 0.6);
  const isFitted = temperature > 0 && Number.isFinite(temperature);
  const before = new ScoreSums(layout.rows, 1);
  const after = new ScoreSums(layout.rows, isFitted ? temperature : 1);
  const scoring = eachRow(source, layout, (block, index, row) => {
    const target = rowTargetOf(targets, row, layout, ignoreIndex);
    before.add(block, index, target, row);
    if (isFitted) after.add(block, index, target, row);
  });
  yield* portion(scoring, 0.6, 1);
  return {
    temperature: Float64Array.of(temperature),
    fittedRows: countedRows(labels, rows.layout.rows, ignoreIndex),
    before: { confidence: before.confidence, means: before.means },
    after: isFitted ? { confidence: after.confidence, means: after.means } : null,
  };
}

/** The rows that the temperature is fitted to: all of them, or as many as there's time for, evenly spread. */
function* pickFittedRows({ source, layout, targets }: Labelled): Work<{ rows: Rows; targets: Targets }> {
  const most = Math.max(1, Math.floor(FITTED_LOGITS / layout.classes));
  const count = Math.min(layout.rows, most);
  if (count === layout.rows && 'values' in source)
    return { rows: { values: source.values, layout }, targets };
  const picked = Int32Array.from({ length: count }, (_, i) => Math.floor((i * layout.rows) / count));
  const rows = yield* pickRows(source, layout, picked);
  if (targets.kind === 'indices')
    return { rows, targets: { kind: 'indices', values: picked.map((row) => targets.values[row]!) } };
  const soft = yield* pickRows({ values: targets.values }, layout, picked);
  return { rows, targets: { kind: 'soft', values: soft.values } };
}

/** How many of the rows count. */
function countedRows(targets: Targets, rows: number, ignoreIndex: number | null): number {
  if (targets.kind === 'soft') return rows;
  return targets.values.reduce((count, target) => (target === ignoreIndex ? count : count + 1), 0);
}
