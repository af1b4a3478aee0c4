// The entry of dist/hdf5.js, which is loaded with the first .h5 file.
import { File, type Group } from 'jsfive';
import { lengthOf } from '../../loss/rows/shape.ts';
import type { Work } from '../../loss/work.ts';
import { type ByteSource, readInto } from '../arrays/byteSource.ts';
import { bytesOf } from '../arrays/numberType.ts';
import type { ArrayEntry, Stored } from '../arrays/storedArray.ts';
import { damagedFile, Guarded } from '../columnar/damaged.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';
import { chunkedArray } from './chunkedArray.ts';
import { checkAbsent, fillValueOf, hdfLayoutOf } from './hdfLayout.ts';
import { hdfTexts } from './hdfTexts.ts';
import { hdfType } from './hdfType.ts';

/** The library takes a file as a whole; more than this isn't read into memory. */
const MOST_BYTES = 2 ** 31;
/** Deeper groups, and more objects, aren't listed. */
const [MOST_DEPTH, MOST_OBJECTS] = [32, 1 << 13];
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** The data sets of an HDF5 file, each by its path: "val/logits". */
export function* listHdf(source: ByteSource): Work<Outcome<readonly ArrayEntry[], ReadProblem>> {
  const guarded = new Guarded(source);
  return yield* guarded.run(function* () {
    const { size, read } = guarded.source;
    const start = read(0, SIGNATURE.length);
    if (SIGNATURE.some((byte, i) => start[i] !== byte))
      throw new Unreadable({ reason: 'not-format', offset: 0, format: 'hdf5' });
    if (size > MOST_BYTES) throw new Unreadable({ reason: 'too-large', offset: 0, bytes: size });
    const bytes = guarded.own(() => new Uint8Array(size));
    yield* readInto(guarded.source, 0, bytes);
    const entries: ArrayEntry[] = [];
    const seen = new Set<number>();
    const visit = function* (group: Group, path: string, depth: number): Work<void> {
      for (const name of group.keys) {
        yield 1;
        // Others are names for what is elsewhere.
        if (typeof group._links[name] !== 'number' || seen.size >= MOST_OBJECTS) continue;
        const object = group.get(name);
        const { offset, is_dataset } = object._dataobjects;
        if (seen.has(offset)) continue;
        seen.add(offset);
        if (is_dataset) entries.push(entryOf(guarded, bytes, object, path + name));
        else if (depth < MOST_DEPTH) yield* visit(object, `${path}${name}/`, depth + 1);
      }
    };
    yield* visit(new File(bytes.buffer, ''), '', 0);
    return entries;
  });
}

function entryOf(guarded: Guarded, bytes: Uint8Array, object: Group, name: string): ArrayEntry {
  let [shape, typeName]: [readonly number[], string] = [[], ''];
  try {
    const objects = object._dataobjects;
    const view = new DataView(bytes.buffer);
    const type = hdfType(view, objects);
    typeName = type.typeName;
    shape = objects.shape;
    checkAbsent(objects);
    const { text } = type;
    if (text && shape.length === 1) {
      const texts = () => guarded.run(() => hdfTexts(bytes, objects, text));
      return { name, shape, typeName, texts, content: notNumbers(typeName) };
    }
    if (!type.number) return { name, shape, typeName, content: notNumbers(typeName) };
    const header = { shape, type: type.number, fortran: false };
    const size = lengthOf(shape) * bytesOf(type.number);
    const layout = hdfLayoutOf(view, objects, size);
    const stored: Stored =
      layout.kind === 'chunked'
        ? chunkedArray(guarded, bytes, objects, header)
        : layout.kind === 'plain'
          ? { offset: layout.offset }
          : {
              // None are there: what they'd take isn't in the file.
              bytes: 0,
              fill: (room) => guarded.run(() => filled(room(lengthOf(shape)), fillValueOf(objects))),
            };
    return { name, shape, typeName, content: success({ ...header, stored }) };
  } catch (error) {
    const problem = error instanceof Unreadable ? error.problem : damagedFile().problem;
    return { name, shape: [], typeName, content: failure(problem) };
  }
}

function notNumbers(found: string): Outcome<never, ReadProblem> {
  return failure({ reason: 'array-type', offset: 0, kind: 'other', found });
}

// biome-ignore lint/correctness/useYield: all at once
function* filled<T extends Float32Array | Float64Array>(values: T, value: number): Work<T> {
  values.fill(value);
  return values;
}
