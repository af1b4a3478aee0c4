import { Disposable, RelativePattern, Uri, type WebviewPanel, workspace } from 'vscode';
import { CancelledError, EngineStoppedError } from '../../engine/client/engineFailures.ts';
import type { EngineClient } from '../../engine/engineClient.ts';
import { describeProblem } from '../../problems/sources/problemMessages.ts';
import { describeStop } from '../messages/stopMessages.ts';
import { documentSource } from '../sources/kinds/documentSource.ts';
import { inputOutcome } from '../sources/readSource.ts';
import type { Source } from '../sources/source.ts';
import { overviewHtml } from './overviewHtml.ts';

/** What an editor of a file of arrays needs of the rest. */
export interface OverviewServices {
  readonly engine: Pick<EngineClient, 'overview'>;
  /** Opens a file in the panel, or one of its arrays. */
  open(source: Source): Promise<void>;
}

/** Shows what is in a file of arrays, read-only, and again when the file changes. */
export async function showOverview(services: OverviewServices, uri: Uri, panel: WebviewPanel): Promise<void> {
  const { webview } = panel;
  webview.options = { enableScripts: true, localResourceRoots: [] };
  const abort = new AbortController();
  let asked = 0;
  const show = async () => {
    const own = ++asked;
    const html = await htmlOf(services, uri, abort.signal);
    if (html !== undefined && own === asked && !abort.signal.aborted) webview.html = html;
  };
  const watcher = workspace.createFileSystemWatcher(
    new RelativePattern(Uri.joinPath(uri, '..'), escapedName(uri.path.slice(uri.path.lastIndexOf('/') + 1))),
  );
  const following = Disposable.from(
    watcher,
    watcher.onDidChange(show),
    watcher.onDidCreate(show),
    webview.onDidReceiveMessage((message: unknown) => open(services, uri, message)),
  );
  panel.onDidDispose(() => {
    abort.abort();
    following.dispose();
  });
  await show();
}

/** A name as a pattern that nothing else fits. */
function escapedName(name: string): string {
  return name.replace(/[[\]{}*?]/g, '[$&]');
}

/** Undefined if nobody waits for it. */
async function htmlOf(
  { engine }: OverviewServices,
  uri: Uri,
  signal: AbortSignal,
): Promise<string | undefined> {
  const request = await inputOutcome(documentSource(uri));
  if (!request.ok) return overviewHtml(uri, { problem: describeProblem(request.problem) });
  try {
    const read = await engine.overview(request.value, { signal });
    return overviewHtml(uri, read.ok ? { overview: read.value } : { problem: describeProblem(read.problem) });
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    if (error instanceof EngineStoppedError) return overviewHtml(uri, { problem: describeStop(error) });
    throw error;
  }
}

/** Anything may come from a page. */
async function open(services: OverviewServices, uri: Uri, message: unknown): Promise<void> {
  const isAsked = typeof message === 'object' && message !== null && 'open' in message;
  if (!isAsked) return;
  const { open: member } = message;
  const source = documentSource(uri);
  await services.open(typeof member === 'string' ? { ...source, member } : source);
}
