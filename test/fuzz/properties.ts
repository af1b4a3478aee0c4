import { isDeepStrictEqual } from 'node:util';
import type { PlacedProblem, PlaceRange } from '../../src/protocol/engineChannel.ts';
import type { LogitsBatch } from '../../src/readers/logitsBatch.ts';
import type { Outcome } from '../../src/readers/outcome.ts';
import type { ReadProblem } from '../../src/readers/readProblem.ts';
import { expectThat } from './target.ts';

/** How a result is counted: “ok”, or the reason why there is none. */
export function outcomeOf(outcome: Outcome<unknown, ReadProblem>): string {
  return outcome.ok ? 'ok' : outcome.problem.reason;
}

/** A problem is somewhere in an input of `size` bytes (a text has lines to show), and its facts are numbers, whatever was in the input. */
export function checkProblem(problem: ReadProblem, size: number): void {
  const { offset } = problem;
  expectThat(isWithin(offset, size), () => `Problem ${problem.reason} at ${offset} of ${size}`);
  if (problem.reason === 'truncated')
    expectThat(isWithin(problem.openedAt, size), () => `Opened at ${problem.openedAt} of ${size}`);
  for (const [fact, value] of Object.entries(problem)) {
    const isNone = typeof value === 'number' && Number.isNaN(value) && fact !== 'found';
    expectThat(!isNone, () => `Problem ${problem.reason}: ${fact} is NaN`);
    if (problem.reason === 'unreadable' || typeof value !== 'string') continue;
    // Excerpts are short: they are shown.
    expectThat(fact !== 'found' || value.length <= 2000, () => `Problem ${problem.reason}: ${fact} is long`);
  }
}

export function checkOutcome(
  outcome: Outcome<LogitsBatch, ReadProblem>,
  size: number,
  mostNumbers: number,
): void {
  if (!outcome.ok) checkProblem(outcome.problem, size);
  else checkBatch(outcome.value, outcome.value.values.length, size, mostNumbers);
}

/** A batch is as large as its shape says, no larger than its input can make it, and in it. */
export function checkBatch(
  batch: Omit<LogitsBatch, 'values'>,
  length: number,
  size: number,
  mostNumbers: number,
): void {
  const { shape, classAxis, spans, targets, classNames, declared, decimals, rounding } = batch;
  const count = shape.reduce((product, axis) => product * axis, 1);
  const classes = shape[classAxis]!;
  expectThat(count === length, () => `Shape ${shape} of ${length} numbers`);
  expectThat(length <= mostNumbers, () => `${length} numbers of ${size} bytes`);
  expectThat(classes >= 2, () => `${classes} classes`);
  expectThat(
    isWithin(batch.start, size) && isWithin(batch.end, size),
    () => `It is ${batch.start}–${batch.end}`,
  );
  for (let i = 0; i < spans.length; i += 2)
    expectThat(
      isWithin(spans[i]!, size) && isWithin(spans[i + 1]!, size) && spans[i]! <= spans[i + 1]!,
      () => `Row ${i / 2} at ${spans[i]}–${spans[i + 1]} of ${size}`,
    );
  expectThat(Number.isSafeInteger(decimals) && decimals >= 0, () => `${decimals} decimals`);
  expectThat(Number.isFinite(rounding) && rounding >= 0, () => `Rounded by ${rounding}`);
  expectThat(classNames === null || classNames.length === classes, () => 'Other names than classes');
  const { weight } = declared;
  expectThat(weight === null || weight.length === classes, () => 'Other weights than classes');
  if (targets?.kind === 'soft')
    expectThat(targets.values.length === length, () => 'Other targets than logits');
  if (targets?.kind !== 'indices') return;
  expectThat(targets.values.length === length / classes, () => 'Other targets than rows');
  const ignored = declared.ignoreIndex ?? -100;
  const wrong = targets.values.find((target) => target !== ignored && !(target >= 0 && target < classes));
  expectThat(wrong === undefined, () => `Target ${wrong} of ${classes} classes`);
}

/** The lines of a text, as editors count them. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}

/** Places are in the text, and in order. */
export function checkRange({ start, end }: PlaceRange, lines: readonly string[]): void {
  for (const { line, character } of [start, end])
    expectThat(
      line >= 0 && line < lines.length && character >= 0 && character <= lines[line]!.length + 1,
      () => `Line ${line}, character ${character} of ${lines.length} lines`,
    );
  expectThat(
    start.line < end.line || (start.line === end.line && start.character <= end.character),
    () => `From ${start.line}:${start.character} to ${end.line}:${end.character}`,
  );
}

export function checkPlacedProblem(problem: PlacedProblem, size: number, lines: readonly string[]): void {
  checkProblem(problem, size);
  if (problem.place) checkRange({ start: problem.place, end: problem.place }, lines);
}

/** Two ways to read the same are the same. */
export function checkSame(a: unknown, b: unknown, what: string): void {
  expectThat(isDeepStrictEqual(a, b), () => `${what}: ${shown(a)} and ${shown(b)}`);
}

function shown(value: unknown): string {
  return JSON.stringify(value, (_, each) =>
    ArrayBuffer.isView(each) ? Array.from(each as Float32Array).slice(0, 20) : each,
  )?.slice(0, 400);
}

function isWithin(offset: number, size: number): boolean {
  return offset >= 0 && offset <= size;
}
