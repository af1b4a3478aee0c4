import { CONVENTIONS } from '../conventions/conventions.ts';
import { smoothingOf, valuesOf } from '../conventions/smoothing.ts';
import type { LossSpec } from '../lossSpec.ts';
import { binaryCost } from '../rows/probabilityCosts.ts';
import { largest } from '../rows/softmax.ts';
import { subtracted } from './lossForms.ts';
import { specFiguresOf } from './specFigures.ts';

/** Classes of a row that share a logit, and a target: K of them in G groups. */
export interface GroupedRow {
  /** (G) */
  readonly logits: readonly number[];
  /** How many classes each group has: (G), K together. */
  readonly sizes: readonly number[];
  /** The group that is the true class alone. */
  readonly trueGroup: number;
  /** The group that is the padding class alone, where the convention has one. */
  readonly padding: number | null;
}

/** Losses in nats; what is said of a group is said of each of its classes. */
export interface GroupedFigures {
  /** (G) */
  readonly targets: readonly number[];
  readonly probabilities: readonly number[];
  readonly loss: number;
  /** The loss at α = 0. */
  readonly hardLoss: number;
  readonly floor: number;
  /** loss − floor: the KL divergence of the predictions from the targets, so never below 0. */
  readonly excess: number;
}

type GroupedSpec = Pick<LossSpec, 'convention' | 'labelSmoothing' | 'form'>;

/**
 * The loss of one row with a hard label in O(G), so that K may be as large as `MOST_CLASSES`. Softmax: ln p_g = z_g − ln Σ n exp z,
 * loss = −Σ n_g q_g ln p_g; sigmoids: the mean over the classes of each one's cross-entropy. The form of the loss takes its own off.
 */
export function groupedFigures(row: GroupedRow, spec: GroupedSpec): GroupedFigures {
  const { sizes, trueGroup, padding, logits } = row;
  const classes = sizes.reduce((sum, size) => sum + size, 0);
  const { activation, padded } = CONVENTIONS[spec.convention];
  const smoothing = smoothingOf({ ...spec, ignoreIndex: padded ? classes - 1 : null }, classes);
  const { on, off } = valuesOf(smoothing);
  const label = sizes.map((_, g) => (g === trueGroup ? 1 : 0));
  const targets = label.map((value, g) => (g === padding ? 0 : value === 1 ? on : off));
  const cost = activation === 'softmax' ? softmaxCosts(row) : sigmoidCosts(row, classes);
  const total = (of: readonly number[]) => of.reduce((sum, q, g) => sum + sizes[g]! * cost(g, q), 0);
  const loss = total(targets) - subtracted(spec.form, smoothing);
  const { floor } = specFiguresOf(spec.convention, spec.labelSmoothing, classes, spec.form);
  return {
    targets,
    probabilities: logits.map((z, g) => Math.exp(activation === 'softmax' ? -cost(g, 1) : -binaryCost(z, 1))),
    loss,
    hardLoss: total(label),
    floor,
    // What is below 0 is rounding.
    excess: Math.max(0, loss - floor),
  };
}

/** What a class of a group costs that is asked for q. */
type Cost = (group: number, q: number) => number;

function softmaxCosts({ logits, sizes }: GroupedRow): Cost {
  const max = largest(logits, 0, logits.length, 1);
  const logSum = Math.log(logits.reduce((sum, z, g) => sum + sizes[g]! * Math.exp(z - max), 0));
  return (g, q) => (q === 0 ? 0 : q * (logSum - (logits[g]! - max)));
}

function sigmoidCosts({ logits }: GroupedRow, classes: number): Cost {
  return (g, q) => binaryCost(logits[g]!, q) / classes;
}

/** The logit at which class or group `group` has the probability p, all others as they are. */
export function logitFor(
  { logits, sizes }: Pick<GroupedRow, 'logits' | 'sizes'>,
  group: number,
  p: number,
  activation: 'softmax' | 'sigmoid',
): number {
  const odds = Math.log(p) - Math.log1p(-p);
  if (activation === 'sigmoid') return odds;
  const others = logits.map((z, g) => (g === group ? Number.NEGATIVE_INFINITY : z + Math.log(sizes[g]!)));
  const max = largest(others, 0, others.length, 1);
  const logSum = max + Math.log(others.reduce((sum, z) => sum + Math.exp(z - max), 0));
  // n·p of a group's classes together.
  const size = sizes[group]!;
  return size === 1 ? odds + logSum : Math.log(p) - Math.log1p(-size * p) + logSum;
}
