import { figureOf } from '../measure/labFigures.ts';
import { millisecondsARow } from '../training/planCost.ts';
import type { TrainingSnapshot } from '../training/trainer.ts';
import type { ComparisonSettings } from './comparison.ts';
import { USUAL_SETTINGS } from './stories.ts';

/** The α that are tried on someone's data: all of these, or where so many networks wouldn't fit into memory, fewer. */
export const TRIED_ALPHAS = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6] as const;
const SWEEPS: readonly (readonly number[])[] = [TRIED_ALPHAS, [0, 0.05, 0.1, 0.2, 0.4], [0, 0.1, 0.3]];

/** With more inputs only the last layer is trained. */
export const MOST_INPUTS_OF_HIDDEN = 256;
/** The hidden layers that can be chosen for someone's data; features before a last layer need none. */
export const OWN_NETWORKS: readonly (readonly number[])[] = [[], [32], [64], [64, 64]];
/** Seeds of each α. */
export const OWN_SEEDS = 8;

/** Rows that are trained on, chosen by, and judged on, at most. */
const [MOST_TRAINING_ROWS, MOST_VALIDATION_ROWS, MOST_TEST_ROWS] = [20_000, 2000, 4000];
/** Of fewer rows of a class nobody learns it. */
const FEWEST_OF_A_CLASS = 5;
const [FEWEST_EPOCHS, MOST_EPOCHS] = [20, 100];
/** What a sweep may take, about; wide features get fewer epochs for it, then fewer rows. */
const MOST_MILLISECONDS = 60_000;
/** Of the weights of all networks, with their gradients and the optimizer's two means; and of the rows of all seeds that aren't trained on. */
const [MOST_BYTES_OF_WEIGHTS, MOST_BYTES_MEASURED] = [1 << 29, 1 << 28];

/** What a sweep over someone's data follows from. */
export interface OwnShape {
  readonly rows: number;
  readonly inputs: number;
  readonly classes: number;
}

/** Sweeps over α on someone's data, one for each network that can be chosen. */
export function ownSweeps(shape: OwnShape): ComparisonSettings[] {
  const networks = shape.inputs > MOST_INPUTS_OF_HIDDEN ? [[]] : OWN_NETWORKS;
  return networks.map((hidden) => ownSettings(shape, hidden));
}

/**
 * A sweep over α: two fifths to train on, a fifth to choose by, and two fifths to judge on, which are the same for every seed. Of many
 * rows as many of each as there's time and memory for.
 */
export function ownSettings(
  { rows, inputs, classes }: OwnShape,
  hidden: readonly number[] = [],
): ComparisonSettings {
  const widths = [inputs, ...hidden, classes];
  const alphas = SWEEPS.find((each) => bytesOfWeights(widths, each.length) <= MOST_BYTES_OF_WEIGHTS);
  const networks = (alphas ?? SWEEPS.at(-1)!).length * OWN_SEEDS;
  const rowsInTime = MOST_MILLISECONDS / (networks * millisecondsARow(widths));
  const [twoFifths, fifth] = [Math.round(0.4 * rows), Math.round(0.2 * rows)];
  const fewest = Math.max(1, Math.min(twoFifths, FEWEST_OF_A_CLASS * classes));
  const most = Math.min(MOST_TRAINING_ROWS, twoFifths);
  const train = Math.max(fewest, Math.min(most, Math.floor(rowsInTime / FEWEST_EPOCHS)));
  const measured = Math.max(3, Math.floor(MOST_BYTES_MEASURED / (4 * OWN_SEEDS * inputs)));
  return {
    ...USUAL_SETTINGS,
    alphas: alphas ?? SWEEPS.at(-1)!,
    sizes: {
      train,
      validation: Math.min(MOST_VALIDATION_ROWS, fifth, Math.floor(measured / 3)),
      test: Math.min(MOST_TEST_ROWS, rows - twoFifths - fifth, Math.floor((2 * measured) / 3)),
    },
    hidden,
    epochs: Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, Math.floor(rowsInTime / train))),
    fixedTest: true,
    isTimed: false,
  };
}

/** Weights count four times: with their gradient and the optimizer's two means. */
function bytesOfWeights(widths: readonly number[], alphas: number): number {
  const weights = widths.slice(1).reduce((sum, width, i) => sum + (widths[i]! + 1) * width, 0);
  return 16 * alphas * OWN_SEEDS * weights;
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
