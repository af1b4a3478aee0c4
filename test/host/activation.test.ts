import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Module } from 'node:module';
import { basename, join } from 'node:path';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { commands, Disposable, type Extension, extensions } from 'vscode';

const ID = 'smooth-labels.smooth-labels';

describe('activation', () => {
  it('waits until the extension is asked for, or a document may configure a loss', () => {
    const events: string[] = extensions.getExtension(ID)?.packageJSON.activationEvents;
    // VS Code opens JSON of its own, so that nobody can tell from here whether it's active by now.
    for (const event of events) assert.match(event, /^onWebviewPanel:|^onNotebook:.|^onLanguage:./);
  });

  it('happens when it is asked for', async () => {
    const extension = extensions.getExtension(ID);
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });

  it('takes less than 5 ms of our own code', async () => {
    const extension = extensions.getExtension(ID)!;
    const path = join(extension.extensionPath, 'dist', 'extension.js');
    const source = readFileSync(path, 'utf8');
    // Loaded and activated again and again: on a busy machine one time says little.
    const times = Array.from({ length: 9 }, () => activationMilliseconds(path, source, extension));
    console.log(`Loading and activating take ${Math.min(...times).toFixed(2)} ms`);
    assert.ok(Math.min(...times) < 5, `${times} ms`);
  });

  it('loads nothing but the extension itself', async () => {
    const { extensionPath } = extensions.getExtension(ID)!;
    const own = Object.keys((Module as unknown as { _cache: object })._cache).filter((path) =>
      path.startsWith(join(extensionPath, 'dist')),
    );
    const names = own.map((path) => basename(path)).filter((name) => name !== 'hostTests.js');
    console.log(`Loaded: ${names.join(', ')}`);
    for (const late of ['features.js', 'engine.js']) assert.ok(!names.includes(late), late);
    assert.ok(names.includes('extension.js'));
  });

  it('registers “Smooth labels”', async () => {
    assert.ok((await commands.getCommands(true)).includes('smoothLabels.open'));
  });
});

/** Loads the bundle as `require` does, and activates it in a context of its own. */
function activationMilliseconds(path: string, source: string, extension: Extension<unknown>): number {
  const { extensionUri } = extension;
  const module = new Module(path) as Module & { _compile(source: string, path: string): void };
  const { require } = module;
  module.filename = path;
  module.require = ((id: string) => (id === 'vscode' ? unregistered() : require.call(module, id))) as never;
  const kept = { get: () => undefined, update: async () => {}, keys: () => [] };
  const subscriptions: Disposable[] = [];
  const context = { subscriptions, extension, extensionUri, workspaceState: kept, globalState: kept };
  const start = performance.now();
  module._compile(source, path);
  module.exports.activate(context);
  const milliseconds = performance.now() - start;
  for (const each of subscriptions) each.dispose();
  return milliseconds;
}

/** The real API, but for what can be registered only once, and is already. */
function unregistered(): unknown {
  const nothing = () => new Disposable(() => {});
  const without = (target: object, ...names: string[]) =>
    new Proxy(target, {
      get: (from, key) => (names.includes(String(key)) ? nothing : Reflect.get(from, key)),
    });
  const replaced: Readonly<Record<string, unknown>> = {
    commands: without(vscode.commands, 'registerCommand'),
    window: without(vscode.window, 'registerWebviewPanelSerializer', 'registerCustomEditorProvider'),
    lm: without(vscode.lm, 'registerTool'),
    notebooks: without(vscode.notebooks, 'registerNotebookCellStatusBarItemProvider'),
  };
  return new Proxy({}, { get: (_, key) => replaced[String(key)] ?? Reflect.get(vscode, key) });
}
