/** What a worker is to do: some truncations, evenly spread over all of them, and then inputs for one seed after the other. */
export interface FuzzTask {
  readonly target: string;
  readonly seed: number;
  /** How many inputs at most, and how many of them are truncations. */
  readonly inputs: number;
  readonly truncations: number;
  /** Which input to begin with, counted from 0. */
  readonly from: number;
  /** How long to go on, in ms. */
  readonly milliseconds: number;
  /** Which input is being tried (0), and since when (1, as Date.now() counts): whoever waits sees if it hangs. */
  readonly beat: Float64Array;
}

/** An input that took more than any other. */
export interface Record {
  readonly value: number;
  readonly input: number;
  readonly bytes: number;
}

/** What happened so far. */
export interface FuzzReport {
  readonly inputs: number;
  /** How often each thing came of it: “ok”, or the reason of a problem. */
  readonly outcomes: { readonly [outcome: string]: number };
  /** ms of processor time: of an input, and of the longest slice of one. */
  readonly slowest: Record;
  readonly longestSlice: Record;
  /** MB that were taken while an input was read. */
  readonly largest: Record;
}

/** An input for which something doesn't hold. */
export interface FuzzFailure {
  readonly target: string;
  /** Which input: `inputOf` makes it again. */
  readonly input: number;
  readonly message: string;
  readonly stack: string;
  /** The input, or the smallest part of it that fails alike. */
  readonly bytes: Uint8Array;
}

export type FuzzMessage =
  | { readonly report: FuzzReport; readonly isOver: boolean }
  | { readonly failure: FuzzFailure };
