import { rowTargetOf, scoreRow } from '../../../loss/calibration/calibrationScores.ts';
import { Sum } from '../../../loss/rows/pairwiseSum.ts';
import { offsetOf, rowOf } from '../../../loss/rows/rowLayout.ts';
import { distilled } from '../../../loss/rows/softTargets.ts';
import { entropy } from '../../../loss/theory/floors.ts';
import type { Work } from '../../../loss/work.ts';
import { eachRow } from './eachRow.ts';
import type { RowScores, RowsToScore, ScoreQuestion, ScoreTotals } from './score.ts';

/** The slope at β = 0, where every class is as likely: without exponentials. −∞ isn't among the classes. */
export function* flatSlope({ source, layout, targets, ignoreIndex }: RowsToScore): Work<number> {
  const sum = new Sum();
  const { classes } = layout;
  yield* eachRow(source, layout, ({ values, layout: { inner } }, index, row) => {
    const target = targets && rowTargetOf(targets, row, layout, ignoreIndex);
    if (target === undefined || target === null) return;
    const start = offsetOf({ rows: layout.rows, classes, inner }, index);
    let [total, finite] = [0, 0];
    for (let k = 0, i = start; k < classes; k++, i += inner) {
      const value = values[i]!;
      if (value === Number.NEGATIVE_INFINITY) continue;
      total += value;
      finite++;
    }
    const mean = total / finite;
    if (typeof target === 'number') sum.add(mean - values[start + target * inner]!);
    else
      for (let k = 0; k < classes; k++) {
        const share = target.values[target.start + k * inner]!;
        if (share !== 0) sum.add(share * (mean - values[start + k * inner]!));
      }
  });
  return sum.value;
}

/** Rows at β in float64: the reference of what the kernel scores. */
export function* scoreExactly(rows: RowsToScore, { beta, what }: ScoreQuestion): Work<RowScores> {
  const { source, layout, targets, ignoreIndex } = rows;
  const sums = {
    nll: new Sum(),
    slope: new Sum(),
    curvature: new Sum(),
    finalSlope: new Sum(),
    brier: new Sum(),
    entropy: new Sum(),
  };
  const confidence = what === 'scores' ? new Float64Array(layout.rows).fill(Number.NaN) : null;
  let counted = 0;
  yield* eachRow(source, layout, (block, index, row) => {
    if (what === 'entropy') sums.entropy.add(entropy(distilled(rowOf(block, index), 1 / beta)));
    else {
      const target = targets && rowTargetOf(targets, row, layout, ignoreIndex);
      if (target === undefined || target === null) return;
      const score = scoreRow(block, index, target, beta);
      if (confidence) confidence[row] = score.confidence;
      for (const name of ['nll', 'slope', 'curvature', 'finalSlope', 'brier'] as const)
        sums[name].add(score[name]);
    }
    counted++;
  });
  const values = Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum.value]));
  return {
    totals: { counted, ...(values as unknown as Omit<ScoreTotals, 'counted'>) },
    confidence,
    rests: null,
  };
}
