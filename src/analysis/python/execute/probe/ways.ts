import type { Work } from '../../../../loss/work.ts';
import type { Reading } from '../execution.ts';
import type { ExecutionQuestion } from '../question.ts';
import { RaisedError, StopError, UncallableError } from '../run/endings.ts';
import { fitRows, near, type RowFit, rowsNeeded } from './forms.ts';
import type { BatchLayout, LabelForm, Taken, Way } from './trial/batch.ts';
import { SiteError } from './trial/givenTo.ts';
import { batchOf, isEnding, type Runs, randomRows, sampleRows } from './trial/sample.ts';
import type { Ran, Setup } from './trial/setup.ts';

/** How a definition can be called so that something can be told from its result. */
export interface Found {
  readonly setup: Setup;
  readonly ran: Ran;
  readonly isTargets: boolean;
  readonly sets: number;
  readonly focal: boolean;
  readonly reduction: NonNullable<Reading['reduction']>;
  /** What a number for a batch of two rows is divided by, to be that of a row. */
  readonly divisor: number;
  readonly activation: RowFit['activation'];
}

const LIBRARIES = [
  ['torch', /^[ \t]*(?:import|from)[ \t]+torch\b/m],
  ['tensorflow', /^[ \t]*(?:import|from)[ \t]+(?:tensorflow|keras)\b/m],
  ['jax', /^[ \t]*(?:import|from)[ \t]+(?:jax|optax|flax)\b/m],
  ['numpy', /^[ \t]*(?:import|from)[ \t]+numpy\b/m],
] as const;

/** Whose tensors a definition is likely given: those its module imports. */
function librariesOf({ source }: ExecutionQuestion): readonly Way['library'][] {
  const found = LIBRARIES.filter(([, pattern]) => pattern.test(source.text)).map(([library]) => library);
  return found.length > 0 ? found : ['torch'];
}

const FORMS: readonly (readonly [BatchLayout, LabelForm])[] = [
  ['table', 'index'],
  ['table', 'oneHot'],
  ['table', 'column'],
  ['sequence', 'index'],
  ['image', 'index'],
  ['image', 'oneHot'],
  ['line', 'index'],
];
/** Sets of logits that are compared with the same labels. */
const MOST_SETS = 3;
const TAKEN: readonly Taken[] = ['logits', 'logProbabilities', 'probabilities', 'eachProbability'];
/** What is ignored where nothing says what: torch's own, then the class that is padding most often. */
const IGNORED = [-100, 0];

/** What was met on the way: the first thing that stopped a run, and what was raised. */
export interface Met {
  stopped: StopError | undefined;
  raised: RaisedError | undefined;
  /** A run came to its end. */
  ran: boolean;
}

/** Tries ways to call it with K classes until a result can be told; only those behind `last`. Throws where no way could help. */
export function* findWay(
  runs: Runs,
  classes: number,
  alpha: number,
  met: Met,
  last: Way | null = null,
): Work<Found | null> {
  let isBehind = last === null;
  for (const library of librariesOf(runs.question)) {
    for (const [layout, labels] of FORMS) {
      if (!isBehind) {
        isBehind = library === last?.library && layout === last.layout && labels === last.labels;
        continue;
      }
      for (const ignored of IGNORED) {
        const way: Way = { library, labels, layout, takes: 'logits' };
        const setup: Setup = {
          classes,
          alpha,
          way,
          gamma: null,
          weights: 'ones',
          ignored,
          isSite: false,
          checksState: false,
        };
        const found = yield* tryWay(runs, setup, met);
        if (found === 'raised') continue;
        if (found) return found;
        // It came to its end, and nothing can be told of the result: labels of another form wouldn't change that.
        if (met.ran) return null;
        break;
      }
    }
  }
  return null;
}

function* tryWay(runs: Runs, setup: Setup, met: Met): Work<Found | null | 'raised'> {
  let raised = false;
  for (const takes of TAKEN) {
    const each: Setup = { ...setup, way: { ...setup.way, takes } };
    try {
      yield 0;
      const ran = runs.try(
        { ...each, checksState: true },
        batchOf(randomRows(4, MOST_SETS, setup.classes, 7), [2, 2, 2, 2]),
      );
      met.ran ||= !ran.isTargets && setup.way.layout === 'table';
      const found = yield* tell(runs, each, ran);
      if (found) return found;
      if (ran.isTargets) return null;
    } catch (error) {
      if (error instanceof SiteError || !isEnding(error)) throw error;
      // What is met with tensors of the library that is imported first says most.
      if (error instanceof RaisedError) met.raised ??= error;
      else if (!met.raised || error.reason === 'changes') met.stopped ??= error;
      if (error instanceof StopError) {
        if (isFinal(error)) throw error;
        return null;
      }
      raised = true;
      // Probabilities are expected.
      if (takes === 'logits' && !error.message.includes('between 0 and 1')) return 'raised';
    }
  }
  return raised ? 'raised' : null;
}

/** Nothing that is called in another way would go further. */
function isFinal(error: StopError): boolean {
  const { reason } = error;
  return (
    error instanceof UncallableError ||
    reason === 'long' ||
    reason === 'large' ||
    reason === 'deep' ||
    reason === 'syntax' ||
    reason === 'changes'
  );
}

/** How the losses of rows become what is returned, and whether they are of a form that is known. */
function* tell(runs: Runs, setup: Setup, ran: Ran): Work<Found | null> {
  const { losses, isTargets, scores } = ran;
  if (!losses) return null;
  // What takes logits for their shape alone makes targets, too.
  if (isTargets || (losses.of === 'elements' && (yield* ignoresLogits(runs, setup, losses.values)))) {
    if (losses.of !== 'elements') return null;
    return {
      setup,
      ran,
      isTargets: true,
      sets: 0,
      focal: false,
      reduction: 'elements',
      divisor: 1,
      activation: 'softmax',
    };
  }
  const sets = scores.length;
  if (sets > MOST_SETS) return null;
  const reduction = losses.of === 'batch' ? yield* reductionOf(runs, setup, sets) : losses.of;
  if (!reduction) return null;
  const divisor = reduction === 'sum' || reduction === 'perSequence' ? 2 : 1;
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
      };
  }
  return null;
}

function* ignoresLogits(runs: Runs, setup: Setup, values: readonly (readonly number[])[]): Work<boolean> {
  const { losses } = runs.try(setup, batchOf(randomRows(4, MOST_SETS, setup.classes, 8), [2, 2, 2, 2]));
  yield 0;
  return (
    losses?.of === 'elements' && losses.values.every((row, i) => row.every((x, k) => x === values[i]![k]))
  );
}

/** From one row twice and four times. */
export function* reductionOf(
  runs: Runs,
  setup: Setup,
  sets: number,
): Work<'mean' | 'sum' | 'perSequence' | null> {
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
  return near(2 * a, b) ? 'sum' : null;
}
