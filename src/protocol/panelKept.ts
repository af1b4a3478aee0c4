import type { ConventionName } from '../loss/conventions/conventions.ts';
import type { LossForm, Reduction } from '../loss/lossSpec.ts';
import type { LossUnit } from '../loss/theory/lossUnits.ts';
import type { BatchView, SmoothingChoice } from './engineChannel.ts';
import type { ConfigSnapshot } from './panelSnapshot.ts';

/** What of a panel is shown, where it has both. */
export type Front = 'logits' | 'loss' | 'playground';

/** What the webview keeps across a reload of the page or the window (setState). */
export interface KeptState {
  readonly front: Front;
  readonly logits?: PanelState;
  readonly loss?: ConfigState;
  readonly playground?: PlaygroundState;
}

/** What it keeps of logits. `source` is the host's own, opaque to the panel. */
export interface PanelState {
  readonly source: unknown;
  readonly sourceId: string;
  readonly convention: ConventionName;
  readonly labelSmoothing: number;
  readonly form: LossForm;
  readonly reduction: Reduction;
  readonly row: number;
  readonly sort: { readonly column: SortColumn; readonly descending: boolean };
  readonly logAxis: boolean;
  readonly tab: TabName;
  /** What is compared, in the order of pinning. */
  readonly pins: readonly Pin[];
  readonly pinSort: { readonly column: PinColumn; readonly descending: boolean };
  readonly reading: ReadingState;
  readonly view: BatchView;
  readonly appliedId?: string;
  /** The bars of the gradient are shown instead of the targets. */
  readonly gradient: boolean;
  readonly bins: BinChoice;
  readonly teacherTemperature: number;
  /** The teacher's `kept`. */
  readonly teacher?: unknown;
}

/** How rows are put in bins by their confidence. */
export interface BinChoice {
  readonly kind: 'width' | 'mass';
  readonly count: number;
}

/** What it keeps of the playground without a loss from code. */
export interface PlaygroundState {
  readonly played: PlayedState;
  readonly reading: ReadingState;
  /** What is under More is shown. */
  readonly more: boolean;
}

/** What it keeps of a configuration. */
export interface ConfigState extends PlaygroundState {
  readonly config: ConfigSnapshot;
}

/** What is tried out in the playground. */
export interface PlayedState {
  readonly labelSmoothing: number;
  readonly classes: number;
  /** The column of the true class. */
  readonly trueClass: number;
  /** The logit of each column: of a class, or of all that have none of their own. */
  readonly logits: readonly number[];
}

/** What is kept for comparing: α and how it's read. `padding` is the padding class, where the convention has one. */
export interface Pin extends SmoothingChoice {
  readonly padding: number | null;
}

/** A loss from elsewhere that is looked into, as it was typed. Absent: as in the panel. */
export interface ReadingState {
  readonly loss: string;
  readonly unit: LossUnit;
  readonly convention?: ConventionName;
  readonly labelSmoothing?: number;
  readonly classes?: number;
  readonly form?: LossForm;
}

/** A view of the data below its figures. */
export type TabName = 'rows' | 'compare' | 'read' | 'calibration' | 'classes' | 'teacher';

/** A column of the table of pins; `pinned` is their order. */
export type PinColumn =
  | 'pinned'
  | 'alpha'
  | 'convention'
  | 'loss'
  | 'floor'
  | 'excess'
  | 'nll'
  | 'on'
  | 'off';

/** A column of the table of rows; `floor` is there where rows differ in it. */
export type SortColumn = 'row' | 'target' | 'prediction' | 'pTarget' | 'loss' | 'nll' | 'floor' | 'excess';
