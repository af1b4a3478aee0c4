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
  Uri,
  WorkspaceEdit,
  window,
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

/** The document after the fix that is preferred. */
async function fixed(document: TextDocument): Promise<string> {
  const [diagnostic] = found(document);
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    diagnostic!.range,
    'quickfix',
  );
  const ours = actions.filter(({ edit, title }) => edit?.has(document.uri) && !title.startsWith('Silence'));
  assert.equal(ours.length, 1);
  await workspace.applyEdit(ours[0]!.edit!);
  await until(() => found(document).length === 0, 'no diagnostic');
  return document.getText();
}

function tabLabels(): string[] {
  return window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
}

/** Milliseconds from an edit until there are so many problems. */
async function timeUntil(document: TextDocument, count: number, line: string): Promise<number> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, document.lineAt(1).range, line);
  const there = new Promise<void>((resolve) => {
    const listener = languages.onDidChangeDiagnostics(() => {
      if (found(document).length !== count) return;
      listener.dispose();
      resolve();
    });
  });
  await workspace.applyEdit(edit);
  const start = performance.now();
  await there;
  return performance.now() - start;
}

/** How long 150 ms are here and now: what an edit waits for. */
async function pause(): Promise<number> {
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 150));
  return performance.now() - start;
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
      'α = 1.5 is outside [0, 1]. On the first forward pass PyTorch raises RuntimeError: label_smoothing must be between 0.0 and 1.0. Got: 1.5.',
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

  it('have a code that leads to a page, and are silenced by a comment and by a setting', async () => {
    const { document, diagnostic } = await checked(
      'from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=1.5)\n',
    );
    const { code } = diagnostic;
    assert.ok(typeof code === 'object');
    assert.equal(code.value, 'SL001');
    assert.equal(code.target.scheme, 'command');
    await commands.executeCommand(code.target.path, ...JSON.parse(decodeURIComponent(code.target.query)));
    await until(() => tabLabels().some((label) => label.includes('checks.md')), 'the page of the checks');

    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
      'quickfix',
    );
    const silence = actions.find(({ title }) => title === 'Silence SL001 on this line')!;
    await workspace.applyEdit(silence.edit!);
    assert.match(document.getText(), /=1\.5\) {2}# smooth-labels: ignore\[SL001\]\n$/);
    await until(() => found(document).length === 0, 'no diagnostic');

    const undone = new WorkspaceEdit();
    undone.replace(document.uri, document.lineAt(1).range, 'loss = nn.CrossEntropyLoss(label_smoothing=1.5)');
    await workspace.applyEdit(undone);
    await until(() => found(document).length === 1, 'a diagnostic');
    const settings = workspace.getConfiguration('smoothLabels');
    try {
      await settings.update('checks', { SL001: 'hint' }, true);
      await until(() => found(document)[0]?.severity === DiagnosticSeverity.Hint, 'a hint');
      await settings.update('checks', { SL001: 'off' }, true);
      await until(() => found(document).length === 0, 'no diagnostic');
    } finally {
      await settings.update('checks', undefined, true);
    }
  });

  it('are made of all files of the workspace by a command, and only by it', async () => {
    const root = workspace.workspaceFolders![0]!.uri;
    const folder = Uri.joinPath(root, 'checked-by-command');
    const [wrong, ignored, large, notebook] = ['wrong.py', 'ignored.py', 'large.py', 'cells.ipynb'].map(
      (name) => Uri.joinPath(folder, name),
    ) as [Uri, Uri, Uri, Uri];
    const source = 'from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=1.5)\n';
    const cells = [{ cell_type: 'code', metadata: {}, outputs: [], source }];
    const write = (uri: Uri, text: string) => workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    try {
      await write(wrong, source);
      await write(ignored, source);
      await write(large, `${source}x = '${'a'.repeat(100_000)}'\n`);
      await write(Uri.joinPath(folder, '.gitignore'), 'ignored.py\n');
      await write(notebook, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
      assert.deepEqual(languages.getDiagnostics(wrong), []);
      assert.equal(await commands.executeCommand('smoothLabels.checkWorkspace'), 2);
      assert.equal(languages.getDiagnostics(wrong).length, 1);
      assert.match(languages.getDiagnostics(notebook)[0]!.message, /^Cell 1, line 2: α = 1\.5/);
      assert.deepEqual(languages.getDiagnostics(ignored), []);
      assert.deepEqual(languages.getDiagnostics(large), []);
    } finally {
      await workspace.fs.delete(folder, { recursive: true });
    }
  });

  it('come and go with an edit, in twice the pause of 150 ms', async () => {
    const { document } = await checked(
      `from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=1.5)\n${'x = 1\n'.repeat(500)}`,
    );
    const [times, pauses]: [number[], number[]] = [[], []];
    for (let i = 0; i < 4; i++) {
      times.push(await timeUntil(document, 0, 'loss = nn.CrossEntropyLoss(label_smoothing=0.1)'));
      times.push(await timeUntil(document, 1, 'loss = nn.CrossEntropyLoss(label_smoothing=1.5)'));
      pauses.push(await pause());
    }
    // The quickest of each: other programs take time from both.
    assert.ok(Math.min(...times) <= 2 * Math.min(...pauses), `${times.map(Math.round)} ms`);
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

  it('offer PyTorch’s own loss for a hand-written one that equals it', async () => {
    const document = await open(`import torch
from torch import nn


class LabelSmoothingLoss(nn.Module):
    def __init__(self, smoothing=0.1):
        super().__init__()
        self.smoothing = smoothing

    def forward(self, logits, target):
        logp = logits.log_softmax(-1)
        nll = -logp.gather(1, target.unsqueeze(1)).squeeze(1)
        return ((1 - self.smoothing) * nll - self.smoothing * logp.mean(-1)).mean()


loss = LabelSmoothingLoss(0.2)
`);
    const line = document.lineCount - 2;
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new Range(line, 8, line, 8),
      'refactor.rewrite',
    );
    const ours = actions.filter(({ edit }) => edit?.has(document.uri));
    assert.deepEqual(
      ours.map(({ title }) => title),
      ['Replace with nn.CrossEntropyLoss(label_smoothing=0.2)'],
    );
    const [edit] = ours[0]!.edit!.get(document.uri);
    assert.equal(edit!.newText, 'nn.CrossEntropyLoss(label_smoothing=0.2)');
    assert.equal(document.getText(edit!.range), 'LabelSmoothingLoss(0.2)');
  });

  it('say that targets don’t sum to 1, and where; one edit makes them right', async () => {
    const { document, diagnostic } = await checked(`import torch
from torch import nn


class LabelSmoothingLoss(nn.Module):
    def __init__(self, classes, smoothing=0.1):
        super().__init__()
        self.classes, self.smoothing = classes, smoothing

    def forward(self, logits, target):
        q = torch.full_like(logits, self.smoothing / self.classes)
        q.scatter_(1, target.unsqueeze(1), 1 - self.smoothing)
        return -(q * logits.log_softmax(-1)).sum(-1).mean()


loss = LabelSmoothingLoss(4, 0.2)
`);
    assert.match(diagnostic.message, /^The targets of LabelSmoothingLoss sum to 0\.95, not 1/);
    assert.equal(diagnostic.range.start.line, 10);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      diagnostic.range,
      'quickfix',
    );
    const ours = actions.filter(({ title }) => title.startsWith('Make the targets sum to 1'));
    assert.equal(ours.length, 2);
    await workspace.applyEdit(ours[0]!.edit!);
    await until(() => found(document).length === 0, 'no diagnostic');
    assert.match(document.getText(), /1 - self\.smoothing \+ self\.smoothing \/ self\.classes\)/);
  });
});
