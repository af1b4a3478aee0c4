import type { Work } from '../../../../loss/work.ts';
import type { ExecutionQuestion } from '../question.ts';
import { RaisedError, StopError, UncallableError } from '../run/endings.ts';
import type { Callable } from './callable.ts';
import { near } from './forms.ts';
import { MOST_SETS, tell, tellMixture } from './told.ts';
import {
  allLosses,
  type Batch,
  type BatchLayout,
  type LabelForm,
  type Taken,
  type Way,
} from './trial/batch.ts';
import { SiteError } from './trial/givenTo.ts';
import { batchOf, isEnding, type Runs, randomRows } from './trial/sample.ts';
import type { Ran, Setup } from './trial/setup.ts';

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

const FORMS: readonly (readonly [BatchLayout, LabelForm, Way['weighs']])[] = [
  ['table', 'index', 'classes'],
  ['table', 'oneHot', 'classes'],
  ['table', 'column', 'classes'],
  ['sequence', 'index', 'classes'],
  ['image', 'index', 'classes'],
  ['image', 'oneHot', 'classes'],
  ['line', 'index', 'classes'],
  ['sequence', 'oneHot', 'classes'],
  ['single', 'number', 'classes'],
  ['table', 'index', 'rows'],
  ['sequence', 'index', 'rows'],
];
const TAKEN: readonly Taken[] = ['logits', 'logProbabilities', 'probabilities', 'eachProbability'];
/** What is ignored where nothing says what: torch's own, then the class that is padding most often. */
const IGNORED = [-100, 0];

/** Forms that are stopped at one and the same place: the others will be. */
const MOST_AT_ONE_PLACE = 6;

/** What was met on the way: the first thing that stopped a run, and what was raised. */
export interface Met {
  stopped: StopError | undefined;
  /** What stopped the way that was tried last. */
  last: StopError | undefined;
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
): Work<Callable | null> {
  let isBehind = last === null;
  for (const library of librariesOf(runs.question)) {
    let [place, times] = [-1, 0];
    for (const [layout, labels, weighs] of FORMS) {
      if (times >= MOST_AT_ONE_PLACE) break;
      if (!isBehind) {
        isBehind = library === last?.library && layout === last.layout && labels === last.labels;
        continue;
      }
      if (weighs === 'rows' && !runs.noticed.takesWeights) continue;
      for (const ignored of IGNORED) {
        const way: Way = { library, labels, layout, takes: 'logits', weighs };
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
        met.last = undefined;
        const found = yield* tryWay(runs, setup, met);
        const at = placeOf(met);
        times = at !== -1 && at === place ? times + 1 : 1;
        place = at;
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

function placeOf({ last }: Met): number {
  return last?.at.from ?? -1;
}

function* tryWay(runs: Runs, setup: Setup, met: Met): Work<Callable | null | 'raised'> {
  let raised = false;
  let first: readonly [Setup, Ran] | null = null;
  for (const takes of TAKEN) {
    const each: Setup = { ...setup, way: { ...setup.way, takes } };
    try {
      yield 0;
      const batch = batchOf(randomRows(4, MOST_SETS, setup.classes, 7), [2, 2, 2, 2]);
      const ran = runs.try({ ...each, checksState: true }, batch);
      met.ran ||= !ran.isTargets && setup.way.layout === 'table';
      first ??= [each, ran];
      const found = yield* tell(runs, each, ran);
      if (found && (yield* doesMoreThanWeigh(runs, each, batch, ran.losses))) return null;
      if (found) return found;
      if (ran.isTargets) return null;
    } catch (error) {
      if (error instanceof SiteError || !isEnding(error)) throw error;
      // What is met with tensors of the library that is imported first says most.
      if (error instanceof RaisedError) met.raised ??= error;
      else if (!met.raised || error.reason === 'changes') met.stopped ??= error;
      if (error instanceof StopError) {
        met.last = error;
        if (isFinal(error)) throw error;
        return null;
      }
      raised = true;
      // Probabilities are expected.
      if (takes === 'logits' && !error.message.includes('between 0 and 1')) return 'raised';
    }
  }
  const mixture = first && (yield* tellMixture(runs, ...first));
  return mixture ?? (raised ? 'raised' : null);
}

/** What are taken for weights of rows aren't only factors of their losses: they may scale α, row by row. */
function* doesMoreThanWeigh(runs: Runs, setup: Setup, batch: Batch, one: Ran['losses']): Work<boolean> {
  if (setup.way.weighs !== 'rows') return false;
  yield 0;
  const two = runs.try({ ...setup, rowWeight: 2 }, batch).losses;
  if (!one || !two) return true;
  const [single, double] = [allLosses(one), allLosses(two)];
  // Twice as much, or the same where it's divided by all weights.
  return ![1, 2].some((times) => single.every((x, i) => near(times * x, double[i]!)));
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
