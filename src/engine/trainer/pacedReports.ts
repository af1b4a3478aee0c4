import type { TrainingProgress, TrainingSnapshot } from '../../lab/training/trainer.ts';

/** Nobody sees more than ten pictures a second, and each costs the page a drawing. */
const MS_BETWEEN = 100;
/** The first steps are many times slower than all others: what's done in this time, and this part of all, isn't judged by. */
const [COLD_MS, COLD_PART] = [1000, 0.01];
/** In less time what's left isn't judged. */
const MS_UNTIL_JUDGED = 1000;

const COLD = { at: 0, epoch: 0, isWarm: false } as const;

/** Passes on what a run reports, at most ten times a second. No snapshot is lost: those in between come together. */
export class PacedReports {
  readonly #progress: (progress: TrainingProgress) => void;
  readonly #snapshots: (snapshots: readonly TrainingSnapshot[]) => void;
  readonly #now: () => number;
  #waiting: TrainingSnapshot[] = [];
  #last = Number.NEGATIVE_INFINITY;
  #begun: { readonly at: number; readonly epoch: number; readonly isWarm: boolean } = COLD;

  constructor(
    progress: (progress: TrainingProgress) => void,
    snapshots: (snapshots: readonly TrainingSnapshot[]) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#progress = progress;
    this.#snapshots = snapshots;
    this.#now = now;
  }

  /** Training goes on from here: what's left is judged by what is done from now on. */
  resume(epoch: number): void {
    this.#begun = { at: this.#now(), epoch, isWarm: false };
  }

  add(snapshot: TrainingSnapshot): void {
    this.#waiting.push(snapshot);
  }

  /** Reports, if the last report was long enough ago. */
  tick(epoch: number, epochs: number): void {
    if (this.#now() - this.#last >= MS_BETWEEN) this.flush(epoch, epochs);
  }

  /** Reports. */
  flush(epoch: number, epochs: number): void {
    const now = this.#now();
    this.#last = now;
    const { at, isWarm } = this.#begun;
    const done = epoch - this.#begun.epoch;
    const took = now - at;
    const isJudged = isWarm && done > 0 && took >= MS_UNTIL_JUDGED;
    const msLeft = epoch === epochs ? 0 : isJudged ? (took / done) * (epochs - epoch) : null;
    if (!isWarm && took >= COLD_MS && done >= COLD_PART * epochs)
      this.#begun = { at: now, epoch, isWarm: true };
    this.#progress({ epoch, epochs, msLeft });
    if (this.#waiting.length > 0) this.#snapshots(this.#waiting);
    this.#waiting = [];
  }
}
