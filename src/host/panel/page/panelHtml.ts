import { env, l10n, Uri, type Webview } from 'vscode';
import { markupText } from '../../../escape/markup.ts';
import { withoutBreaks } from './lineBreaks.ts';

/** The bundles of pages: `panel` has logits and losses, `labPage` the lab. */
export type PageName = 'panel' | 'labPage';

/** A page of the extension. Scripts and styles come from the extension's own files only. */
export function panelHtml(webview: Webview, extensionUri: Uri, name: PageName): string {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const file = (...path: string[]) => webview.asWebviewUri(Uri.joinPath(extensionUri, ...path)).toString();
  // Images are the charts' own, on their way to PNG.
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}' ${webview.cspSource}; img-src data:`;
  // "<" could end the element.
  const bundle = JSON.stringify(withoutBreaks(l10n.bundle ?? {})).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="${markupText(env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('dist', `${name}.css`)}">
<title>Smooth Labels</title>
</head>
<body>
<div id="root"></div>
<script type="application/json" id="l10n">${bundle}</script>
<script type="module" nonce="${nonce}" src="${file('dist', `${name}.js`)}"></script>
</body>
</html>`;
}
