import { softplus } from '../../../../loss/rows/probabilityCosts.ts';
import type { Work } from '../../../../loss/work.ts';
import type { Reading } from '../execution.ts';
import { StopError } from '../run/endings.ts';
import type { Callable } from './callable.ts';
import type { RowFit } from './forms.ts';
import { near, totalOf } from './forms.ts';
import { logProbabilitiesOf, RandomNumbers } from './trial/random.ts';
import { batchOf, isEnding, type Runs, randomRows } from './trial/sample.ts';
import type { Setup } from './trial/setup.ts';
import { distinctWeights } from './trial/trialTensors.ts';

/** What a fit says of a row. */
export function fittedLoss({ on, off, constant }: RowFit, row: readonly (readonly number[])[]): number {
  let loss = constant;
  for (const [set, weights] of on.entries()) {
    const z = row[set]!;
    const costs = off ? z.map((x) => softplus(-x)) : logProbabilitiesOf(z).map((x) => -x);
    for (const [k, weight] of weights.entries()) loss += weight * costs[k]!;
    if (off) for (const [k, weight] of off.entries()) loss += weight * softplus(z[k]!);
  }
  return loss;
}

export function reducedRows(rows: readonly number[], reduction: Callable['reduction']): number[] {
  if (reduction === 'rows' || reduction === 'elements') return [...rows];
  const sum = totalOf(rows);
  if (reduction === 'perSequence') return [(2 * sum) / rows.length];
  if (reduction === 'meanAgain') return [sum / rows.length ** 2];
  return [reduction === 'sum' ? sum : sum / rows.length];
}

/** What a run gave, as numbers: of elements the sum of each row. */
export function given(losses: ReturnType<Runs['try']>['losses']): number[] | null {
  if (!losses) return null;
  if (losses.of === 'batch') return [losses.value];
  return losses.of === 'rows' ? [...losses.values] : losses.values.map(totalOf);
}

/** True if a batch of different classes gives what its rows give by themselves. */
export function* rowsAgree(
  runs: Runs,
  setup: Setup,
  found: Callable,
  fits: ReadonlyMap<number, RowFit>,
): Work<boolean> {
  const labels = [...fits.keys()];
  const mixed = Array.from({ length: 8 }, (_, i) => labels[(i * 3 + (i >> 2)) % labels.length]!);
  const rows = randomRows(mixed.length, found.sets, setup.classes, 91);
  const values = given(runs.try(setup, batchOf(rows, mixed)).losses);
  yield 0;
  const expected = reducedRows(
    rows.map((row, i) => fittedLoss(fits.get(mixed[i]!)!, row)),
    found.reduction,
  );
  return values?.length === expected.length && values.every((value, i) => near(value, expected[i]!, 1e-7));
}

export interface Ignored extends Pick<NonNullable<Reading['ignored']>, 'how' | 'raised'> {
  /** Torch's own loss left rows out. */
  readonly isSkipped: boolean;
}

/** What becomes of rows with this label beside others: their logits are others, so that they'd be seen. */
export function* ignoredHow(
  runs: Runs,
  setup: Setup,
  found: Callable,
  index: number,
  other: number,
): Work<Ignored | null> {
  const rows = randomRows(4, found.sets, setup.classes, 57);
  try {
    const ran = runs.try(setup, batchOf(rows, [other, other, index, index]));
    yield 0;
    const alone = given(runs.try(setup, batchOf(rows.slice(0, 2), [other, other])).losses);
    const both = given(ran.losses);
    const as = (how: Ignored['how']): Ignored => ({ how, raised: null, isSkipped: ran.run.skipsRows });
    if (!alone || !both || ![...alone, ...both].every(Number.isFinite)) return null;
    if (found.reduction === 'rows' || found.reduction === 'elements') {
      if (both.length === 2) return as('leftOut');
      return as(both.slice(2).every((x) => Math.abs(x) < 1e-12) ? 'leftOut' : 'stillCounts');
    }
    // Two sequences of two, of which the second has none that count.
    const same = found.reduction === 'perSequence' ? 2 * both[0]! : both[0]!;
    if (near(same, alone[0]!, 1e-9)) return as('leftOut');
    const isZero = found.reduction === 'mean' && near(2 * both[0]!, alone[0]!, 1e-9);
    return as(isZero ? 'zeroInMean' : 'stillCounts');
  } catch (error) {
    if (!isEnding(error)) throw error;
    if (error instanceof StopError) return null;
    return { how: 'fails', raised: { error: error.type, from: error.from ?? null }, isSkipped: false };
  }
}

/** What class weights do to the loss, against its rows without them. */
export function* weightsHow(
  runs: Runs,
  setup: Setup,
  found: Callable,
  fits: ReadonlyMap<number, RowFit>,
): Work<Reading['weights']> {
  const weights = distinctWeights(setup.classes);
  const labels = [...fits.keys()].slice(0, 3);
  const rows = randomRows(4, found.sets, setup.classes, 33);
  const mixed = [0, 1, 2, 1].map((i) => labels[i % labels.length]!);
  try {
    const values = given(runs.try({ ...setup, weights: 'distinct' }, batchOf(rows, mixed)).losses);
    yield 0;
    if (!values) return 'otherwise';
    const plain = rows.map((row, i) => fittedLoss(fits.get(mixed[i]!)!, row));
    const byRow = plain.map((loss, i) => loss * weights[mixed[i]!]!);
    const byClass = rows.map((row, i) => fittedLoss(weighted(fits.get(mixed[i]!)!, weights), row));
    const matches = (expected: readonly number[]) =>
      expected.length === values.length && expected.every((x, i) => near(x, values[i]!, 1e-7));
    if (matches(reducedRows(plain, found.reduction))) return 'unused';
    const divisor = totalOf(mixed.map((label) => weights[label]!));
    if (found.reduction === 'mean' && matches([totalOf(byRow) / divisor])) return 'meanOfRows';
    if (found.reduction === 'mean' && matches([totalOf(byClass) / divisor])) return 'asTorch';
    if (matches(reducedRows(byRow, found.reduction))) return 'perRow';
    if (matches(reducedRows(byClass, found.reduction))) return 'perClass';
    return 'otherwise';
  } catch (error) {
    if (!isEnding(error)) throw error;
    return 'otherwise';
  }
}

function weighted(fit: RowFit, weights: readonly number[]): RowFit {
  return {
    ...fit,
    on: fit.on.map((each) => each.map((x, k) => x * weights[k]!)),
    off: fit.off?.map((x, k) => x * weights[k]!) ?? null,
  };
}

/** Labels and logits of a batch for a comparison: any class but those that are ignored. */
export function comparedBatch(rows: number, sets: number, classes: number, without: readonly number[]) {
  const numbers = new RandomNumbers(rows + classes);
  const labels = Array.from({ length: classes }, (_, k) => k).filter((k) => !without.includes(k));
  const logits = Array.from({ length: rows }, () => Array.from({ length: sets }, () => numbers.row(classes)));
  return { logits, labels: logits.map(() => labels[numbers.below(labels.length)]!) };
}
