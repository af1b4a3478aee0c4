import { l10n } from 'vscode';
import type { DataSet } from '../../lab/data/dataSet.ts';
import { comparisonPlan } from '../../lab/experiments/comparison.ts';
import { loadedData } from '../../lab/experiments/loadedData.ts';
import { machinePace } from '../../lab/experiments/machinePace.ts';
import type { TeacherSettings } from '../../lab/experiments/teacherPlans.ts';
import { type TeacherResult, teacherStory } from '../../lab/experiments/teacherStory.ts';
import { roughMilliseconds } from '../../lab/training/planCost.ts';
import type { Trainer, TrainingRun, TrainingSnapshot, TrainingState } from '../../lab/training/trainer.ts';
import type { TrainingPlan } from '../../lab/training/trainingPlan.ts';
import type { LabComparison, LabFunctions, LabReliability, LabStop } from '../../protocol/labChannel.ts';
import type { TrainerBackend } from '../../protocol/trainerChannel.ts';
import { planProblemWords } from './labWords.ts';
import { reliabilityOf } from './runReliability.ts';

/** Whoever trains, and says what with. */
export interface LabTrainer extends Trainer {
  backend(): Promise<TrainerBackend>;
}

interface Held {
  readonly run: TrainingRun;
  /** Null of a story that has parts: what it's made of is its own. */
  readonly plan: TrainingPlan | null;
  /** Of someone's data, which may be wide, it isn't shown. */
  readonly hasReliability: boolean;
  last: TrainingSnapshot | undefined;
  isTraining: boolean;
  /** Paused because nobody sees it. */
  isHidden: boolean;
  /** Of a story with parts, while it stands still. */
  answer?: (goesOn: boolean) => void;
}

/** The networks in training of one page: each run by the number the page gave it. */
export class LabRuns {
  readonly #trainer: LabTrainer;
  readonly #page: LabFunctions;
  readonly #ownSet: (id: number) => DataSet | undefined;
  readonly #held = new Map<number, Held>();
  /** Measured once, before anything else trains. */
  #pace: Promise<number> | undefined;
  /** Runs that have been asked for and haven't begun, or are told in parts; and those of them that were ended meanwhile. */
  readonly #asked = new Set<number>();
  readonly #released = new Set<number>();
  /** Runs that were to pause before they had begun. */
  readonly #pausedEarly = new Set<number>();

  constructor(trainer: LabTrainer, page: LabFunctions, ownSet: (id: number) => DataSet | undefined) {
    this.#trainer = trainer;
    this.#page = page;
    this.#ownSet = ownSet;
  }

  async estimate(of: LabComparison): Promise<number | null> {
    const plan = await this.#planOf(of);
    if (!plan) return null;
    this.#pace ??= machinePace(this.#trainer, () => performance.now()).catch(() => 1);
    return (await this.#pace) * roughMilliseconds(plan);
  }

  train(run: number, of: LabComparison): Promise<LabStop> {
    return this.#failing(run, async () => {
      const plan = await this.#planOf(of);
      if (!plan) return { kind: 'failed', message: l10n.t('These data have too few rows to train on.') };
      const begun = await this.#trainer.begin(plan, {
        onProgress: (progress) => this.#page.progress(run, progress),
        onSnapshots: (snapshots) => {
          const held = this.#held.get(run);
          if (held) held.last = snapshots.at(-1);
          this.#page.snapshots(run, snapshots);
        },
      });
      if ('reason' in begun)
        return { kind: 'failed', message: planProblemWords(begun, typeof of.data !== 'string') };
      const held: Held = {
        run: begun,
        plan,
        hasReliability: typeof of.data === 'string',
        last: undefined,
        isTraining: false,
        isHidden: false,
      };
      if (this.#released.delete(run)) {
        await begun.release();
        return { kind: 'failed', message: '' };
      }
      this.#held.set(run, held);
      const { train, validation, test } = plan.splits[0]!;
      this.#page.started(run, {
        backend: await this.#trainer.backend(),
        trainRows: train.labels.length,
        validationRows: validation.labels.length,
        testRows: test.labels.length,
      });
      const training = this.#trainOn(run, held, []);
      if (this.#pausedEarly.delete(run)) begun.pause();
      return training;
    });
  }

  goOn(run: number, without: readonly number[]): Promise<LabStop> {
    return this.#failing(run, async () => {
      const held = this.#held.get(run);
      if (!held) return { kind: 'failed', message: l10n.t('These networks are gone. Train them again.') };
      if (!held.answer) return this.#trainOn(run, held, without);
      held.answer(true);
      // Its end comes as the answer of `teach`.
      return { kind: 'paused', epoch: 0 };
    });
  }

  pause(run: number): void {
    const held = this.#held.get(run);
    if (held) held.run.pause();
    else if (this.#asked.has(run)) this.#pausedEarly.add(run);
  }

  /** Nobody sees the page: what trains, waits. */
  pauseHidden(): void {
    for (const held of this.#held.values()) {
      if (!held.isTraining) continue;
      held.isHidden = true;
      held.run.pause();
    }
  }

  async release(run: number): Promise<void> {
    const held = this.#held.get(run);
    this.#held.delete(run);
    if (!held) {
      if (this.#asked.has(run)) this.#released.add(run);
      return;
    }
    held.answer?.(false);
    // A worker that has ended has released everything.
    await held.run.release().catch(() => {});
  }

  /** The page is gone. */
  releaseAll(): void {
    for (const run of this.#held.keys()) void this.release(run);
  }

  teach(run: number, settings: TeacherSettings, firstSeed: number): Promise<TeacherResult | LabStop> {
    return this.#failing<TeacherResult>(run, async () => {
      const data = await loadedData('digits');
      if (data === 'clouds') throw new Error('Digits are rows');
      const result = await teacherStory(settings, data, this.#trainer, this.#follower(run), firstSeed);
      this.#held.delete(run);
      if (!('reason' in result)) return result;
      if (result.reason === 'stopped') return result.state;
      return { kind: 'failed', message: l10n.t('These data have too few rows to train on.') };
    });
  }

  #follower(run: number): Parameters<typeof teacherStory>[3] {
    return {
      onPart: (part, training) => {
        const before = this.#held.get(run);
        this.#held.set(run, {
          run: training,
          plan: null,
          hasReliability: false,
          last: undefined,
          isTraining: true,
          isHidden: before?.isHidden ?? false,
        });
        this.#page.part(run, part);
        // It was given up before it had begun.
        if (this.#released.delete(run)) training.pause();
      },
      onProgress: (_, progress) => this.#page.progress(run, progress),
      onPaused: () =>
        new Promise((resolve) => {
          const held = this.#held.get(run);
          if (!held) {
            resolve(false);
            return;
          }
          held.isTraining = false;
          held.answer = (goesOn) => {
            held.isTraining = true;
            delete held.answer;
            resolve(goesOn);
          };
          this.#page.stopped(run, { kind: held.isHidden ? 'hidden' : 'paused', epoch: 0 });
          held.isHidden = false;
        }),
    };
  }

  async #trainOn(run: number, held: Held, without: readonly number[]): Promise<LabStop> {
    held.isTraining = true;
    let state: TrainingState;
    try {
      state = await held.run.goOn(without);
    } finally {
      held.isTraining = false;
    }
    if (held.plan && held.last && held.hasReliability)
      await this.#tellReliability(run, held, held.plan, held.last);
    if (state.kind === 'finished') {
      this.#held.delete(run);
      // A worker that has ended has released everything.
      held.run.release().catch(() => {});
    }
    const isHidden = held.isHidden && state.kind === 'paused';
    held.isHidden = false;
    return isHidden ? { kind: 'hidden', epoch: state.epoch } : state;
  }

  async #tellReliability(
    run: number,
    { run: training }: Held,
    plan: TrainingPlan,
    last: TrainingSnapshot,
  ): Promise<void> {
    const told: LabReliability | null = await reliabilityOf(training, plan, last);
    if (told) this.#page.reliability(run, told);
  }

  /** What goes wrong in the trainer is said in the page. */
  async #failing<T = never>(run: number, work: () => Promise<T | LabStop>): Promise<T | LabStop> {
    this.#asked.add(run);
    try {
      return await work();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', message: l10n.t('Training stopped: {0}.', why.replace(/\.$/, '')) };
    } finally {
      this.#asked.delete(run);
      this.#released.delete(run);
      this.#pausedEarly.delete(run);
    }
  }

  async #planOf({ data, settings, seeds }: LabComparison): Promise<TrainingPlan | null> {
    const set = typeof data === 'string' ? await loadedData(data) : this.#ownSet(data.own);
    if (!set) return null;
    const work = comparisonPlan(settings, set, seeds);
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) return step.value;
      // Splits of many rows take a while.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}
