import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish } from '../../../../src/loss/work.ts';
import type { LogitsBatch } from '../../../../src/readers/logitsBatch.ts';
import { printedIn, readText } from '../../../../src/readers/readText.ts';
import type { NamedArray } from '../../../../src/readers/roles/namedArray.ts';
import { ROOT } from '../../../vscode/paths.ts';

/** A tensor as a framework prints it: see test/fixtures/printed.py. */
export interface PrintedCase {
  readonly title: string;
  readonly text: string;
  readonly shape: readonly number[];
  readonly read: ReadonlyArray<number | string>;
  readonly exact: ReadonlyArray<number | string>;
  readonly type?: string;
  readonly name?: string;
  readonly names?: readonly string[] | null;
  readonly targets?: readonly number[];
  readonly rounding?: number;
}

export function reference<T = PrintedCase>(name: string): readonly T[] {
  return JSON.parse(readFileSync(join(ROOT, 'test', 'reference', 'printed', `${name}.json`), 'utf8')).cases;
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** What a text holds, but for the columns of its tables and single numbers. */
export function tensorsIn(text: string): readonly NamedArray[] {
  return finish(printedIn(bytesOf(text))).filter(
    ({ isColumn, shape, content }) => !isColumn && (shape.length > 0 || content.kind === 'flawed'),
  );
}

/** The only tensor in a text. */
export function tensorIn(text: string): NamedArray {
  const tensors = tensorsIn(text);
  if (tensors.length !== 1)
    throw new Error(`${tensors.length} tensors: ${tensors.map(({ name }) => name).join(', ')}`);
  return tensors[0]!;
}

/** What a text is read as. */
export function batchOf(text: string): LogitsBatch {
  const read = finish(readText(bytesOf(text)));
  if (!read.ok) throw new Error(`Unreadable: ${JSON.stringify(read.problem)}`);
  return read.value;
}

/** The text between byte offsets. */
export function textAt(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  return new TextDecoder().decode(bytesOf(text).subarray(start, end));
}
