import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import {
  commands,
  Position,
  Range,
  Selection,
  TabInputWebview,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { panelTitle, until } from './documents.ts';

const RUN = 'smoothLabels.open';

describe('“Smooth labels”', () => {
  afterEach(async () => {
    // Untitled documents are dirty: closing them plainly would ask.
    while (window.tabGroups.all.some((group) => group.tabs.length > 0)) {
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    // Extensions hear that a panel was closed a moment after its tab is gone.
    await new Promise((resolve) => setTimeout(resolve, 500));
  });

  it('opens one panel, named after the document it is about', async () => {
    for (const content of ['[[1, 2]]', '[[1, 2], [3, 4]]']) {
      const document = await workspace.openTextDocument({ language: 'json', content });
      await window.showTextDocument(document, 1);
      await commands.executeCommand(RUN);
      const name = document.uri.path.split('/').at(-1);
      await until(() => panelTitle() === `Smooth Labels: ${name}`, `a panel for ${name}`);
    }
    const panels = window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof TabInputWebview);
    assert.equal(panels.length, 1);
  });

  it('takes a file from the explorer, whatever editor is open', async () => {
    const file = Uri.joinPath(workspace.workspaceFolders![0]!.uri, 'running-example.logits.json');
    await commands.executeCommand('smoothLabels.openFile', file);
    await until(
      () => panelTitle() === `Smooth Labels: ${file.path.split('/').at(-1)}`,
      'a panel for the file',
    );
  });

  it('reads a selection in any language', async () => {
    const document = await workspace.openTextDocument({
      language: 'python',
      content: 'x = [[1, 2], [3, 4]]',
    });
    const editor = await window.showTextDocument(document, 1);
    editor.selection = new Selection(new Position(0, 4), new Position(0, 20));
    await commands.executeCommand(RUN);
    await until(() => panelTitle() !== undefined, 'a panel');
  });

  it('survives edits, and the end of the document', async () => {
    const document = await workspace.openTextDocument({ language: 'json', content: '[[1, 2]]' });
    await window.showTextDocument(document, 1);
    await commands.executeCommand(RUN);
    await until(() => panelTitle() !== undefined, 'a panel');
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, new Range(0, 0, 0, 8), '[[1, 2');
    await workspace.applyEdit(edit);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await window.showTextDocument(document, 1);
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    assert.ok(document.isClosed);
    assert.notEqual(panelTitle(), undefined);
  });

  it('takes nothing but a file or a cell', async () => {
    for (const of of ['/tmp/x.npy', 7, null, {}, [Uri.file('/x.npy')], { scheme: 'file', path: '/x.npy' }])
      await commands.executeCommand('smoothLabels.openFile', of);
    assert.equal(panelTitle(), undefined);
    await commands.executeCommand('notifications.clearAll');
  });

  it('opens no panel for a file that can’t be read', async () => {
    await commands.executeCommand('smoothLabels.openFile', Uri.file('/nowhere/x.json'));
    assert.equal(panelTitle(), undefined);
    await commands.executeCommand('notifications.clearAll');
  });
});
