import type { Targets } from '../../loss/rows/targets.ts';
import type { Work } from '../../loss/work.ts';
import { arrayTargets, countsFrom1, firstIndexOf, type TargetContext } from '../json/fitTargets.ts';
import type { ReadWarning } from '../logitsBatch.ts';
import { Unreadable } from '../text/cursor.ts';
import { truthIndex } from '../text/truthValues.ts';
import { numbersOf } from './arrayFacts.ts';
import { hasRows } from './chooseTargets.ts';
import type { NamedArray } from './namedArray.ts';
import { assumedPadding } from './padding.ts';

/** Targets as they're used, and what was assumed of them. */
export interface FittedTargets {
  readonly targets: Targets | null;
  readonly ignoreIndex: number | null;
  readonly warnings: readonly ReadWarning[];
  readonly name: string | null;
}

/** The targets in the array that was chosen for them, or none if that turns out to be of something else. Throws Unreadable where they don't fit. */
export function* fittedTargets(chosen: NamedArray | undefined, context: TargetContext): Work<FittedTargets> {
  const { ignoreIndex } = context;
  const none = (...warnings: readonly ReadWarning[]) => ({
    targets: null,
    ignoreIndex,
    warnings,
    name: null,
  });
  if (!chosen) return none();
  if (chosen.content.kind === 'flawed' && chosen.content.problem.reason === 'array-type')
    return none({ reason: 'unread-targets', name: chosen.name, found: chosen.content.problem.found });
  const array = yield* loadedArray(chosen);
  const { name, content, isNamed, shape } = array;
  if (content.kind === 'texts' && !isNamesOfClasses(array, context))
    return none({ reason: 'no-targets-in', name, found: content.values[0] ?? '' });
  const isIndices = content.kind === 'numbers' && shape.join() !== context.shape.join();
  // As many as what was taken for classes: those are the rows then, and which axis has the classes isn't known.
  const { shape: axes, classAxis } = context;
  if (isIndices && axes.length > 2 && shape.length === 1 && shape[0] === axes[classAxis])
    throw new Unreadable({ reason: 'target-shape', offset: array.start, found: shape, shape: axes });
  // What was printed may be of something else.
  if (isIndices && !array.isLiteral && !hasRows(array, context))
    return none({ reason: 'other-rows', name, shape });
  const numbers = isIndices ? numbersOf(array) : undefined;
  const classes = context.shape[context.classAxis]!;
  const padding = numbers && (yield* assumedPadding(numbers, classes, ignoreIndex));
  const warnings: ReadWarning[] = [];
  if (padding) warnings.push({ reason: 'assumed-padding', name, ...padding });
  const countsOn = numbers !== undefined && firstIndexOf(array, numbers, context) === 1;
  if (isIndices && (countsOn || countsFrom1(context.classNames)))
    warnings.push({ reason: 'counted-from-1', name });
  const ignored = padding?.found ?? ignoreIndex;
  const targets = yield* arrayTargets(array, { ...context, ignoreIndex: ignored });
  return { targets, ignoreIndex: ignored, warnings, name: isNamed ? name : null };
}

/** With its numbers, where they're still in a file. Throws Unreadable if they can't be read. */
export function* loadedArray(array: NamedArray): Work<NamedArray> {
  const { content } = array;
  if (content.kind !== 'stored') return array;
  const read = yield* content.load((length) => new Float64Array(length));
  if (!read.ok) throw new Unreadable(read.problem);
  return { ...array, content: { kind: 'numbers', values: read.value } };
}

/** False for texts of which none is the name of a class: they name something else, each row perhaps. */
function isNamesOfClasses(
  { content, isLiteral, isColumn }: NamedArray,
  { classNames, shape, classAxis }: TargetContext,
): boolean {
  if (content.kind !== 'texts') return true;
  // A list beside the logits can be nothing else: that it doesn't fit is said.
  if (isLiteral && !isColumn) return true;
  const classes = new Set(classNames);
  const known = { classNames, classes: shape[classAxis]! };
  return content.values.some(
    (text) => classes.has(text) || /^[+-]?\d+$/.test(text) || truthIndex(text, known) !== undefined,
  );
}
