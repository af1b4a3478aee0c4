import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finish } from '../../../../src/loss/work.ts';
import { inMemory } from '../../../../src/readers/arrays/byteSource.ts';
import { pickleArrays } from '../../../../src/readers/pickle/pickleArrays.ts';
import type { ArrayContent } from '../../../../src/readers/roles/namedArray.ts';
import { ROOT } from '../../../vscode/paths.ts';
import { pickleBytes } from './pickleFiles.ts';

const FOLDER = join(ROOT, 'test', 'reference', 'frames');
type Cell = number | string | readonly number[];
/** The columns of each table by their names, as pandas has them; null for what isn't read. */
const TRUTH: Readonly<Record<string, Readonly<Record<string, readonly Cell[]>> | null>> = JSON.parse(
  readFileSync(join(FOLDER, 'truth.json'), 'utf8'),
);

const bytesOf = (name: string) => new Uint8Array(readFileSync(join(FOLDER, name)));

/** What is read of a table: its arrays by their names, texts only if they're asked for. */
function arraysIn(bytes: Uint8Array, member?: string) {
  const read = finish(pickleArrays(inMemory(bytes), { member }));
  if (!read.ok) return expect.unreachable(JSON.stringify(read.problem));
  return new Map(read.value.map(({ name, shape, content }) => [name, { shape, values: valuesOf(content) }]));
}

function valuesOf(content: ArrayContent): readonly Cell[] | null {
  if (content.kind === 'texts') return content.values;
  if (content.kind !== 'stored') return null;
  const loaded = finish(content.load((length) => new Float64Array(length)));
  return loaded.ok ? [...loaded.value] : null;
}

/** Columns side by side. */
function rowsOf(columns: readonly (readonly Cell[])[]): readonly Cell[] {
  return columns[0]!.flatMap((_, row) => columns.flatMap((column) => column[row]!));
}

describe('tables of pandas have the columns that pandas has:', () => {
  it.each([
    ['mixed.pkl', 'logit', 'logit_0 logit_1 logit_2 logit_3'],
    ['protocol-2.pkl', 'logit', 'logit_0 logit_1 logit_2 logit_3'],
    ['reversed.pkl', 'logit', 'logit_3 logit_2 logit_1 logit_0'],
    ['sorted.pkl', 'logit', 'logit_0 logit_1 logit_2 logit_3'],
    ['cells.pkl', 'logits', 'logits'],
    ['lists.pkl', 'logits', 'logits'],
    ['numbered.pkl', '0, 1, 2, 3', '0 1 2 3'],
    ['nullable.pkl', 'logit', 'logit_0 logit_1 logit_2 logit_3'],
    ['types.pkl', 'logit', 'logit_0 logit_1 logit_2 logit_3'],
  ])('%s', (file, name, columns) => {
    const truth = TRUTH[file]!;
    const arrays = arraysIn(bytesOf(file));
    const values = rowsOf(columns.split(' ').map((column) => truth[column]!));
    const rows = Object.values(truth)[0]!.length;
    expect(arrays.get(name)).toEqual({ shape: [rows, 4], values });
    for (const column of ['label', 'score'].filter((each) => each in truth))
      expect(arrays.get(column)).toEqual({ shape: [rows], values: truth[column] });
  });

  it('texts are read if they may be targets, or are asked for', () => {
    const { label, a } = TRUTH['texts.pkl']!;
    expect(arraysIn(bytesOf('texts.pkl')).get('label')?.values).toEqual(label);
    expect(arraysIn(bytesOf('texts.pkl')).get('a')?.values).toBeNull();
    expect(arraysIn(bytesOf('texts.pkl'), 'a').get('a')?.values).toEqual(a);
  });

  it('texts of pandas 3 are those of Arrow', () => {
    const names = Array.from({ length: 25 }, (_, i) => `im${i}`);
    expect(arraysIn(pickleBytes('frame-names.pkl'), 'name').get('name')?.values).toEqual(names);
  });

  it('names in several levels aren’t read', () => {
    expect(TRUTH['levels.pkl']).toBeNull();
    const read = finish(pickleArrays(inMemory(bytesOf('levels.pkl'))));
    const contents = read.ok ? read.value.map(({ content }) => content) : [];
    expect(contents).toEqual([
      { kind: 'flawed', problem: expect.objectContaining({ reason: 'array-type', kind: 'frame' }) },
    ]);
  });
});
