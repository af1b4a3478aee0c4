import { l10n, ProgressLocation, window } from 'vscode';
import { CancelledError } from '../../engine/client/engineFailures.ts';
import type { Following } from '../../engine/client/workerLife.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import { RowsFileError } from '../../engine/measure/rowsFile.ts';
import { labelText } from '../../escape/label.ts';
import type { SourceProblem } from '../../problems/sources/sourceProblem.ts';
import type { BatchView, Opened, OpenRequest, SourceRequest } from '../../protocol/engineChannel.ts';
import { failure, type Outcome, success } from '../../readers/outcome.ts';
import { agreesToInflate } from './file/agreeToInflate.ts';
import { type FileState, fileStateOf } from './file/fileState.ts';
import { kindOf, type TargetsSource } from './kinds/kindOf.ts';
import { nameOfTargets, type Source, sourceName } from './source.ts';
import { SourceGoneError, SourceRefusedError } from './sourceErrors.ts';

/** Below this a wait isn't felt, and a progress notification would only flash. */
const SHOW_PROGRESS_AFTER_MS = 300;

/** What was read, and the files it's from, as they were before. */
export interface ReadSource extends Opened {
  readonly files: readonly FileState[];
}

/**
 * Reads and measures a source in the engine. Asks first, as often as need be, before a file fills the memory; a “no” rejects with a
 * CancelledError.
 */
export async function readSource(
  engine: EngineClient,
  source: Source,
  view: BatchView,
  following: Following,
): Promise<Outcome<ReadSource, SourceProblem>> {
  const { targets } = source;
  const files = await fileStatesOf(source);
  const logits = await inputOutcome(source);
  if (!logits.ok) return logits;
  const named = targets && (await inputOutcome(targets));
  if (named && !named.ok) return failure({ ...named.problem, of: 'targets' });
  let request: OpenRequest = {
    ...logits.value,
    ...(named && { targets: { ...named.value, name: nameOfTargets({ ...source, targets: targets! }) } }),
    view,
  };
  for (;;) {
    const opened = await engine.open(request, following);
    if (opened.ok) return success({ ...opened.value, files });
    if (opened.problem.reason !== 'inflates') return opened;
    const asksForTargets = opened.problem.of === 'targets' && request.targets !== undefined;
    if (!(await agreesToInflate(asksForTargets ? targets! : source, opened.problem)))
      throw new CancelledError('Not to be read');
    request = asksForTargets
      ? { ...request, targets: { ...request.targets!, mayInflate: true } }
      : { ...request, mayInflate: true };
  }
}

/** What the engine is asked to read, or why it can't be had. */
export async function inputOutcome(source: TargetsSource): Promise<Outcome<SourceRequest, SourceProblem>> {
  try {
    return success(await kindOf(source).request(source));
  } catch (error) {
    if (error instanceof SourceGoneError) return failure({ reason: 'gone', message: error.message });
    if (error instanceof SourceRefusedError) return failure(error.problem);
    if (error instanceof RowsFileError) return failure(error.problem);
    const message = error instanceof Error ? error.message : String(error);
    return failure({ reason: 'unreadable', message });
  }
}

/** The files that a source and its targets are in, as far as they are in files, as they are now. */
export async function fileStatesOf({ targets, ...logits }: Source): Promise<readonly FileState[]> {
  const parts: readonly TargetsSource[] = targets ? [logits, targets] : [logits];
  const states = await Promise.all(parts.map(stateOfPart));
  return states.filter((state) => state !== undefined);
}

/** Undefined if it's in no file. Why a file can't be read, reading it says. */
async function stateOfPart(part: TargetsSource): Promise<FileState | undefined> {
  const file = kindOf(part).file?.(part);
  try {
    return file && (await fileStateOf(file));
  } catch {
    return undefined;
  }
}

/** `work` with a notification that can cancel it, if it takes longer than a moment. */
export async function withLateProgress<T>(
  source: Source,
  work: (following: Following) => Promise<T>,
  title = l10n.t('Reading logits from {0}', sourceName(source)),
): Promise<T> {
  const abort = new AbortController();
  let report = (_fraction: number) => {};
  const result = work({ signal: abort.signal, onProgress: (fraction) => report(fraction) });
  const timer = setTimeout(() => {
    const location = ProgressLocation.Notification;
    window.withProgress({ location, title: labelText(title), cancellable: true }, (progress, token) => {
      token.onCancellationRequested(() => abort.abort());
      let done = 0;
      report = (fraction) => {
        progress.report({ increment: (fraction - done) * 100 });
        done = fraction;
      };
      return result.then(
        () => {},
        () => {},
      );
    });
  }, SHOW_PROGRESS_AFTER_MS);
  return result.finally(() => clearTimeout(timer));
}
