import type { DataSetId } from '../lab/data/dataSet.ts';
import type { ComparisonSettings, SeedRange } from '../lab/experiments/comparison.ts';
import type { StoryId } from '../lab/experiments/stories.ts';
import type { TeacherSettings } from '../lab/experiments/teacherPlans.ts';
import type { TeacherResult } from '../lab/experiments/teacherStory.ts';
import type { TrainingProgress, TrainingSnapshot, TrainingState } from '../lab/training/trainer.ts';
import type { Destination } from './exportChannel.ts';
import type { PanelRequests } from './panelChannel.ts';
import type { TrainerBackend } from './trainerChannel.ts';

/** Data to train on: a packaged set, or someone's own by the number it was given. */
export type LabData = DataSetId | { readonly own: number };

/** What is to be trained: as many networks as α times seeds. */
export interface LabComparison {
  readonly data: LabData;
  readonly settings: ComparisonSettings;
  readonly seeds: SeedRange;
}

/** What is known once training has begun. */
export interface LabStart {
  readonly backend: TrainerBackend;
  readonly trainRows: number;
  readonly validationRows: number;
  readonly testRows: number;
}

/** Why training stands still; `failed`: it can't go on, and a sentence says why. `hidden`: it was paused because nobody sees it. */
export type LabStop =
  | TrainingState
  | { readonly kind: 'hidden'; readonly epoch: number }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * How often networks are right against how confident they are, bin by bin: (alphas, bins, 3) confidence, accuracy, rows; NaN in a bin
 * without rows. All seeds together.
 */
export interface LabReliability {
  readonly bins: number;
  readonly asItIs: Float64Array;
  /** With each network's own temperature. */
  readonly scaled: Float64Array;
}

/** Someone's features and labels, as they were read. */
export interface OwnData {
  readonly id: number;
  /** What they're called: "X.npy". */
  readonly features: string;
  readonly labels: string;
  readonly rows: number;
  readonly inputs: number;
  readonly classes: number;
  readonly leftOut: number;
  /** How many rows there were, if not all are used. */
  readonly sampledFrom: number | null;
  /** A sweep over α for each network that can be chosen; the first is of a last layer. */
  readonly sweeps: readonly ComparisonSettings[];
}

/** Own data, or why there are none: a sentence, and the row that would have to be left out, if that's all; null: nothing was chosen. */
export type OwnChoice =
  | { readonly data: OwnData }
  | { readonly problem: string; readonly row: { readonly id: number; readonly row: number } | null }
  | null;

/** What the lab's page may ask of the extension host. `run` is a number that the page gives, and gives once. */
export interface LabRequests
  extends Pick<
    PanelRequests,
    | 'exportTable'
    | 'exportPicture'
    | 'pictureTheme'
    | 'previewAlpha'
    | 'applyAlpha'
    | 'undoAlpha'
    | 'openLearn'
  > {
  /** The page can take messages. */
  ready(): void;
  /** The extension's version: results say what they were measured with. */
  version(): Promise<string>;
  /** About how long it'll take, in milliseconds; null if there are too few rows. */
  estimate(of: LabComparison): Promise<number | null>;
  /** Resolves when training stands still, however that comes. */
  train(run: number, of: LabComparison): Promise<LabStop>;
  /** Goes on; `without`: networks that may break. */
  goOn(run: number, without: readonly number[]): Promise<LabStop>;
  pause(run: number): void;
  /** Ends it, wherever it is. */
  release(run: number): void;
  /** Trains teachers and their students; null if it was given up. `stopped` says when it stands still meanwhile. */
  teach(run: number, settings: TeacherSettings, firstSeed: number): Promise<TeacherResult | LabStop>;
  /** Asks for features and labels, and reads them. */
  chooseOwn(): Promise<OwnChoice>;
  /** The same without a row. */
  leaveOut(id: number, row: number): Promise<OwnChoice>;
  /** A text that is complete: to the clipboard, or to a file that is asked for. Resolves to what was done, or null. */
  exportText(
    name: string,
    kind: 'markdown' | 'pytorch',
    text: string,
    to: Destination,
  ): Promise<string | null>;
}

/** What the extension host tells the lab's page. */
export interface LabFunctions {
  /** Someone wants to see this story. */
  showStory(story: StoryId): void;
  started(run: number, start: LabStart): void;
  progress(run: number, progress: TrainingProgress): void;
  snapshots(run: number, snapshots: readonly TrainingSnapshot[]): void;
  /** As the networks are now: they stand still. */
  reliability(run: number, reliability: LabReliability): void;
  /** Which part of a story of two is trained. */
  part(run: number, part: 'teachers' | 'students'): void;
  stopped(run: number, stop: LabStop): void;
}
