import type { SeedRange } from '../../../lab/experiments/comparison.ts';
import type { LabStop } from '../../../protocol/labChannel.ts';
import type { LabHost } from './labConnection.ts';
import type { PlannedComparison } from './labSetups.ts';
import type { StoryState } from './storyState.ts';
import type { RunRecord } from './trainedPart.ts';

/** Runs of comparisons: begun, and with what is told of them. */
export class TrainedRuns {
  readonly #host: LabHost;
  readonly #story: StoryState;
  readonly #nextRun: () => number;

  constructor(host: LabHost, story: StoryState, nextRun: () => number) {
    this.#host = host;
    this.#story = story;
    this.#nextRun = nextRun;
  }

  /** A comparison without runs: those it had are given up. */
  begin(plan: PlannedComparison): void {
    for (const { run } of this.#story.state.parts.get(plan.key)?.runs ?? []) this.#host.release(run);
    this.#story.putPart({ plan, runs: [], leftOut: new Set() });
  }

  /** Trains more seeds of a comparison. Resolves to true once all epochs are done. */
  async train(plan: PlannedComparison, seeds: SeedRange): Promise<boolean> {
    const run = this.#nextRun();
    const part = this.#story.state.parts.get(plan.key)!;
    this.#story.putPart({ ...part, runs: [...part.runs, recordOf(run, seeds)] });
    const { data, settings } = plan;
    const begun = performance.now();
    const stop = await this.#standing(run, this.#host.train(run, { data, settings, seeds }));
    const isFinished = stop.kind === 'finished';
    const estimated = this.#story.state.estimates.get(plan.key);
    if (isFinished && estimated) this.#story.set({ pace: (performance.now() - begun) / estimated });
    return isFinished;
  }

  /** Goes on with a run that stands still, without some of its networks. */
  async goOn(run: number, without: readonly number[]): Promise<LabStop> {
    this.update(run, { stop: null });
    return this.#standing(run, this.#host.goOn(run, without));
  }

  pause(run: number): void {
    this.#host.pause(run);
  }

  /** What was told of a run. */
  recordOf(run: number): RunRecord | undefined {
    for (const { runs } of this.#story.state.parts.values()) {
      const found = runs.find((each) => each.run === run);
      if (found) return found;
    }
    return undefined;
  }

  update(run: number, change: Partial<RunRecord>): void {
    for (const part of this.#story.state.parts.values()) {
      if (!part.runs.some((each) => each.run === run)) continue;
      const runs = part.runs.map((each) => (each.run === run ? { ...each, ...change } : each));
      this.#story.putPart({ ...part, runs });
    }
  }

  /** Notes how a run came to a standstill. */
  async #standing(run: number, training: Promise<LabStop>): Promise<LabStop> {
    const stop = await training.catch(
      (error: unknown): LabStop => ({ kind: 'failed', message: String(error) }),
    );
    this.update(run, { stop });
    return stop;
  }
}

function recordOf(run: number, seeds: SeedRange): RunRecord {
  return { run, seeds, snapshots: [], start: null, progress: null, reliability: null, stop: null };
}
