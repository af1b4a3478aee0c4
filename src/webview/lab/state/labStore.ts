import type { DataSetId } from '../../../lab/data/dataSet.ts';
import type { SeedRange } from '../../../lab/experiments/comparison.ts';
import type { StoryId } from '../../../lab/experiments/stories.ts';
import type { LabFunctions, LabStop, OwnChoice, OwnData } from '../../../protocol/labChannel.ts';
import type { LabHost } from './labConnection.ts';
import { comparisonsOf, firstSetup, type LabSetup, type PlannedComparison, setupWith } from './labSetups.ts';
import { Teaching } from './teaching.ts';
import { isFinished, type RunRecord, type TrainedPart } from './trainedPart.ts';

/** All that the lab shows. A new object with every change. */
export interface LabState {
  readonly story: StoryId;
  readonly setups: Readonly<Partial<Record<StoryId, LabSetup>>>;
  /** Comparisons by their key. */
  readonly parts: ReadonlyMap<string, TrainedPart>;
  /** What was trained last for a story: it's shown until something else is. */
  readonly shown: Readonly<Partial<Record<StoryId, readonly string[]>>>;
  /** The epoch that is looked at; null: the last there is. */
  readonly epoch: number | null;
  readonly isPlaying: boolean;
  /** The seed that is looked at, and the one that is pointed at. */
  readonly seed: number;
  readonly pointed: number | null;
  readonly estimates: ReadonlyMap<string, number>;
  /** How much longer training takes here than was estimated, as far as it's known. */
  readonly pace: number;
  readonly own: OwnData | null;
  /** The α of the sweep that is looked at; null: the one that suits. */
  readonly ownAlpha: number | null;
  readonly ownProblem: Extract<OwnChoice, { problem: string }> | null;
  readonly isChoosing: boolean;
}

const START: LabState = {
  story: 'overconfidence',
  setups: {},
  parts: new Map(),
  shown: {},
  epoch: null,
  isPlaying: false,
  seed: 0,
  pointed: null,
  estimates: new Map(),
  pace: 1,
  own: null,
  ownAlpha: null,
  ownProblem: null,
  isChoosing: false,
};

/** The lab's state, and all that can be done with it. */
export class LabStore {
  readonly teaching: Teaching;
  state: LabState = START;
  readonly #host: LabHost;
  readonly #changed: () => void;
  #lastRun = 0;

  constructor(host: LabHost, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    this.teaching = new Teaching(host, () => ++this.#lastRun, changed);
  }

  /** What the extension host tells. */
  readonly functions: Omit<LabFunctions, 'showStory'> = {
    started: (run, start) => this.#update(run, { start }),
    progress: (run, progress) => {
      if (!this.teaching.follow(run, { progress })) this.#update(run, { progress });
    },
    snapshots: (run, snapshots) => {
      const record = this.#recordOf(run);
      if (record) this.#update(run, { snapshots: [...record.snapshots, ...snapshots] });
    },
    reliability: (run, reliability) => this.#update(run, { reliability }),
    part: (run, part) => void this.teaching.follow(run, { part }),
    stopped: (run, stop) => void this.teaching.follow(run, { stop }),
  };

  get setup(): LabSetup {
    return this.state.setups[this.state.story] ?? firstSetup(this.state.story);
  }

  /** What the story would train as it's set up now. */
  get planned(): readonly PlannedComparison[] {
    return comparisonsOf(this.state.story, this.setup, this.state.own);
  }

  /** What is shown: what is set up, if that was trained, else what was trained before. */
  get parts(): readonly TrainedPart[] {
    const { parts, shown, story } = this.state;
    const planned = this.planned;
    const now = planned.flatMap(({ key, claims }) => {
      const part = parts.get(key);
      return part ? [{ ...part, plan: { ...part.plan, claims } }] : [];
    });
    if (now.length > 0) return now;
    return (shown[story] ?? []).flatMap((key) => parts.get(key) ?? []);
  }

  /** What is shown isn't what is set up. */
  get isStale(): boolean {
    const { parts } = this.state;
    return this.parts.length > 0 && !this.planned.some(({ key }) => parts.has(key));
  }

  show(story: StoryId): void {
    this.#set({ story, epoch: null, isPlaying: false, seed: 0, pointed: null });
    this.estimate();
  }

  change(part: Partial<LabSetup>): void {
    const { story, setups } = this.state;
    this.#set({ setups: { ...setups, [story]: { ...this.setup, ...part } }, epoch: null, isPlaying: false });
    this.estimate();
  }

  /** Looks at another α of the sweep: all were trained. */
  pickOwn(ownAlpha: number): void {
    this.#set({ ownAlpha });
  }

  changeData(data: DataSetId): void {
    this.change(setupWith(this.setup, data));
  }

  look(epoch: number | null): void {
    this.#set({ epoch, isPlaying: false });
  }

  lookAtSeed(seed: number): void {
    this.#set({ seed });
  }

  point(pointed: number | null): void {
    if (pointed !== this.state.pointed) this.#set({ pointed });
  }

  /** How far playing is; the page moves it. */
  play(epoch: number | null, isPlaying: boolean): void {
    this.#set({ epoch, isPlaying });
  }

  /** Asks how long what is set up will take. */
  estimate(): void {
    for (const { key, data, settings, seeds } of this.planned) {
      if (this.state.estimates.has(key)) continue;
      this.#host.estimate({ data, settings, seeds: { first: 0, count: seeds } }).then(
        (ms) => {
          if (ms !== null) this.#set({ estimates: new Map(this.state.estimates).set(key, ms) });
        },
        () => {},
      );
    }
  }

  /** Trains what is set up; with `again`, also what was trained before. */
  async train(again = false): Promise<void> {
    const { story } = this.state;
    if (story === 'teacher') return this.teaching.teach(this.setup);
    const planned = this.planned;
    this.#set({
      epoch: null,
      isPlaying: false,
      shown: { ...this.state.shown, [story]: planned.map(({ key }) => key) },
    });
    for (const plan of planned) {
      const before = this.state.parts.get(plan.key);
      if (!again && isFinished(before)) continue;
      for (const { run } of before?.runs ?? []) this.#host.release(run);
      this.#putPart({ plan, runs: [], leftOut: new Set() });
      if (!(await this.#run(plan, { first: 0, count: plan.seeds }))) return;
    }
  }

  /** Stops what trains in this story, after the epoch that is running. */
  cancel(): void {
    if (this.state.story === 'teacher') this.teaching.pause();
    for (const { runs } of this.parts) for (const { run, stop } of runs) if (!stop) this.#host.pause(run);
  }

  /** Goes on where it stands still, and then with what's left of the story. */
  async goOn(leavingOut: readonly number[] = []): Promise<void> {
    if (this.state.story === 'teacher') return this.teaching.goOn();
    this.#set({ epoch: null });
    for (const { plan, runs, leftOut } of this.parts) {
      const halted = runs.find(({ stop }) => stop && stop.kind !== 'finished' && stop.kind !== 'failed');
      if (!halted) continue;
      const offset = runs[0] === halted ? 0 : runs[0]!.seeds.count;
      const all = new Set([...leftOut, ...leavingOut.map((seed) => offset + seed)]);
      this.#putPart({ ...this.state.parts.get(plan.key)!, leftOut: all });
      const { count } = halted.seeds;
      // Networks are numbered through their own run.
      const without = [...all]
        .filter((seed) => seed >= offset && seed < offset + count)
        .flatMap((seed) => plan.settings.alphas.map((_, alpha) => alpha * count + seed - offset));
      const stop = await this.#continue(halted.run, without);
      if (stop.kind !== 'finished') return;
    }
    if (this.planned.some(({ key }) => !isFinished(this.state.parts.get(key)))) await this.train();
  }

  /** As many seeds again, for the second look. */
  async moreSeeds(key: string): Promise<void> {
    const part = this.state.parts.get(key);
    if (part?.runs.length !== 1) return;
    await this.#run(part.plan, { first: part.plan.seeds, count: part.plan.seeds });
  }

  /** Trains the same networks with other α, beside what is shown, or goes on with that. Seeds that broke don't count. */
  async trainOthers(plan: PlannedComparison): Promise<void> {
    const before = this.state.parts.get(plan.key);
    const stood = before?.runs[0];
    if (!before || !stood?.stop || stood.stop.kind === 'failed') {
      this.#putPart({ plan, runs: [], leftOut: new Set() });
      await this.#run(plan, { first: 0, count: plan.seeds });
      return;
    }
    const broken = stood.stop.kind === 'broken' ? stood.stop.networks : [];
    const leftOut = new Set([...before.leftOut, ...broken.map((network) => network % plan.seeds)]);
    this.#putPart({ ...before, leftOut });
    const seeds = plan.settings.alphas.flatMap((_, alpha) =>
      [...leftOut].map((seed) => alpha * plan.seeds + seed),
    );
    await this.#continue(stood.run, seeds);
  }

  pauseOthers({ key }: PlannedComparison): void {
    for (const { run } of this.state.parts.get(key)?.runs ?? []) this.#host.pause(run);
  }

  async chooseOwn(): Promise<void> {
    this.#set({ isChoosing: true });
    this.#takeOwn(await this.#host.chooseOwn());
  }

  async leaveOutRow(id: number, row: number): Promise<void> {
    this.#takeOwn(await this.#host.leaveOut(id, row));
  }

  #takeOwn(choice: OwnChoice): void {
    this.#set({ isChoosing: false });
    if (choice === null) return;
    if ('problem' in choice) this.#set({ ownProblem: choice });
    else this.#set({ own: choice.data, ownAlpha: null, ownProblem: null, epoch: null });
    this.estimate();
  }

  /** Resolves to true once all epochs are done. */
  async #run(plan: PlannedComparison, seeds: SeedRange): Promise<boolean> {
    const run = ++this.#lastRun;
    const part = this.state.parts.get(plan.key)!;
    const record: RunRecord = {
      run,
      seeds,
      snapshots: [],
      start: null,
      progress: null,
      reliability: null,
      stop: null,
    };
    this.#putPart({ ...part, runs: [...part.runs, record] });
    const { data, settings } = plan;
    const begun = performance.now();
    const stop: LabStop = await this.#host
      .train(run, { data, settings, seeds })
      .catch((error: unknown) => ({ kind: 'failed', message: String(error) }));
    this.#update(run, { stop });
    const estimated = this.state.estimates.get(plan.key);
    if (stop.kind === 'finished' && estimated) this.#set({ pace: (performance.now() - begun) / estimated });
    return stop.kind === 'finished';
  }

  /** Goes on with a run that stands still, without some of its networks. */
  async #continue(run: number, without: readonly number[]): Promise<LabStop> {
    this.#update(run, { stop: null });
    const stop = await this.#host
      .goOn(run, without)
      .catch((error: unknown): LabStop => ({ kind: 'failed', message: String(error) }));
    this.#update(run, { stop });
    return stop;
  }

  #recordOf(run: number): RunRecord | undefined {
    for (const { runs } of this.state.parts.values()) {
      const found = runs.find((each) => each.run === run);
      if (found) return found;
    }
    return undefined;
  }

  #update(run: number, change: Partial<RunRecord>): void {
    for (const part of this.state.parts.values()) {
      if (!part.runs.some((each) => each.run === run)) continue;
      this.#putPart({
        ...part,
        runs: part.runs.map((each) => (each.run === run ? { ...each, ...change } : each)),
      });
    }
  }

  #putPart(part: TrainedPart): void {
    this.#set({ parts: new Map(this.state.parts).set(part.plan.key, part) });
  }

  #set(change: Partial<LabState>): void {
    this.state = { ...this.state, ...change };
    this.#changed();
  }
}
