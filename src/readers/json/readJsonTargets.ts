import type { Targets } from '../../loss/rows/targets.ts';
import type { Work } from '../../loss/work.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { chooseAsTargets } from '../roles/chooseAsTargets.ts';
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
  const cursor = new Cursor(bytes, 0, bytes.length);
  try {
    if (cursor.peek() === -1) return failure({ reason: 'empty', offset: 0 });
    const document = yield* readDocument(cursor, true);
    if (cursor.peek() !== -1) cursor.fail('comma');
    const arrays = yield* jsonArrays(document, allocateOwn);
    const chosen = chooseAsTargets(arrays, context, member);
    if (!chosen.ok) return chosen;
    const { name, isNamed } = chosen.value;
    return success({ targets: yield* arrayTargets(chosen.value, context), key: isNamed ? name : null });
  } catch (error) {
    if (error instanceof Unreadable) return failure(error.problem);
    throw error;
  }
}
