import type { LossTotals } from '../loss/batch/reduction.ts';
import type { AlphaApplied, AlphaProposal, AlphaUndone, ShownAlpha } from './alphaChannel.ts';
import type { BatchView, Calibration, EngineFunctions, RowDetail, SmoothingChoice } from './engineChannel.ts';
import type { Destination, ExportFormat, Picture, TableFormat } from './exportChannel.ts';
import type { LearnPage } from './learnPages.ts';
import type { Front } from './panelKept.ts';
import type { ConfigSnapshot, PanelChanges, Unfolded } from './panelSnapshot.ts';
import type { PanelSpec } from './panelSpec.ts';
import type { SentTable } from './sentTable.ts';

/** What the extension host tells the webview. */
export interface PanelFunctions {
  /** Logits are in front: what has changed of them since the last time. */
  show(changes: PanelChanges): void;
  /** `logits`: what can be turned to, by its name; null if there are none. */
  showConfig(config: ConfigSnapshot, logits: string | null): void;
  /** The playground is in front. `why`: a sentence, if something else was asked for; else nothing. */
  showPlayground(why: string, logits: string | null): void;
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
  /** Opens the lab at its story about calibration. */
  openLab(): void;
  turnTo(front: Front): void;
  revealRow(row: number): void;
  /** Gives the logits the α of a `NearbyLoss`, by its `id`. */
  takeLoss(id: string): void;
  /** Shows the loss that α is from in its code. */
  revealLoss(): void;
  /** Something was folded away, or isn't any more: kept for the next panel. */
  unfold(unfolded: Unfolded): void;
  /**
   * Figures, rows, targets or a program, of the loss as it's shown. Resolves to what was done; null: nothing, as the user chose. Rejects
   * if there's another revision by now.
   */
  exportBatch(
    revision: number,
    format: ExportFormat,
    to: Destination,
    loss: PanelSpec,
  ): Promise<string | null>;
  /** A table that is shown, and a picture; `name` becomes part of the file's. */
  exportTable(name: string, table: SentTable, format: TableFormat, to: Destination): Promise<string | null>;
  exportPicture(name: string, picture: Picture, to: Destination): Promise<string | null>;
  /** Resolves once the figures of this view were sent, or it's known that there won't be any. */
  setView(view: BatchView): Promise<void>;
  /** Asks the user which logits to show. */
  chooseLogits(): void;
  /** Shows a page of docs/learn, by its name. */
  openLearn(page: LearnPage): void;
  /** Goes to the cell that measured, or says how to measure where the logits are. */
  measureAgain(): void;
  /** Asks the user for other targets. */
  chooseTargets(): void;
  openDropped(dropped: Dropped): void;
  cancel(): void;
  /** In which colours charts are exported. */
  pictureTheme(): Promise<PictureTheme>;
  /** What it takes to have this α in the code that the panel, or its α, is from. */
  previewAlpha(shown: ShownAlpha): Promise<AlphaProposal>;
  /** Makes the edit of a preview. */
  applyAlpha(id: string): Promise<AlphaApplied>;
  /** Takes the edit back that an answer of `applyAlpha` named. */
  undoAlpha(id: string): Promise<AlphaUndone>;
}

/** The colours of an exported chart: those of the window's theme, or of a light or a dark page. */
export type PictureTheme = 'window' | 'light' | 'dark';

/** What was dropped on the panel: files of the window by their URIs, or one from elsewhere with its bytes; or why it can't be read. */
export type Dropped =
  | { readonly uris: readonly string[] }
  | { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly name: string; readonly tooLarge: number };

/** A larger file that is dropped isn't read: its bytes would go through several processes. */
export const MOST_DROPPED_BYTES = 200_000_000;
