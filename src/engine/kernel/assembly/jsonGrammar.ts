/** The grammar of JSON's numbers, byte by byte: for what is too rare, or too long, to be read 16 bytes at a time. */

const PLUS: u32 = 0x2b;
const COMMA: u32 = 0x2c;
const MINUS: u32 = 0x2d;
const DOT: u32 = 0x2e;
const ZERO: u32 = 0x30;
const CLOSE: u32 = 0x5d;
const E: u32 = 0x65;
const NAN_WORD: u32 = 0x4e614e;
const INFI: u32 = 0x69666e49;
const NITY: u32 = 0x7974696e;

export function isDigit(byte: u32): bool {
  return byte - ZERO <= 9;
}

export function isSpace(byte: u32): bool {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** What may stand after a number in a list. */
export function endsNumber(byte: u32): bool {
  return byte === COMMA || byte === CLOSE || isSpace(byte);
}

export function skipSpace(p: usize): usize {
  while (isSpace(load<u8>(p))) p++;
  return p;
}

export function skipDigits(p: usize): usize {
  while (isDigit(load<u8>(p))) p++;
  return p;
}

/** Where the number at `p` ends, or 0 if there is none. */
export function numberEnd(p: usize): usize {
  if (<u32>load<u8>(p) === MINUS) p++;
  const from = p;
  p = skipDigits(p);
  if (p === from || (p - from > 1 && <u32>load<u8>(from) === ZERO)) return 0;
  if (<u32>load<u8>(p) === DOT) {
    const point = p;
    p = skipDigits(p + 1);
    if (p - point === 1) return 0;
  }
  if ((<u32>load<u8>(p) | 0x20) === E) {
    p++;
    if (<u32>load<u8>(p) === PLUS || <u32>load<u8>(p) === MINUS) p++;
    const exponent = p;
    p = skipDigits(p);
    if (p === exponent) return 0;
  }
  return endsNumber(load<u8>(p)) ? p : 0;
}

/** The decimals of the number at `p`. */
export function writtenDecimals(p: usize): u32 {
  if (<u32>load<u8>(p) === MINUS) p++;
  const point = skipDigits(p);
  return <u32>load<u8>(point) === DOT ? <u32>(skipDigits(point + 1) - point - 1) : 0;
}

/** Where a word for a number ends that Python writes: NaN, Infinity, -Infinity. 0 if there is none at `p`. */
export function wordEnd(p: usize): usize {
  let q: usize = p;
  if ((load<u32>(p) & 0xffffff) === NAN_WORD) q += 3;
  else {
    if (<u32>load<u8>(p) === MINUS) q++;
    if (load<u32>(q) !== INFI || load<u32>(q, 4) !== NITY) return 0;
    q += 8;
  }
  return endsNumber(load<u8>(q)) ? q : 0;
}

/** What the word at `p` stands for. */
export function wordValue(p: usize): f32 {
  const first: u32 = load<u8>(p);
  if (first === MINUS) return -Infinity;
  return (load<u32>(p) & 0xffffff) === NAN_WORD ? NaN : Infinity;
}
