import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { commands, extensions } from 'vscode';

const ID = 'smooth-labels.smooth-labels';

describe('activation', () => {
  it('waits until the extension is asked for', () => {
    assert.equal(extensions.getExtension(ID)?.isActive, false);
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
