import { portion, type Work } from '../../../loss/work.ts';
import { PickleCursor } from '../machine/pickleCursor.ts';
import { damaged } from '../machine/pickleFault.ts';
import type { PickleSetting } from '../machine/pickleSetting.ts';
import { pickledText } from '../machine/pickleTexts.ts';
import { PickledBytes, PickledList, PickledStorage, type PickleValue } from '../machine/pickleValues.ts';
import { runPickle } from '../machine/runPickle.ts';
import { decodedBytes } from '../views/decodedBytes.ts';
import { Storages } from './storages.ts';

/** What `torch.save` began files with before PyTorch 1.6. */
const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;
/** A file in a file in a file …: a tensor has one storage. */
const MOST_NESTED = 4;

/** The first bytes of such a file: a pickle of the magic number, in protocol 2. */
const MAGIC_BYTES = Uint8Array.of(
  0x80,
  2,
  0x8a,
  10,
  0x6c,
  0xfc,
  0x9c,
  0x46,
  0xf9,
  0x20,
  0x6a,
  0xa8,
  0x50,
  0x19,
);

/** True for a file that begins as PyTorch's did before 1.6. Its protocol may be another. */
export function isTorchLegacy(head: Uint8Array): boolean {
  return MAGIC_BYTES.every((byte, i) => i === 1 || head[i] === byte);
}

/** Pickles in a row: magic number, version, facts about the machine, the objects, the keys of storages; then the storages' numbers. */
export function* readTorchLegacy(cursor: PickleCursor, setting: PickleSetting): Work<PickleValue> {
  const start = cursor.position;
  const storages = new Storages(true);
  const own: PickleSetting = { ...setting, persistent: (id, offset) => storages.of(id, offset) };
  const magic = yield* runPickle(cursor, own);
  const version = yield* runPickle(cursor, own);
  if (magic !== MAGIC || version !== PROTOCOL) throw damaged('opcode', start);
  yield* runPickle(cursor, own);
  const object = yield* portion(runPickle(cursor, own), 0, 0.9);
  const keys = yield* portion(runPickle(cursor, own), 0.9, 1);
  if (!(keys instanceof PickledList)) throw damaged('storage', cursor.position);
  for (const each of keys.items) {
    const at = cursor.position;
    const count = cursor.uint64();
    const size = storages.sizeAt(pickledText(each));
    if (size === undefined) throw damaged('storage', at);
    const length = count * size;
    storages.place(pickledText(each)!, new PickledBytes(cursor.source, cursor.skip(length), length));
  }
  return object;
}

/** `torch.storage._load_from_bytes`: a storage that a pickle has as the bytes of a file of its own. */
export function* readNestedStorage(
  bytes: PickledBytes,
  setting: PickleSetting,
  offset: number,
): Work<PickleValue> {
  if (setting.depth >= MOST_NESTED) throw damaged('storage', offset);
  const { source, offset: start, length } = yield* decodedBytes(bytes);
  const cursor = new PickleCursor(source, start, start + length);
  const { budget } = setting;
  const before = budget.left;
  const storage = yield* readTorchLegacy(cursor, { ...setting, depth: setting.depth + 1 });
  // Of the file inside nothing else stays: there may be one for each of a hundred thousand tensors.
  if (storage instanceof PickledStorage) budget.free(before - budget.left);
  return storage;
}
