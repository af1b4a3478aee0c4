import type { Work } from '../../../../../loss/work.ts';
import type { Reading } from '../../execution.ts';
import type { Callable } from '../callable.ts';
import { near } from '../forms.ts';
import { allLosses, type Batch } from '../trial/batch.ts';
import { saysWhere } from '../trial/parameterValues.ts';
import { batchOf, isEnding, type Runs, randomRows } from '../trial/sample.ts';
import type { Setup } from '../trial/setup.ts';

/** Conditions that are said. */
const MOST_SAID = 3;
/** Rows of a batch that is larger than those that are tried otherwise. */
const LARGE = 12;

/** What has to be so for all that was read: nothing else was tried. */
export function* holdsWhile(
  runs: Runs,
  setup: Setup,
  found: Callable,
  labels: readonly number[],
): Work<Reading['holds']> {
  const rows = randomRows(LARGE, Math.max(1, found.sets), setup.classes, 23);
  const batch = batchOf(
    rows,
    rows.map((_, i) => labels[i % labels.length]!),
  );
  const isElsewhere = yield* isOtherElsewhere(runs, setup, batch);
  const all = runs.decided.oneSided(setup);
  const said = all.slice(0, MOST_SAID).map(({ at, source, outcome }) => ({
    at: { at, source },
    is: outcome,
  }));
  return isElsewhere ? [{ at: null, is: true }, ...said] : said;
}

/** It computes something else where a model is evaluated, or later. */
function* isOtherElsewhere(runs: Runs, setup: Setup, batch: Batch): Work<boolean> {
  const { losses: here, run, roles } = runs.try(setup, batch);
  yield 0;
  if (!run.asksTraining && !roles.some(saysWhere)) return false;
  try {
    const there = runs.try({ ...setup, isElsewhere: true }, batch).losses;
    if (!here || !there) return true;
    const [own, other] = [allLosses(here), allLosses(there)];
    return own.length !== other.length || !own.every((x, i) => near(x, other[i]!, 1e-9));
  } catch (error) {
    if (!isEnding(error)) throw error;
    return true;
  }
}
