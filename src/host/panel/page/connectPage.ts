import { type BirpcReturn, createBirpc } from 'birpc';
import { type Disposable, Uri, type WebviewPanel } from 'vscode';
import { withFewBuffers } from './fewBuffers.ts';
import { type PageName, panelHtml } from './panelHtml.ts';
import { type SchemasOf, validRequests } from './validRequests.ts';

/** A page, and what it and the extension host may ask of each other. */
interface Connection<Functions extends object, Requests extends object> {
  readonly name: PageName;
  readonly requests: Requests;
  readonly schemas: SchemasOf<Requests>;
  /** Functions of the page that answer nothing. */
  readonly eventNames: (keyof Functions)[];
}

/** Loads a page into a panel of VS Code, and answers its requests until the panel is closed. */
export function connectPage<Functions extends object, Requests extends object>(
  panel: WebviewPanel,
  extensionUri: Uri,
  { name, requests, schemas, eventNames }: Connection<Functions, Requests>,
): BirpcReturn<Functions, Requests> {
  const { webview } = panel;
  const disposables: Disposable[] = [];
  let isClosed = false;
  panel.onDidDispose(() => {
    isClosed = true;
    for (const disposable of disposables) disposable.dispose();
  });
  const roots = ['dist', 'media'].map((folder) => Uri.joinPath(extensionUri, folder));
  webview.options = { enableScripts: true, localResourceRoots: roots };
  const page = createBirpc<Functions, Requests>(validRequests(requests, schemas), {
    // An answer may be ready only after the panel was closed.
    post: (message) => (isClosed ? undefined : webview.postMessage(withFewBuffers(message))),
    on: (listener) => void disposables.push(webview.onDidReceiveMessage(listener)),
    eventNames,
    timeout: -1,
  });
  webview.html = panelHtml(webview, extensionUri, name);
  return page;
}
