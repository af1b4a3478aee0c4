import { ScoreSums } from '../../loss/calibration/calibrationScores.ts';
import { fitTemperature } from '../../loss/calibration/fitTemperature.ts';
import {
  binsOf,
  equalWidthEdges,
  expectedError,
  meanConfidence,
  rank,
} from '../../loss/calibration/reliabilityBins.ts';
import type { Rows } from '../../loss/rows/rowLayout.ts';
import { finish } from '../../loss/work.ts';
import { ECE_BINS, type LabFigure } from './labFigures.ts';
import { accuracyOf, predictions } from './logitFigures.ts';

interface SaidOfRows {
  readonly outputs: number;
  readonly validation: Float32Array;
  readonly test: Float32Array;
}

/** Calibration of the test rows as they are, and after the temperature that suits the validation rows; no scaled figures without one. */
export function scaledScores(
  { outputs, validation, test }: SaidOfRows,
  validationLabels: Int32Array,
  testLabels: Int32Array,
): Partial<Record<LabFigure, number>> {
  const chosenOn = rowsOfLogits(validation, outputs);
  const judgedOn = rowsOfLogits(test, outputs);
  const temperature = finish(fitTemperature(chosenOn, { kind: 'indices', values: validationLabels }, null));
  const asItIs = scoresAt(judgedOn, testLabels, 1);
  const figures = {
    overconfidence: asItIs.confidence - accuracyOf(test, testLabels, outputs),
    nll: asItIs.nll,
    brier: asItIs.brier,
    ece: asItIs.ece,
    temperature,
    validationNll: scoresAt(chosenOn, validationLabels, 1).nll,
  };
  if (!(temperature > 0 && Number.isFinite(temperature))) return figures;
  const scaled = scoresAt(judgedOn, testLabels, temperature);
  return {
    ...figures,
    nllScaled: scaled.nll,
    brierScaled: scaled.brier,
    eceScaled: scaled.ece,
    validationNllScaled: scoresAt(chosenOn, validationLabels, temperature).nll,
  };
}

/** Mean confidence, NLL in nats, Brier score and ECE of rows at temperature T. */
export function scoresAt(
  rows: Rows,
  labels: Int32Array,
  temperature: number,
): { readonly confidence: number; readonly nll: number; readonly brier: number; readonly ece: number } {
  const sums = new ScoreSums(rows.layout.rows, temperature);
  labels.forEach((label, row) => {
    sums.add(rows, row, label, row);
  });
  const predicted = predictions(rows.values as Float32Array, rows.layout.classes);
  const ranked = rank(sums.confidence, (row) => predicted[row] === labels[row]);
  const [nll, brier] = sums.means;
  const ece = expectedError(binsOf(ranked, equalWidthEdges(ECE_BINS)));
  return { confidence: meanConfidence(ranked), nll: nll!, brier: brier!, ece };
}

/** (rows, outputs), one row after the other. */
export function rowsOfLogits(values: Float32Array, outputs: number): Rows {
  return { values, layout: { rows: values.length / outputs, classes: outputs, inner: 1 } };
}
