import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { window } from 'vscode';
import { withFewBuffers } from '../../src/host/panel/page/fewBuffers.ts';
import { closeAll, until } from './documents.ts';

/** A page that says of each array it's sent what is in it. */
const ECHO = `<script>
  const host = acquireVsCodeApi();
  addEventListener('message', ({ data }) => {
    if (Array.isArray(data)) host.postMessage(data.map(({ values }) => Array.from(values)));
  });
  host.postMessage('ready');
</script>`;

describe('a message with many arrays', () => {
  afterEach(closeAll);

  it('is whole when it comes to the page', async () => {
    const panel = window.createWebviewPanel('test', 'echo', { viewColumn: 1 }, { enableScripts: true });
    let answer: unknown;
    panel.webview.onDidReceiveMessage((message) => {
      answer = message;
    });
    panel.webview.html = ECHO;
    await until(() => answer === 'ready', 'the page');
    // More than VS Code counts.
    const arrays = Array.from({ length: 600 }, (_, i) => ({ values: Float64Array.of(i, i / 3) }));
    void panel.webview.postMessage(withFewBuffers(arrays));
    await until(() => answer !== 'ready', 'what came');
    assert.deepEqual(
      answer,
      arrays.map(({ values }) => [...values]),
    );
  });
});
