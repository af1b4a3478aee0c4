import { portion, type Work } from '../../../loss/work.ts';
import { type ByteSource, inMemory } from '../../arrays/byteSource.ts';
import { inflate } from '../../arrays/npz/inflate.ts';
import { MOST_RATIO } from '../../arrays/npz/mostRatio.ts';
import { type PlacedEntry, readDirectory } from '../../arrays/npz/zipDirectory.ts';
import { Unreadable } from '../../text/cursor.ts';
import { PickleCursor } from '../machine/pickleCursor.ts';
import type { PickleSetting } from '../machine/pickleSetting.ts';
import { PickledBytes, type PickleValue, type StoragePlace } from '../machine/pickleValues.ts';
import { runPickle } from '../machine/runPickle.ts';
import { Storages } from './storages.ts';

const STORED = 0;
const DEFLATED = 8;
const OBJECTS = 'data.pkl';
/** Objects of more bytes, inflated, aren't a few tensors. */
const MOST_INFLATED = 1 << 28;
const LONGEST_ORDER = 16;

/** What `torch.save` writes since PyTorch 1.6: a zip file of a pickle, `data.pkl`, and of the numbers of each storage, `data/0`. */
export function* readTorchZip(source: ByteSource, setting: PickleSetting): Work<PickleValue> {
  const directory = yield* portion(readDirectory(source), 0, 0.5);
  if (!directory.ok) {
    const { problem } = directory;
    throw new Unreadable(problem.reason === 'not-format' ? { ...problem, format: 'pt' } : problem);
  }
  const members = membersOf(directory.value);
  const root = rootOf(members);
  if (root === undefined) {
    const isArrays = [...members.keys()].some((name) => name.endsWith('.npy'));
    throw new Unreadable({ reason: 'other-file', offset: 0, found: isArrays ? 'npz' : 'zip' });
  }
  if (members.has(`${root}constants.pkl`))
    throw new Unreadable({ reason: 'other-file', offset: 0, found: 'torchscript' });
  const find = (key: string) => {
    const member = members.get(`${root}data/${key}`);
    return member && placeOf(source, member);
  };
  const storages = new Storages(yield* isLittle(source, members.get(`${root}byteorder`)), find);
  const objects = yield* bytesOfMember(source, members.get(`${root}${OBJECTS}`)!);
  const cursor = new PickleCursor(objects.source, objects.offset, objects.offset + objects.length);
  const persistent: PickleSetting['persistent'] = (id, offset) => storages.of(id, offset);
  return yield* portion(runPickle(cursor, { ...setting, persistent }), 0.5, 1);
}

function membersOf(entries: readonly PlacedEntry[]): ReadonlyMap<string, PlacedEntry> {
  const members = new Map<string, PlacedEntry>();
  for (const entry of entries) {
    const { name, headerOffset: offset } = entry;
    if (members.has(name)) throw new Unreadable({ reason: 'twice', offset, name });
    members.set(name, entry);
  }
  return members;
}

/** The folder that all is in, with its slash. */
function rootOf(members: ReadonlyMap<string, PlacedEntry>): string | undefined {
  for (const name of members.keys()) {
    const root = name.slice(0, -OBJECTS.length);
    if (name.endsWith(OBJECTS) && /^(?:[^/]*\/)?$/.test(root)) return root;
  }
  return undefined;
}

/** Where the bytes of a member are. Throws Unreadable if they can't be as many as it says. */
function placeOf(
  source: ByteSource,
  { name, method, size, compressedSize, content, headerOffset: offset, crc, encrypted }: PlacedEntry,
): StoragePlace {
  if (encrypted || (method !== STORED && method !== DEFLATED))
    throw new Unreadable({
      reason: 'zip-method',
      offset,
      found: encrypted ? 'encrypted' : `method ${method}`,
    });
  if (content === undefined) throw new Unreadable({ reason: 'zip-entry', offset, name });
  const isPossible =
    method === STORED ? size === compressedSize : size <= MOST_RATIO * compressedSize + MOST_RATIO;
  if (!isPossible) throw new Unreadable({ reason: 'inflated-size', offset, expected: size });
  if (method === STORED) return new PickledBytes(source, content, size);
  // PyTorch can be told not to compute checksums: they're all 0 then.
  return {
    source,
    deflated: { offset: content, length: compressedSize, size, crc: crc === 0 ? undefined : crc },
  };
}

/** A small member, inflated if it's deflated. */
function* bytesOfMember(source: ByteSource, member: PlacedEntry): Work<PickledBytes> {
  const place = placeOf(source, member);
  if (place instanceof PickledBytes) return place;
  const { size, offset } = place.deflated;
  if (size > MOST_INFLATED) throw new Unreadable({ reason: 'too-large', offset, bytes: size });
  const bytes = new Uint8Array(size);
  const inflated = yield* inflate(source, place.deflated, (part, before) => bytes.set(part, before));
  if (!inflated.ok) throw new Unreadable(inflated.problem);
  return new PickledBytes(inMemory(bytes), 0, size);
}

/** Machines that write numbers the other way round say so. */
function* isLittle(source: ByteSource, member: PlacedEntry | undefined): Work<boolean> {
  if (!member || member.size > LONGEST_ORDER) return true;
  const { source: from, offset, length } = yield* bytesOfMember(source, member);
  return new TextDecoder().decode(from.read(offset, length)).trim() !== 'big';
}
