import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, before, describe, it } from 'mocha';
import { commands, extensions, Position, Selection, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { closeAll, panelTitle, until } from './documents.ts';

const COPIED = {
  'tables/plain.csv': 'plain.csv',
  'stored.npz': 'several.npz',
  'npy/f4-big.npy': 'single.npy',
  'soft.npy': 'soft.npy',
  'y.npy': 'labels.npy',
};

describe('“Smooth labels” of a file', () => {
  let folder: string;
  const file = (name: string) => Uri.file(join(folder, name));

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'files-'));
    const root = extensions.getExtension('smooth-labels.smooth-labels')!.extensionPath;
    for (const [from, to] of Object.entries(COPIED))
      cpSync(join(root, 'test', 'reference', 'files', from), join(folder, to));
  });
  afterEach(async () => {
    await closeAll();
    await new Promise((resolve) => setTimeout(resolve, 500));
  });

  const shown = (name: string) =>
    until(() => panelTitle() === `Smooth labels: ${name}`, `a panel for ${name}`);
  /** Accepts what a quick pick suggests, again and again, until the panel is there. */
  const accepting = (name: string) =>
    until(async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return panelTitle() === `Smooth labels: ${name}`;
    }, `a panel for ${name}`);

  it('with one array and nothing beside it that fits asks nothing', async () => {
    await commands.executeCommand('smoothLabels.openFile', file('single.npy'));
    await shown('single.npy');
  });

  it('with several arrays suggests the largest matrix, and targets that fit', async () => {
    const done = commands.executeCommand('smoothLabels.openFile', file('several.npz'));
    await accepting('logits · several.npz');
    await done;
  });

  it('with targets in a file beside it suggests those', async () => {
    const done = commands.executeCommand('smoothLabels.openFile', file('soft.npy'));
    await accepting('soft.npy');
    await done;
  });

  it('is given up with the question', async () => {
    const done = commands.executeCommand('smoothLabels.openFile', file('several.npz'));
    let isDone = false;
    done.then(() => {
      isDone = true;
    });
    await until(async () => {
      await commands.executeCommand('workbench.action.closeQuickOpen');
      return isDone;
    }, 'the end of the command');
    if (panelTitle() !== undefined) throw new Error('There is a panel');
  });

  it('that is a table takes it as it’s being edited, or the rows that are selected', async () => {
    const document = await workspace.openTextDocument(file('plain.csv'));
    const editor = await window.showTextDocument(document, 1);
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(1, 0), 'x');
    await workspace.applyEdit(edit);
    editor.selection = new Selection(new Position(2, 0), new Position(5, 0));
    await commands.executeCommand('smoothLabels.open');
    await shown('plain.csv');
  });
});
