import { CancelledError } from '../../engine/client/engineFailures.ts';
import type { Following } from '../../engine/client/workerLife.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import type { SourceProblem } from '../../problems/sources/sourceProblem.ts';
import type { BatchView, OpenRequest } from '../../protocol/engineChannel.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import { agreesToInflate } from './file/agreeToInflate.ts';
import type { FileState } from './file/fileState.ts';
import { kindOf } from './kinds/kindOf.ts';
import { fileStatesOf, inputOutcome, type ReadSource } from './readSource.ts';
import { nameOfTargets, type Source } from './source.ts';

/** A batch that is open, and the files it was read from. */
type OpenBatch = Pick<ReadSource, 'batch' | 'files'>;

/**
 * Gives a batch of `source` the targets that the source names, or else those that come with its logits: as `readSource` would, but
 * the logits aren't read again. A problem leaves the batch as it is. Rejects with a BatchGoneError if it's lost.
 */
export async function attachTargets(
  engine: Pick<EngineClient, 'attachTargets'>,
  { batch, files }: OpenBatch,
  source: Source,
  view: BatchView,
  following: Following,
): Promise<Outcome<ReadSource, SourceProblem>> {
  const { targets, ...logits } = source;
  const targetFiles = targets ? await fileStatesOf(targets) : [];
  const named = targets && (await inputOutcome(targets));
  if (named && !named.ok) return failure({ ...named.problem, of: 'targets' });
  let request: NonNullable<OpenRequest['targets']> | null = named
    ? { ...named.value, name: nameOfTargets({ ...source, targets: targets! }) }
    : null;
  for (;;) {
    const attached = await engine.attachTargets(batch, request, view, following);
    if (attached.ok) {
      // Those of the logits first: they are of when these were read, even if the targets are in the same file.
      const uri = kindOf(logits).file?.(logits)?.toString();
      const own = files.filter((file: FileState) => file.uri === uri);
      return success({ ...attached.value, files: [...own, ...targetFiles] });
    }
    if (attached.problem.reason !== 'inflates' || !request || !targets) return attached;
    if (!(await agreesToInflate(targets, attached.problem))) throw new CancelledError('Not to be read');
    request = { ...request, mayInflate: true };
  }
}
