import type { Work } from '../../../../loss/work.ts';
import type { CodeSpan } from '../code/pythonSource.ts';
import type { Traced } from '../run/run.ts';
import type { Callable } from './callable.ts';
import type { Batch } from './trial/batch.ts';
import { batchOf, isEnding, type Runs, randomRows } from './trial/sample.ts';
import type { Setup } from './trial/setup.ts';

/** Statements that do something, found by comparing what they give in runs that differ in one thing. */
export interface FoundLines {
  /** From the first to the last of those that make the targets. */
  readonly made: CodeSpan | null;
  /** Where one number is made of the losses of rows. */
  readonly reduced: CodeSpan | null;
}

/** Statements further apart than this aren't said to do something together. */
const MOST_CHARACTERS = 1_500;
const ROWS = 4;

/** Two to four runs. */
export function* foundLines(
  runs: Runs,
  found: Callable,
  setup: Setup,
  labels: readonly number[],
): Work<FoundLines> {
  const { classes } = setup;
  const [a = 0, b = a] = labels;
  const rows = (seed: number) => randomRows(ROWS, Math.max(1, found.sets), classes, seed);
  const first = batchOf(rows(5), [a, b, a, b]);
  const base = yield* traceOf(runs, setup, first);
  const others = yield* traceOf(runs, setup, batchOf(rows(6), [a, b, a, b]));
  if (!base || !others) return { made: null, reduced: null };
  const hasAlpha = found.ran.roles.some(({ role }) => role === 'alpha') && setup.alpha !== null;
  const changed = hasAlpha
    ? yield* traceOf(runs, { ...setup, alpha: setup.alpha! / 2 }, first)
    : yield* traceOf(runs, setup, batchOf(rows(5), [b, a, b, a]));
  const ofLogits = base.map((each, i) => differs(each, others[i]));
  const ofTargets = base.map((each, i) => changed !== null && differs(each, changed[i]));
  const isTensor = ({ values }: Traced) => values.length >= ROWS;
  const made = base.filter((each, i) => ofTargets[i] && !ofLogits[i] && isTensor(each));
  // Where no targets are made α is what mixes losses.
  const mixed = base.find((_, i) => ofTargets[i] && ofLogits[i]);
  return {
    made: spanOf(made) ?? mixed ?? null,
    reduced: base.find((each, i) => ofLogits[i] && each.values.length === 1) ?? null,
  };
}

function* traceOf(runs: Runs, setup: Setup, batch: Batch): Work<readonly Traced[] | null> {
  try {
    const { run } = runs.try({ ...setup, traces: true }, batch);
    yield 0;
    return run.trace;
  } catch (error) {
    if (!isEnding(error)) throw error;
    return null;
  }
}

/** True where the same statement gave something else; of another statement nothing is said. */
function differs(a: Traced, b: Traced | undefined): boolean {
  if (!b || a.at.from !== b.at.from || a.source !== b.source || a.values.length !== b.values.length)
    return false;
  for (let i = 0; i < a.values.length; i++) if (!Object.is(a.values[i], b.values[i])) return true;
  return false;
}

function spanOf(all: readonly Traced[]): CodeSpan | null {
  const [first] = all;
  if (!first) return null;
  const near = all.filter(
    ({ source, at }) => source === first.source && Math.abs(at.from - first.at.from) < MOST_CHARACTERS,
  );
  const from = Math.min(...near.map(({ at }) => at.from));
  const to = Math.max(...near.map(({ at }) => at.to));
  return { at: { from, to }, source: first.source };
}
