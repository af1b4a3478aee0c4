import { meaningOf } from '../arrayNames.ts';

/** Probabilities that are written with two digits sum to 1 about so well. */
const SLACK = 0.02;
/** Percent are written with as many digits, or with all. */
const PERCENT_SLACK = 0.1;
/** What else is written with numbers that sum to 1: parts of a data set, weights of models, settings of a training. */
const OTHER_NAMES =
  /^(?:train|training|val|valid|validation|test|eval|dev)(?:_.*)?$|weight|ratio|frac|dropout|momentum|decay|split|alpha|beta|gamma|share/i;

/** True for numbers in 0…1 that sum to 1. */
export function isDistribution(values: Float64Array): boolean {
  return sumsTo(values, 1, SLACK);
}

/** True for numbers in 0…100 that sum to 100. */
export function arePercent(values: Float64Array): boolean {
  return sumsTo(values, 100, PERCENT_SLACK);
}

function sumsTo(values: Float64Array, total: number, slack: number): boolean {
  const sum = values.reduce((all, value) => all + value, 0);
  return values.every((value) => value >= 0 && value <= total) && Math.abs(sum - total) <= slack;
}

/** True for names that mean something else than a class: "loss", "accuracy". */
export function isMetric(name: string): boolean {
  const { loss, scores, setting } = meaningOf(name);
  return loss || scores >= 3 || setting !== null;
}

/** True if all may be names of classes, where nothing but the names says what the numbers are. */
export function mayBeClasses(names: readonly string[]): boolean {
  return !names.some((name) => isMetric(name) || saysOther(name));
}

function saysOther(name: string): boolean {
  const { feature, id, derived, size, matrix, prediction, target } = meaningOf(name);
  return feature || id || derived || size || matrix || prediction || target > 0 || OTHER_NAMES.test(name);
}
