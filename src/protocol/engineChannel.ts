import type { LossProblem } from '../frameworks/namingErrors.ts';
import type { NamedLoss } from '../frameworks/specOf.ts';
import type { CrossEntropyInput, CrossEntropyResult } from '../loss/batch/lossInput.ts';
import type { LossTotals } from '../loss/batch/reduction.ts';
import type { ConventionName } from '../loss/conventions/conventions.ts';
import type { LossSpec } from '../loss/lossSpec.ts';
import type { RowStats } from '../loss/rows/rowStats.ts';
import type { Targets } from '../loss/rows/targets.ts';
import type { BatchSums } from '../loss/sums/batchSums.ts';
import type { FileOverview } from '../readers/arrays/fileOverview.ts';
import type { LogitsBatch, ValueKind } from '../readers/logitsBatch.ts';
import type { Outcome } from '../readers/outcome.ts';
import type { FileProblem, ReadProblem } from '../readers/readProblem.ts';
import type { TableFeatures } from '../readers/table/readTableFeatures.ts';
import type { Exported, ExportFormat, ExportSpec, TooLarge } from './exportChannel.ts';

/** A place in a document, as editors count: from 0, characters in UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** Part of a document; `end` is right after it. */
export interface PlaceRange {
  readonly start: Place;
  readonly end: Place;
}

/** A problem with its place in the document, instead of in bytes; null if that isn't text. */
export type PlacedProblem = ReadProblem & {
  readonly place: Place | null;
  readonly openedPlace?: Place;
  /** Set if it's in the source of the targets. */
  readonly of?: 'targets';
};

/** Readers with a library, each in a bundle of its own. */
export type LibraryName = 'parquet' | 'arrow' | 'hdf5';

/**
 * Files of arrays. A table is .csv or .tsv; a pickle is what `torch.save`, `pickle.dump` and `joblib.dump` write; text is JSON, or what
 * is printed.
 */
export type FileFormat = 'npy' | 'npz' | 'safetensors' | 'pickle' | 'table' | 'text' | LibraryName;

/** What was chosen of a source that leaves it open. */
export interface ChosenArrays {
  /** Which array of several, by its name. */
  readonly member?: string;
  /** Which of the arrays beside the logits has their targets, by its name; null: none of them. */
  readonly ownTargets?: string | null;
  /** One output per row is a binary model's. */
  readonly binary?: boolean;
}

/** What to read. `text` and `bytes`, text both, begin at `origin` of the document (the start of a selection). */
export interface SourceRequest extends ChosenArrays {
  readonly input:
    | { readonly text: string }
    | { readonly bytes: Uint8Array }
    /** A file: its path where the engine can read files, else its bytes. */
    | {
        readonly file: { readonly format: FileFormat; readonly gzip?: boolean } & (
          | { readonly path: string }
          | { readonly bytes: Uint8Array }
        );
      };
  readonly origin: Place;
  /** The file that it's all of: what that is called may say what it has. */
  readonly fileName?: string;
  /** Where the cursor is: if the whole isn't logits, the outermost value around it that is gets read. */
  readonly cursor?: Place;
  /** Someone has agreed that few bytes of a compressed file become very many. */
  readonly mayInflate?: boolean;
}

/** What to open, and how to look at it. */
export interface OpenRequest extends SourceRequest {
  /** Targets from elsewhere, instead of those beside the logits. `name` is what the panel calls them. */
  readonly targets?: SourceRequest & { readonly name?: string };
  readonly view: BatchView;
}

/** An array of a source that may have several. */
export interface SourceMember {
  readonly name: string;
  readonly shape: readonly number[];
  /** What its numbers are stored as, in the source's words: "float32"; null if it doesn't say. */
  readonly type: string | null;
  /** One number or text in each row of a table that isn't text. */
  readonly isColumn?: boolean;
  /** Where it is in its document; null if that isn't text. */
  readonly range: PlaceRange | null;
}

/**
 * How the user wants the numbers understood and measured. Absent: as the source says, or looks. What no longer fits the
 * source, as after an edit, counts as absent. Finite numbers only: it's kept as JSON.
 */
export interface BatchView {
  readonly kind?: ValueKind;
  readonly classAxis?: number;
  /** Targets chosen by hand: row → class. */
  readonly chosenTargets?: ReadonlyArray<readonly [row: number, target: number]>;
  /** Absent: PyTorch's. Rows measured for one convention serve for others, too: `sharesRows` says for which. */
  readonly convention?: ConventionName;
  /** (K), 0 or more; null: none. */
  readonly weight?: readonly number[] | null;
  /** Null: no target is special. In a convention with a padding class it is that class. */
  readonly ignoreIndex?: number | null;
  /** T > 0, which the logits are divided by. */
  readonly temperature?: number;
}

/** What the rows were measured with, in the end. */
export interface MeasuredWith extends Pick<LossSpec, 'convention' | 'weight' | 'ignoreIndex'> {
  readonly temperature: number;
}

/** Where the targets come from: the source, or assumed to be each row's argmax. */
type TargetsFrom = 'indices' | 'soft' | 'argmax';

/** A batch the engine holds, and what it looks like. The logits themselves stay with the engine. */
export interface Opened {
  readonly batch: number;
  /** Where it is in its document; null if that isn't text. */
  readonly range: PlaceRange | null;
  readonly summary: BatchSummary;
  readonly measuredWith: MeasuredWith;
  /** Of all rows; of those of the sample where there are sums. */
  readonly stats: RowStats;
  readonly sums: BatchSums | null;
}

/** What is known of a batch besides its numbers: small enough to be sent with every answer. */
export interface BatchSummary
  extends Pick<
    LogitsBatch,
    | 'shape'
    | 'classAxis'
    | 'classAxisFrom'
    | 'classNames'
    | 'keys'
    | 'declared'
    | 'decimals'
    | 'rounding'
    | 'labelling'
    | 'warnings'
  > {
  /** As it is used now; `looksLike` is what the numbers look like. */
  readonly kind: ValueKind;
  readonly looksLike: ValueKind;
  readonly targetsFrom: TargetsFrom;
  /** Row statistics answer what `RowStats` do at T = 1 with these targets, sums what needs no single row; the logits aren't here. */
  readonly holds: 'logits' | 'row-statistics' | 'sums';
}

/** Logits with their numbers, as opening them would take them. */
export interface ReadLogits
  extends Pick<
    LogitsBatch,
    'values' | 'shape' | 'classAxis' | 'classNames' | 'keys' | 'declared' | 'kind' | 'labelling' | 'warnings'
  > {
  readonly targets: Targets | null;
}

/** Rows of numbers, or a sample of them. */
export interface SampledRows {
  /** Of all rows. */
  readonly shape: readonly number[];
  /** Which rows are here, ascending; null: all. */
  readonly rows: Int32Array | null;
  readonly values: Float32Array;
}

/** One row, for the pictures of it. All (K), float64. */
export interface RowDetail {
  readonly row: number;
  readonly logits: Float64Array;
  /** The target before smoothing. */
  readonly target: Float64Array;
}

/** How good the probabilities of a batch are, as they are and with the logits divided by the temperature that's best for them. */
export interface Calibration {
  /**
   * (1) T at which the NLL is lowest. 0 or ∞: it falls as far as T goes there; NaN: a row has no finite NLL. Null: that takes the logits,
   * which aren't here.
   */
  readonly temperature: Float64Array | null;
  /** The NLL is the same at every temperature: no row has two different logits but −∞. `temperature` is 0 then. */
  readonly isFlat: boolean;
  /** How many rows that count it was fitted to. Of very large batches not all, but evenly spread. */
  readonly fittedRows: number;
  readonly before: CalibrationScores;
  /** Null where no temperature is best. */
  readonly after: CalibrationScores | null;
}

/** How confident the rows are, and how good, at one temperature. */
export interface CalibrationScores {
  /** (rows) max p, NaN where a row counts nothing. */
  readonly confidence: Float64Array;
  /** (2) over the rows that count: mean NLL in nats, mean Brier score Σ (p − t)², 0…2. */
  readonly means: Float64Array;
}

/** What the extension host may ask of the engine. `job` names the call for `progress` and `cancel`. */
export interface EngineFunctions {
  /** The batch gets the number of the job: no two have the same, whatever becomes of the engine in between. */
  open(job: number, request: OpenRequest): Promise<Outcome<Opened, PlacedProblem>>;
  /** The arrays of a source, in its order: what there is to choose from. Their numbers aren't read. */
  list(job: number, request: SourceRequest): Promise<Outcome<readonly SourceMember[], PlacedProblem>>;
  /** The same of where an open batch was read from, without reading that again. */
  members(job: number, batch: number): Promise<Outcome<readonly SourceMember[], PlacedProblem>>;
  /** What is in a file of arrays, without most of its numbers. */
  overview(job: number, request: SourceRequest): Promise<Outcome<FileOverview, PlacedProblem>>;
  /** What opening a source would take, with all of its numbers. Nothing stays open. */
  read(job: number, request: SourceRequest): Promise<Outcome<ReadLogits, PlacedProblem>>;
  /** The same, as rows: of more than `mostBytes` in float32 as many as don't take more, drawn at random. */
  sample(
    job: number,
    request: SourceRequest,
    mostBytes: number,
  ): Promise<Outcome<SampledRows, PlacedProblem>>;
  /** A table as features with labels; null for what isn't a table in a text. */
  features(job: number, request: SourceRequest): Promise<Outcome<TableFeatures | null, PlacedProblem>>;
  /** The same batch, understood differently. */
  view(job: number, batch: number, view: BatchView): Promise<Outcome<Opened, PlacedProblem>>;
  /**
   * The same batch with targets from elsewhere, or for null with those that come with its logits: what opening it so would give,
   * without reading the logits again. A problem leaves it as it was.
   */
  attachTargets(
    job: number,
    batch: number,
    targets: OpenRequest['targets'] | null,
    view: BatchView,
  ): Promise<Outcome<Opened, PlacedProblem>>;
  row(batch: number, row: number): Promise<RowDetail>;
  /** Where a row lies in the document; null if that isn't text. */
  locate(batch: number, row: number): Promise<PlaceRange | null>;
  /** The floor of every row at α: (rows) nats. Needed for soft targets only; the others follow from the class. */
  floors(job: number, batch: number, of: SmoothingChoice): Promise<Float64Array>;
  /** Temperature scaling, fitted. */
  calibrate(job: number, batch: number): Promise<Calibration>;
  /** The mean over the rows of the entropy of softmax(z/T): (1) nats. Not of one row only, and in an array, as it may be NaN. */
  meanEntropy(job: number, batch: number, temperature: number): Promise<Float64Array>;
  /** The sums of the loss as they'd be with part of the view changed; the batch stays as it is. */
  totals(job: number, batch: number, change: BatchView): Promise<LossTotals>;
  /** Who reads α in which way: names of frameworks, the best known first. */
  frameworks(): Promise<Readonly<Record<ConventionName, readonly string[]>>>;
  export(
    job: number,
    batch: number,
    format: ExportFormat,
    spec: ExportSpec,
  ): Promise<Outcome<Exported, TooLarge>>;
  computeLoss(job: number, call: LossCall): Promise<Outcome<CrossEntropyResult, LossProblem>>;
  /** The text of a bundle, for an engine that has no files. */
  library(name: LibraryName, script: string): Promise<void>;
  release(batch: number): Promise<void>;
  cancel(job: number): Promise<void>;
}

/** α, and how it's read. */
export type SmoothingChoice = Pick<LossSpec, 'convention' | 'labelSmoothing'>;

/** A loss by its name, and what to compute it of. */
export type LossCall = NamedLoss & Pick<CrossEntropyInput, 'logits' | 'targets' | 'values' | 'withTargets'>;

/** What is wrong with a file that was read before. */
export type LostFile = FileProblem & Pick<PlacedProblem, 'of'>;

/** What the engine tells the extension host while it works. */
export interface EngineEvents {
  progress(job: number, fraction: number): void;
  /** A batch was closed because its file changed or is gone. Questions about it are rejected. */
  lost(batch: number, problem: LostFile): void;
}
