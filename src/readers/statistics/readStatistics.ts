import type { RowStatistics } from '../../loss/rows/rowStatistics.ts';
import { portion, type Work } from '../../loss/work.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import type { Outcome } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { checkReadable } from '../text/checkReadable.ts';
import { joinParts } from './joinParts.ts';
import { isMeasured, measuredObjects } from './measuredObjects.ts';
import { type FoundPart, foundPart, measuredTensor, readPart, STATISTICS_KEY } from './statisticsPart.ts';

/** True for the arrays of a JSON document with row statistics. */
export function hasStatistics(arrays: readonly NamedArray[]): boolean {
  return arrays.some((array) => isMeasured(array, STATISTICS_KEY));
}

/** Statistics, and all arrays of the object that they're in: its settings among them. */
interface PartOfDocument {
  readonly found: FoundPart;
  readonly arrays: readonly NamedArray[];
}

/** Throws Unreadable if the shape of one can't be one. */
function findParts(arrays: readonly NamedArray[]): readonly PartOfDocument[] {
  return measuredObjects(arrays, STATISTICS_KEY).map(({ inside, arrays: own }) => ({
    found: foundPart(inside),
    arrays: own,
  }));
}

/** What a document with row statistics lists: a single tensor. */
export function* statisticsMember(arrays: readonly NamedArray[]): Work<Outcome<NamedArray, ReadProblem>> {
  return yield* checkReadable(function* () {
    yield 0;
    const parts = findParts(arrays).map(({ found }) => found);
    const first = parts[0]!;
    const rows = parts.reduce((sum, { shape }) => sum + shape[0]!, 0);
    const shape = parts.length === 1 ? first.shape : [rows, ...first.shape.slice(1)];
    return measuredTensor(STATISTICS_KEY, { ...first, shape, end: parts.at(-1)!.end });
  });
}

/** A batch without logits, whose rows were measured elsewhere, in one place or in several. */
export function* readStatistics(arrays: readonly NamedArray[]): Work<Outcome<LogitsBatch, ReadProblem>> {
  return yield* checkReadable(() => batchOf(arrays));
}

function* batchOf(arrays: readonly NamedArray[]): Work<LogitsBatch> {
  const all = findParts(arrays);
  const parts = [];
  for (const [i, { found, arrays: own }] of all.entries())
    parts.push(yield* portion(readPart(found, own), i / all.length, (i + 1) / all.length));
  const { shape, classAxis, statistics, target, settings, start, end } = joinParts(parts);
  const { classNames, labelSmoothing, weight, ignoreIndex, reduction } = settings;
  return {
    values: new Float32Array(0),
    statistics,
    shape,
    classAxis,
    classAxisFrom: 'shape',
    kind: 'logits',
    labelling: 'one-class',
    warnings: [],
    targets: target && { kind: 'indices', values: target },
    classNames,
    keys: { logits: STATISTICS_KEY, targets: target && 'target' },
    declared: { labelSmoothing, weight, ignoreIndex, reduction },
    decimals: 0,
    rounding: roundingOf(statistics),
    spans: Float64Array.of(start, end),
    start,
    end,
  };
}

/** What float32 may have moved a logit by, half a unit of its last digit; 0 where all are float64. */
function roundingOf({ lse, mean, max, zTarget, weightedMean }: RowStatistics): number {
  let largest = 0;
  for (const values of [lse, mean, max, zTarget, weightedMean])
    if (values instanceof Float32Array)
      for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  return largest * 2 ** -24;
}
