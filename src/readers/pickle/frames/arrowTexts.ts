import { portion, type Work } from '../../../loss/work.ts';
import { pickledText } from '../machine/pickleTexts.ts';
import { PickledList, PickledObject, type PickleValue } from '../machine/pickleValues.ts';
import { bytesIn } from '../meaning/numpyArrays.ts';
import { decodedBytes } from '../views/decodedBytes.ts';
import { membersOf } from '../walk/joinRecords.ts';

/** How pandas 3 stores texts. */
const ARROW_TEXTS = ['ArrowStringArray', 'ArrowStringArrayNumpySemantics'];
/** Bytes of an offset, by the type of the texts. */
const OFFSET_BYTES: Readonly<Record<string, 4 | 8>> = { string: 4, utf8: 4, large_string: 8, large_utf8: 8 };

const decoder = new TextDecoder();

function isArrowTexts(type: string): boolean {
  return type.startsWith('pandas.') && ARROW_TEXTS.includes(type.slice(type.lastIndexOf('.') + 1));
}

/** The texts of an extension array of pandas, "" for what is missing; undefined for anything else, and for what can't be so. */
export function* arrowTexts(value: PickleValue): Work<readonly string[] | undefined> {
  if (!(value instanceof PickledObject) || !isArrowTexts(value.type)) return undefined;
  const array = membersOf(value.state)?.get('_pa_array');
  if (!(array instanceof PickledObject)) return undefined;
  const [first] = array.args;
  if (array.type === 'pyarrow.lib._restore_array') return yield* textsOfArray(first);
  if (array.type !== 'pyarrow.lib.chunked_array' || !(first instanceof PickledList)) return undefined;
  const texts: string[] = [];
  for (const [i, chunk] of first.items.entries()) {
    const isArray = chunk instanceof PickledObject && chunk.type === 'pyarrow.lib._restore_array';
    const own = isArray
      ? yield* portion(textsOfArray(chunk.args[0]), i / first.items.length, (i + 1) / first.items.length)
      : undefined;
    if (!own) return undefined;
    for (const text of own) texts.push(text);
  }
  return texts;
}

/** (type, length, nulls, offset, [which are there, where each begins, characters], …) */
function* textsOfArray(parts: PickleValue | undefined): Work<readonly string[] | undefined> {
  if (!(parts instanceof PickledList)) return undefined;
  const [type, length, , start, buffers] = parts.items;
  const named = type instanceof PickledObject ? pickledText(type.args[0]) : undefined;
  const size = named !== undefined && Object.hasOwn(OFFSET_BYTES, named) ? OFFSET_BYTES[named] : undefined;
  if (!size || typeof length !== 'number' || typeof start !== 'number') return undefined;
  const [there, places, characters] = buffers instanceof PickledList ? buffers.items : [];
  const bytes = yield* bufferOf(places);
  const text = yield* bufferOf(characters);
  const validity = yield* bufferOf(there);
  if (!bytes || !text || (start + length + 1) * size > bytes.length) return undefined;
  if (validity && 8 * validity.length < start + length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const placeAt = (i: number) =>
    size === 4 ? view.getInt32(4 * i, true) : Number(view.getBigInt64(8 * i, true));
  const texts: string[] = [];
  for (let i = start, from = placeAt(start); i < start + length; i++) {
    if (texts.length % 1024 === 0) yield texts.length / length;
    const end = placeAt(i + 1);
    if (!(from >= 0 && end >= from && end <= text.length)) return undefined;
    const isThere = !validity || ((validity[i >> 3]! >> (i & 7)) & 1) === 1;
    texts.push(isThere ? decoder.decode(text.subarray(from, end)) : '');
    from = end;
  }
  return texts;
}

/** `pyarrow.lib.py_buffer(bytes)` */
function* bufferOf(value: PickleValue | undefined): Work<Uint8Array | undefined> {
  if (!(value instanceof PickledObject) || value.type !== 'pyarrow.lib.py_buffer') return undefined;
  const bytes = bytesIn(value.args[0]);
  if (!bytes) return undefined;
  const { source, offset, length } = yield* decodedBytes(bytes);
  return source.read(offset, length);
}
