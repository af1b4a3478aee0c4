import { l10n } from 'vscode';
import type { DataSet } from '../../lab/data/dataSet.ts';
import { comparisonPlan } from '../../lab/experiments/comparison.ts';
import { loadedData } from '../../lab/experiments/loadedData.ts';
import { machinePace } from '../../lab/experiments/machinePace.ts';
import type { TeacherSettings } from '../../lab/experiments/teacherPlans.ts';
import { type TeacherResult, teacherStory } from '../../lab/experiments/teacherStory.ts';
import { roughMilliseconds } from '../../lab/training/planCost.ts';
import type { Trainer, TrainingProgress, TrainingRun, TrainingSnapshot } from '../../lab/training/trainer.ts';
import type { TrainingPlan } from '../../lab/training/trainingPlan.ts';
import type { LabComparison, LabFunctions, LabReliability, LabStop } from '../../protocol/labChannel.ts';
import type { TrainerBackend } from '../../protocol/trainerChannel.ts';
import { HeldRun } from './heldRun.ts';
import { planProblemWords } from './labWords.ts';
import { reliabilityOf } from './runReliability.ts';

/** Whoever trains, and says what with. */
export interface LabTrainer extends Trainer {
  backend(): Promise<TrainerBackend>;
}

interface Held {
  readonly held: HeldRun;
  /** Of a comparison, once its networks are there. */
  training?: TrainingRun;
  plan?: TrainingPlan;
  /** Of someone's data, which may be wide, it isn't shown. */
  hasReliability?: boolean;
  last?: TrainingSnapshot | undefined;
}

/** The networks in training of one page: each run by the number the page gave it. */
export class LabRuns {
  readonly #trainer: LabTrainer;
  readonly #page: LabFunctions;
  readonly #ownSet: (id: number) => DataSet | undefined;
  readonly #isSeen: () => boolean;
  readonly #runs = new Map<number, Held>();
  /** Measured once, before anything else trains. */
  #pace: Promise<number> | undefined;

  constructor(
    trainer: LabTrainer,
    page: LabFunctions,
    ownSet: (id: number) => DataSet | undefined,
    isSeen: () => boolean,
  ) {
    this.#trainer = trainer;
    this.#page = page;
    this.#ownSet = ownSet;
    this.#isSeen = isSeen;
  }

  async estimate(of: LabComparison): Promise<number | null> {
    const plan = await this.#planOf(of);
    if (!plan) return null;
    this.#pace ??= machinePace(this.#trainer, () => performance.now()).catch(() => 1);
    return (await this.#pace) * roughMilliseconds(plan);
  }

  train(run: number, of: LabComparison): Promise<LabStop> {
    return this.#begin(run, async (each) => {
      const plan = await this.#planOf(of);
      if (!plan) return tooFewRows();
      const begun = await each.held.begin(plan, {
        onProgress: (progress) => this.#page.progress(run, progress),
        onSnapshots: (snapshots) => {
          each.last = snapshots.at(-1);
          this.#page.snapshots(run, snapshots);
        },
      });
      if ('reason' in begun)
        return { kind: 'failed', message: planProblemWords(begun, typeof of.data !== 'string') };
      Object.assign(each, { plan, training: begun, hasReliability: typeof of.data === 'string' });
      const { train, validation, test } = plan.splits[0]!;
      this.#page.started(run, {
        backend: await this.#trainer.backend(),
        trainRows: train.labels.length,
        validationRows: validation.labels.length,
        testRows: test.labels.length,
      });
      return this.#trainOn(run, each, begun, []);
    });
  }

  async goOn(run: number, without: readonly number[]): Promise<LabStop> {
    const each = this.#runs.get(run);
    // The end of a story with parts comes as the answer of `teach`.
    if (each?.held.answer(true)) return { kind: 'paused', epoch: 0 };
    const training = each?.training;
    if (!training) return { kind: 'failed', message: l10n.t('These networks are gone. Train them again.') };
    return this.#failing(run, () => this.#trainOn(run, each, training, without));
  }

  pause(run: number): void {
    this.#runs.get(run)?.held.pause('paused');
  }

  /** Nobody sees the page: what trains, waits. */
  pauseHidden(): void {
    for (const { held } of this.#runs.values()) held.pause('hidden');
  }

  async release(run: number): Promise<void> {
    const each = this.#runs.get(run);
    this.#runs.delete(run);
    await each?.held.release();
  }

  /** The page is gone. */
  releaseAll(): void {
    for (const run of this.#runs.keys()) void this.release(run);
  }

  teach(run: number, settings: TeacherSettings, firstSeed: number): Promise<TeacherResult | LabStop> {
    return this.#begin<TeacherResult>(run, async ({ held }) => {
      const data = await loadedData('digits');
      if (data === 'clouds') throw new Error('Digits are rows');
      const follower = {
        onPart: (part: 'teachers' | 'students') => this.#page.part(run, part),
        onProgress: (_: unknown, progress: TrainingProgress) => this.#page.progress(run, progress),
        onPaused: () => held.wait((why) => this.#page.stopped(run, { kind: why, epoch: 0 })),
      };
      const result = await teacherStory(settings, data, held, follower, firstSeed);
      this.#runs.delete(run);
      if (!('reason' in result)) return result;
      return result.reason === 'stopped' ? result.state : tooFewRows();
    });
  }

  async #trainOn(
    run: number,
    each: Held,
    training: TrainingRun,
    without: readonly number[],
  ): Promise<LabStop> {
    const stop = await each.held.goOn(training, without);
    const { plan, last } = each;
    if (plan && last && each.hasReliability) {
      const told: LabReliability | null = await reliabilityOf(training, plan, last);
      if (told) this.#page.reliability(run, told);
    }
    // Nobody waits for it.
    if (stop.kind === 'finished') void this.release(run);
    return stop;
  }

  /** A run of the page's, which waits if nobody sees it. */
  #begin<T extends object = never>(
    run: number,
    work: (each: Held) => Promise<T | LabStop>,
  ): Promise<T | LabStop> {
    const each: Held = { held: new HeldRun(this.#trainer) };
    this.#runs.set(run, each);
    if (!this.#isSeen()) each.held.pause('hidden');
    return this.#failing(run, () => work(each));
  }

  /** What goes wrong in the trainer is said in the page. */
  async #failing<T extends object = never>(
    run: number,
    work: () => Promise<T | LabStop>,
  ): Promise<T | LabStop> {
    try {
      const end = await work();
      if ('kind' in end && end.kind === 'failed') this.#runs.delete(run);
      return end;
    } catch (error) {
      this.#runs.delete(run);
      const why = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', message: l10n.t('Training stopped: {0}.', why.replace(/\.$/, '')) };
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

function tooFewRows(): LabStop {
  return { kind: 'failed', message: l10n.t('These data have too few rows to train on.') };
}
