import type { Work } from '../../loss/work.ts';
import type { ReadProblem } from '../readProblem.ts';

/** JSON as it is written, with byte offsets [start, end). Numbers in lists are kept together: there may be millions. */
export type Node = TensorNode | ListNode | NamesNode | ObjectNode | NumberNode | StringNode | WordNode;

interface Placed {
  readonly start: number;
  readonly end: number;
}

/** Nested lists of numbers, or an empty list. */
export interface TensorNode extends Placed {
  readonly type: 'tensor';
  readonly values: Float32Array | Float64Array;
  readonly shape: readonly number[];
  readonly decimals: number;
  /** [start, end) of each innermost list. */
  readonly spans: Float64Array;
  /** The first thing that is wrong with it as a tensor. It matters only if the tensor is what we're after. */
  readonly flaw: ReadProblem | undefined;
  /** Its 1s and 0s were written as truth values. */
  readonly areTruths?: boolean;
}

/** A list of objects, strings or a mixture. There may be millions of them, so only the first is kept. */
export interface ListNode extends Placed {
  readonly type: 'list';
  readonly length: number;
  readonly first: Node | undefined;
  /** Reads an item again, which has been found to be valid. */
  readonly readItem: (index: number) => Work<Node>;
  /** The values that begin at other places of the same text, as a list; their numbers in float64. */
  readonly listAt: (starts: Float64Array, first: Node) => ListNode;
}

/** A list of strings from where there is no JSON. */
interface NamesNode extends Placed {
  readonly type: 'names';
  readonly values: readonly string[];
}

/** An object. Of members with the same key it has the last one. */
export interface ObjectNode extends Placed {
  readonly type: 'object';
  readonly members: ReadonlyMap<string, Node>;
}

interface NumberNode extends Placed {
  readonly type: 'number';
  readonly value: number;
}

interface StringNode extends Placed {
  readonly type: 'string';
  readonly value: string;
}

/** true, null, None … */
interface WordNode extends Placed {
  readonly type: 'word';
  readonly value: string;
}
