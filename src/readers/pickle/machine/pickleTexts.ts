import { damaged } from './pickleFault.ts';
import { PickledBytes, type PickleValue } from './pickleValues.ts';

const utf8 = new TextDecoder();
const BACKSLASH = 0x5c;
/** What a backslash and a letter stand for in a string as Python 2 prints it. */
const ESCAPES: Readonly<Record<string, number>> = {
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  a: 0x07,
  b: 0x08,
  f: 0x0c,
  v: 0x0b,
  '\\': BACKSLASH,
  "'": 0x27,
  '"': 0x22,
};

/** Longer texts are nobody's name. */
const LONGEST_TEXT = 1 << 10;

/** The text of a short string, whichever way it's written; undefined for anything else. */
export function pickledText(value: PickleValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (!(value instanceof PickledBytes) || value.length > LONGEST_TEXT) return undefined;
  const bytes = value.source.read(value.offset, value.length);
  if (value.encoding === 'raw' || value.encoding === 'utf-8') return utf8.decode(bytes);
  return value.encoding === 'python-string'
    ? utf8.decode(unescapedBytes(bytes, value.offset))
    : unescapedText(bytes, value.offset);
}

/** The bytes a string of Python 2 has, of what its `repr` prints between quotes. Throws Unreadable for what it never prints. */
export function unescapedBytes(written: Uint8Array, offset: number): Uint8Array {
  const bytes = new Uint8Array(written.length);
  let length = 0;
  for (let i = 0; i < written.length; i++) {
    const byte = written[i]!;
    if (byte !== BACKSLASH) {
      bytes[length++] = byte;
      continue;
    }
    const letter = String.fromCharCode(written[++i] ?? 0);
    const simple = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    if (simple !== undefined) bytes[length++] = simple;
    else if (letter === 'x') {
      bytes[length++] = hexAt(written, i + 1, 2, offset);
      i += 2;
    } else throw damaged('text', offset + i);
  }
  return bytes.subarray(0, length);
}

/** A text in Latin-1, where \uXXXX and \UXXXXXXXX stand for what isn't in it: Python's raw-unicode-escape. */
export function unescapedText(written: Uint8Array, offset: number): string {
  const parts: string[] = [];
  for (let i = 0; i < written.length; i++) {
    const next = written[i] === BACKSLASH ? String.fromCharCode(written[i + 1] ?? 0) : '';
    if (next !== 'u' && next !== 'U') {
      parts.push(String.fromCharCode(written[i]!));
      continue;
    }
    const digits = next === 'u' ? 4 : 8;
    const code = hexAt(written, i + 2, digits, offset);
    if (code > 0x10ffff) throw damaged('text', offset + i);
    parts.push(String.fromCodePoint(code));
    i += 1 + digits;
  }
  return parts.join('');
}

function hexAt(written: Uint8Array, at: number, digits: number, offset: number): number {
  const text = String.fromCharCode(...written.subarray(at, at + digits));
  if (text.length !== digits || !/^[\da-f]+$/i.test(text)) throw damaged('text', offset + at);
  return Number.parseInt(text, 16);
}
