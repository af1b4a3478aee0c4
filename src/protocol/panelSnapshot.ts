import type { ConventionName } from '../loss/conventions/conventions.ts';
import type { LossForm, Reduction } from '../loss/lossSpec.ts';
import type { RowStats } from '../loss/rows/rowStats.ts';
import type { BatchSums } from '../loss/sums/batchSums.ts';
import type { BatchSummary, BatchView, MeasuredWith } from './engineChannel.ts';

/** The figures of a batch as it's looked at now. They may be many megabytes, and cross once for each revision. */
export interface PanelData extends MeasuredWith {
  /** Grows with every result; a question names the one it's about, and is refused when there's another by then. */
  readonly revision: number;
  /** Stays while the same source is edited or looked at differently. With another one controls, row and sort start afresh. */
  readonly sourceId: string;
  readonly summary: BatchSummary;
  /** Of all rows; of those of the sample where there are sums. */
  readonly stats: RowStats;
  readonly sums: BatchSums | null;
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
  /** The figures are of that view, not of one that was asked for before. */
  readonly isMeasured: boolean;
  /** What the source says, or the default; the panel's own controls go on from there when the source is new. */
  readonly labelSmoothing: number;
  readonly reduction: Reduction;
  /** An α that was taken from code; null if none was. The control goes to it whenever it's another one. */
  readonly applied: AppliedAlpha | null;
  /** The loss from code that can be turned to, by its name; null if none was opened. */
  readonly loss: string | null;
  /** The losses in code around these logits whose α they may have. */
  readonly nearby: readonly NearbyLoss[];
  /** What isn't folded away. */
  readonly unfolded: Unfolded;
  /** That the source was read again though nobody asked, and why: a sentence. Null if it wasn't. */
  readonly notice: string | null;
  /** What was assumed when they were read, or left open: a sentence each. */
  readonly warnings: readonly string[];
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

/** Parts of the panel that are folded away until someone opens them; kept for the next panel. */
export interface Unfolded {
  readonly explain: boolean;
  readonly more: boolean;
}

/** A loss in code that logits may be given. */
export interface NearbyLoss {
  readonly id: string;
  /** As it's written: `nn.CrossEntropyLoss`. */
  readonly name: string;
  /** Null where it isn't known. */
  readonly labelSmoothing: number | null;
  /** "cell [3]", "train.py, line 12" */
  readonly place: string;
  /** In the same notebook or file, or in another one of the folder. */
  readonly isHere: boolean;
  /** It's the one that was taken. */
  readonly isTaken: boolean;
  /** Why it isn't taken unasked, or at all: a sentence; null if nothing speaks against it. */
  readonly why: string | null;
}

/** What is taken from a loss in code: α and how it's read, and of a loss that was found near the logits all else it follows from. */
export interface TakenLoss {
  readonly convention: ConventionName;
  /** As that convention reads it. */
  readonly labelSmoothing: number;
  /** One for each class, (K); null: none. */
  readonly weight?: readonly number[] | null;
  /** Null: its default. */
  readonly ignoreIndex?: number | null;
  readonly form?: LossForm;
  readonly reduction?: Reduction;
}

/** An α that was taken from code; another one has another `id`. */
export interface AppliedAlpha extends TakenLoss {
  readonly id: string;
  /** Where it's from: "nn.CrossEntropyLoss, line 12 of train.py". */
  readonly from: string;
  /** The same in fewer words: "cell [3]", "train.py, line 12". */
  readonly place: string;
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
