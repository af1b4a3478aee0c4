/**
 * Reads what most of a text of logits is, ordinary numbers and rows of them, faster than this reader does, and stops
 * before anything else: what is valid, and what is wrong, is decided in one place. Without one all is read here.
 */
export interface NumberScanner {
  /** The text up to `end`. Several may be open at a time; the bytes don't change meanwhile. */
  open(bytes: Uint8Array, end: number): NumberScan;
}

/** One text as a scanner sees it. What a method returns is good until the next call of any. */
export interface NumberScan {
  /** The numbers that follow one, within its list; `offset` is at the comma after it. */
  numbers(offset: number): Scanned;
  /**
   * Lists of exactly `rowLength` numbers, the first of which begins at `offset`, with commas between them; if they are
   * `bare`, in no list themselves, white space is enough.
   */
  rows(offset: number, rowLength: number, bare: boolean): Scanned;
}

/** What a scanner has read until it stopped. */
export interface Scanned {
  /** Math.fround(Number(text)) of each number, in order. */
  readonly values: Float32Array;
  /** The byte offsets [start, end) of each list that is complete. */
  readonly spans: Float64Array;
  /** The most decimals any number was written with. */
  readonly decimals: number;
  /** Right after the last number or list that was read: the offset it began at if there was none. */
  readonly offset: number;
  /** The list `offset` is in, if that isn't where it began: its bracket, and how many of its numbers were read. */
  readonly open: OpenRow | undefined;
}

/** A list that isn't complete: the offset of its bracket, and how many of its numbers were read. */
export interface OpenRow {
  readonly start: number;
  readonly count: number;
}
