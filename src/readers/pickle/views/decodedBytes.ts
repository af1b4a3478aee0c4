import type { Work } from '../../../loss/work.ts';
import { inMemory } from '../../arrays/byteSource.ts';
import { damaged } from '../machine/pickleFault.ts';
import { unescapedBytes } from '../machine/pickleTexts.ts';
import { PickledBytes } from '../machine/pickleValues.ts';

/** Bytes between two yields. */
const PART = 1 << 20;
const BACKSLASH = 0x5c;

/** The bytes that are meant, whatever they're written as: where they are, or decoded in memory. Throws Unreadable for what isn't so written. */
export function* decodedBytes(bytes: PickledBytes): Work<PickledBytes> {
  const { source, offset, length, encoding } = bytes;
  if (encoding === 'raw') return bytes;
  const written = source.read(offset, length);
  const decoded =
    encoding === 'utf-8'
      ? yield* fromUtf8(written, offset)
      : encoding === 'python-string'
        ? unescapedBytes(written, offset)
        : yield* fromEscapes(written, offset);
  return new PickledBytes(inMemory(decoded), 0, decoded.length);
}

/** Latin-1 that was written in UTF-8: two bytes for each beyond ASCII. */
function* fromUtf8(written: Uint8Array, offset: number): Work<Uint8Array> {
  const decoded = new Uint8Array(written.length);
  let length = 0;
  for (let i = 0; i < written.length; i++) {
    if (i % PART === 0) yield i / written.length;
    const byte = written[i]!;
    if (byte < 0x80) decoded[length++] = byte;
    else {
      const next = written[++i] ?? 0;
      if ((byte !== 0xc2 && byte !== 0xc3) || (next & 0xc0) !== 0x80) throw damaged('text', offset + i);
      decoded[length++] = ((byte & 3) << 6) | (next & 0x3f);
    }
  }
  return decoded.subarray(0, length);
}

/** Latin-1 with \u00XX for some of it: Python's raw-unicode-sequence. */
function* fromEscapes(written: Uint8Array, offset: number): Work<Uint8Array> {
  const decoded = new Uint8Array(written.length);
  let length = 0;
  for (let i = 0; i < written.length; i++) {
    if (i % PART === 0) yield i / written.length;
    if (written[i] !== BACKSLASH) {
      decoded[length++] = written[i]!;
      continue;
    }
    const sequence = String.fromCharCode(...written.subarray(i, i + 6));
    if (!/^\\u00[\da-f]{2}$/i.test(sequence)) throw damaged('text', offset + i);
    decoded[length++] = Number.parseInt(sequence.slice(2), 16);
    i += 5;
  }
  return decoded.subarray(0, length);
}
