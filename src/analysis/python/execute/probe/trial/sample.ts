import type { Work } from '../../../../../loss/work.ts';
import type { PythonSource } from '../../code/pythonSource.ts';
import type { ExecutionQuestion, SiteArgument } from '../../question.ts';
import { RaisedError, StopError } from '../../run/endings.ts';
import { Interpreter } from '../../run/interpreter.ts';
import { FUEL } from '../../run/moduleRun.ts';
import { totalOf } from '../forms.ts';
import type { Batch } from './batch.ts';
import { DecidedRuns } from './decidedRuns.ts';
import { RandomNumbers } from './random.ts';
import type { Ran, Setup } from './setup.ts';
import { tryOnce } from './trial.ts';

/** What may be spent on one definition, all runs together. */
const MOST_FUEL = 300_000;
/** Logits of a class that a row is sure of are larger by this. */
const SURE = 4;
/** What a run costs before it does anything. */
const FUEL_OF_RUN = 200;

/** The runs of one question, and what they cost so far. */
export class Runs {
  readonly question: ExecutionQuestion;
  readonly #unknown = new Set<SiteArgument>();
  /** What any run showed of the definition. */
  readonly noticed = { takesWeights: false };
  fuel = MOST_FUEL;
  count = 0;

  get spent(): number {
    return MOST_FUEL - this.fuel;
  }

  /** What decided how they went on. */
  readonly decided = new DecidedRuns();

  /** Names of modules that any of them looked up. */
  readonly consulted = new Map<PythonSource, Set<string>>();
  /** Any of them asked for another file, or for another cell. */
  hasAskedOthers = false;

  constructor(question: ExecutionQuestion) {
    this.question = question;
  }

  /** One run. Throws a StopError or RaisedError of what is executed, and a StopError where too much was spent. */
  try(setup: Setup, batch: Batch): Ran {
    if (this.fuel <= 0) throw new StopError(this.question.node, 'long');
    this.count++;
    this.fuel -= FUEL_OF_RUN;
    const { source, findModule, cells } = this.question;
    const run = new Interpreter(source, findModule, cells);
    try {
      const ran = tryOnce({
        run,
        question: this.question,
        setup,
        batch,
        unknown: this.#unknown,
        noticed: this.noticed,
      });
      return ran;
    } catch (error) {
      // A stack that is full is a depth that isn't executed.
      if (error instanceof RangeError) throw new StopError(this.question.node, 'deep');
      throw error;
    } finally {
      this.fuel -= FUEL - run.fuel;
      this.hasAskedOthers ||= run.hasAskedOthers;
      this.decided.note(setup, run.decisions);
      for (const [from, names] of run.consulted)
        this.consulted.set(from, new Set([...(this.consulted.get(from) ?? []), ...names]));
    }
  }
}

/** Rows of one true class. */
export interface Sample {
  readonly label: number;
  /** For each row, of each set of logits, K numbers. */
  readonly logits: readonly (readonly (readonly number[])[])[];
  /** Of one row each. */
  readonly losses: readonly number[];
}

/** The batch that has each of these rows `times` times. */
export function batchOf(
  rows: readonly (readonly (readonly number[])[])[],
  labels: readonly number[],
  times = 1,
): Batch {
  const repeated = rows.flatMap((row) => new Array<typeof row>(times).fill(row));
  const sets = rows[0]?.length ?? 0;
  return {
    logits: Array.from({ length: sets }, (_, set) => repeated.map((row) => row[set]!)),
    labels: labels.flatMap((label) => new Array<number>(times).fill(label)),
  };
}

/**
 * Every third row is sure of a class, of each in turn: what depends on a threshold, or is only nearly linear where nothing is sure,
 * isn't taken for a cross-entropy.
 */
export function randomRows(count: number, sets: number, classes: number, seed: number): number[][][] {
  const numbers = new RandomNumbers(seed);
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: sets }, () => {
      const row = numbers.row(classes);
      if (i % 3 === 2) row[(seed + (i - 2) / 3) % classes]! += SURE;
      return row;
    }),
  );
}

/**
 * Losses of single rows of one class. What gives a number for the whole batch gets each row twice, so that its mean is
 * that of the row; a sum is divided by `divisor`.
 */
export function* sampleRows(
  runs: Runs,
  setup: Setup,
  label: number,
  count: number,
  sets: number,
  divisor: number,
): Work<Sample> {
  const rows = randomRows(count, sets, setup.classes, 1000 * setup.classes + label);
  const even = rows.length % 2 === 1 ? rows.slice(0, -1) : rows;
  return { label, logits: even, losses: yield* lossesOfRows(runs, setup, even, label, divisor) };
}

/** Losses of these rows, an even number, of one class. */
export function* lossesOfRows(
  runs: Runs,
  setup: Setup,
  rows: Sample['logits'],
  label: number,
  divisor: number,
): Work<readonly number[]> {
  const first = runs.try(
    setup,
    batchOf(
      rows,
      rows.map(() => label),
    ),
  );
  yield 0;
  if (first.losses?.of === 'rows') return first.losses.values;
  if (first.losses?.of === 'elements') return first.losses.values.map(totalOf);
  const losses: number[] = [];
  for (const row of rows) {
    const { losses: given } = runs.try(setup, batchOf([row], [label], 2));
    if (given?.of !== 'batch') throw new StopError(runs.question.node, 'other');
    losses.push(given.value / divisor);
    yield 0;
  }
  return losses;
}

export function isEnding(error: unknown): error is StopError | RaisedError {
  return error instanceof StopError || error instanceof RaisedError;
}
