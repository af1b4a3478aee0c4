import type { Work } from '../../../../loss/work.ts';
import type { Reading } from '../execution.ts';
import { matrixOf } from './algebra/matrix.ts';
import type { Callable } from './callable.ts';
import { againstTorch } from './judged/againstTorch.ts';
import { madeTargets, type Point } from './points/figures.ts';
import { ignoredHow } from './rowsAgree.ts';
import { isEnding, type Runs } from './trial/sample.ts';

/** What becomes of rows with the index to be ignored. */
export function* ignoredOf(
  runs: Runs,
  found: Callable,
  point: Point,
  padding: number | null,
): Work<Reading['ignored']> {
  // A row of zeros is no index.
  if (found.isTargets || found.setup.way.labels === 'oneHot') return null;
  const indices = new Set(found.ran.ignoredValues);
  const [silent] = point.matrix.silent;
  if (silent !== undefined) indices.add(silent);
  const [index] = indices;
  const other = [...point.matrix.fits.keys()].find((label) => label !== index && label !== padding);
  if (other === undefined) return null;
  if (index === undefined) return yield* ignoredUnasked(runs, found, point, other);
  const how = yield* ignoredHow(runs, point.setup, found, index, other);
  if (!how) return null;
  return { index, isGiven: found.ran.ignoredGiven.includes(index), how: how.how, raised: how.raised };
}

/** Indices that a definition may ignore though none of its parameters says so: torch's own losses ignore −100. */
const UNASKED = [-100, -1, 255];

function* ignoredUnasked(
  runs: Runs,
  found: Callable,
  { setup }: Point,
  other: number,
): Work<Reading['ignored']> {
  if (setup.way.labels !== 'index') return null;
  for (const index of UNASKED) {
    if (found.ran.assumesIgnored && index === setup.ignored) continue;
    const ignored = yield* ignoredHow(runs, setup, found, index, other);
    if (!ignored || ignored.how === 'fails') continue;
    // Rows that count for all that needn't be meant to be ignored.
    if (ignored.how === 'stillCounts' && !ignored.isSkipped) continue;
    return { index, isGiven: false, how: ignored.how, raised: null };
  }
  return null;
}

/** With α = 0 the true class should have all. */
export function* hardAtZero(
  runs: Runs,
  found: Callable,
  { setup, evens }: Point,
  alpha: number,
): Work<boolean | null> {
  if (!found.ran.roles.some(({ role }) => role === 'alpha')) return null;
  try {
    const zero = { ...setup, alpha };
    const label = evens[0]?.padding === 2 ? 1 : 2;
    const matrix = found.isTargets
      ? yield* madeTargets(runs, zero)
      : yield* matrixOf(runs, zero, found, { labels: [label] });
    const fit = matrix.fits.get(label);
    if (!fit) return null;
    return fit.on.every((weights) => weights.every((x, k) => k === label || Math.abs(x) < 1e-9));
  } catch (error) {
    if (!isEnding(error)) throw error;
    return null;
  }
}

/** Against PyTorch's own loss, with the α that this one has. */
export function* compare(
  runs: Runs,
  found: Callable,
  point: Point,
  alphaIs: Reading['alphaIs'],
  without: readonly number[],
  only: readonly number[] | null,
): Work<Reading['torch']> {
  if (alphaIs === 'unused') {
    // What smooths nothing is compared with what smooths nothing.
    if (point.evens.some(({ off }) => off !== 0)) return null;
    return yield* againstTorch(runs, point.setup, found, 0, without, only);
  }
  // Where α is known it's that one that is compared.
  const here = runs.question.alpha;
  const isKnown = here !== undefined && here > 0 && here < 1;
  const own = isKnown && (alphaIs === 'parameter' || alphaIs === 'oneMinus') ? here : point.alpha;
  const alpha = typeof alphaIs === 'object' ? alphaIs.fixed : alphaIs === 'oneMinus' ? 1 - own : own;
  return yield* againstTorch(runs, { ...point.setup, alpha: own }, found, alpha, without, only);
}

/** A class whose objects are called as those of torch's own losses are. */
export function isCalledAsTorch({ ran, setup: { way } }: Callable): boolean {
  const names = ran.called.map(({ role }) => role).join(' ');
  const isPlain = way.library === 'torch' && way.layout === 'table' && way.takes === 'logits';
  return isPlain && way.labels !== 'column' && ran.made !== null && names === 'scores labels';
}
