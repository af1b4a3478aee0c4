import { argmaxBound, CONVENTIONS, type ConventionName, smoothedValues } from './conventions.ts';
import { surprise } from './theory.ts';

/** What a convention's targets ask of a model, for a row with one true class. */
export interface ConventionTheory {
  /** The lowest loss: of the row in a softmax convention, of all K elements together in a sigmoid one. Nats. */
  readonly floor: number;
  /** The logit of the true class at the floor; over the other classes' logit in a softmax convention. */
  readonly trueLogit: number;
  /** The logit of the other classes at the floor; 0 in a softmax convention, where only differences count. */
  readonly otherLogit: number;
  /** The target no longer favours the true class from this α on. */
  readonly argmaxBound: number;
}

export function theoryOf(name: ConventionName, alpha: number, classes: number): ConventionTheory {
  const { activation, others } = CONVENTIONS[name];
  const { on, off } = smoothedValues(name, alpha, classes);
  const bound = argmaxBound(name, classes);
  if (activation === 'softmax') {
    const floor = surprise(on) + others(classes) * surprise(off);
    return { floor, trueLogit: Math.log(on / off), otherLogit: 0, argmaxBound: bound };
  }
  const floor = binaryEntropy(on) + (classes - 1) * binaryEntropy(off);
  return { floor, trueLogit: logitOf(on), otherLogit: logitOf(off), argmaxBound: bound };
}

/** −t ln t − (1 − t) ln(1 − t) in nats. */
function binaryEntropy(t: number): number {
  return surprise(t) + surprise(1 - t);
}

function logitOf(p: number): number {
  return Math.log(p / (1 - p));
}

/**
 * Three forms of the same loss: they differ by what is subtracted, never in the gradient. `ce-constant` is the one of
 * tensor2tensor, T5X and the Flax examples, whose constant has 1e−20 inside its logarithm.
 */
export const LOSS_FORMS = ['ce', 'kl', 'ce-constant'] as const;

export type LossForm = (typeof LOSS_FORMS)[number];

/** What a loss form takes off the cross-entropy of each row, in nats. */
export function subtracted(form: LossForm, name: ConventionName, alpha: number, classes: number): number {
  if (form === 'ce') return 0;
  if (form === 'kl') return theoryOf(name, alpha, classes).floor;
  const { on, off } = smoothedValues(name, alpha, classes);
  return -(on * Math.log(on) + CONVENTIONS[name].others(classes) * off * Math.log(off + 1e-20));
}

/** Where a loss can come from: the true class has probability p, the others share the rest. */
export interface Reading {
  readonly p: number;
  /** The logit of the true class over the others'. */
  readonly gap: number;
}

/**
 * The probabilities of the true class that give this loss, in a softmax convention: `unsure` below the optimum, `oversure`
 * above it (null where nothing is: without smoothing). Undefined if the loss is under the floor, or not a number.
 */
export function readLoss(
  loss: number,
  name: ConventionName,
  alpha: number,
  classes: number,
): { readonly unsure: Reading; readonly oversure: Reading | null } | undefined {
  const { floor, trueLogit } = theoryOf(name, alpha, classes);
  if (Number.isNaN(loss) || loss < floor) return undefined;
  const shared = CONVENTIONS[name].others(classes);
  const { off } = smoothedValues(name, alpha, classes);
  // −ln p = ln(1 + others·e^−g), and another class costs g more.
  const lossAtGap = (gap: number) => negativeLogProbability(gap, shared) + shared * off * gap;
  const reading = (gap: number): Reading => ({ gap, p: Math.exp(-negativeLogProbability(gap, shared)) });
  if (off === 0) {
    const gap = loss === 0 ? Number.POSITIVE_INFINITY : Math.log(shared) - Math.log(Math.expm1(loss));
    return { unsure: reading(gap), oversure: null };
  }
  return {
    unsure: reading(crossing(lossAtGap, loss, trueLogit, -1)),
    oversure: reading(crossing(lossAtGap, loss, trueLogit, 1)),
  };
}

function negativeLogProbability(gap: number, others: number): number {
  const z = Math.log(others) - gap;
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** Where a function that falls to `lowest` and rises after it passes `value`, on the side of `direction`: by bisection. */
function crossing(f: (x: number) => number, value: number, lowest: number, direction: 1 | -1): number {
  let step = 1;
  while (f(lowest + direction * step) < value) step *= 2;
  let [inside, outside] = [lowest, lowest + direction * step];
  for (let middle = (inside + outside) / 2; middle !== inside && middle !== outside; ) {
    if (f(middle) < value) inside = middle;
    else outside = middle;
    middle = (inside + outside) / 2;
  }
  return outside;
}
