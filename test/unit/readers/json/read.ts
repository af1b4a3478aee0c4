import { finish } from '../../../../src/loss/work.ts';
import { type ReadOptions, readJson } from '../../../../src/readers/json/readJson.ts';
import type { LogitsBatch } from '../../../../src/readers/logitsBatch.ts';
import type { ReadProblem } from '../../../../src/readers/readProblem.ts';
import { TextPlaces } from '../../../../src/readers/text/textPlaces.ts';

const encoder = new TextEncoder();

/** The batch in a text that has one. */
export function batchOf(text: string, options: ReadOptions = {}): LogitsBatch {
  const read = finish(readJson(encoder.encode(text), options));
  if (!read.ok) throw new Error(`Unreadable: ${JSON.stringify(read.problem)}`);
  return read.value;
}

/** What is wrong with a text, and the line and character where. */
export function problemOf(text: string): (ReadProblem & { line: number; character: number }) | undefined {
  const bytes = encoder.encode(text);
  const read = finish(readJson(bytes));
  return read.ok ? undefined : { ...read.problem, ...new TextPlaces(bytes).at(read.problem.offset) };
}

/** The text of the rows, by their places. */
export function rowTexts(text: string): string[] {
  const { spans } = batchOf(text);
  const bytes = encoder.encode(text);
  return Array.from({ length: spans.length / 2 }, (_, i) =>
    new TextDecoder().decode(bytes.subarray(spans[2 * i]!, spans[2 * i + 1]!)),
  );
}
