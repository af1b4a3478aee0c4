import type { Work } from '../../../../loss/work.ts';
import type { Callable } from './callable.ts';
import { fitRows, near, rowsNeeded } from './forms.ts';
import { isMixture } from './mixture/mixture.ts';
import { batchOf, type Runs, randomRows, sampleRows } from './trial/sample.ts';
import type { Ran, Setup } from './trial/setup.ts';

/** Sets of logits that are compared with the same labels. */
export const MOST_SETS = 3;

/** How the losses of rows become what is returned, and whether they are of a form that is known. */
export function* tell(runs: Runs, setup: Setup, ran: Ran): Work<Callable | null> {
  const { losses, isTargets, scores } = ran;
  if (!losses) return null;
  // What takes logits for their shape alone makes targets, too.
  if (isTargets || (losses.of === 'elements' && (yield* ignoresLogits(runs, setup, losses.values)))) {
    const hasAlpha = ran.roles.some(({ role }) => role === 'alpha');
    if (losses.of !== 'elements' || (!hasAlpha && isGivenBack(setup, losses.values))) return null;
    return {
      setup,
      ran,
      isTargets: true,
      sets: 0,
      focal: false,
      reduction: 'elements',
      divisor: 1,
      activation: 'softmax',
      isMixture: false,
    };
  }
  const sets = scores.length;
  if (sets > MOST_SETS) return null;
  const reduction = losses.of === 'batch' ? yield* reductionFound(runs, setup, sets) : losses.of;
  if (!reduction) return null;
  const divisor = divisorOf(reduction);
  const hasGamma = ran.roles.some(({ role }) => role === 'gamma');
  for (const gamma of hasGamma ? [null, 0] : [null]) {
    const each = { ...setup, gamma };
    const sample = yield* sampleRows(runs, each, 2, rowsNeeded(setup.classes, sets, null), sets, divisor);
    if (sample.losses.every((loss) => loss === 0)) return null;
    const fit = fitRows(sample.logits, sample.losses);
    if (fit)
      return {
        setup: each,
        ran,
        isTargets,
        sets,
        focal: gamma === 0,
        reduction,
        divisor,
        activation: fit.activation,
        isMixture: false,
      };
  }
  return null;
}

/** What a number for two rows that are alike is divided by, to be that of one. */
function divisorOf(reduction: Callable['reduction']): number {
  if (reduction === 'meanAgain') return 1 / 2;
  return reduction === 'sum' || reduction === 'perSequence' ? 2 : 1;
}

/** Where what is returned is of no known form: it may mix its own losses of the classes. */
export function* tellMixture(runs: Runs, setup: Setup, ran: Ran): Work<Callable | null> {
  const { losses, scores } = ran;
  if (!losses || ran.isTargets || scores.length !== 1) return null;
  const reduction = losses.of === 'batch' ? yield* reductionFound(runs, setup, 1) : losses.of;
  if (!reduction) return null;
  const found: Callable = {
    setup,
    ran,
    isTargets: false,
    sets: 1,
    focal: false,
    reduction,
    divisor: divisorOf(reduction),
    activation: 'softmax',
    isMixture: true,
  };
  return (yield* isMixture(runs, found)) ? found : null;
}

/** Rows of labels that come back as they were given: nothing is made of them. */
function isGivenBack({ way, classes }: Setup, values: readonly (readonly number[])[]): boolean {
  return (
    way.labels === 'oneHot' &&
    values.every((row) => row.length === classes && row.every((x, k) => x === (k === 2 ? 1 : 0)))
  );
}

function* ignoresLogits(runs: Runs, setup: Setup, values: readonly (readonly number[])[]): Work<boolean> {
  const { losses } = runs.try(setup, batchOf(randomRows(4, MOST_SETS, setup.classes, 8), [2, 2, 2, 2]));
  yield 0;
  return (
    losses?.of === 'elements' && losses.values.every((row, i) => row.every((x, k) => x === values[i]![k]))
  );
}

/** From one row twice and four times. */
export function* reductionFound(
  runs: Runs,
  setup: Setup,
  sets: number,
): Work<'mean' | 'meanAgain' | 'sum' | 'perSequence' | null> {
  const rows = randomRows(1, Math.max(1, sets), setup.classes, 11);
  const two = runs.try(setup, batchOf(rows, [2], 2));
  yield 0;
  const four = runs.try(setup, batchOf(rows, [2], 4));
  if (two.losses?.of !== 'batch' || four.losses?.of !== 'batch') return null;
  const [a, b] = [two.losses.value, four.losses.value];
  if (near(a, b)) {
    if (setup.way.layout !== 'sequence') return 'mean';
    // One sequence of four in place of two of two: a sum of each sequence is twice as much then.
    const long = { ...setup, way: { ...setup.way, layout: 'oneSequence' } } as const;
    const { losses } = runs.try(long, batchOf(rows, [2], 4));
    if (losses?.of !== 'batch') return null;
    return near(losses.value, b) ? 'mean' : near(losses.value, 2 * b) ? 'perSequence' : null;
  }
  if (near(2 * a, b)) return 'sum';
  return near(a, 2 * b) && setup.way.layout === 'table' ? 'meanAgain' : null;
}
