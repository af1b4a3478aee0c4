// The entry of dist/hdf5.js, which is loaded with the first .h5 file.
import { lengthOf } from '../../loss/rows/shape.ts';
import type { Work } from '../../loss/work.ts';
import type { ByteSource } from '../arrays/byteSource.ts';
import { bytesOf } from '../arrays/numberType.ts';
import type { ArrayEntry, ArrayHeader, Stored } from '../arrays/storedArray.ts';
import { Guarded } from '../columnar/damaged.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { Unreadable } from '../text/cursor.ts';
import { chunkedArray } from './chunks/chunkedArray.ts';
import { fillValueOf, hdfShape } from './dataSpace.ts';
import { linksOf } from './groups/groupLinks.ts';
import { HdfBytes } from './hdfBytes.ts';
import { checkAbsent, hdfLayoutOf } from './hdfLayout.ts';
import { HdfObject } from './hdfObject.ts';
import { hdfTexts } from './hdfTexts.ts';
import { hdfType } from './hdfType.ts';
import { rootAddress } from './superblock.ts';

/** Deeper groups, and more objects, aren't listed. */
const [MOST_DEPTH, MOST_OBJECTS] = [32, 1 << 13];

/** The data sets of an HDF5 file, each by its path: "val/logits". Only what says where they are is read. */
export function* listHdf(source: ByteSource): Work<Outcome<readonly ArrayEntry[], ReadProblem>> {
  const guarded = new Guarded(source);
  return yield* guarded.run(function* () {
    const file = new HdfBytes(guarded.source);
    const entries: ArrayEntry[] = [];
    const root = rootAddress(file);
    const seen = new Set([root]);
    const visit = function* (group: HdfObject, path: string, depth: number): Work<void> {
      for (const { name, address } of linksOf(group)) {
        yield 1;
        if (seen.has(address) || seen.size >= MOST_OBJECTS) continue;
        seen.add(address);
        const object = new HdfObject(file, address);
        if (object.isDataSet) entries.push(entryOf(guarded, object, path + name));
        else if (depth < MOST_DEPTH) yield* visit(object, `${path}${name}/`, depth + 1);
      }
    };
    yield* visit(new HdfObject(file, root), '', 0);
    return entries;
  });
}

function entryOf(guarded: Guarded, object: HdfObject, name: string): ArrayEntry {
  let [shape, typeName]: [readonly number[], string] = [[], ''];
  try {
    const type = hdfType(object);
    typeName = type.typeName;
    shape = hdfShape(object);
    checkAbsent(object);
    const { text } = type;
    if (text && shape.length === 1) {
      const [count] = shape;
      const texts = () => guarded.run(() => hdfTexts(object, count!, text));
      return { name, shape, typeName, texts, content: notNumbers(typeName) };
    }
    if (!type.number) return { name, shape, typeName, content: notNumbers(typeName) };
    const header = { shape, type: type.number, fortran: false };
    return {
      name,
      shape,
      typeName,
      content: success({ ...header, stored: storedAt(guarded, object, header) }),
    };
  } catch (error) {
    // The others can be read all the same.
    if (!(error instanceof Unreadable)) throw error;
    return { name, shape: [], typeName, content: failure(error.problem) };
  }
}

function storedAt(guarded: Guarded, object: HdfObject, header: ArrayHeader): Stored {
  const { shape, type } = header;
  const layout = hdfLayoutOf(object, lengthOf(shape) * bytesOf(type));
  if (layout.kind === 'plain') return { offset: layout.offset };
  if (layout.kind === 'chunked') return chunkedArray(guarded, object, layout, header);
  const value = fillValueOf(object, type);
  // None are there: what they'd take isn't in the file.
  return { bytes: 0, fill: (room) => guarded.run(() => filled(room(lengthOf(shape)), value)) };
}

function notNumbers(found: string): Outcome<never, ReadProblem> {
  return failure({ reason: 'array-type', offset: 0, kind: 'other', found });
}

// biome-ignore lint/correctness/useYield: all at once
function* filled<T extends Float32Array | Float64Array>(values: T, value: number): Work<T> {
  values.fill(value);
  return values;
}
