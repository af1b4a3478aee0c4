// Without the threads of its Node build, which aren't needed here and take time to load.
import { Unzlib } from 'fflate/browser';
import type { Work } from '../../loss/work.ts';
import { type ByteSource, inMemory } from '../arrays/byteSource.ts';
import { Unreadable } from '../text/cursor.ts';
import { PickleCursor } from './machine/pickleCursor.ts';
import { PickleBudget } from './machine/pickleFault.ts';
import type { PickleSetting } from './machine/pickleSetting.ts';
import type { PickleValue } from './machine/pickleValues.ts';
import { runPickle } from './machine/runPickle.ts';
import { isZip, isZlib, mayBePickle, otherFileOf, SIGN_BYTES } from './otherFiles.ts';
import { isTorchLegacy, readNestedStorage, readTorchLegacy } from './torch/torchLegacy.ts';
import { readTorchZip } from './torch/torchZip.ts';

/** What a file is made of, and how large the file is once it's inflated: no more numbers than that come out of it. */
export interface PickledFile {
  readonly value: PickleValue;
  readonly size: number;
}

const SLICE = 1 << 13;
/** Inflated, a file of pickles isn't larger: what has more is saved without compression, as it's faster. */
const MOST_INFLATED = 1 << 30;

/**
 * What a file has that `torch.save`, `pickle.dump` or `joblib.dump` wrote: which of them is seen from its first bytes, whatever it's called.
 * Throws Unreadable for what isn't one of these, or is damaged.
 */
export function* readPickleFile(source: ByteSource, start: number): Work<PickledFile> {
  const head = source.read(start, SIGN_BYTES);
  if (head.length === 0) throw new Unreadable({ reason: 'empty', offset: 0 });
  const setting: PickleSetting = {
    budget: new PickleBudget(),
    persistent: undefined,
    depth: 0,
    nestedStorage: readNestedStorage,
    nestedPickle: runPickle,
  };
  const { size } = source;
  if (isZip(head) && start === 0) return { value: yield* readTorchZip(source, setting), size };
  const cursor = new PickleCursor(source, start, size);
  if (isTorchLegacy(head)) return { value: yield* readTorchLegacy(cursor, setting), size };
  const found = otherFileOf(head);
  if (found) throw new Unreadable({ reason: 'other-file', offset: 0, found });
  if (isZlib(head) && start === 0) {
    const bytes = yield* inflateZlib(source);
    const inner = new PickleCursor(inMemory(bytes), 0, bytes.length);
    return { value: yield* runPickle(inner, setting), size: bytes.length };
  }
  if (!mayBePickle(head)) throw new Unreadable({ reason: 'other-file', offset: 0, found: 'raw' });
  return { value: yield* runPickle(cursor, setting), size };
}

/** All of a file that joblib compressed. */
function* inflateZlib(source: ByteSource): Work<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const unzlib = new Unzlib((part) => {
    length += part.length;
    if (length > MOST_INFLATED) throw new Unreadable({ reason: 'too-large', offset: 0, bytes: length });
    parts.push(part);
  });
  try {
    for (let done = 0; done < source.size; done += SLICE) {
      yield done / source.size;
      unzlib.push(source.read(done, SLICE), done + SLICE >= source.size);
    }
  } catch (error) {
    const isOfFflate = error instanceof Error && 'code' in error && typeof error.code === 'number';
    if (isOfFflate) throw new Unreadable({ reason: 'bad-deflate', offset: 0 });
    throw error;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
