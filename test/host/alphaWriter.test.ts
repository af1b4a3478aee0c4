import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import {
  commands,
  Disposable,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  Position,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { SourceAlphaWriter } from '../../src/host/editor/apply/sourceAlphaWriter.ts';
import { nameOfDocument } from '../../src/host/editor/documents/cellDocuments.ts';
import { Modules } from '../../src/host/editor/documents/importedModules.ts';
import { LossDocuments } from '../../src/host/editor/documents/lossDocuments.ts';
import { Versions } from '../../src/host/editor/documents/pinnedVersions.ts';
import type { ShownAlpha } from '../../src/protocol/alphaChannel.ts';
import { closeAll, open } from './documents.ts';

const HEAD = 'from torch import nn\n';
const SHOWN: ShownAlpha = { convention: 'UNIFORM_K', labelSmoothing: 0.15, classes: 5 };

describe('writing α', () => {
  let modules: Modules;
  let versions: Versions;
  let documents: LossDocuments;
  let writer: SourceAlphaWriter;
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(workspace.workspaceFolders![0]!.uri.fsPath, '.writing-'));
  });
  after(async () => {
    await closeAll();
    // VS Code may be in the middle of saving the last one, and would make its folder anew.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    modules = new Modules();
    versions = new Versions();
    documents = new LossDocuments(modules, versions);
    writer = new SourceAlphaWriter(documents, () => {});
  });
  afterEach(async () => {
    for (const each of [documents, versions, modules]) each.dispose();
    await closeAll();
  });

  /** Where the loss that is written so begins. */
  const placeOf = (document: TextDocument, loss = 'nn.CrossEntropyLoss') => {
    const { line, character } = document.positionAt(document.getText().indexOf(loss));
    return { name: 'source.py', uri: document.uri.toString(), line, character, loss };
  };
  const preview = async (document: TextDocument, shown = SHOWN, loss = 'nn.CrossEntropyLoss') => {
    const proposal = await writer.preview(placeOf(document, loss), shown);
    assert.ok('preview' in proposal, JSON.stringify(proposal));
    return proposal.preview;
  };
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return Uri.file(join(folder, name));
  };
  const replace = async (document: TextDocument, range: Range, text: string) => {
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, range, text);
    assert.ok(await workspace.applyEdit(edit));
  };
  const write = async (document: TextDocument, shown = SHOWN) => {
    const written = await writer.apply((await preview(document, shown)).id);
    assert.ok('done' in written, JSON.stringify(written));
    return written;
  };

  it('shows the lines first, and changes nothing until it’s told to', async () => {
    const document = await open(`${HEAD}loss = nn.CrossEntropyLoss(label_smoothing=0.10)\n`);
    const { line, removed, added, notes } = await preview(document);
    assert.deepEqual(
      [line, removed, added, notes],
      [
        1,
        ['loss = nn.CrossEntropyLoss(label_smoothing=0.10)'],
        ['loss = nn.CrossEntropyLoss(label_smoothing=0.15)'],
        [],
      ],
    );
    assert.equal(document.isDirty, false);
  });

  it('is undone in one step, also where two places change', async () => {
    const source = `${HEAD}loss = nn.CrossEntropyLoss(\n    weight=w  # counted\n)\n`;
    const document = await open(source);
    await window.showTextDocument(document);
    await write(document);
    assert.equal(
      document.getText(),
      `${HEAD}loss = nn.CrossEntropyLoss(\n    weight=w,  # counted\n    label_smoothing=0.15\n)\n`,
    );
    await commands.executeCommand('undo');
    assert.equal(document.getText(), source);
  });

  it('is taken back by its name, wherever it is by then, and only once', async () => {
    const source = `${HEAD}loss = nn.CrossEntropyLoss(\n    weight=w  # counted\n)\n`;
    const document = await open(source);
    const { undo } = await write(document);
    await replace(document, new Range(0, 0, 0, 0), '# one\n# two\n');
    const undone = await writer.undo(undo);
    assert.ok('done' in undone, JSON.stringify(undone));
    assert.equal(undone.done, `Undid the change in ${nameOfDocument(document)}, line 5.`);
    assert.equal(document.getText(), `# one\n# two\n${source}`);
    assert.deepEqual(await writer.undo(undo), { why: 'Only the most recent edit can be undone here.' });
  });

  it('is taken back in a document with CRLF, to its last byte', async () => {
    const source = `# 🎉\r\n${HEAD.replace('\n', '\r\n')}loss = nn.CrossEntropyLoss(\r\n    weight=w,\r\n)\r\n`;
    const document = await open(source);
    const { undo } = await write(document);
    assert.ok('done' in (await writer.undo(undo)));
    assert.equal(document.getText(), source);
  });

  it('isn’t taken back where it was changed since, or is gone: it says so, and changes nothing', async () => {
    const document = await open(`${HEAD}loss = nn.CrossEntropyLoss(label_smoothing=0.10)\n`);
    const why = {
      why: `${nameOfDocument(document)} has changed at that place since then, so this can’t be undone here.`,
    };
    const { undo } = await write(document);
    const at = document.getText().indexOf('0.15') - HEAD.length;
    await replace(document, new Range(1, at + 2, 1, at + 3), '2');
    assert.deepEqual(await writer.undo(undo), why);
    assert.match(document.getText(), /label_smoothing=0\.25\)/);
    await window.showTextDocument(document);
    await commands.executeCommand('undo');
    await commands.executeCommand('undo');
    assert.match(document.getText(), /label_smoothing=0\.10\)/);
    assert.deepEqual(await writer.undo(undo), why);
    assert.match(document.getText(), /label_smoothing=0\.10\)/);
  });

  it('is taken back in a file that no editor shows, and in a cell', async () => {
    const content = `${HEAD}loss = nn.CrossEntropyLoss()\n`;
    const document = await workspace.openTextDocument(file('undone.py', content));
    assert.ok('done' in (await writer.undo((await write(document)).undo)));
    assert.equal(document.getText(), content);
    const cells = [content].map((text) => new NotebookCellData(NotebookCellKind.Code, text, 'python'));
    const notebook = await workspace.openNotebookDocument('jupyter-notebook', new NotebookData(cells));
    await window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(0).document;
    assert.ok('done' in (await writer.undo((await write(cell)).undo)));
    assert.equal(cell.getText(), content);
  });

  it('keeps CRLF, in a document with emoji', async () => {
    const document = await open(
      `# 🎉\r\n${HEAD.replace('\n', '\r\n')}loss = nn.CrossEntropyLoss(\r\n    weight=w,\r\n)\r\n`,
    );
    await write(document);
    assert.match(document.getText(), /weight=w,\r\n {4}label_smoothing=0\.15,\r\n\)\r\n$/);
  });

  it('converts α to the convention of the code, and says both numbers', async () => {
    const document = await open(
      'import timm\nfrom tensor2tensor.utils import common_layers\ncommon_layers.smoothing_cross_entropy(x, y, 5, confidence=0.9)\n',
    );
    const { added, notes } = await preview(document, SHOWN, 'common_layers.smoothing_cross_entropy');
    assert.match(added[0]!, /confidence=0\.88\)/);
    assert.deepEqual(notes, [
      'α = 0.15 in the panel is written as 0.12, because this code defines α differently. The targets are the same.',
      'The code stores 1 − α.',
    ]);
  });

  it('finds the loss again after an edit above it', async () => {
    const document = await open(`${HEAD}loss = nn.CrossEntropyLoss(label_smoothing=0.1)\n`);
    const { id } = await preview(document);
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(0, 0), '# first\n# second\n');
    await workspace.applyEdit(edit);
    assert.ok('done' in (await writer.apply(id)));
    assert.match(document.getText(), /^# first\n# second\nfrom torch[\s\S]*label_smoothing=0\.15\)/);
  });

  it('shows the edit again if what it would change has changed', async () => {
    const document = await open(`${HEAD}loss = nn.CrossEntropyLoss(label_smoothing=0.1)\n`);
    const { id } = await preview(document);
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, document.lineAt(1).range, 'loss = nn.CrossEntropyLoss(weight=w)');
    await workspace.applyEdit(edit);
    const again = await writer.apply(id);
    assert.ok('preview' in again);
    assert.deepEqual(again.preview.removed, ['loss = nn.CrossEntropyLoss(weight=w)']);
    assert.match(again.preview.notes[0]!, /^The code has changed since/);
    assert.match(document.getText(), /\(weight=w\)\n$/);
    assert.ok('done' in (await writer.apply(again.preview.id)));
    assert.match(document.getText(), /\(weight=w, label_smoothing=0\.15\)\n$/);
  });

  it('makes an edit once: a second click has nothing to make', async () => {
    const document = await open(`${HEAD}loss = nn.CrossEntropyLoss()\n`);
    const { id } = await preview(document);
    const [first, second] = await Promise.all([writer.apply(id), writer.apply(id)]);
    assert.ok('done' in first);
    assert.deepEqual(second, { why: 'The preview is out of date. Open it again.' });
    assert.match(document.getText(), /\(label_smoothing=0\.15\)\n$/);
  });

  it('changes a constant in another file, that no editor shows', async () => {
    file('settings.py', '# settings\r\nSMOOTHING = 1e-1  # paper\r\n');
    const uri = file(
      'train.py',
      'from torch import nn\nfrom settings import SMOOTHING\nloss = nn.CrossEntropyLoss(label_smoothing=SMOOTHING)\n',
    );
    const document = await workspace.openTextDocument(uri);
    const looked = await preview(document);
    assert.deepEqual(
      [looked.file, looked.line, looked.added],
      ['settings.py', 1, ['SMOOTHING = 1.5e-1  # paper']],
    );
    const written = await writer.apply(looked.id);
    assert.ok('done' in written);
    const settings = await workspace.openTextDocument(Uri.parse(written.at.uri));
    assert.equal(settings.getText(), '# settings\r\nSMOOTHING = 1.5e-1  # paper\r\n');
    assert.equal(document.isDirty, false);
    await window.showTextDocument(settings);
    await commands.executeCommand('undo');
    assert.match(settings.getText(), /1e-1/);
  });

  it('changes a cell above, in a notebook', async () => {
    const texts = ['from torch import nn\nS = 0.1', 'loss = nn.CrossEntropyLoss(label_smoothing=S)'];
    const cells = texts.map((text) => new NotebookCellData(NotebookCellKind.Code, text, 'python'));
    const notebook = await workspace.openNotebookDocument('jupyter-notebook', new NotebookData(cells));
    await window.showNotebookDocument(notebook);
    await write(notebook.cellAt(1).document);
    assert.equal(notebook.cellAt(0).document.getText(), 'from torch import nn\nS = 0.15');
  });

  it('works in a document that was never saved, and in one that was closed', async () => {
    const content = `${HEAD}loss = nn.CrossEntropyLoss()\n`;
    const untitled = await workspace.openTextDocument({ content, language: 'python' });
    await write(untitled);
    assert.match(untitled.getText(), /0\.15/);
    const uri = file('closed.py', content);
    const place = {
      name: 'closed.py',
      uri: uri.toString(),
      line: 1,
      character: 7,
      loss: 'nn.CrossEntropyLoss',
    };
    const proposal = await writer.preview(place, SHOWN);
    assert.ok('preview' in proposal);
    assert.ok('done' in (await writer.apply(proposal.preview.id)));
    assert.match((await workspace.openTextDocument(uri)).getText(), /0\.15/);
  });

  const refusals: [string, string, RegExp][] = [
    [
      'computed',
      `${HEAD}def f(args):\n    return nn.CrossEntropyLoss(label_smoothing=args.eps * 2)\n`,
      /^α is computed on line 3 \(args\.eps \* 2\), so/,
    ],
    [
      'from outside',
      `${HEAD}def f(args):\n    return nn.CrossEntropyLoss(label_smoothing=args.eps)\n`,
      /^Line 3 takes α from outside the workspace \(args\.eps\), so/,
    ],
  ];
  for (const [what, source, why] of refusals) {
    it(`says that it can’t where α is ${what}`, async () => {
      const proposal = await writer.preview(placeOf(await open(source)), SHOWN);
      assert.match('why' in proposal ? proposal.why : '', why);
    });
  }

  it('says that a file is gone, has errors, or can’t be written', async () => {
    const gone = Uri.file(join(folder, 'gone.py')).toString();
    const place = { name: 'gone.py', uri: gone, line: 0, character: 0, loss: 'nn.CrossEntropyLoss' };
    assert.deepEqual(await writer.preview(place, SHOWN), { why: 'gone.py was closed or deleted.' });

    const document = await open(`${HEAD}loss = nn.CrossEntropyLoss(label_smoothing=0.1)\n`);
    await documents.of(document);
    const edit = new WorkspaceEdit();
    edit.insert(document.uri, new Position(0, 0), 'x = (\n');
    await workspace.applyEdit(edit);
    assert.match(JSON.stringify(await writer.preview(placeOf(document), SHOWN)), /has syntax errors/);

    const frozen = workspace.registerFileSystemProvider(
      'frozen',
      frozenFile(`${HEAD}loss = nn.CrossEntropyLoss()\n`),
      {
        isReadonly: true,
      },
    );
    const readOnly = await workspace.openTextDocument(Uri.parse('frozen:/locked.py'));
    assert.deepEqual(await writer.preview(placeOf(readOnly), SHOWN), { why: 'locked.py is read-only.' });
    frozen.dispose();
  });
});

/** A file system of one file, for reading only. */
function frozenFile(text: string): FileSystemProvider {
  const refuse = (): never => {
    throw FileSystemError.NoPermissions();
  };
  const nothing = new Disposable(() => {});
  return {
    onDidChangeFile: () => nothing,
    watch: () => nothing,
    stat: () => ({ type: FileType.File, ctime: 0, mtime: 0, size: text.length }),
    readDirectory: () => [],
    readFile: () => new TextEncoder().encode(text),
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}
