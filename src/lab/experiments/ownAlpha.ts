import type { DataSet } from '../data/dataSet.ts';
import { figureOf } from '../measure/labFigures.ts';
import { millisecondsARow } from '../training/planCost.ts';
import type { TrainingSnapshot } from '../training/trainer.ts';
import type { ComparisonSettings } from './comparison.ts';
import { USUAL_SETTINGS } from './stories.ts';

/** The α that are tried on someone's data. */
export const TRIED_ALPHAS = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6] as const;

/** Rows that are trained on, and chosen by, at most. */
const MOST_TRAINING_ROWS = 2000;
/** With more inputs only the last layer is trained. */
export const MOST_INPUTS_OF_HIDDEN = 256;
/** Seeds of each α. */
export const OWN_SEEDS = 8;
const [FEWEST_EPOCHS, MOST_EPOCHS] = [20, 100];
/** What a sweep may take, about; wide features get fewer epochs for it, then fewer rows. */
const MOST_MILLISECONDS = 60_000;

/**
 * A sweep over α on someone's data: two fifths to train on, a fifth to choose by, and two fifths to judge on, which are the same for
 * every seed. Features before a last layer need no hidden layers.
 */
export function ownSettings(
  { rows, inputs, classes }: DataSet,
  hidden: readonly number[] = [],
): ComparisonSettings {
  const count = rows.labels.length;
  const layers = inputs > MOST_INPUTS_OF_HIDDEN ? [] : hidden;
  const networks = TRIED_ALPHAS.length * OWN_SEEDS;
  const rowsInTime = MOST_MILLISECONDS / (networks * millisecondsARow([inputs, ...layers, classes]));
  const [twoFifths, fifth] = [Math.round(0.4 * count), Math.round(0.2 * count)];
  const train = Math.max(1, Math.min(MOST_TRAINING_ROWS, twoFifths, Math.floor(rowsInTime / FEWEST_EPOCHS)));
  return {
    ...USUAL_SETTINGS,
    alphas: TRIED_ALPHAS,
    sizes: {
      train,
      validation: Math.min(MOST_TRAINING_ROWS, fifth),
      test: Math.min(2 * MOST_TRAINING_ROWS, count - twoFifths - fifth),
    },
    hidden: layers,
    epochs: Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, Math.floor(rowsInTime / train))),
    fixedTest: true,
  };
}

/** The α that suits, and what it was chosen by. */
export interface ChosenAlpha {
  /** Its number among the plan's α. */
  readonly alpha: number;
  /** (alphas) the mean NLL of the validation rows over the seeds, in nats. */
  readonly validationNll: readonly number[];
  /** False where some seed has no best temperature, so that NLL is compared as it is. */
  readonly isScaled: boolean;
}

/**
 * The α with the lowest NLL after one temperature on the validation rows, on average over the seeds; the smallest of several. What
 * becomes of it on the test rows has no part in this.
 */
export function chosenAlpha(
  { figures }: Pick<TrainingSnapshot, 'figures'>,
  alphas: number,
  seeds: number,
): ChosenAlpha {
  const means = (figure: 'validationNllScaled' | 'validationNll') =>
    Array.from({ length: alphas }, (_, a) => {
      let sum = 0;
      for (let seed = 0; seed < seeds; seed++) sum += figureOf(figures, a * seeds + seed, figure);
      return sum / seeds;
    });
  const scaled = means('validationNllScaled');
  const isScaled = scaled.every(Number.isFinite);
  const validationNll = isScaled ? scaled : means('validationNll');
  const alpha = validationNll.reduce((best, nll, i) => (nll < validationNll[best]! ? i : best), 0);
  return { alpha, validationNll, isScaled };
}
