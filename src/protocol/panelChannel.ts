import type { LossTotals } from '../loss/batch/reduction.ts';
import type { ConventionName } from '../loss/conventions/conventions.ts';
import type { LossForm, Reduction } from '../loss/lossSpec.ts';
import type { RowStats } from '../loss/rows/rowStats.ts';
import type { LossUnit } from '../loss/theory/lossUnits.ts';
import type { AlphaApplied, AlphaProposal, AlphaUndone, ShownAlpha } from './alphaChannel.ts';
import type {
  BatchSummary,
  BatchView,
  Calibration,
  EngineFunctions,
  MeasuredWith,
  RowDetail,
  SmoothingChoice,
} from './engineChannel.ts';
import type { Destination, ExportFormat, Picture, TableFormat } from './exportChannel.ts';
import type { PanelSpec } from './panelSpec.ts';
import type { SentTable } from './sentTable.ts';

/** The figures of a batch as it's looked at now. They may be many megabytes, and cross once for each revision. */
export interface PanelData extends MeasuredWith {
  /** Grows with every result; a question names the one it's about, and is refused when there's another by then. */
  readonly revision: number;
  /** Stays while the same source is edited or looked at differently. With another one controls, row and sort start afresh. */
  readonly sourceId: string;
  readonly summary: BatchSummary;
  readonly stats: RowStats;
}

/** What is said of the logits beside their figures: small. */
export interface PanelAbout {
  readonly source: {
    /** What the panel is called: the file's name, "Untitled-1", "clipboard". */
    readonly name: string;
    /** 0-based lines, for "lines 1–503"; null when there's nothing to reveal. */
    readonly lines: readonly [first: number, last: number] | null;
    /** The cell of a notebook it's an output of. Its number counts from 1; `run` is the number of its last run. */
    readonly cell: { readonly number: number; readonly run: number | null } | null;
  };
  /** What was asked for; what came of it is in the data. */
  readonly view: BatchView;
  /** What the source says, or the default; the panel's own controls go on from there when the source is new. */
  readonly labelSmoothing: number;
  readonly reduction: Reduction;
  /** An α that was taken from code; null if none was. The control goes to it whenever it's another one. */
  readonly applied: AppliedAlpha | null;
  /** The loss from code that can be turned to, by its name; null if none was opened. */
  readonly loss: string | null;
  /** That the source was read again though nobody asked, and why: a sentence. Null if it wasn't. */
  readonly notice: string | null;
}

/** What has changed of what the panel shows of logits; the page keeps the rest. The first message, and the first after `ready`, has all. */
export interface PanelChanges {
  readonly data?: PanelData;
  readonly about?: PanelAbout;
  readonly teacher?: TeacherSnapshot | null;
  /** What brings the logits back after a reload; the host's own. */
  readonly kept?: unknown;
}

/** All of it together, as the page has it. */
export interface PanelSnapshot extends PanelData, PanelAbout {
  readonly teacher: TeacherSnapshot | null;
}

/** Logits of another model for the same rows. */
export interface TeacherSnapshot {
  /** Another one with every teacher. */
  readonly id: string;
  readonly name: string;
  /** What brings it back after a reload; the host's own. Undefined if nothing can. */
  readonly kept: unknown;
  /** Why it can't be used: a sentence. */
  readonly problem: string | null;
  /** (rows) its argmax, if it was read. */
  readonly prediction: Int32Array | null;
  /** In how many rows its source wants another class than this one. */
  readonly otherTargets: number;
}

export interface AppliedAlpha {
  readonly id: string;
  readonly convention: ConventionName;
  /** As that convention reads it. */
  readonly labelSmoothing: number;
  /** Where it's from: "nn.CrossEntropyLoss, line 12 of train.py". */
  readonly from: string;
  /** Somebody has just asked for it, and is told what came of that, even if it's nothing. */
  readonly isWanted: boolean;
}

/** A loss configured in code: all the panel shows of it when there are no logits. */
export interface ConfigSnapshot {
  /** As it is written: `nn.CrossEntropyLoss`. */
  readonly name: string;
  readonly framework: string | null;
  /** `line` and `character` count from 0. */
  readonly source: {
    readonly name: string;
    readonly uri: string;
    readonly line: number;
    readonly character: number;
  };
  readonly convention: ConventionName;
  readonly conventionWords: string;
  readonly form: LossForm;
  /** Null where it isn't known. */
  readonly labelSmoothing: number | null;
  readonly classes: number | null;
  /** Where α and K are from, and what else to know. */
  readonly notes: readonly string[];
}

/** What of a panel is shown, where it has both. */
export type Front = 'logits' | 'loss';

/** What the webview keeps across a reload of the page or the window (setState). */
export interface KeptState {
  readonly front: Front;
  readonly logits?: PanelState;
  readonly loss?: ConfigState;
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

/** What it keeps of a configuration. */
export interface ConfigState {
  readonly config: ConfigSnapshot;
  readonly labelSmoothing: number;
  readonly classes: number;
  readonly reading: ReadingState;
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

export type SortColumn = 'row' | 'target' | 'prediction' | 'pTarget' | 'loss' | 'nll' | 'excess';

/** What the extension host tells the webview. */
export interface PanelFunctions {
  /** Logits are in front: what has changed of them since the last time. */
  show(changes: PanelChanges): void;
  /** `logits`: what can be turned to, by its name; null if there are none. */
  showConfig(config: ConfigSnapshot, logits: string | null): void;
  /** The source can't be read now: a sentence, and whether what's shown is from before the edit. */
  problem(message: string): void;
  /** 0…1 while reading or computing; null when done. */
  progress(fraction: number | null): void;
  /** How far a job is: 0…1. */
  progressOf(job: string, fraction: number): void;
}

/** What the webview asks of the extension host. */
export interface PanelRequests {
  /** The webview can take messages; `state` is what it kept from before, if anything. */
  ready(): void;
  row(revision: number, row: number): Promise<RowDetail>;
  /**
   * What takes a pass over the logits. `job` names the call for `progressOf` and `stop`; it rejects if it was stopped, or if there's
   * another revision by now.
   */
  calibrate(revision: number, job: string): Promise<Calibration>;
  /** Over all rows, of the teacher's softmax(z/T): (1) nats. */
  teacherEntropy(revision: number, temperature: number, job: string): Promise<Float64Array>;
  /** Floors of all rows at α, for soft targets: (rows) nats. */
  floors(revision: number, of: SmoothingChoice, job: string): Promise<Float64Array>;
  totals(revision: number, change: BatchView, job: string): Promise<LossTotals>;
  /** Gives up a job. One that has ended is left alone. */
  stop(job: string): void;
  /** Lets the user choose logits of another model for the same rows. */
  chooseTeacher(): void;
  removeTeacher(): void;
  /** (K) logits of the teacher. */
  teacherRow(revision: number, row: number): Promise<Float64Array>;
  /** Names of frameworks for each convention, the best known first. */
  frameworks(): ReturnType<EngineFunctions['frameworks']>;
  revealSource(): void;
  turnTo(front: Front): void;
  revealRow(row: number): void;
  /** Figures, rows, targets or a program, of the loss as it's shown. Resolves to what was done; null: nothing, as the user chose. */
  exportBatch(format: ExportFormat, to: Destination, loss: PanelSpec): Promise<string | null>;
  /** A table that is shown, and a picture; `name` becomes part of the file's. */
  exportTable(name: string, table: SentTable, format: TableFormat, to: Destination): Promise<string | null>;
  exportPicture(name: string, picture: Picture, to: Destination): Promise<string | null>;
  setView(view: BatchView): void;
  /** Asks the user for other targets. */
  chooseTargets(): void;
  openDropped(dropped: Dropped): void;
  cancel(): void;
  /** What it takes to have this α in the code that the panel, or its α, is from. */
  previewAlpha(shown: ShownAlpha): Promise<AlphaProposal>;
  /** Makes the edit of a preview. */
  applyAlpha(id: string): Promise<AlphaApplied>;
  /** Takes the edit back that an answer of `applyAlpha` named. */
  undoAlpha(id: string): Promise<AlphaUndone>;
}

/** What was dropped on the panel: files of the window by their URIs, or one from elsewhere with its bytes; or why it can't be read. */
export type Dropped =
  | { readonly uris: readonly string[] }
  | { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly name: string; readonly tooLarge: number };

/** A larger file that is dropped isn't read: its bytes would go through several processes. */
export const MOST_DROPPED_BYTES = 200_000_000;
