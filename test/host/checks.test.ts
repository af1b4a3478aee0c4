import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import {
  type CodeAction,
  commands,
  DiagnosticSeverity,
  languages,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  Range,
  type TextDocument,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import { closeAll, open, until } from './documents.ts';

function found(document: TextDocument) {
  return languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Smooth Labels');
}

async function checked(content: string) {
  const document = await open(content);
  await until(() => found(document).length > 0, 'a diagnostic');
  return { document, diagnostic: found(document)[0]! };
}

/** The document after the only fix there is. */
async function fixed(document: TextDocument): Promise<string> {
  const [diagnostic] = found(document);
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    diagnostic!.range,
    'quickfix',
  );
  const ours = actions.filter(({ edit }) => edit?.has(document.uri));
  assert.equal(ours.length, 1);
  await workspace.applyEdit(ours[0]!.edit!);
  await until(() => found(document).length === 0, 'no diagnostic');
  return document.getText();
}

describe('checks', () => {
  afterEach(closeAll);

  it('say that α is out of range, and what happens then', async () => {
    const { document, diagnostic } = await checked(
      'from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=1.5)\n',
    );
    assert.equal(document.getText(diagnostic.range), '1.5');
    assert.equal(diagnostic.severity, DiagnosticSeverity.Error);
    assert.equal(
      diagnostic.message,
      'α = 1.5 is outside [0, 1]. PyTorch raises RuntimeError: label_smoothing must be between 0.0 and 1.0. Got: 1.5 on the first forward pass.',
    );
  });

  it('say that a negative α does nothing in PyTorch', async () => {
    const { diagnostic } = await checked(
      'from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=-0.1)\n',
    );
    assert.equal(diagnostic.severity, DiagnosticSeverity.Warning);
    assert.match(diagnostic.message, /PyTorch treats it as 0, so nothing is smoothed\.$/);
  });

  it('say that there’s no such argument', async () => {
    const { diagnostic } = await checked(
      'from torch import nn\nloss = nn.BCEWithLogitsLoss(label_smoothing=0.1)\n',
    );
    assert.equal(diagnostic.severity, DiagnosticSeverity.Error);
    assert.match(diagnostic.message, /^nn\.BCEWithLogitsLoss has no argument label_smoothing/);
  });

  it('give an argument its right name', async () => {
    const { document, diagnostic } = await checked(
      'from torch import nn\nloss = nn.CrossEntropyLoss(smoothing=0.1)\n',
    );
    assert.match(diagnostic.message, /^nn\.CrossEntropyLoss has no argument smoothing/);
    assert.match(await fixed(document), /CrossEntropyLoss\(label_smoothing=0\.1\)/);
  });

  it('say since when Keras has the argument', async () => {
    const { diagnostic } = await checked(
      'import keras\nloss = keras.losses.SparseCategoricalCrossentropy(label_smoothing=0.1)\n',
    );
    assert.equal(diagnostic.severity, DiagnosticSeverity.Warning);
    assert.match(diagnostic.message, /needs keras newer than 3\.15\.1/);
  });

  it('name an argument that is bound to another parameter', async () => {
    const { document, diagnostic } = await checked(
      'import keras\nloss = keras.losses.CategoricalCrossentropy(0.1)\n',
    );
    assert.match(diagnostic.message, /0\.1 is passed to from_logits here, not to label_smoothing/);
    assert.match(await fixed(document), /CategoricalCrossentropy\(label_smoothing=0\.1\)/);
  });

  it('are gone with the document', async () => {
    const { document } = await checked(
      'from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=1.5)\n',
    );
    await languages.setTextDocumentLanguage(document, 'plaintext');
    await until(() => found(document).length === 0, 'no diagnostic');
  });

  it('are in each of 400 cells of a notebook, and follow the first', async () => {
    const cells = Array.from({ length: 400 }, (_, i) =>
      i === 0
        ? 'from torch import nn\nLS = 1.5'
        : `head = nn.Linear(512, 10)\nloss_${i} = nn.CrossEntropyLoss(label_smoothing=LS)`,
    );
    const notebook = await workspace.openNotebookDocument(
      'jupyter-notebook',
      new NotebookData(cells.map((text) => new NotebookCellData(NotebookCellKind.Code, text, 'python'))),
    );
    const documents = notebook.getCells().map(({ document }) => document);
    const wrong = () => documents.filter((document) => found(document).length > 0).length;
    await until(() => wrong() === 399, 'a diagnostic in each cell but the first');
    const edit = new WorkspaceEdit();
    edit.replace(documents[0]!.uri, new Range(1, 5, 1, 8), '0.1');
    await workspace.applyEdit(edit);
    await until(() => wrong() === 0, 'no diagnostic');
  });

  it('find nothing wrong with what is right', async () => {
    const document = await open('from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=0.1)\n');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    assert.deepEqual(found(document), []);
  });
});
