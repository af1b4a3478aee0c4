import type { StoryId } from '../../../lab/experiments/stories.ts';
import type { OwnChoice, OwnData } from '../../../protocol/labChannel.ts';
import type { LabSetup } from './labSetups.ts';
import type { TrainedPart } from './trainedPart.ts';

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

/** What the lab shows at first. */
export const FIRST_STATE: LabState = {
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
