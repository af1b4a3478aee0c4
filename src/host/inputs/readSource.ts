import { l10n, ProgressLocation, window } from 'vscode';
import type { EngineClient, Following } from '../../engine/client.ts';
import type { Opened, OpenRequest, PlacedProblem, View } from '../../protocol/engine.ts';
import { failure, type Outcome } from '../../readers/outcome.ts';
import { cellAt, cellName } from '../notebook/cells.ts';
import { SourceGoneError } from './gone.ts';
import { inputOf, nameOf, type Source, type SourcePart } from './source.ts';

/** Below this a wait isn't felt, and a progress notification would only flash. */
const SHOW_PROGRESS_AFTER_MS = 300;

export type SourceProblem =
  | PlacedProblem
  | { readonly reason: 'unreadable'; readonly message: string }
  /** `message` is a sentence for the user. */
  | { readonly reason: 'gone'; readonly message: string };

/** Reads and measures a source in the engine. */
export async function readSource(
  engine: EngineClient,
  source: Source,
  view: View,
  following: Following,
): Promise<Outcome<Opened, SourceProblem>> {
  let request: Omit<OpenRequest, 'view'>;
  try {
    request = await inputOf(source);
    if (source.targets) {
      const targets = { ...(await inputOf(source.targets)), name: arrayName(source.targets) };
      request = { ...request, targets };
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return failure({ reason: error instanceof SourceGoneError ? 'gone' : 'unreadable', message });
  }
  return engine.open({ ...request, view }, following);
}

/** "labels, cell 4", or the name of the file. */
function arrayName(part: SourcePart): string {
  const cell = part.kind === 'cell' ? cellAt(part) : undefined;
  const where = cell ? cellName(cell) : nameOf(part);
  return part.member === undefined ? where : l10n.t('{0}, {1}', part.member, where);
}

/** `work` with a notification that can cancel it, if it takes longer than a moment. */
export async function withLateProgress<T>(
  source: Source,
  work: (following: Following) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  let report = (_fraction: number) => {};
  const result = work({ signal: abort.signal, onProgress: (fraction) => report(fraction) });
  const timer = setTimeout(() => {
    const title = l10n.t('Reading logits from {0}', nameOf(source));
    const location = ProgressLocation.Notification;
    window.withProgress({ location, title, cancellable: true }, (progress, token) => {
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
