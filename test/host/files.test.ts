import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, before, describe, it } from 'mocha';
import { commands, extensions, Position, Selection, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { measuredRows } from '../fixtures/rowStatistics.ts';
import { closeAll, panelTitle, until } from './documents.ts';

const COPIED = {
  'tables/plain.csv': 'plain.csv',
  'stored.npz': 'several.npz',
  'npy/f4-big.npy': 'single.npy',
  'soft.npy': 'soft.npy',
  'y.npy': 'labels.npy',
};

const PICKLES = ['dict.pt', 'tensor-legacy.pth', 'list-of-batches.pt', 'array.joblib'];
/** A list of 25 class indices, as `pickle.dump` writes it. */
const LABELS = Uint8Array.of(
  0x80,
  2,
  0x5d,
  0x28,
  ...Array.from({ length: 25 }, () => [0x4b, 1]).flat(),
  0x65,
  0x2e,
);

describe('“Smooth labels” of a file', () => {
  let folder: string;
  const file = (name: string) => Uri.file(join(folder, name));

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'files-'));
    const root = extensions.getExtension('smooth-labels.smooth-labels')!.extensionPath;
    for (const [from, to] of Object.entries(COPIED))
      cpSync(join(root, 'test', 'reference', 'files', from), join(folder, to));
    for (const name of PICKLES) cpSync(join(root, 'test', 'reference', 'pickles', name), join(folder, name));
    writeFileSync(join(folder, 'labels.pt'), LABELS);
  });
  afterEach(async () => {
    await closeAll();
    await new Promise((resolve) => setTimeout(resolve, 500));
  });

  const shown = (name: string) =>
    until(() => panelTitle() === `Smooth Labels: ${name}`, `a panel for ${name}`);
  /** Accepts what a quick pick suggests, again and again, until the panel is there. */
  const accepting = (name: string) =>
    until(async () => {
      await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return panelTitle() === `Smooth Labels: ${name}`;
    }, `a panel for ${name}`);

  it('with one array and nothing beside it that fits asks nothing', async () => {
    await commands.executeCommand('smoothLabels.openFile', file('single.npy'));
    await shown('single.npy');
  });

  it('with several arrays whose names say what they are asks nothing', async () => {
    await commands.executeCommand('smoothLabels.openFile', file('several.npz'));
    await shown('several.npz');
  });

  it('with targets in a file beside it suggests those', async () => {
    const done = commands.executeCommand('smoothLabels.openFile', file('soft.npy'));
    await accepting('soft.npy');
    await done;
  });

  it('that torch.save or joblib.dump wrote, with its targets in it, asks nothing', async () => {
    for (const name of ['dict.pt', 'array.joblib']) {
      await commands.executeCommand('smoothLabels.openFile', file(name));
      await shown(name);
      await closeAll();
    }
  });

  it('that torch.save wrote suggests targets in labels.pt beside it', async () => {
    for (const name of ['tensor-legacy.pth', 'list-of-batches.pt']) {
      const done = commands.executeCommand('smoothLabels.openFile', file(name));
      await accepting(name);
      await done;
      await closeAll();
    }
  });

  it('with row statistics opens with others like it as one, but not with logits', async () => {
    const [one, other, logits] = ['rows-0.json', 'rows-1.json', 'logits.json'].map(file) as [Uri, Uri, Uri];
    writeFileSync(one.fsPath, JSON.stringify(measuredRows(2)));
    writeFileSync(other.fsPath, JSON.stringify(measuredRows(5)));
    writeFileSync(logits.fsPath, '{"logits": [[1, 2, 3]]}');
    await commands.executeCommand('smoothLabels.openFile', logits, [logits, one]);
    if (panelTitle() !== undefined) throw new Error('There is a panel');
    await commands.executeCommand('smoothLabels.openFile', one, [one, other]);
    await shown('rows-0.json and 1 more');
  });

  it('is given up with the question', async () => {
    const done = commands.executeCommand('smoothLabels.openFile', file('soft.npy'));
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
