import type { SourceProblem } from '../../../problems/sources/sourceProblem.ts';
import type { Opened } from '../../../protocol/engineChannel.ts';
import type { Outcome } from '../../../readers/outcome.ts';
import { type Source, withMember } from '../../sources/source.ts';

/**
 * What was opened goes on being meant while it's edited: where it's the only candidate, and nothing but its numbers has become less sure,
 * it's that one. Undefined if the source can be read as it is, or something else may be meant.
 */
export function stillMeant(
  source: Source,
  shown: Pick<Opened, 'summary'> | undefined,
  read: Outcome<unknown, SourceProblem>,
): Source | undefined {
  if (!shown || read.ok || read.problem.reason !== 'several' || read.problem.of === 'targets')
    return undefined;
  const [only, ...others] = read.problem.candidates;
  if (!only || others.length > 0 || only.role === 'targets' || only.role === 'predictions') return undefined;
  const { keys, shape } = shown.summary;
  const isSameName = keys.logits === null ? MADE_UP.test(only.name) : keys.logits === only.name;
  return isSameName && shape.length === only.shape.length ? withMember(source, only.name) : undefined;
}

/** What nothing names is called so; a name may have appeared since. */
const MADE_UP = /^(?:tensor|array|list|frame|series)(?: 1)?$|^table$|^logits$/;
