import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish } from '../../../../src/loss/work.ts';
import { inMemory } from '../../../../src/readers/arrays/byteSource.ts';
import { fileArrays } from '../../../../src/readers/fileArrays.ts';
import { fullName } from '../../../../src/readers/roles/arrayMeaning.ts';
import type { NamedArray } from '../../../../src/readers/roles/namedArray.ts';
import { ROOT } from '../../../vscode/paths.ts';

const FOLDER = join(ROOT, 'test', 'reference', 'pickles');

interface ExpectedFile {
  readonly about?: string;
  /** `values`: the number of one of the lists. */
  readonly arrays?: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly values: number;
  }[];
  readonly scores?: { readonly kind: string; readonly shape: readonly number[]; readonly values: number };
  readonly labels?: readonly number[];
  readonly refused?: string;
}

const EXPECTED: {
  readonly lists: readonly (readonly (number | string | boolean | null)[])[];
  readonly files: Readonly<Record<string, ExpectedFile>>;
} = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8'));

/** What the programs that wrote the files have in them. */
export const EXPECTED_FILES = EXPECTED.files;

/** Files that try to do something, or to fill the memory. */
export const HOSTILE_FILES = readdirSync(join(FOLDER, 'hostile')).toSorted();

/** One of the lists of numbers that are expected. */
export function expectedNumbers(list: number): readonly number[] {
  return EXPECTED.lists[list]!.map((value) => {
    if (value === null) return Number.NaN;
    return typeof value === 'string' ? Number(value.replace('inf', 'Infinity')) : Number(value);
  });
}

export function pickleBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(FOLDER, name)));
}

/** The arrays of a file, in memory. */
export function arraysOf(bytes: Uint8Array, name = '') {
  return finish(fileArrays(inMemory(bytes), name.endsWith('.npy') ? 'npy' : 'pickle'));
}

/** Arrays by their keys and names, with their numbers: an array's own problem in their place. */
export function numbersByName(arrays: readonly NamedArray[]) {
  return new Map(
    arrays.map((array) => [
      array.isNamed ? fullName(array) : array.name === 'array' ? '' : array.name,
      numbersIn(array),
    ]),
  );
}

function numbersIn({ content, shape, type }: NamedArray) {
  if (content.kind === 'flawed') return { shape, type, problem: content.problem };
  if (content.kind === 'texts') return { shape, type, texts: content.values };
  if (content.kind === 'numbers') return { shape, type, values: [...content.values] };
  const read = finish(content.load((length) => new Float64Array(length)));
  return read.ok ? { shape, type, values: [...read.value] } : { shape, type, problem: read.problem };
}
