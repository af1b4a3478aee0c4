import type { EngineClient } from '../../engine/client.ts';
import type { Member, SourceRequest } from '../../protocol/engine.ts';
import { failure, type Outcome } from '../../readers/outcome.ts';
import { type SourceProblem, withLateProgress } from '../inputs/readSource.ts';
import { inputOf, type Source } from '../inputs/source.ts';

/** The arrays of a source, which may take a moment: it can be cancelled. */
export async function listSource(
  engine: Pick<EngineClient, 'list'>,
  source: Source,
): Promise<Outcome<readonly Member[], SourceProblem>> {
  let request: SourceRequest;
  try {
    request = await inputOf(source);
  } catch (error) {
    return failure({ reason: 'unreadable', message: error instanceof Error ? error.message : String(error) });
  }
  return withLateProgress(source, (following) => engine.list(request, following));
}
