import type { Targets } from '../../loss/rows/targets.ts';
import type { Work } from '../../loss/work.ts';
import type { Outcome } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { chooseAsTargets } from '../roles/chooseAsTargets.ts';
import type { NamedArray } from '../roles/namedArray.ts';
import { checkReadable } from '../text/checkReadable.ts';
import { Cursor, Unreadable } from '../text/cursor.ts';
import { allocateOwn } from '../text/growable.ts';
import { arrayTargets, type TargetContext } from './fitTargets.ts';
import { jsonArrays } from './jsonArrays.ts';
import { readDocument } from './jsonValues.ts';

/** Targets that aren't beside their logits, and the key they have where they are. */
export interface FoundTargets {
  readonly targets: Targets;
  readonly key: string | null;
}

/**
 * Reads targets from JSON of their own: a list of indices, names or rows of probabilities; or the member of an object, or of
 * records, that has such a list, by its name or one of the usual ones.
 */
export function* readJsonTargets(
  bytes: Uint8Array,
  context: TargetContext,
  member?: string,
): Work<Outcome<FoundTargets, ReadProblem>> {
  const read = yield* checkReadable(function* () {
    const cursor = new Cursor(bytes, 0, bytes.length);
    if (cursor.peek() === -1) throw new Unreadable({ reason: 'empty', offset: 0 });
    const document = yield* readDocument(cursor, true);
    if (cursor.peek() !== -1) cursor.fail('comma');
    return yield* jsonArrays(document, allocateOwn);
  });
  return read.ok ? yield* targetsAmong(read.value, context, member) : read;
}

/** The targets among arrays, and what they're called; or why there are none. */
export function* targetsAmong(
  arrays: readonly NamedArray[],
  context: TargetContext,
  member: string | undefined,
): Work<Outcome<FoundTargets, ReadProblem>> {
  const chosen = chooseAsTargets(arrays, context, member);
  if (!chosen.ok) return chosen;
  const { name, isNamed } = chosen.value;
  return yield* checkReadable(function* () {
    return { targets: yield* arrayTargets(chosen.value, context), key: isNamed ? name : null };
  });
}
