import { SLICE, type Work } from '../../loss/work.ts';

/** More bytes than this of a text can't be read in one piece. */
export const MOST_TEXT_BYTES = 2 ** 31 - 1;

/**
 * A text as readers take it: in UTF-8, without a byte order mark. With that of UTF-16 it's decoded, else it's taken for UTF-8. Lines
 * and characters stay where they are.
 */
export function* asUtf8(bytes: Uint8Array): Work<Uint8Array> {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return bytes.subarray(3);
  if (first === 0xff && second === 0xfe) return yield* recode(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return yield* recode(bytes, 'utf-16be');
  return bytes;
}

function* recode(bytes: Uint8Array, encoding: string): Work<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  // Two bytes become three at most, and half a character at the end as many.
  const recoded = new Uint8Array(Math.ceil(1.5 * bytes.length) + 3);
  let length = 0;
  for (let offset = 0; offset < bytes.length; offset += SLICE) {
    yield offset / bytes.length;
    const part = decoder.decode(bytes.subarray(offset, offset + SLICE), {
      stream: offset + SLICE < bytes.length,
    });
    length += encoder.encodeInto(part, recoded.subarray(length)).written;
  }
  return recoded.subarray(0, length);
}
