/** A digit of 8 bits: with more of them the places that are written to would be in more pages than a processor remembers. */
const DIGIT = 8;
const LAST = (1 << DIGIT) - 1;
/** The bytes of the counts of one digit. */
const COUNTS: usize = 4 << DIGIT;
/** Bits beyond those of ∞ are those of a NaN, or of a negative number. */
const INFINITE: u32 = 0x7f800000;

/** The next place for a number, by its digit. */
@inline function next(counts: usize, bits: u32, shift: u32): usize {
  const at = counts + (<usize>((bits >> shift) & LAST) << 2);
  const place = load<u32>(at);
  store<u32>(at, place + 1);
  return <usize>place;
}

/** From how many there are of each digit to where those begin. */
function begins(counts: usize): void {
  let before: u32 = 0;
  for (let at = counts; at < counts + COUNTS; at += 4) {
    const own = load<u32>(at);
    store<u32>(at, before);
    before += own;
  }
}

function sortDigit(from: usize, found: usize, into: usize, counts: usize, shift: u32): void {
  for (let at = from; at < from + (found << 3); at += 8) {
    const pair = load<u64>(at);
    store<u64>(into + (next(counts, <u32>pair, shift) << 3), pair);
  }
}

/**
 * Sorts rows by a number each, (rows) float32 of 0 or more, one digit after the other; NaN is left out. Returns how many others there
 * are: at `sorted` are then that many numbers, ascending, and behind them their rows, int32. `sorted` and `spare` have 8 bytes for
 * each row, `counts` 4 KB.
 */
export function sortRows(numbers: usize, rows: i32, counts: usize, sorted: usize, spare: usize): i32 {
  memory.fill(counts, 0, 4 * COUNTS);
  let found: usize = 0;
  for (let row = 0; row < rows; row++) {
    const bits = load<u32>(numbers + (<usize>row << 2));
    if (bits > INFINITE) continue;
    for (let digit: u32 = 0; digit < 4; digit++) next(counts + digit * COUNTS, bits, digit * DIGIT);
    found++;
  }
  for (let digit: u32 = 0; digit < 4; digit++) begins(counts + digit * COUNTS);
  for (let row = 0; row < rows; row++) {
    const bits = load<u32>(numbers + (<usize>row << 2));
    if (bits <= INFINITE) store<u64>(spare + (next(counts, bits, 0) << 3), (<u64>row << 32) | <u64>bits);
  }
  sortDigit(spare, found, sorted, counts + COUNTS, DIGIT);
  sortDigit(sorted, found, spare, counts + 2 * COUNTS, 2 * DIGIT);
  const order = sorted + (found << 2);
  for (let at = spare; at < spare + (found << 3); at += 8) {
    const pair = load<u64>(at);
    const place = next(counts + 3 * COUNTS, <u32>pair, 3 * DIGIT) << 2;
    store<u32>(sorted + place, <u32>pair);
    store<u32>(order + place, <u32>(pair >> 32));
  }
  return <i32>found;
}
