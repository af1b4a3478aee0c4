import { type ReadOptions, readJson } from '../../../src/readers/json/readJson.ts';
import { scannerOf } from '../../unit/engine/kernel/scanner.ts';
import { checkOutcome, checkSame, outcomeOf } from '../properties.ts';
import { decode, expectThat, type FuzzTarget } from '../target.ts';
import { JSON_SAMPLES, JSON_TOKENS } from './samples.ts';

const scanner = scannerOf();

/** JSON: what the kernel reads is what the reader reads, and rows of numbers are what JSON.parse reads. */
export const jsonTarget: FuzzTarget = {
  name: 'json',
  samples: JSON_SAMPLES,
  tokens: JSON_TOKENS,
  *run(bytes) {
    const read = yield* readJson(bytes);
    checkOutcome(read, bytes.length, (bytes.length + 1) / 2);
    const options: ReadOptions = { scanner };
    checkSame(read, yield* readJson(bytes, options), 'With and without the kernel');
    const rows = rowsIn(decode(bytes));
    if (rows) {
      if (!read.ok) expectThat(false, () => `Rows of numbers are refused: ${read.problem.reason}`);
      else checkSame(read.value.values, Float32Array.from(rows.flat()), 'Read, and by JSON.parse');
    }
    return outcomeOf(read);
  },
};

/** What JSON.parse makes of a text, if that is rows of as many numbers each. */
function rowsIn(text: string): number[][] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const [first] = value;
  const isRow = (row: unknown): row is number[] =>
    Array.isArray(row) && row.length === first.length && row.every((each) => typeof each === 'number');
  return Array.isArray(first) && first.length > 1 && value.every(isRow) ? value : undefined;
}
