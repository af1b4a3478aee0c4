import assert from 'node:assert/strict';
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

  it('registers “Smooth labels”', async () => {
    assert.ok((await commands.getCommands(true)).includes('smoothLabels.open'));
  });
});
