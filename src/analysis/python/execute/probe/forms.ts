import { softplus } from '../../../../loss/rows/probabilityCosts.ts';
import type { ReadForm } from '../execution.ts';
import { leastSquares } from './algebra/leastSquares.ts';
import { logProbabilitiesOf } from './trial/random.ts';

/** How the loss of rows with one true class depends on their logits. */
export interface RowFit {
  readonly activation: 'softmax' | 'sigmoid';
  /** For each set of logits the weight of each class: of −log p, or of both sides of a sigmoid. */
  readonly on: readonly (readonly number[])[];
  /** Of a sigmoid: the weights of −log(1 − p). */
  readonly off: readonly number[] | null;
  readonly constant: number;
}

/** Further off than rounding is. */
const RESIDUAL = 1e-7;
const TINY = 1e-9;

/** How many rows are needed to be sure: as many as there are weights, and a few more. */
export function rowsNeeded(classes: number, sets: number, activation: RowFit['activation'] | null): number {
  return (activation === 'softmax' ? classes * sets : 2 * classes * sets) + 5;
}

/** Null if it depends on them in no way that is known. `logits`: for each row, of each set, K numbers. */
export function fitRows(
  logits: readonly (readonly (readonly number[])[])[],
  losses: readonly number[],
): RowFit | null {
  if (!losses.every(Number.isFinite)) return null;
  const sets = logits[0]!.length;
  const classes = logits[0]![0]!.length;
  const softmax = leastSquares(
    logits.map((row) => [...row.flatMap((z) => logProbabilitiesOf(z).map((x) => -x)), 1]),
    losses,
  );
  if (softmax && softmax.residual < RESIDUAL) {
    const { weights } = softmax;
    const on = Array.from({ length: sets }, (_, set) =>
      weights.slice(set * classes, (set + 1) * classes).map(exact),
    );
    // What doesn't depend on the logits isn't a loss of theirs.
    if (on.flat().every((x) => x === 0)) return null;
    // What is to grow as the probabilities do isn't one, either: scores that are handed back.
    if (on.some((weights) => totalOf(weights) < 0)) return null;
    return { activation: 'softmax', on, off: null, constant: exact(weights.at(-1)!) };
  }
  if (sets > 1) return null;
  const sigmoid = leastSquares(
    logits.map(([z = []]) => [...z.map((x) => softplus(-x)), ...z.map(softplus), 1]),
    losses,
  );
  if (!sigmoid || sigmoid.residual >= RESIDUAL) return null;
  const on = sigmoid.weights.slice(0, classes).map(exact);
  const off = sigmoid.weights.slice(classes, 2 * classes).map(exact);
  // A loss that is linear in z is no sigmoid: log σ(z) − log σ(−z) = z.
  const isSigmoid = on.some((weight, k) => Math.abs(weight + off[k]!) > TINY);
  return isSigmoid
    ? { activation: 'sigmoid', on: [on], off, constant: exact(sigmoid.weights.at(-1)!) }
    : null;
}

/** What rounding leaves of 0 is 0. */
function exact(x: number): number {
  return Math.abs(x) < TINY ? 0 : x;
}

export function totalOf(values: readonly number[]): number {
  return values.reduce((sum, x) => sum + x, 0);
}

/** Σ q ln(q / by), 0 ln 0 = 0. */
function entropic(q: readonly number[], by = 1): number {
  return totalOf(q.map((x) => (x > 0 ? x * Math.log(x / by) : 0)));
}

export function near(a: number, b: number, tolerance = 1e-7): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
}

/** What a fit is; with another constant than a divergence has, it's a cross-entropy and a divergence together. */
export function formOfFit({
  activation,
  on,
  constant,
}: RowFit): { readonly form: ReadForm; readonly scale: number } | null {
  const [weights = []] = on;
  const sum = totalOf(weights);
  if (activation === 'sigmoid') return near(constant, 0) ? { form: 'sigmoid', scale: 1 } : null;
  if (near(constant, 0, 1e-8)) {
    // Of a one-hot target a divergence is the cross-entropy: both constants are 0.
    return { form: 'ce', scale: 1 };
  }
  if (on.length > 1) return null;
  for (const scale of [1, 1 / weights.length, sum]) {
    if (scale > 0 && near(constant, entropic(weights, scale), 1e-8)) return { form: 'kl', scale };
  }
  return { form: 'sum', scale: 1 };
}

/** The least the loss of a row can be, nats; null if it has no least. */
export function floorOf({ activation, on, off, constant }: RowFit): number | null {
  if (on.flat().some((x) => x < 0) || off?.some((x) => x < 0)) return null;
  if (activation === 'softmax')
    return constant - totalOf(on.map((weights) => entropic(weights, totalOf(weights) || 1)));
  const [weights = []] = on;
  return constant - totalOf(weights.map((x, k) => entropic([x, off![k]!], x + off![k]! || 1)));
}
