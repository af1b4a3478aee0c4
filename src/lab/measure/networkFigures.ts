import { CONVENTIONS } from '../../loss/conventions/conventions.ts';
import type { SplitRows } from '../training/labelledRows.ts';
import type { TrainingLoss } from '../training/trainingPlan.ts';
import { scaledScores } from './calibratedScores.ts';
import { type Activations, nearness } from './clusters.ts';
import { FIGURES, type LabFigure } from './labFigures.ts';
import { accuracyOf, gapOfLogits, predictions } from './logitFigures.ts';
import { meanSpread } from './plane.ts';
import { distanceToTruth } from './truth.ts';

/** What a network says of its rows. Logits are (rows, outputs). */
export interface NetworkOutputs {
  readonly outputs: number;
  readonly train: Float32Array;
  readonly validation: Float32Array;
  readonly test: Float32Array;
  /** Of its last hidden layer, for training and test rows; null without hidden layers. */
  readonly activations: { readonly train: Activations; readonly test: Activations } | null;
  /** (width of the last hidden layer, outputs) */
  readonly lastWeights: Float32Array;
  /** The mean training loss, in nats. */
  readonly loss: number;
}

/** All figures of a network, in the order of FIGURES; NaN where there's no such figure. */
export function networkFiguresOf(said: NetworkOutputs, split: SplitRows, loss: TrainingLoss): Float64Array {
  const { outputs, activations, lastWeights } = said;
  const { train, validation, test } = split;
  const classes = classesOf(split);
  const found: Partial<Record<LabFigure, number>> = {
    loss: said.loss,
    accuracy: accuracyOf(said.test, test.labels, outputs),
    trainAccuracy: accuracyOf(said.train, train.labels, outputs),
    gap: gapOfLogits(said.train, train.labels, outputs),
    testGap: gapOfLogits(said.test, test.labels, outputs),
    learntByHeart: learntByHeart(said, train),
    ...(CONVENTIONS[loss.convention].activation === 'softmax' && {
      ...scaledScores(said, validation.labels, test.labels),
      ...(test.posterior && distanceToTruth(said.test, test.posterior, outputs)),
    }),
    ...(activations && {
      nc1: nearness(activations.train, train.labels, classes),
      trainSpread: meanSpread(activations.train, train.labels, lastWeights, outputs, classes),
      testSpread: meanSpread(activations.test, test.labels, lastWeights, outputs, classes),
    }),
  };
  return Float64Array.from(FIGURES, (figure) => found[figure] ?? Number.NaN);
}

/** K: as many classes as the labels name. */
function classesOf({ train, validation, test }: SplitRows): number {
  return (
    1 +
    [train, validation, test].reduce((most, { labels }) => labels.reduce((a, b) => Math.max(a, b), most), 0)
  );
}

function learntByHeart({ train, outputs }: NetworkOutputs, { labels, clean }: SplitRows['train']): number {
  if (!clean) return Number.NaN;
  const predicted = predictions(train, outputs);
  let [wrong, learnt] = [0, 0];
  labels.forEach((label, row) => {
    if (label === clean[row]) return;
    wrong++;
    if (predicted[row] === label) learnt++;
  });
  return learnt / wrong;
}
