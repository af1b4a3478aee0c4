/** Steps that may be spent before anything is shown: about 150 ms of a fast machine, 200 of a slow one. */
const FIRST_STEPS = 300_000;
/** Steps that may be spent on a source at all: about five seconds, in slices. */
const MOST_STEPS = 10_000_000;

/** What is left to execute the losses of a source with: the same on every machine, so that the same is said on each. */
export class ExecutionBudget {
  /** What is left may be spent later. */
  readonly hasMore: boolean;
  #left: number;

  constructor(runs: 'some' | 'all') {
    this.hasMore = runs === 'some';
    this.#left = runs === 'some' ? FIRST_STEPS : MOST_STEPS;
  }

  get isSpent(): boolean {
    return this.#left <= 0;
  }

  spend(steps: number): void {
    this.#left -= steps;
  }
}
