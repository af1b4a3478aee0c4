import type { Work } from '../../loss/work.ts';
import { damagedFile } from '../columnar/damaged.ts';
import { Unreadable } from '../text/cursor.ts';
import type { HdfBytes } from './hdfBytes.ts';
import { hdfLayoutOf } from './hdfLayout.ts';
import type { HdfObject } from './hdfObject.ts';
import type { HdfText } from './hdfType.ts';

/** More texts than this name no classes, and take far more memory than in their file. */
const MOST_TEXTS = 1 << 20;
/** A length, an address, and a number. */
const ELSEWHERE_BYTES = 16;
const [HEAP_HEAD, OBJECT_HEAD] = [16, 16];
const decoder = new TextDecoder();

/** All texts of a data set with one axis. Throws Unreadable for what isn't in the file, and for chunks. */
export function* hdfTexts(object: HdfObject, count: number, text: HdfText): Work<readonly string[]> {
  const { file } = object;
  const size = text === 'elsewhere' ? ELSEWHERE_BYTES : text.size;
  if (count > MOST_TEXTS) throw new Unreadable({ reason: 'too-large', offset: 0, bytes: count * size });
  const layout = hdfLayoutOf(object, count * size);
  if (layout.kind !== 'plain')
    throw new Unreadable({ reason: 'array-type', offset: 0, kind: 'other', found: 'text' });
  const heaps = new Heaps(file);
  const texts: string[] = [];
  for (let i = 0, at = layout.offset; i < count; i++, at += size) {
    if (i % 1024 === 0) yield i / count;
    texts.push(text === 'elsewhere' ? heaps.text(at) : fixedText(file.bytes(at, size), text));
  }
  return texts;
}

function fixedText(bytes: Uint8Array, { isSpaced }: Exclude<HdfText, string>): string {
  const end = isSpaced ? -1 : bytes.indexOf(0);
  const whole = decoder.decode(end < 0 ? bytes : bytes.subarray(0, end));
  return isSpaced ? withoutEnd(whole, ' ') : whole;
}

/** What texts are filled up with isn't theirs. */
function withoutEnd(text: string, filler: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === filler) end--;
  return text.slice(0, end);
}

/** Texts of any length are in heaps: collections of objects with numbers. Each is decoded once, however often it's meant. */
class Heaps {
  readonly #file: HdfBytes;
  readonly #heaps = new Map<number, ReadonlyMap<number, readonly [start: number, size: number]>>();
  readonly #texts = new Map<number, string>();

  constructor(file: HdfBytes) {
    this.#file = file;
  }

  /** What a place in a data set refers to. */
  text(at: number): string {
    const file = this.#file;
    const length = file.u32(at);
    if (length === 0) return '';
    const address = file.address(at + 4);
    if (address === undefined) throw damagedFile(at);
    const [start, size] = this.#heapAt(address).get(file.u32(at + 12)) ?? [0, -1];
    if (length !== size) throw damagedFile(at);
    const known = this.#texts.get(start);
    if (known !== undefined) return known;
    const text = withoutEnd(decoder.decode(file.bytes(start, size)), '\0');
    this.#texts.set(start, text);
    return text;
  }

  #heapAt(address: number): ReadonlyMap<number, readonly [start: number, size: number]> {
    const known = this.#heaps.get(address);
    if (known) return known;
    const file = this.#file;
    if (!file.says(address, 'GCOL') || file.u8(address + 4) !== 1) throw damagedFile(address);
    const end = address + file.length(address + 8);
    if (end > file.size) throw damagedFile(address);
    const objects = new Map<number, readonly [start: number, size: number]>();
    for (let at = address + HEAP_HEAD; at + OBJECT_HEAD <= end; ) {
      const number = file.u16(at);
      // The rest is free.
      if (number === 0) break;
      const size = file.length(at + 8);
      if (at + OBJECT_HEAD + size > end) throw damagedFile(at);
      objects.set(number, [at + OBJECT_HEAD, size]);
      at += OBJECT_HEAD + Math.ceil(size / 8) * 8;
    }
    this.#heaps.set(address, objects);
    return objects;
  }
}
