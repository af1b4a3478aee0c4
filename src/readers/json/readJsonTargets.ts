import type { Targets } from '../../loss/rows/targets.ts';
import type { Work } from '../../loss/work.ts';
import { failure, type Outcome, success } from '../outcome.ts';
import type { ReadProblem } from '../readProblem.ts';
import { Cursor, Unreadable } from '../text/cursor.ts';
import { type TargetContext, targetsOfNode } from './fitTargets.ts';
import type { Node } from './jsonNodes.ts';
import { readRecordTargets } from './jsonRecords.ts';
import { readDocument } from './jsonValues.ts';
import { memberFor } from './memberRoles.ts';

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
    const { node, key } = yield* targetsInDocument(document, member);
    return success({ targets: yield* targetsOfNode(node, context), key });
  } catch (error) {
    if (error instanceof Unreadable) return failure(error.problem);
    throw error;
  }
}

function* targetsInDocument(
  document: Node,
  member: string | undefined,
): Work<{ readonly node: Node; readonly key: string | null }> {
  if (document.type === 'object') {
    const named = member === undefined ? undefined : document.members.get(member);
    if (named) return { node: named, key: member! };
    const usual = memberFor(document, 'targets');
    if (usual) return usual;
    const members = [...document.members.keys()];
    throw new Unreadable({ reason: 'no-targets', offset: document.start, members });
  }
  if (document.type === 'list' && document.first?.type === 'object') {
    const records = yield* readRecordTargets(document);
    if (records.targets) return { node: records.targets, key: records.key };
    const members = [...document.first.members.keys()];
    throw new Unreadable({ reason: 'no-targets', offset: document.start, members });
  }
  return { node: document, key: null };
}
