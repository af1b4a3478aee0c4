import type { GenericSchema } from 'valibot';
import type { CrossEntropyResult, GivenValues } from '../loss/batch/lossInput.ts';
import type { Reduction } from '../loss/lossSpec.ts';

/**
 * Something a language model may ask. VS Code looks for the description and the schema in package.json, where a test compares them
 * with these. Answers and errors are in English, as the model says them to the person in its own words.
 */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly schema: GenericSchema;
  /** The file or folder that a call with this input would read; null if none. Throws `ToolError` for a wrong input. */
  reads(given: unknown): string | null;
  /** Throws `ToolError` with a sentence to act on, for a wrong input, too. */
  run(given: unknown, world: ToolWorld): Promise<ToolAnswer>;
}

/** Lines of text. Whoever shows them leaves out the last of `details` where they're too long. */
export interface ToolAnswer {
  readonly lines: readonly string[];
  /** One line for each row, loss or file. */
  readonly details?: readonly string[];
  /** All of the details are wanted, however long. */
  readonly all?: boolean;
}

/** Why there's no answer, as a sentence that says what to do instead. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

/** A loss to compute; numbers as the model gave them. */
export interface AskedLoss {
  readonly logits: Numbers;
  readonly targets: Numbers;
  readonly values?: GivenValues;
  readonly api?: string;
  readonly convention?: string;
  readonly labelSmoothing?: number;
  readonly weight?: number[];
  readonly ignoreIndex?: number;
  readonly reduction?: Reduction;
}

type Numbers =
  | number
  | number[]
  | number[][]
  | { readonly data: Float32Array | Float64Array | Int32Array; readonly shape: readonly number[] };

/** A loss that code sets up. What isn't known is null or missing. */
export interface FoundLoss {
  readonly range: { readonly start: { readonly line: number } };
  readonly api: string;
  readonly framework: string;
  readonly convention?: string;
  readonly alpha: { readonly value?: number; readonly state: string; readonly values?: readonly number[] };
  readonly numClasses?: number;
  readonly numClassesFrom: string | null;
  readonly targets: { readonly on: number; readonly off: number; readonly sum: number } | 'soft' | null;
  readonly form: string | null;
  readonly floor: number | null;
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

/** The losses of a file, or of a cell of a notebook. */
export interface FoundIn {
  readonly path: string;
  /** From 1; null if it's no notebook. */
  readonly cell: number | null;
  readonly losses: readonly FoundLoss[];
}

/** Logits as a source has them, or why it has none. */
export type AnsweredRead =
  | {
      readonly ok: true;
      readonly name: string;
      readonly shape: readonly number[];
      readonly classAxis: number;
      readonly kind: string;
      readonly values: Float32Array;
      readonly targets: {
        readonly kind: string;
        readonly values: Int32Array | Float64Array;
        readonly name: string;
      } | null;
      readonly classNames: readonly string[] | null;
      readonly ignoreIndex: number | null;
      readonly weight: readonly number[] | null;
      readonly labelSmoothing: number | null;
      readonly leftOut: readonly string[];
      readonly warnings: readonly string[];
    }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly message?: string;
      readonly candidates?: readonly {
        readonly name: string;
        readonly shape: readonly number[];
        readonly role: string;
      }[];
    };

/** Which arrays of a source are meant. */
export interface WantedArrays {
  readonly array?: string;
  readonly targets?: string;
}

/** Where the tools are: VS Code, or a program. */
export interface ToolWorld {
  /** Rejects with a sentence that begins with the argument's name. */
  computeLoss(asked: AskedLoss): Promise<CrossEntropyResult>;
  /** Of a file. Throws `ToolError` if it can't be read at all. */
  readLogits(path: string, wanted: WantedArrays): Promise<AnsweredRead>;
  /** What the cells of a notebook have put out; without a path, of the one in front: null where there's none. */
  notebookLogits(
    wanted: WantedArrays,
    path?: string,
  ): Promise<readonly { readonly cell: number; readonly read: AnsweredRead }[] | null>;
  /** Of a file, or of all files in a folder; `left` says how many of those weren't looked at. */
  findLosses(
    path: string,
  ): Promise<{ readonly found: readonly FoundIn[]; readonly files: number; readonly left: number }>;
}
