import type { Node } from '../json/jsonNodes.ts';
import type { Outcome } from '../outcome.ts';
import type { Printer, ReadProblem } from '../readProblem.ts';

/** A tensor as it stands in a text: printed, or written as a list of numbers. */
export interface PrintedTensor {
  /** What it is printed after, or its kind and number: "logits", "tensor 2". No two of a text have the same. */
  readonly name: string;
  /** The name is the text's own. */
  readonly isNamed: boolean;
  readonly printer: Printer;
  /** A list with commas, alone or in a call: it may as well be JSON or source code, and nothing was rounded. */
  readonly isLiteral: boolean;
  /** What is there to be read, as far as it is. */
  readonly shape: readonly number[];
  /** The type as it is written, or as the printer leaves it away; "int", "float" or "bool" where the size isn't known. */
  readonly type: string | null;
  /** Whole numbers or truth values, by their type or by how they are written: targets rather than logits. */
  readonly isWhole: boolean;
  /** Byte offsets, of all that is printed: `tensor(` and `)` are in it. */
  readonly start: number;
  readonly end: number;
  readonly decimals: number;
  /** How far any number may be from the one that was printed. */
  readonly rounding: number;
  /** What class indices count from where it was printed; 0 if nothing is said. */
  readonly firstIndex?: 0 | 1;
  /** Samples are columns. */
  readonly classesFirst?: boolean;
  /** It says that it's a parameter of a model. */
  readonly isParameter?: boolean;
  /** (last axis) what its numbers are called. */
  readonly labels?: readonly string[];
  /** Its numbers, or an object of them and what belongs to them; or why they can't be read. */
  readonly read: Outcome<Node, ReadProblem>;
}

/** A tensor that was found, before it has a name of its own; where it is in a text without escape sequences. */
export interface FoundTensor extends Omit<PrintedTensor, 'name' | 'isNamed'> {
  readonly kind: 'tensor' | 'array' | 'list' | 'frame' | 'series';
  /** The name that comes with it; without one, what stands before it is looked at. */
  readonly ownName?: string;
  /** What it is where nothing names it. */
  readonly spareName?: string;
}
