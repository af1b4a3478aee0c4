import type { PlannedComparison } from './labSetups.ts';
import type { StoryState } from './storyState.ts';
import type { Teaching } from './teaching.ts';
import { isFinished, type TrainedPart } from './trainedPart.ts';
import type { TrainedRuns } from './trainedRuns.ts';

/** What can be trained in the story that is in front, and how that stops and goes on. */
export class Training {
  readonly #story: StoryState;
  readonly #runs: TrainedRuns;
  readonly #teaching: Teaching;

  constructor(story: StoryState, runs: TrainedRuns, teaching: Teaching) {
    this.#story = story;
    this.#runs = runs;
    this.#teaching = teaching;
  }

  /** Trains what is set up; with `again`, also what was trained before. */
  async train(again = false): Promise<void> {
    const { planned, setup } = this.#story;
    const { story, shown } = this.#story.state;
    if (story === 'teacher') return this.#teaching.teach(setup);
    const keys = planned.map(({ key }) => key);
    this.#story.set({ epoch: null, isPlaying: false, shown: { ...shown, [story]: keys } });
    let left = planned;
    while (left.length > 0) {
      const plan = this.#firstOf(left);
      left = left.filter((each) => each !== plan);
      if (!again && isFinished(this.#partOf(plan.key))) continue;
      this.#runs.begin(plan);
      if (!(await this.#runs.train(plan, { first: 0, count: plan.seeds }))) return;
    }
  }

  /** Stops what trains in this story, after the epoch that is running. */
  cancel(): void {
    if (this.#story.state.story === 'teacher') this.#teaching.pause();
    for (const { runs } of this.#story.parts)
      for (const { run, stop } of runs) if (!stop) this.#runs.pause(run);
  }

  /** Goes on where it stands still, and then with what's left of the story. */
  async goOn(leavingOut: readonly number[] = []): Promise<void> {
    if (this.#story.state.story === 'teacher') return this.#teaching.goOn();
    this.#story.set({ epoch: null });
    for (const { plan, runs, leftOut } of this.#story.parts) {
      const halted = runs.find(({ stop }) => stop && stop.kind !== 'finished' && stop.kind !== 'failed');
      if (!halted) continue;
      const offset = runs[0] === halted ? 0 : runs[0]!.seeds.count;
      const all = new Set([...leftOut, ...leavingOut.map((seed) => offset + seed)]);
      this.#story.putPart({ ...this.#partOf(plan.key)!, leftOut: all });
      const { count } = halted.seeds;
      const seeds = [...all].map((seed) => seed - offset).filter((seed) => seed >= 0 && seed < count);
      const stop = await this.#runs.goOn(halted.run, networksOf(plan, seeds, count));
      if (stop.kind !== 'finished') return;
    }
    if (this.#story.planned.some(({ key }) => !isFinished(this.#partOf(key)))) await this.train();
  }

  /** As many seeds again, for the second look. */
  async moreSeeds(key: string): Promise<void> {
    const part = this.#partOf(key);
    if (part?.runs.length !== 1) return;
    await this.#runs.train(part.plan, { first: part.plan.seeds, count: part.plan.seeds });
  }

  /** Trains the same networks with other α, beside what is shown, or goes on with that. Seeds that broke don't count. */
  async trainOthers(plan: PlannedComparison): Promise<void> {
    const before = this.#partOf(plan.key);
    const stood = before?.runs[0];
    if (!before || !stood?.stop || stood.stop.kind === 'failed') {
      this.#runs.begin(plan);
      await this.#runs.train(plan, { first: 0, count: plan.seeds });
      return;
    }
    const broken = stood.stop.kind === 'broken' ? stood.stop.networks : [];
    const leftOut = new Set([...before.leftOut, ...broken.map((network) => network % plan.seeds)]);
    this.#story.putPart({ ...before, leftOut });
    await this.#runs.goOn(stood.run, networksOf(plan, [...leftOut], plan.seeds));
  }

  pauseOthers({ key }: PlannedComparison): void {
    for (const { run } of this.#partOf(key)?.runs ?? []) this.#runs.pause(run);
  }

  /** What is looked at comes first, and then what takes the least time: there's soon something to see. */
  #firstOf(planned: readonly PlannedComparison[]): PlannedComparison {
    const { setup, state } = this.#story;
    const isInFront = ({ data }: PlannedComparison) => Number(data === setup.data);
    const ms = ({ key }: PlannedComparison) => state.estimates.get(key) ?? Number.MAX_VALUE;
    return planned.toSorted((a, b) => isInFront(b) - isInFront(a) || ms(a) - ms(b))[0]!;
  }

  #partOf(key: string): TrainedPart | undefined {
    return this.#story.state.parts.get(key);
  }
}

/** The networks of some seeds of a run of `count`, numbered through that run: α by α. */
function networksOf({ settings }: PlannedComparison, seeds: readonly number[], count: number): number[] {
  return settings.alphas.flatMap((_, alpha) => seeds.map((seed) => alpha * count + seed));
}
