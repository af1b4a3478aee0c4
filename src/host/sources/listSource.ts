import type { EngineClient } from '../../engine/engineClient.ts';
import type { SourceProblem } from '../../problems/sources/sourceProblem.ts';
import type { SourceMember } from '../../protocol/engineChannel.ts';
import type { Outcome } from '../../readers/outcome.ts';
import { inputOutcome, withLateProgress } from './readSource.ts';
import type { Source } from './source.ts';

/** The arrays of a source, which may take a moment: it can be cancelled. */
export async function listSource(
  engine: Pick<EngineClient, 'list'>,
  source: Source,
): Promise<Outcome<readonly SourceMember[], SourceProblem>> {
  const request = await inputOutcome(source);
  if (!request.ok) return request;
  return withLateProgress(source, (following) => engine.list(request.value, following));
}
