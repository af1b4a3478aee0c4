import { createBirpc } from 'birpc';
import { type Disposable, Uri, type WebviewPanel } from 'vscode';
import type { PanelFunctions, PanelRequests } from '../../../protocol/panelChannel.ts';
import { panelHtml } from './panelHtml.ts';
import { validRequests } from './validRequests.ts';

/** Loads the page into a panel of VS Code, and answers its requests until the panel is closed. */
export function connectPage(panel: WebviewPanel, extensionUri: Uri, requests: PanelRequests): PanelFunctions {
  const { webview } = panel;
  const disposables: Disposable[] = [];
  let isClosed = false;
  panel.onDidDispose(() => {
    isClosed = true;
    for (const disposable of disposables) disposable.dispose();
  });
  const roots = ['dist', 'media'].map((folder) => Uri.joinPath(extensionUri, folder));
  webview.options = { enableScripts: true, localResourceRoots: roots };
  const page = createBirpc<PanelFunctions, PanelRequests>(validRequests(requests), {
    // An answer may be ready only after the panel was closed.
    post: (message) => (isClosed ? undefined : webview.postMessage(message)),
    on: (listener) => void disposables.push(webview.onDidReceiveMessage(listener)),
    eventNames: ['show', 'showConfig', 'problem', 'progress', 'progressOf'],
    timeout: -1,
  });
  webview.html = panelHtml(webview, extensionUri);
  return page;
}
