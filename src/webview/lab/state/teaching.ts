import { TEACHER_SETTINGS, type TeacherResult } from '../../../lab/experiments/teacherStory.ts';
import type { TrainingProgress } from '../../../lab/training/trainer.ts';
import type { LabStop } from '../../../protocol/labChannel.ts';
import type { LabHost } from './labConnection.ts';
import type { LabSetup } from './labSetups.ts';

/** Teachers and students in training, or trained. */
export interface TaughtRun {
  readonly run: number;
  readonly alpha: number;
  readonly seeds: number;
  readonly firstSeed: number;
  readonly part: 'teachers' | 'students' | null;
  readonly progress: TrainingProgress | null;
  readonly result: TeacherResult | null;
  /** Null while it trains. */
  readonly stop: LabStop | null;
}

/** The story of teachers: it has no time to look back at, only an end. */
export class Teaching {
  /** The first run, and the one with more seeds. */
  runs: readonly TaughtRun[] = [];
  readonly #host: LabHost;
  readonly #nextRun: () => number;
  readonly #changed: () => void;

  constructor(host: LabHost, nextRun: () => number, changed: () => void) {
    this.#host = host;
    this.#nextRun = nextRun;
    this.#changed = changed;
  }

  get last(): TaughtRun | undefined {
    return this.runs.at(-1);
  }

  async teach(setup: Pick<LabSetup, 'alpha' | 'seeds'>): Promise<void> {
    for (const { run } of this.runs) this.#host.release(run);
    this.runs = [];
    await this.#teach(setup, 0);
  }

  async moreSeeds(): Promise<void> {
    const [first] = this.runs;
    if (first && this.runs.length === 1) await this.#teach(first, first.seeds);
  }

  pause(): void {
    if (this.last && !this.last.stop) this.#host.pause(this.last.run);
  }

  async goOn(): Promise<void> {
    const { last } = this;
    if (!last?.stop) return;
    this.follow(last.run, { stop: null });
    const stop = await this.#host.goOn(last.run, []);
    // Its end comes as the answer of `teach`, but not if it has ended already.
    if (stop.kind === 'failed') this.follow(last.run, { stop });
  }

  /** False if it isn't one of these runs. */
  follow(run: number, change: Partial<TaughtRun>): boolean {
    if (!this.runs.some((each) => each.run === run)) return false;
    this.runs = this.runs.map((each) => (each.run === run ? { ...each, ...change } : each));
    this.#changed();
    return true;
  }

  async #teach({ alpha, seeds }: Pick<LabSetup, 'alpha' | 'seeds'>, firstSeed: number): Promise<void> {
    const run = this.#nextRun();
    const begun: TaughtRun = {
      run,
      alpha,
      seeds,
      firstSeed,
      part: null,
      progress: null,
      result: null,
      stop: null,
    };
    this.runs = [...this.runs, begun];
    this.#changed();
    const settings = { ...TEACHER_SETTINGS, alphas: [0, alpha], seeds };
    const end = await this.#host.teach(run, settings, firstSeed);
    if ('teachers' in end) this.follow(run, { result: end, stop: { kind: 'finished', epoch: 0 } });
    else this.follow(run, { stop: end });
  }
}
