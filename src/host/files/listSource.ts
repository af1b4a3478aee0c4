import type { EngineClient } from '../../engine/client.ts';
import type { Member } from '../../protocol/engine.ts';
import type { Outcome } from '../../readers/outcome.ts';
import { inputOutcome, type SourceProblem, withLateProgress } from '../inputs/readSource.ts';
import type { Source } from '../inputs/source.ts';

/** The arrays of a source, which may take a moment: it can be cancelled. */
export async function listSource(
  engine: Pick<EngineClient, 'list'>,
  source: Source,
): Promise<Outcome<readonly Member[], SourceProblem>> {
  const request = await inputOutcome(source);
  if (!request.ok) return request;
  return withLateProgress(source, (following) => engine.list(request.value, following));
}
