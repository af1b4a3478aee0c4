import { portion, type Work } from '../../loss/work.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import { type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { checkReadable } from '../text/checkReadable.ts';
import { objectsWith, settingThatDiffers } from './measuredObjects.ts';
import { measuredTensor } from './statisticsPart.ts';
import { isSums, joinedSums, readSumsPart, SUMS_KEY, type SumsPart, wrongSums } from './sumsPart.ts';

/** True for the arrays of a JSON document with sums over rows. */
export function hasSums(arrays: readonly NamedArray[]): boolean {
  return arrays.some(isSums);
}

/** What a document with sums lists: a single tensor. */
export function* sumsMember(arrays: readonly NamedArray[]): Work<Outcome<NamedArray, ReadProblem>> {
  const read = yield* readSums(arrays);
  if (!read.ok) return read;
  return success(measuredTensor(SUMS_KEY, { path: [], ...read.value }));
}

/** A batch without logits, of which there are sums, from one place or from several; and perhaps a sample of its rows. */
export function* readSums(arrays: readonly NamedArray[]): Work<Outcome<LogitsBatch, ReadProblem>> {
  return yield* checkReadable(() => batchOf(arrays));
}

function* batchOf(arrays: readonly NamedArray[]): Work<LogitsBatch> {
  const objects = objectsWith(arrays, arrays.find(isSums)!.path.length - 1);
  const parts: SumsPart[] = [];
  for (const own of objects) {
    yield parts.length / objects.length;
    parts.push(readSumsPart(own));
    const other = otherThan(parts[0]!, parts.at(-1)!);
    if (other !== undefined) throw wrongSums(other, parts.at(-1)!.start);
  }
  const { sums, values, target } = yield* portion(joined(parts), 0.9, 1);
  const { settings, start } = parts[0]!;
  const { classNames, labelSmoothing, weight, ignoreIndex, reduction } = settings;
  const { end } = parts.at(-1)!;
  return {
    values,
    sums,
    shape: [sums.rows, sums.classes],
    classAxis: 1,
    classAxisFrom: 'shape',
    kind: 'logits',
    labelling: 'one-class',
    warnings: [],
    targets: target && { kind: 'indices', values: target },
    classNames,
    keys: { logits: SUMS_KEY, targets: null },
    declared: { labelSmoothing, weight, ignoreIndex, reduction },
    decimals: 0,
    rounding: 0,
    spans: Float64Array.of(start, end),
    start,
    end,
  };
}

function* joined(parts: readonly SumsPart[]): Work<ReturnType<typeof joinedSums>> {
  yield 0;
  return joinedSums(parts);
}

/** What of a part doesn't go with the first: the key of it. */
function otherThan(first: SumsPart, part: SumsPart): string | undefined {
  if (part.classes !== first.classes || part.hasTargets !== first.hasTargets) return SUMS_KEY;
  return settingThatDiffers(first.settings, part.settings);
}
