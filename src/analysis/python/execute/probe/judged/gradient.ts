import type { Work } from '../../../../../loss/work.ts';
import type { Reading } from '../../execution.ts';
import { CutValues } from '../../tensors/cutValues.ts';
import type { Callable } from '../callable.ts';
import { given } from '../rowsAgree.ts';
import { RandomNumbers } from '../trial/random.ts';
import { batchOf, isEnding, type Runs, randomRows } from '../trial/sample.ts';
import type { Setup } from '../trial/setup.ts';

/** Logits are moved by this, and rows by how much of it they may change beyond their gradient. */
const STEP = 1e-5;
const TOLERANCE = 1e-7;
const ROWS = 6;

/** Whether the gradient is that of the loss: what is detached counts in the loss, but not in its gradient. */
export function* gradientOf(
  runs: Runs,
  tried: Setup,
  found: Callable,
  labels: readonly number[],
): Work<Reading['gradient']> {
  const { run } = found.ran;
  if (found.isTargets || found.setup.way.library === 'numpy') return null;
  if (run.ownGradient) return { is: 'own', at: run.ownGradient };
  if (!run.hasCuts) return null;
  // With the factor of a focal loss, which is detached most often.
  const setup: Setup = { ...tried, gamma: null };
  const rows = randomRows(ROWS, Math.max(1, found.sets), setup.classes, 71);
  const numbers = new RandomNumbers(72);
  const moved = rows.map((row) => row.map((z) => z.map((x) => x + STEP * numbers.next())));
  const at = rows.map((_, i) => labels[i % labels.length]!);
  try {
    const kept = new CutValues();
    runs.try({ ...setup, cuts: kept }, batchOf(rows, at));
    yield 0;
    const cuts = new CutValues(kept);
    const cut = given(runs.try({ ...setup, cuts }, batchOf(moved, at)).losses);
    if (!cuts.differs) return null;
    yield 0;
    const free = given(runs.try(setup, batchOf(moved, at)).losses);
    const isSame =
      cut?.length === free?.length && cut?.every((x, i) => Math.abs(x - free![i]!) < STEP * TOLERANCE);
    return isSame ? null : { is: 'cut', at: cuts.differs };
  } catch (error) {
    if (!isEnding(error)) throw error;
    return null;
  }
}
