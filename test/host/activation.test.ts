import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Module } from 'node:module';
import { basename, join } from 'node:path';
import { describe, it } from 'mocha';
import { commands, extensions } from 'vscode';

const ID = 'smooth-labels.smooth-labels';

describe('activation', () => {
  it('waits until the extension is asked for, or a document may configure a loss', () => {
    const events: string[] = extensions.getExtension(ID)?.packageJSON.activationEvents;
    // VS Code opens JSON of its own, so that nobody can tell from here whether it's active by now.
    for (const event of events) assert.match(event, /^onWebviewPanel:|^onLanguage:./);
  });

  it('is quick', async () => {
    const extension = extensions.getExtension(ID);
    const start = performance.now();
    await extension?.activate();
    // With what VS Code does about it, on a busy machine.
    assert.ok(performance.now() - start < 250);
    assert.equal(extension?.isActive, true);
  });

  it('takes less than 5 ms of our own code', async () => {
    const extension = extensions.getExtension(ID)!;
    await extension.activate();
    const path = join(extension.extensionPath, 'dist', 'extension.js');
    const source = readFileSync(path, 'utf8');
    // What loading it takes, again and again: on a busy machine one time says little.
    const loading = Math.min(...Array.from({ length: 7 }, () => millisecondsOf(() => loaded(path, source))));
    const [activation] = performance.getEntriesByName('smoothLabels.activate', 'measure');
    const own = loading + activation!.duration;
    console.log(`Loading takes ${loading.toFixed(2)} ms, activate() ${activation!.duration.toFixed(2)} ms`);
    assert.ok(own < 5, `${own} ms`);
  });

  it('loads nothing but the extension itself', async () => {
    const { extensionPath } = extensions.getExtension(ID)!;
    const own = Object.keys((Module as unknown as { _cache: object })._cache).filter((path) =>
      path.startsWith(join(extensionPath, 'dist')),
    );
    const names = own.map((path) => basename(path)).filter((name) => name !== 'hostTests.js');
    console.log(`Loaded: ${names.join(', ')}`);
    for (const late of ['engine.js', 'tfjs.js']) assert.ok(!names.includes(late), late);
    assert.ok(names.includes('extension.js'));
  });

  it('registers “Smooth labels”', async () => {
    assert.ok((await commands.getCommands(true)).includes('smoothLabels.open'));
  });
});

function millisecondsOf(action: () => void): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/** Compiles and runs a file as `require` does, though it has been loaded before. */
function loaded(path: string, source: string): void {
  const module = new Module(path) as Module & { _compile(source: string, path: string): void };
  module.filename = path;
  module._compile(source, path);
}
