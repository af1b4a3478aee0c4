import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { arrayValues } from '../../../../src/readers/arrays/arrayValues.ts';
import { type ByteSource, inMemory } from '../../../../src/readers/arrays/byteSource.ts';
import type { ArrayEntry } from '../../../../src/readers/arrays/storedArray.ts';
import { listHdf } from '../../../../src/readers/hdf/hdfReader.ts';
import { hdf5File } from '../../../fixtures/hdf5File.ts';
import { ROOT } from '../../../vscode/paths.ts';

/** What test/fixtures/hdf/make.py writes. */
const fixture = (name: string) =>
  inMemory(new Uint8Array(readFileSync(join(ROOT, 'test', 'fixtures', 'hdf', name))));

function listed(source: ByteSource): readonly ArrayEntry[] {
  const entries = finish(listHdf(source));
  if (!entries.ok) throw new Error(JSON.stringify(entries.problem));
  return entries.value;
}

function numbersOf(source: ByteSource, { name, content }: ArrayEntry): readonly number[] {
  if (!content.ok) throw new Error(`${name}: ${JSON.stringify(content.problem)}`);
  const read = finish(arrayValues(source, content.value, (length) => new Float64Array(length)));
  if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read.problem)}`);
  return [...read.value];
}

describe('groups of many objects', () => {
  const NAMES = Array.from({ length: 70 }, (_, i) => `${i % 2 ? 'z' : 'a'} number ${i}`);

  it.each(['dense.h5', 'ordered.h5'])('have each of them: %s', (name) => {
    const source = fixture(name);
    const entries = listed(source);
    expect(entries.map((entry) => entry.name).toSorted()).toEqual(NAMES.toSorted());
    for (const entry of entries)
      expect(numbersOf(source, entry)).toEqual([Number(entry.name.split(' ').at(-1)) + 0.5]);
  });

  it('are in the order in which they were made, where the file has that', () => {
    expect(listed(fixture('ordered.h5')).map((entry) => entry.name)).toEqual(NAMES);
  });
});

describe('a data set', () => {
  const source = fixture('filters.h5');
  const entries = listed(source);

  it.each(['<f2', '>f4', '<f8', 'i1', '>u2'])('of %s comes through every filter', (type) => {
    const own = entries.filter(({ name }) => name.startsWith(`${type} `));
    expect(own.map(({ shape }) => shape)).toEqual([
      [5, 7],
      [5, 7],
      [5, 7],
    ]);
    const shift = type.includes('u') ? 0 : 3;
    const values = Array.from({ length: 35 }, (_, i) => i - shift);
    for (const entry of own) expect(numbersOf(source, entry)).toEqual(values);
  });

  it('has the fill value where nothing was written', () => {
    const named = (name: string) => numbersOf(source, entries.find((entry) => entry.name === name)!);
    expect(named('a/b/same')).toEqual([-1.5, -1.5, 2, 2, -1.5, -1.5]);
    expect(named('unwritten')).toEqual([4, 4, 4, 4]);
  });

  it('is listed once, whatever leads to it', () => {
    expect(entries.filter(({ name }) => /soft|elsewhere|same|filled/.test(name))).toHaveLength(1);
  });
});

describe('a file that is larger than memory', () => {
  const ROWS = 2 ** 31;
  /** What it says is true of 16 GB: of those nothing is there until it's asked for. */
  const head = hdf5File([{ name: 'logits', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }]);

  it('is read where it is', () => {
    const bytes = withRows(head, ROWS);
    const start = Buffer.from(bytes).indexOf(Buffer.from(Float32Array.of(1, 2, 3, 4).buffer));
    let read = 0;
    const source: ByteSource = {
      size: start + 8 * ROWS + bytes.length,
      read(offset, length) {
        read += length;
        const part = new Uint8Array(length);
        part.set(bytes.subarray(offset, offset + length));
        return part;
      },
    };
    const [entry] = listed(source);
    expect(entry).toMatchObject({ shape: [ROWS, 2], content: { value: { stored: { offset: start } } } });
    expect(read).toBeLessThan(1 << 16);
  });
});

/** The file with another number of rows, in the shape and in how many bytes they take. */
function withRows(bytes: Uint8Array, rows: number): Uint8Array {
  const changed = Buffer.from(bytes);
  const shape = changed.indexOf(Buffer.from(BigUint64Array.of(2n, 2n).buffer));
  changed.writeBigUInt64LE(BigInt(rows), shape);
  const layout = changed.indexOf(Buffer.from([3, 1]), shape + 16);
  changed.writeBigUInt64LE(BigInt(8 * rows), layout + 10);
  return new Uint8Array(changed);
}
