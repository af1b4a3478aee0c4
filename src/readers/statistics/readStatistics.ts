import type { RowStatistics } from '../../loss/rows/rowStatistics.ts';
import { portion, type Work } from '../../loss/work.ts';
import type { LogitsBatch } from '../logitsBatch.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { Unreadable } from '../text/cursor.ts';
import { joinParts } from './joinParts.ts';
import { type FoundPart, foundPart, readPart, STATISTICS_KEY, tensorOfPart } from './statisticsPart.ts';

/** True for the arrays of a JSON document with row statistics. */
export function hasStatistics(arrays: readonly NamedArray[]): boolean {
  return arrays.some(isStatistic);
}

/** Those of an object, or of one of several in a list or in lines. */
function isStatistic({ path }: NamedArray): boolean {
  return (path.length === 1 || path.length === 2) && path.at(-1) === STATISTICS_KEY;
}

/** Statistics, and all arrays of the object that they're in: its settings among them. */
interface PartOfDocument {
  readonly found: FoundPart;
  readonly arrays: readonly NamedArray[];
}

/** Throws Unreadable if the shape of one can't be one. */
function findParts(arrays: readonly NamedArray[]): readonly PartOfDocument[] {
  const depth = arrays.find(isStatistic)!.path.length - 1;
  const parts = new Map<string, NamedArray[]>();
  for (const array of arrays) {
    const key = depth === 0 ? '' : (array.path[0] ?? '');
    const same = parts.get(key);
    if (same) same.push(array);
    else parts.set(key, [array]);
  }
  return [...parts.values()].map((own) => {
    const inside = own.filter((array) => isStatistic(array) && array.path.length === depth + 1);
    return { found: foundPart(inside), arrays: own };
  });
}

/** What a document with row statistics lists: a single tensor. */
export function statisticsMember(arrays: readonly NamedArray[]): Outcome<NamedArray, ReadProblem> {
  return withProblem(() => {
    const parts = findParts(arrays).map(({ found }) => found);
    const first = parts[0]!;
    const rows = parts.reduce((sum, { shape }) => sum + shape[0]!, 0);
    const shape = parts.length === 1 ? first.shape : [rows, ...first.shape.slice(1)];
    return tensorOfPart({ ...first, shape, end: parts.at(-1)!.end });
  });
}

function withProblem<T>(read: () => T): Outcome<T, ReadProblem> {
  try {
    return success(read());
  } catch (error) {
    if (error instanceof Unreadable) return failure(error.problem);
    throw error;
  }
}

/** A batch without logits, whose rows were measured elsewhere, in one place or in several. */
export function* readStatistics(arrays: readonly NamedArray[]): Work<Outcome<LogitsBatch, ReadProblem>> {
  try {
    return success(yield* batchOf(arrays));
  } catch (error) {
    if (error instanceof Unreadable) return failure(error.problem);
    throw error;
  }
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
