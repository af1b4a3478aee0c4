import type { Floats } from '../../loss/rows/rowLayout.ts';
import type { RowStatistics } from '../../loss/rows/rowStatistics.ts';
import { wrongField } from './fields.ts';
import { settingThatDiffers } from './measuredObjects.ts';
import type { StatisticsPart } from './statisticsPart.ts';

/** What belongs to a batch that was measured in several places: the rows one after the other, as the parts are. */
export type JoinedStatistics = Pick<
  StatisticsPart,
  'shape' | 'classAxis' | 'statistics' | 'target' | 'settings' | 'start' | 'end'
>;

/** Puts the rows of parts together. Parts that aren't of the same classes, or were measured otherwise, throw Unreadable. */
export function joinParts(parts: readonly StatisticsPart[]): JoinedStatistics {
  const [first] = parts as readonly [StatisticsPart];
  if (parts.length === 1) return first;
  for (const part of parts) {
    const other = otherThan(first, part);
    if (other !== undefined) throw wrongField(part, other);
  }
  const floats = (name: keyof RowStatistics) =>
    joined(parts.map(({ statistics }) => statistics[name] as Floats));
  const argmax = joinedIndices(parts.map((part) => part.statistics.argmax));
  return {
    shape: [argmax.length, first.shape[1]!],
    classAxis: 1,
    statistics: {
      lse: floats('lse'),
      mean: floats('mean'),
      max: floats('max'),
      argmax,
      pSquared: floats('pSquared'),
      zTarget: first.statistics.zTarget && floats('zTarget'),
      weightedMean: first.statistics.weightedMean && floats('weightedMean'),
    },
    target: first.target && joinedIndices(parts.map(({ target }) => target!)),
    settings: first.settings,
    start: first.start,
    end: parts.at(-1)!.end,
  };
}

/** What of a part doesn't go with the first: the key of it. */
function otherThan(first: StatisticsPart, part: StatisticsPart): string | undefined {
  if (part.shape.length !== 2 || part.shape[1] !== first.shape[1]) return 'shape';
  if (part.classAxis !== 1) return 'class_axis';
  if ((part.target === null) !== (first.target === null)) return 'target';
  return settingThatDiffers(first.settings, part.settings);
}

/** As exact as the most exact of them. */
function joined(parts: readonly Floats[]): Floats {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const isRounded = parts.every((part) => part instanceof Float32Array);
  const values = isRounded ? new Float32Array(length) : new Float64Array(length);
  fill(values, parts);
  return values;
}

function joinedIndices(parts: readonly Int32Array[]): Int32Array {
  const values = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  fill(values, parts);
  return values;
}

function fill<T extends Floats | Int32Array>(values: T, parts: readonly T[]): void {
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
}
