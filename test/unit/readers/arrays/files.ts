import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Floats } from '../../../../src/loss/rows/rowLayout.ts';
import { finish } from '../../../../src/loss/work.ts';
import { arrayValues } from '../../../../src/readers/arrays/arrayValues.ts';
import { inMemory } from '../../../../src/readers/arrays/byteSource.ts';
import { type ArrayFormat, listArrays } from '../../../../src/readers/arrays/listArrays.ts';
import type { Outcome } from '../../../../src/readers/outcome.ts';
import type { ReadProblem } from '../../../../src/readers/readProblem.ts';
import { ROOT } from '../../../vscode/paths.ts';

const FILES = join(ROOT, 'test', 'reference', 'files');

interface Expected {
  readonly shape: readonly number[];
  readonly float32: readonly string[];
  readonly float64: readonly string[];
}

/** What NumPy reads of the files, by name, or by "file/member". */
export const EXPECTED: Readonly<Record<string, Expected>> = JSON.parse(
  readFileSync(join(FILES, 'expected.json'), 'utf8'),
);

/** The bytes of a file that NumPy, pandas or Python's zipfile wrote. */
export function fileBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(FILES, name)));
}

/** Numbers as Python writes them. */
export function numbersOf(texts: readonly string[]): number[] {
  return texts.map((text) => (text.includes('inf') ? Number(text.replace('inf', 'Infinity')) : Number(text)));
}

export function list(bytes: Uint8Array, format: ArrayFormat) {
  return finish(listArrays(inMemory(bytes), format));
}

/** Reads an array of a file; `allocated` hears how many numbers room is made for. */
export function read<T extends Floats>(
  bytes: Uint8Array,
  format: ArrayFormat,
  member: string | undefined,
  allocate: (length: number) => T,
): Outcome<{ readonly shape: readonly number[]; readonly values: T }, ReadProblem> {
  const arrays = list(bytes, format);
  if (!arrays.ok) return arrays;
  const array = arrays.value.find(({ name }) => member === undefined || name === member);
  if (!array) return { ok: false, problem: { reason: 'no-arrays', offset: 0, members: [] } };
  const { content } = array;
  if (!content.ok) return content;
  const values = finish(arrayValues(inMemory(bytes), content.value, allocate));
  return values.ok ? { ok: true, value: { shape: content.value.shape, values: values.value } } : values;
}

export const float32 = (length: number) => new Float32Array(length);
export const float64 = (length: number) => new Float64Array(length);
