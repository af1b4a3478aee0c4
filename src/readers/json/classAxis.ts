import type { LogitsBatch } from '../logitsBatch.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { Unreadable } from '../text/cursor.ts';
import { indexShape, sameShape } from './fitTargets.ts';

/** Which axis the classes are on, and what says so. */
export function chooseClassAxis(
  shape: readonly number[],
  chosen: number | undefined,
  counted: number | undefined,
  targets: NamedArray | undefined,
  offset: number,
): Pick<LogitsBatch, 'classAxis' | 'classAxisFrom'> {
  if (shape.length === 0) throw new Unreadable({ reason: 'no-classes', offset });
  if (chosen !== undefined && chosen < shape.length) return { classAxis: chosen, classAxisFrom: 'shape' };
  if (shape.length <= 2) return { classAxis: shape.length - 1, classAxisFrom: 'shape' };
  const byCount = axesWhere(shape, (axis) => shape[axis] === counted);
  if (byCount.length === 1) return { classAxis: byCount[0]!, classAxisFrom: 'class-count' };
  const byTargets =
    targets && targets.content.kind !== 'texts'
      ? axesWhere(shape, (axis) => sameShape(targets.shape, indexShape(shape, axis)))
      : [];
  if (byTargets.length === 1) return { classAxis: byTargets[0]!, classAxisFrom: 'targets' };
  return { classAxis: 1, classAxisFrom: 'convention' };
}

function axesWhere(shape: readonly number[], fits: (axis: number) => boolean): number[] {
  return shape.map((_, axis) => axis).filter(fits);
}
