const COMMA: u32 = 0x2c;
const CLOSE: u32 = 0x5d;

export function isDigit(byte: u32): bool {
  return byte - 0x30 <= 9;
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
