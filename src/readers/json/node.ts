import type { ReadProblem } from '../problem.ts';

/** JSON as it is written, with byte offsets [start, end). Numbers in lists are kept together: there may be millions. */
export type Node = TensorNode | ListNode | ObjectNode | NumberNode | StringNode | WordNode;

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
}

export interface ListNode extends Placed {
  readonly type: 'list';
  readonly items: readonly Node[];
}

export interface ObjectNode extends Placed {
  readonly type: 'object';
  readonly members: ReadonlyMap<string, Node>;
}

export interface NumberNode extends Placed {
  readonly type: 'number';
  readonly value: number;
}

export interface StringNode extends Placed {
  readonly type: 'string';
  readonly value: string;
}

/** true, null, None … */
export interface WordNode extends Placed {
  readonly type: 'word';
  readonly value: string;
}
