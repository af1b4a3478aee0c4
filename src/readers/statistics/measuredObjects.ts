import type { NamedArray } from '../roles/namedArray.ts';
import type { Settings } from '../roles/settings.ts';

/** An object with something that was measured elsewhere. */
export interface MeasuredObject {
  /** What is below the key. */
  readonly inside: readonly NamedArray[];
  /** All arrays of the object: its settings among them. */
  readonly arrays: readonly NamedArray[];
}

/** True below the key of an object, or of one of several in a list or in lines. */
export function isMeasured({ path }: NamedArray, key: string): boolean {
  return (path.length === 1 || path.length === 2) && path.at(-1) === key;
}

/** The objects of a document, in its order. One without the key has nothing inside. */
export function measuredObjects(arrays: readonly NamedArray[], key: string): readonly MeasuredObject[] {
  const depth = arrays.find((array) => isMeasured(array, key))!.path.length - 1;
  return objectsWith(arrays, depth).map((own) => ({
    inside: own.filter((array) => isMeasured(array, key) && array.path.length === depth + 1),
    arrays: own,
  }));
}

/** What each object of a list or of lines has, at depth 1; or the document, at depth 0. */
export function objectsWith(
  arrays: readonly NamedArray[],
  depth: number,
): readonly (readonly NamedArray[])[] {
  const objects = new Map<string, NamedArray[]>();
  for (const array of arrays) {
    const place = depth === 0 ? '' : (array.path[0] ?? '');
    const same = objects.get(place);
    if (same) same.push(array);
    else objects.set(place, [array]);
  }
  return [...objects.values()];
}

/** What two objects say differently that has to be the same of one batch: the key of it. */
export function settingThatDiffers(one: Settings, other: Settings): string | undefined {
  const isOther = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);
  if (isOther(one.weight && [...one.weight], other.weight && [...other.weight])) return 'weight';
  if (one.ignoreIndex !== other.ignoreIndex) return 'ignore_index';
  if (one.labelSmoothing !== other.labelSmoothing) return 'label_smoothing';
  if (one.reduction !== other.reduction) return 'reduction';
  return isOther(one.classNames, other.classNames) ? 'class_names' : undefined;
}
