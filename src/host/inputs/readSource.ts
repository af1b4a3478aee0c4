import { l10n, ProgressLocation, window } from 'vscode';
import type { EngineClient, Following } from '../../engine/client.ts';
import type { Opened, OpenRequest, PlacedProblem, View } from '../../protocol/engine.ts';
import { failure, type Outcome } from '../../readers/outcome.ts';
import { SourceGoneError } from './gone.ts';
import { inputOf, nameOf, nameOfTargets, type Source } from './source.ts';

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
  let request: OpenRequest;
  try {
    const { targets } = source;
    request = {
      ...(await inputOf(source)),
      ...(targets && {
        targets: { ...(await inputOf(targets)), name: nameOfTargets({ ...source, targets }) },
      }),
      view,
    };
  } catch (error) {
    if (error instanceof SourceGoneError) return failure({ reason: 'gone', message: error.message });
    return failure({ reason: 'unreadable', message: error instanceof Error ? error.message : String(error) });
  }
  return engine.open(request, following);
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
