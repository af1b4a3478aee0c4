/** Numbers whose float32 have all bits but these in common are in one cell: about 1/30,000 of themselves wide. */
const CELL_SHIFT = 8;
const CELLS = 1 << (31 - CELL_SHIFT);
/** Of less than this 1/(1 + rest) is 1, in float64 as well. */
const CERTAIN = 2e-17;
/** The last digit of a confidence near 1. */
const LAST_DIGIT = 2.3e-16;
/** What rounding a difference of logits, β and their product may move an exponential's exponent by, relatively: 3·2⁻²⁴. */
const ROUNDING = 1.8e-7;

/** Where bins of equal mass begin and end, among rows that float32 has put in an order. */
export class MassEdges {
  readonly #rests: Float32Array;
  readonly #bits: Uint32Array;
  readonly #classes: number;
  /** Ascending. */
  readonly #edges: Float32Array;
  /** 1 for a cell that may hold a number near an edge. */
  readonly #cells = new Uint8Array(CELLS);

  /** `fractions` of the rows whose confidence isn't NaN are below the edges. */
  constructor(rests: Float32Array, confidence: Float64Array, fractions: Float64Array, classes: number) {
    this.#rests = rests;
    this.#bits = bitsOf(rests);
    this.#classes = classes;
    this.#edges = edgesAmong(rests, confidence, fractions);
    const from = bitsOf(this.#edges.map((edge) => Math.max(0, edge - this.#reachOf(edge))));
    const to = bitsOf(this.#edges.map((edge) => edge + this.#reachOf(edge)));
    for (let i = 0; i < from.length; i++)
      this.#cells.fill(1, from[i]! >>> CELL_SHIFT, (to[i]! >>> CELL_SHIFT) + 1);
  }

  /** True if float32 can't tell whether a row is beyond an edge. */
  isNear(row: number): boolean {
    if (this.#cells[this.#bits[row]! >>> CELL_SHIFT] !== 1) return false;
    const rest = this.#rests[row]!;
    if (rest < CERTAIN) return false;
    const edges = this.#edges;
    let [low, high] = [0, edges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edges[middle]! < rest) low = middle + 1;
      else high = middle;
    }
    const nearest = Math.min(
      low < edges.length ? edges[low]! - rest : Number.POSITIVE_INFINITY,
      low > 0 ? rest - edges[low - 1]! : Number.POSITIVE_INFINITY,
    );
    return nearest <= this.#reachOf(rest);
  }

  /** Twice as far as both numbers may be off: none of the terms of `rest` has an exponent below ln(rest/K). */
  #reachOf(rest: number): number {
    const exponent = Math.abs(Math.log(Math.max(rest, CERTAIN))) + Math.log(this.#classes);
    return 2 * ROUNDING * (3 + exponent) * rest + LAST_DIGIT;
  }
}

/** The `rests` at the edges, ascending, each once. */
function edgesAmong(rests: Float32Array, confidence: Float64Array, fractions: Float64Array): Float32Array {
  const all = new Float32Array(rests.length);
  let rows = 0;
  for (let row = 0; row < rests.length; row++) if (!Number.isNaN(confidence[row]!)) all[rows++] = rests[row]!;
  if (rows === 0) return new Float32Array(0);
  const counted = all.subarray(0, rows);
  sortBits(bitsOf(counted));
  // The more confident, the less rest there is.
  const edges = new Set<number>();
  for (const fraction of fractions)
    edges.add(counted[rows - Math.max(1, Math.ceil(fraction * rows - 1e-9))]!);
  return Float32Array.from(edges).sort();
}

const DIGIT = 11;

/** Sorts by one digit of 11 bits after the other: a tenth of the time that comparing takes. */
function sortBits(numbers: Uint32Array): void {
  let from: Uint32Array = numbers;
  let to: Uint32Array = new Uint32Array(numbers.length);
  for (let shift = 0; shift < 32; shift += DIGIT) {
    const places = new Int32Array((1 << DIGIT) + 1);
    for (let i = 0; i < from.length; i++) places[((from[i]! >>> shift) & ((1 << DIGIT) - 1)) + 1]!++;
    for (let digit = 1; digit < places.length; digit++) places[digit]! += places[digit - 1]!;
    for (let i = 0; i < from.length; i++) to[places[(from[i]! >>> shift) & ((1 << DIGIT) - 1)]!++] = from[i]!;
    [from, to] = [to, from];
  }
  if (from !== numbers) numbers.set(from);
}

/** Of numbers that aren't negative the bits are in the same order. */
function bitsOf(numbers: Float32Array): Uint32Array {
  return new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
}
