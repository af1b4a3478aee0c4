import { sameShape, type TargetContext } from '../json/fitTargets.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { isWholeType, numbersOf } from './arrayFacts.ts';
import { fullName, meaningOfArray } from './arrayMeaning.ts';
import { hasRows } from './chooseTargets.ts';
import type { NamedArray } from './namedArray.ts';

/** Of a source that someone has chosen for targets, the array they're in: by its name, the only one, or the one that is called so. */
export function chooseAsTargets(
  arrays: readonly NamedArray[],
  { shape, classAxis }: TargetContext,
  member: string | undefined,
): Outcome<NamedArray, ReadProblem> {
  const offset = arrays[0]?.start ?? 0;
  const members = arrays.map(({ name }) => name);
  const all = arrays.filter((array) => array.shape.length > 0 || arrays.length === 1 || shape.length === 1);
  if (member !== undefined) {
    const named = arrays.find((array) => array.name === member || fullName(array) === member);
    if (named) return success(named);
    if (all.length !== 1) return failure({ reason: 'no-member', offset, name: member, members });
  }
  const called = all.filter((array) => meaningOfArray(array).target > 0);
  const [best, ...others] = called.toSorted((a, b) => meaningOfArray(b).target - meaningOfArray(a).target);
  if (best && others.every((array) => meaningOfArray(array).target < meaningOfArray(best).target))
    return success(best);
  const [only] = all;
  if (only && all.length === 1) return isOther(only) ? none(offset, members) : success(only);
  const scores = { shape, classAxis };
  const whole = all.filter((array) => isIndices(array) && !isOther(array));
  const fitting = all.filter(
    (array) =>
      !isOther(array) && ((isIndices(array) && hasRows(array, scores)) || sameShape(array.shape, shape)),
  );
  const candidates = called.length > 0 ? called : fitting.length > 0 ? fitting : whole;
  if (candidates.length === 1) return success(candidates[0]!);
  if (candidates.length === 0) return none(offset, members);
  const offered = candidates.map(
    ({ name, shape: found }) => ({ name, shape: found, role: 'targets' }) as const,
  );
  return failure({ reason: 'several', offset, candidates: offered });
}

function none(offset: number, members: readonly string[]): Outcome<never, ReadProblem> {
  return failure({ reason: 'no-targets', offset, members });
}

/** In an object only what is called targets is, or may be indices. */
function isOther(array: NamedArray): boolean {
  if (!array.isLiteral || !array.isNamed || array.path.length > 0) return false;
  const { loss, setting, target } = meaningOfArray(array);
  if (loss || setting !== null) return true;
  return target === 0 && (array.shape.length === 0 || !isIndices(array));
}

function isIndices(array: NamedArray): boolean {
  if (array.content.kind === 'texts') return true;
  return array.type === null ? (numbersOf(array)?.every(Number.isInteger) ?? false) : isWholeType(array.type);
}
