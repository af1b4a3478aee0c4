import type { PlanProblem, Trainer, TrainingListener, TrainingRun } from '../../lab/training/trainer.ts';
import type { TrainingPlan } from '../../lab/training/trainingPlan.ts';
import type { LabStop } from '../../protocol/labChannel.ts';

/** Someone asked for it, or nobody sees it. */
export type WhyPaused = 'paused' | 'hidden';

/**
 * A run of the page, from when it's asked for until it ends or is given up. It may be told to pause before its networks are there, or
 * between those of two parts: that holds for whichever train next.
 */
export class HeldRun implements Trainer {
  readonly #trainer: Trainer;
  #training: TrainingRun | undefined;
  #why: WhyPaused | undefined;
  #isStanding = false;
  #isReleased = false;
  #answer: ((goesOn: boolean) => void) | undefined;

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
  }

  async begin(plan: TrainingPlan, listener: TrainingListener): Promise<TrainingRun | PlanProblem> {
    const begun = await this.#trainer.begin(plan, listener);
    if ('reason' in begun) return begun;
    if (this.#isReleased) {
      await begun.release();
      throw new Error('Released');
    }
    this.#training = begun;
    const goOn = (without: readonly number[] = []) => {
      const going = begun.goOn(without);
      // To a run that doesn't train yet it would mean nothing.
      if (this.#why) begun.pause();
      return going;
    };
    return { ...begun, goOn };
  }

  pause(why: WhyPaused): void {
    if (this.#isStanding) return;
    this.#why ??= why;
    this.#training?.pause();
  }

  /** Trains until it stands still; a pause says why. */
  async goOn(training: TrainingRun, without: readonly number[]): Promise<LabStop> {
    this.#isStanding = false;
    const state = await training.goOn(without);
    const why = this.#stand();
    return state.kind === 'paused' ? { kind: why, epoch: state.epoch } : state;
  }

  /** Of a story with parts, which stands still: tells why, and resolves to true once it's to go on, to false if it's given up. */
  wait(stands: (why: WhyPaused) => void): Promise<boolean> {
    if (this.#isReleased) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#answer = (goesOn) => {
        this.#answer = undefined;
        this.#isStanding = !goesOn;
        resolve(goesOn);
      };
      stands(this.#stand());
    });
  }

  /** False if it isn't a story with parts that stands still. */
  answer(goesOn: boolean): boolean {
    const waits = this.#answer !== undefined;
    this.#answer?.(goesOn);
    return waits;
  }

  async release(): Promise<void> {
    this.#isReleased = true;
    this.answer(false);
    // A worker that has ended has released everything.
    await this.#training?.release().catch(() => {});
  }

  #stand(): WhyPaused {
    const why = this.#why ?? 'paused';
    this.#why = undefined;
    this.#isStanding = true;
    return why;
  }
}
