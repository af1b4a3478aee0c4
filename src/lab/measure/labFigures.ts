/**
 * What is measured of a network after an epoch, in this order. Losses are in nats, shares 0…1. “After one temperature” is with the
 * logits divided by the T at which the NLL of the validation rows is lowest.
 */
export const FIGURES = [
  /** The loss it's trained with, over its training rows. */
  'loss',
  'accuracy',
  /** Over its training rows, against the labels it was given. */
  'trainAccuracy',
  /** Mean confidence − accuracy: above 0 is overconfident. */
  'overconfidence',
  'nll',
  'brier',
  /** Expected calibration error, `ECE_BINS` bins of the same width. */
  'ece',
  /** T. */
  'temperature',
  'nllScaled',
  'brierScaled',
  'eceScaled',
  'validationNll',
  'validationNllScaled',
  /** z of the label − mean z of the other classes, over the training rows. */
  'gap',
  'testGap',
  /** tr(Σ_W Σ_B⁺)/K of the last hidden layer's activations over the training rows: Papyan, Han and Donoho 2020, eq. 4 (“NC1”). */
  'nc1',
  /** Spread ÷ distance of the classes in the planes of three classes' weights, the mean of K planes; training rows, test rows. */
  'trainSpread',
  'testSpread',
  /** Of the wrong labels among the training rows: how many are predicted as they were given. */
  'learntByHeart',
  /** Mean of ½Σ|p − posterior| over the test rows, 0…1, and of KL(posterior ‖ p) in nats. */
  'truthDistance',
  'truthKl',
] as const;

export type LabFigure = (typeof FIGURES)[number];

/** Guo et al. 2017, “On calibration of modern neural networks”, §4. */
export const ECE_BINS = 15;

const PLACES = new Map<LabFigure, number>(FIGURES.map((figure, i) => [figure, i]));

/** LabFigure `figure` of network `network` among a snapshot's figures. */
export function figureOf(figures: Float64Array, network: number, figure: LabFigure): number {
  return figures[network * FIGURES.length + PLACES.get(figure)!]!;
}
