import { isClassCount } from '../../loss/conventions/smoothing.ts';
import { type Floats, layoutOf } from '../../loss/rows/rowLayout.ts';
import type { RowStatistics } from '../../loss/rows/rowStatistics.ts';
import type { Work } from '../../loss/work.ts';
import { type NamedArray, usualFacts } from '../roles/namedArray.ts';
import { type Settings, settingsFor } from '../roles/settings.ts';
import { Unreadable } from '../text/cursor.ts';
import { decoded, type MeasuredFields, plainNumbers, wrongField, wrongRow } from './fields.ts';
import { impossibleRow } from './impossibleRow.ts';

/** The key of what was measured elsewhere: docs/scale.md has the format. */
export const STATISTICS_KEY = 'row_statistics';

/** The most classes: figures by class are in memory. */
export const MOST_MEASURED_CLASSES = 1e7;

/** Row statistics of one object, not yet decoded: their shape, and each of them by its key. */
export interface FoundPart extends MeasuredFields {
  /** The keys around the object; [] if it's the document. */
  readonly path: readonly string[];
  readonly shape: readonly number[];
  readonly classAxis: number;
  /** Where they end, in bytes. */
  readonly end: number;
}

/** What one object says, checked. */
export interface StatisticsPart extends FoundPart {
  readonly statistics: RowStatistics;
  readonly target: Int32Array | null;
  readonly settings: Settings;
}

/** Throws Unreadable if the shape can't be one. `inside`: the arrays below the same key; none where an object has no statistics. */
export function foundPart(inside: readonly NamedArray[]): FoundPart {
  const fields = new Map(inside.map((array) => [array.name, array]));
  // More keys than a call takes arguments are possible.
  const start = inside.reduce((least, array) => Math.min(least, array.start), Number.POSITIVE_INFINITY);
  const fail = (name: string): never => {
    const offset = fields.get(name)?.start ?? (inside.length > 0 ? start : 0);
    throw new Unreadable({ reason: 'statistics-field', offset, name });
  };
  const numbers = (name: string) => plainNumbers({ fields, start }, name);
  const shape = Array.from(numbers('shape') ?? fail('shape'));
  const isSize = (size: number) => Number.isSafeInteger(size) && size > 0;
  if (shape.length === 0 || shape.length > 32 || !shape.every(isSize)) fail('shape');
  const [classAxis = shape.length === 1 ? 0 : 1] = numbers('class_axis') ?? [];
  const classes = shape[classAxis];
  if (classes === undefined) return fail('class_axis');
  if (!isClassCount(classes) || classes < 2 || classes > MOST_MEASURED_CLASSES) fail('shape');
  if (!Number.isSafeInteger(layoutOf(shape, classAxis).rows)) fail('shape');
  // Nothing of another temperature follows from these.
  if ((numbers('temperature')?.[0] ?? 1) !== 1) fail('temperature');
  const end = inside.reduce((most, array) => Math.max(most, array.end), 0);
  return { path: inside[0]!.path.slice(0, -1), shape, classAxis, fields, start, end };
}

/** What a part looks like to those who look for tensors. */
export function measuredTensor(
  name: string,
  { path, shape, start, end }: Pick<FoundPart, 'path' | 'shape' | 'start' | 'end'>,
): NamedArray {
  const content = { kind: 'numbers', values: new Float64Array(0) } as const;
  const named = { name, isNamed: true, path, type: 'float64' };
  return { ...usualFacts(), ...named, shape, content, start, end };
}

/** Decodes a part, and checks that logits have such statistics. Throws Unreadable. */
export function* readPart(found: FoundPart, arrays: readonly NamedArray[]): Work<StatisticsPart> {
  const { rows, classes } = layoutOf(found.shape, found.classAxis);
  const settings = settingsFor(arrays, measuredTensor(STATISTICS_KEY, found));
  settings.check(classes);
  const floats = (name: string): Floats => {
    const values = decoded(found, name, rows);
    if (values instanceof Int32Array) throw wrongField(found, name);
    return values;
  };
  const indices = (name: string): Int32Array => {
    const values = decoded(found, name, rows);
    if (!(values instanceof Int32Array)) throw wrongField(found, name);
    return values;
  };
  const target = found.fields.has('target') ? indices('target') : null;
  const statistics: RowStatistics = {
    lse: floats('lse'),
    mean: floats('mean'),
    max: floats('max'),
    argmax: indices('argmax'),
    pSquared: floats('p_squared'),
    zTarget: target && floats('z_target'),
    // Without it nothing of the weights can be said, and without weights it means nothing.
    weightedMean: settings.weight ? floats('weighted_mean') : null,
  };
  const ignored = settings.ignoreIndex ?? -100;
  const stray = target?.findIndex((k) => (k < 0 || k >= classes) && k !== ignored) ?? -1;
  if (stray !== -1) throw wrongRow(found, { name: 'target', row: stray });
  const impossible = yield* impossibleRow(statistics, classes, target, settings.weight);
  if (impossible) throw wrongRow(found, impossible);
  return { ...found, statistics, target, settings };
}
