import type { DataSetId } from '../../../lab/data/dataSet.ts';
import type { StoryId } from '../../../lab/experiments/stories.ts';
import type { LabFunctions, OwnChoice } from '../../../protocol/labChannel.ts';
import type { LabHost } from './labConnection.ts';
import { type LabSetup, setupWith } from './labSetups.ts';
import { StoryState } from './storyState.ts';
import { Teaching } from './teaching.ts';
import { TrainedRuns } from './trainedRuns.ts';
import { Training } from './training.ts';

/** The lab's state, and all that can be done with it. */
export class LabStore extends StoryState {
  readonly teaching: Teaching;
  readonly training: Training;
  readonly #host: LabHost;
  readonly #runs: TrainedRuns;

  constructor(host: LabHost, changed: () => void) {
    super(changed);
    this.#host = host;
    let lastRun = 0;
    const nextRun = () => ++lastRun;
    this.teaching = new Teaching(host, nextRun, changed);
    this.#runs = new TrainedRuns(host, this, nextRun);
    this.training = new Training(this, this.#runs, this.teaching);
  }

  /** What the extension host tells. */
  readonly functions: Omit<LabFunctions, 'showStory'> = {
    started: (run, start) => this.#runs.update(run, { start }),
    progress: (run, progress) => {
      if (!this.teaching.follow(run, { progress })) this.#runs.update(run, { progress });
    },
    snapshots: (run, snapshots) => {
      const record = this.#runs.recordOf(run);
      if (record) this.#runs.update(run, { snapshots: [...record.snapshots, ...snapshots] });
    },
    reliability: (run, reliability) => this.#runs.update(run, { reliability }),
    part: (run, part) => void this.teaching.follow(run, { part }),
    stopped: (run, stop) => void this.teaching.follow(run, { stop }),
  };

  show(story: StoryId): void {
    this.set({ story, epoch: null, isPlaying: false, seed: 0, pointed: null });
    this.#estimate();
  }

  change(part: Partial<LabSetup>): void {
    const { story, setups } = this.state;
    this.set({ setups: { ...setups, [story]: { ...this.setup, ...part } }, epoch: null, isPlaying: false });
    this.#estimate();
  }

  changeData(data: DataSetId): void {
    this.change(setupWith(this.setup, data));
  }

  /** Looks at another α of the sweep: all were trained. */
  pickOwn(ownAlpha: number): void {
    this.set({ ownAlpha });
  }

  look(epoch: number | null): void {
    this.set({ epoch, isPlaying: false });
  }

  lookAtSeed(seed: number): void {
    this.set({ seed });
  }

  point(pointed: number | null): void {
    if (pointed !== this.state.pointed) this.set({ pointed });
  }

  /** How far playing is; the page moves it. */
  play(epoch: number | null, isPlaying: boolean): void {
    this.set({ epoch, isPlaying });
  }

  async chooseOwn(): Promise<void> {
    this.set({ isChoosing: true });
    this.#takeOwn(await this.#host.chooseOwn());
  }

  async leaveOutRow(id: number, row: number): Promise<void> {
    this.#takeOwn(await this.#host.leaveOut(id, row));
  }

  #takeOwn(choice: OwnChoice): void {
    this.set({ isChoosing: false });
    if (choice === null) return;
    if ('problem' in choice) this.set({ ownProblem: choice });
    else this.set({ own: choice.data, ownAlpha: null, ownProblem: null, epoch: null });
    this.#estimate();
  }

  /** Asks how long what is set up will take. */
  #estimate(): void {
    for (const { key, data, settings, seeds } of this.planned) {
      if (this.state.estimates.has(key)) continue;
      this.#host.estimate({ data, settings, seeds: { first: 0, count: seeds } }).then(
        (ms) => {
          if (ms !== null) this.set({ estimates: new Map(this.state.estimates).set(key, ms) });
        },
        () => {},
      );
    }
  }
}
