import { softplus } from '../../../../../loss/rows/probabilityCosts.ts';
import type { Work } from '../../../../../loss/work.ts';
import { RaisedError, StopError } from '../../run/endings.ts';
import type { Callable } from '../callable.ts';
import { fitRows, near, type RowFit, rowsNeeded } from '../forms.ts';
import { logProbabilitiesOf } from '../trial/random.ts';
import { type Runs, type Sample, sampleRows } from '../trial/sample.ts';
import type { Setup } from '../trial/setup.ts';
import { leastSquares } from './leastSquares.ts';

/** More classes than these are told apart as the true one, padding, and all others. */
const MOST_CLASSES = 12;

/** What the targets are, by true class: of all sets of logits. */
export interface Matrix {
  readonly classes: number;
  readonly fits: ReadonlyMap<number, RowFit>;
  /** Labels whose rows count nothing. */
  readonly silent: ReadonlySet<number>;
  /** One of them is taken to be left out because a batch of it alone has no mean. */
  readonly isAssumed?: boolean;
}

export interface MatrixOptions {
  /** The class that is known to be padding. */
  readonly padding?: number | null;
  /** Fits three kinds of classes only, of a few true ones: it is known that all others are alike. */
  readonly grouped?: boolean;
  /** True classes that are fitted, instead of all. */
  readonly labels?: readonly number[];
}

/** Fits the rows of each true class. Throws a StopError where one of them doesn't fit. */
export function* matrixOf(
  runs: Runs,
  setup: Setup,
  found: Callable,
  { padding = null, grouped = setup.classes > MOST_CLASSES, labels }: MatrixOptions = {},
): Work<Matrix> {
  const { classes } = setup;
  const { sets, activation, divisor } = found;
  const inGroups = grouped && sets === 1;
  const all = grouped
    ? [2, 1, classes - 1].filter((label) => label !== padding).slice(0, 2)
    : Array.from({ length: classes }, (_, k) => k);
  const fits = new Map<number, RowFit>();
  const silent = new Set<number>();
  let isAssumed = false;
  for (const label of new Set(labels ?? all)) {
    const count = inGroups ? rowsNeeded(3, 1, activation) : rowsNeeded(classes, sets, activation);
    const isIgnored = label === setup.ignored || found.ran.ignoredValues.includes(label);
    const sample = yield* sampleUnlessRefused(
      isIgnored,
      sampleRows(runs, setup, label, count, sets, divisor),
    );
    if (!sample) {
      silent.add(label);
      isAssumed = true;
      continue;
    }
    // Nothing is left of a batch of rows that are left out: 0, or the mean of nothing.
    if (sample.losses.every((loss) => Math.abs(loss) < 1e-12 || Number.isNaN(loss))) {
      silent.add(label);
      isAssumed ||= sample.losses.some(Number.isNaN) && !isIgnored;
      continue;
    }
    const fit = inGroups ? fitGroups(sample, padding) : fitRows(sample.logits, sample.losses);
    if (!fit) throw new StopError(runs.question.node, 'other');
    fits.set(label, fit);
  }
  return { classes, fits, silent, isAssumed };
}

/** Null where a batch that has none but ignored rows raises: losses may refuse that. */
function* sampleUnlessRefused(isIgnored: boolean, sampled: Work<Sample>): Work<Sample | null> {
  try {
    return yield* sampled;
  } catch (error) {
    if (isIgnored && error instanceof RaisedError) return null;
    throw error;
  }
}

/** As `fitRows`, where all classes but two have the same weight. */
function fitGroups({ label, logits, losses }: Sample, padding: number | null): RowFit | null {
  if (logits[0]!.length > 1 || !losses.every(Number.isFinite)) return null;
  const classes = logits[0]![0]!.length;
  const hasPadding = padding !== null && padding !== label;
  const groupOf = (k: number) => (k === label ? 0 : hasPadding && k === padding ? 2 : 1);
  const groups = hasPadding ? 3 : 2;
  const grouped = (costs: readonly number[]) => {
    const sums = new Array<number>(groups).fill(0);
    for (const [k, cost] of costs.entries()) sums[groupOf(k)]! += cost;
    return sums;
  };
  const spread = (weights: readonly number[]) =>
    Array.from({ length: classes }, (_, k) => weights[groupOf(k)]!);
  const softmax = leastSquares(
    logits.map(([z = []]) => [...grouped(logProbabilitiesOf(z).map((x) => -x)), 1]),
    losses,
  );
  if (softmax && softmax.residual < 1e-8) {
    const weights = softmax.weights.map((x) => (Math.abs(x) < 1e-10 ? 0 : x));
    return { activation: 'softmax', on: [spread(weights)], off: null, constant: weights[groups]! };
  }
  const sigmoid = leastSquares(
    logits.map(([z = []]) => [...grouped(z.map((x) => softplus(-x))), ...grouped(z.map(softplus)), 1]),
    losses,
  );
  if (!sigmoid || sigmoid.residual >= 1e-8) return null;
  const weights = sigmoid.weights.map((x) => (Math.abs(x) < 1e-10 ? 0 : x));
  const on = spread(weights);
  const off = spread(weights.slice(groups));
  if (on.every((x, k) => Math.abs(x + off[k]!) < 1e-9)) return null;
  return { activation: 'sigmoid', on: [on], off, constant: weights.at(-1)! };
}

/** Weights of the true class and of each other one, where they're the same whatever the true class is. */
export interface Even {
  readonly on: number;
  readonly off: number;
  readonly padding: number | null;
  /** Of a sigmoid: both sides together. */
  readonly scale: number;
}

/** Null where the targets differ from class to class. `known` is the class of padding; undefined: it's looked for. */
export function evenOf({ classes, fits, silent }: Matrix, set: number, known?: number | null): Even | null {
  const rows = [...fits].map(([label, fit]) => ({ label, weights: madeTargets(fit, set), fit }));
  const [first] = rows;
  if (!first) return null;
  const scale = first.fit.off ? first.fit.on[0]![first.label]! + first.fit.off[first.label]! : 1;
  // A class that no other row has a part of, where the others have some, is padding.
  const without = (k: number) => rows.every(({ label, weights }) => label === k || weights[k] === 0);
  const shares = rows.some(({ label, weights }) => weights.some((weight, k) => k !== label && weight !== 0));
  const candidates = Array.from({ length: classes }, (_, k) => k).filter((k) => shares && without(k));
  const padding = known === undefined ? (candidates.length === 1 ? candidates[0]! : null) : known;
  const counted = rows.filter(({ label }) => label !== padding);
  const [one] = counted;
  if (!one || (known === undefined && candidates.length > 1)) return null;
  const on = one.weights[one.label]!;
  const off = one.weights.find((_, k) => k !== one.label && k !== padding) ?? 0;
  const isEven = counted.every(({ label, weights }) =>
    weights.every((weight, k) => near(weight, k === label ? on : k === padding ? 0 : off)),
  );
  if (!isEven || silent.size > 1) return null;
  const sameScale = rows.every(
    ({ fit }) => !fit.off || fit.off.every((x, k) => near(x + fit.on[0]![k]!, scale)),
  );
  return sameScale ? { on, off, padding, scale } : null;
}

/** Of a sigmoid the part of the whole. */
function madeTargets({ on, off }: RowFit, set: number): readonly number[] {
  const weights = on[set]!;
  return off ? weights.map((x, k) => x / (x + off[k]! || 1)) : weights;
}

export function massOf(even: Even, classes: number): number {
  return even.on + (classes - (even.padding === null ? 1 : 2)) * even.off;
}
