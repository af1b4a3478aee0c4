import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { cellSource } from '../../../../src/host/sources/kinds/cellSource.ts';
import { documentSource } from '../../../../src/host/sources/kinds/documentSource.ts';
import { fileSource } from '../../../../src/host/sources/kinds/fileSource.ts';
import { targetsSchema } from '../../../../src/host/sources/kinds/kindOf.ts';
import { textSource } from '../../../../src/host/sources/kinds/textSource.ts';
import {
  hasArrays,
  keptSource,
  nameOfTargets,
  type Source,
  sourceName,
  sourceSchema,
  withMember,
} from '../../../../src/host/sources/source.ts';
import { Uri } from '../../../fixtures/vscode.ts';
import { FILES, textOfFile } from '../../architecture/imports.ts';

const uriOf = (path: string) => Uri.file(path) as never;
const table = documentSource(uriOf('/run/digits.csv'));
const arrays = { ...documentSource(uriOf('/run/digits.npz')), member: 'logits' };
const dropped = { ...fileSource('digits.npz', new Uint8Array([1])), member: 'logits' };
const pasted = textSource('clipboard', '[[1, 2]]');
const cell = cellSource({ notebook: 'file:///run/train.ipynb', cell: 3, output: 0, member: 'logits' });
const ALL: readonly Source[] = [table, arrays, dropped, pasted, cell];

describe('kinds of sources', () => {
  it('have names', () => {
    expect(ALL.map(sourceName)).toEqual([
      'digits.csv',
      'logits · digits.npz',
      'logits · digits.npz',
      'clipboard',
      'logits · train.ipynb',
    ]);
  });

  it('name targets shortly that are in the same file, and of the same kind', () => {
    const name = (logits: Source, targets: Source) => nameOfTargets({ ...logits, targets });
    expect(name(arrays, withMember(arrays, 'y'))).toBe('y');
    expect(name(dropped, withMember(dropped, 'y'))).toBe('y');
    expect(name(arrays, withMember(dropped, 'y'))).toBe('y · digits.npz');
    expect(name(arrays, table)).toBe('digits.csv');
    expect(name(table, table)).toBe('digits.csv');
    // The notebook isn't open, so that nobody knows which cell it is.
    expect(name(cell, withMember(cell, 'y'))).toBe('y · train.ipynb');
  });

  it('say whether arrays may have to be chosen', () => {
    expect(ALL.map(hasArrays)).toEqual([true, true, true, false, false]);
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    expect(hasArrays({ ...table, range })).toBe(false);
  });

  it('come back as they were kept, with their targets', () => {
    for (const logits of [table, arrays, pasted, cell])
      for (const targets of [undefined, table, arrays, pasted, cell]) {
        const source = { ...logits, ...(targets && { targets }) };
        const kept: unknown = JSON.parse(JSON.stringify(keptSource(source)));
        expect(v.parse(sourceSchema, kept)).toEqual(source);
      }
    expect(keptSource(dropped)).toBeUndefined();
    expect(keptSource({ ...table, targets: dropped })).toBeUndefined();
    expect(keptSource(textSource('clipboard', ' '.repeat(100_001)))).toBeUndefined();
  });

  it('are refused from elsewhere if they aren’t what they say', () => {
    const wrong = [
      { kind: 'cell' },
      { kind: 'other', uri: 'file:///x' },
      { ...table, targets: { kind: 'text' } },
      null,
    ];
    for (const kept of wrong) expect(v.is(sourceSchema, kept)).toBe(false);
  });

  it('are asked what they can do, and not which they are', () => {
    const names = targetsSchema.options.map(({ entries }) => entries.kind.literal).join('|');
    const asks = new RegExp(`\\bkind(?:: | [!=]== |'\\] [!=]== )'(?:${names})'|case '(?:${names})'`);
    const others = FILES.filter((file) => /^src\/host\/(?!sources\/kinds\/)/.test(file));
    expect(others.length).toBeGreaterThan(50);
    expect(others.filter((file) => asks.test(textOfFile(file)))).toEqual([]);
    // Its own module has it: what is looked for is how it's written.
    expect(asks.test(textOfFile('src/host/sources/kinds/cellSource.ts'))).toBe(true);
  });
});
