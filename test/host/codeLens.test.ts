import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import {
  ConfigurationTarget,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  Position,
  Range,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { closeAll, lenses, open, until } from './documents.ts';

const HEAD = 'from torch import nn\nmodel = nn.Linear(512, 10)\n';
const SMOOTHED = `${HEAD}criterion = nn.CrossEntropyLoss(label_smoothing=0.1)\n`;
const LENS = 'α 0.1 · K 10 → 0.91 / 0.01 · floor 0.500 nats | Smooth labels';

async function set(setting: string | undefined): Promise<void> {
  await workspace.getConfiguration('smoothLabels').update('codeLens', setting, ConfigurationTarget.Global);
}

describe('lenses', () => {
  afterEach(async () => {
    await set(undefined);
    await closeAll();
  });

  it('of many hand-written losses say that some aren’t run yet, and what they do once they are', async () => {
    const losses = Array.from(
      { length: 30 },
      (_, i) => `class LabelSmoothingLoss${i}(nn.Module):
  def __init__(self, smoothing=0.1):
    super().__init__()
    self.smoothing = smoothing
  def forward(self, z, y):
    q = torch.full_like(z, self.smoothing / 10 * ${i + 1}.0 / ${i + 1}.0)
    q.scatter_(1, y[:, None], 1 - self.smoothing)
    return -(q * z.log_softmax(1)).sum(1).mean()
`,
    ).join('');
    const calls = Array.from({ length: 30 }, (_, i) => `LabelSmoothingLoss${i}(0.2)\n`).join('');
    const document = await open(`import torch\n${HEAD}${losses}${calls}`);
    const isPending = (each: string) => each.includes('α 0.2 · K 10 · not run yet');
    await until(async () => (await lenses(document)).some(isPending), 'some are not run');
    const all = async () => (await lenses(document)).filter((each) => each.includes('0.8 / 0.02'));
    await until(async () => (await all()).length === 30, 'all are run');
  });

  const cases: [string, string, string[]][] = [
    ['α, K, targets and the floor', SMOOTHED, [`3: ${LENS}`]],
    [
      'the running example',
      'import torch.nn as tnn\nhead = tnn.Linear(8, 5)\nloss = tnn.CrossEntropyLoss(label_smoothing=0.1)\n',
      ['3: α 0.1 · K 5 → 0.92 / 0.02 · floor 0.390 nats | Smooth labels'],
    ],
    ['hard targets, quietly', `${HEAD}loss = nn.CrossEntropyLoss()\n`, ['3: hard targets · Smooth labels']],
    [
      'an α that isn’t known',
      `${HEAD}loss = nn.CrossEntropyLoss(label_smoothing=cfg.smoothing)\n`,
      ['3: α = cfg.smoothing (value unknown) · K 10 | Smooth labels'],
    ],
    [
      'a K that isn’t known',
      'from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=0.1)\n',
      ['2: α 0.1 · K unknown | Set K… | Smooth labels'],
    ],
    [
      'an α that raises an error',
      `${HEAD}loss = nn.CrossEntropyLoss(label_smoothing=1.5)\n`,
      ['3: α 1.5 · raises RuntimeError | Smooth labels'],
    ],
    [
      'targets that don’t depend on K',
      'import keras\nloss = keras.losses.BinaryCrossentropy(label_smoothing=0.1)\n',
      ['2: α 0.1 → 0.95 / 0.05 · floor 0.199 nats | Smooth labels'],
    ],
    [
      'no floor, if there are class weights',
      `${HEAD}loss = nn.CrossEntropyLoss(weight=w, label_smoothing=0.1)\n`,
      ['3: α 0.1 · K 10 → 0.91 / 0.01 | Smooth labels'],
    ],
    [
      'nothing where there’s no loss',
      'x = smooth(0.1)\n# label_smoothing=0.1\n"""CrossEntropyLoss()"""\n',
      [],
    ],
    ['nothing in an empty document', '', []],
    [
      'that there’s nothing to smooth with one class',
      `${SMOOTHED.trim()}  # smooth-labels: K=1\n`,
      ['3: α 0.1 · K 1 · nothing to smooth: only one class | Smooth labels'],
    ],
    [
      'other losses beside one of more classes than there can be',
      `${HEAD}a = LabelSmoothingLoss(num_classes=10000000000, smoothing=0.1)\n${SMOOTHED.split('\n')[2]}\n`,
      ['3: α 0.1 | Set K… | Smooth labels', `4: ${LENS}`],
    ],
    [
      'that an argument isn’t there, as the problem does',
      `${HEAD}loss = nn.BCEWithLogitsLoss(label_smoothing=0.1)\n`,
      ['3: no argument label_smoothing · raises TypeError | Smooth labels'],
    ],
    [
      'nothing in a line of more than 100,000 characters',
      `${SMOOTHED.trim()}  # ${'x'.repeat(100_000)}\n`,
      [],
    ],
    ['nothing in more than 2 MB', `${SMOOTHED}${'x = 1\n'.repeat(340_000)}`, []],
  ];
  for (const [what, content, expected] of cases)
    it(`say ${what}`, async () => assert.deepEqual(await lenses(await open(content)), expected));

  it('are where they should be with CRLF and emoji', async () => {
    const content = `# 🎉 emoji\r\n${SMOOTHED.replaceAll('\n', '\r\n')}`;
    assert.deepEqual(await lenses(await open(content)), [`4: ${LENS}`]);
  });

  const files: [string, string][] = [
    ['yaml', 'label_smoothing: 0.1\n'],
    ['json', '{"label_smoothing": 0.1}'],
    ['toml', 'label_smoothing = 0.1\n'],
    ['shellscript', 'fairseq-train data --label-smoothing 0.1\n'],
    ['makefile', '\tfairseq-train data --label-smoothing 0.1\n'],
  ];
  for (const [language, content] of files) {
    it(`are in ${language}`, async () => {
      const found = await lenses(await open(content, language));
      assert.match(found.join(), /^1: α 0\.1 /);
    });
  }

  it('are those of the setting, at once', async () => {
    const document = await open(`${SMOOTHED}plain = nn.CrossEntropyLoss()\n`);
    assert.equal((await lenses(document)).length, 2);
    await set('smoothed');
    await until(async () => (await lenses(document)).length === 1, 'only the smoothed one');
    await set('off');
    await until(async () => (await lenses(document)).length === 0, 'none');
    await set('all');
    await until(async () => (await lenses(document)).length === 2, 'both again');
  });

  it('stay as they were while the document doesn’t parse, and move with the text', async () => {
    const document = await open(SMOOTHED);
    assert.deepEqual(await lenses(document), [`3: ${LENS}`]);
    const edit = async (range: Range, text: string) => {
      const change = new WorkspaceEdit();
      change.replace(document.uri, range, text);
      await workspace.applyEdit(change);
    };
    await edit(new Range(0, 0, 0, 0), 'x = (\n\n');
    assert.deepEqual(await lenses(document), [`5: ${LENS}`]);
    const end = document.lineAt(4).range.end;
    await edit(new Range(new Position(4, end.character - 1), end), '');
    assert.deepEqual(await lenses(document), [`5: ${LENS}`]);
    await edit(new Range(4, end.character - 4, 4, end.character - 1), '0.2)');
    await edit(new Range(0, 0, 2, 0), '');
    assert.deepEqual(await lenses(document), [
      '3: α 0.2 · K 10 → 0.82 / 0.02 · floor 0.867 nats | Smooth labels',
    ]);
  });

  it('are in the cells of a notebook, which know the cells above them', async () => {
    const cells = ['%matplotlib inline\nfrom torch import nn\nK = 10', 'model = nn.Linear(512, K)', '', ''];
    cells[2] = 'criterion = nn.CrossEntropyLoss(label_smoothing=0.1)';
    const notebook = await workspace.openNotebookDocument(
      'jupyter-notebook',
      new NotebookData(cells.map((text) => new NotebookCellData(NotebookCellKind.Code, text, 'python'))),
    );
    await window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(2).document;
    assert.deepEqual(await lenses(cell), [`1: ${LENS}`]);
    const edit = new WorkspaceEdit();
    edit.replace(notebook.cellAt(0).document.uri, new Range(2, 4, 2, 6), '5');
    await workspace.applyEdit(edit);
    await until(async () => /K 5 → 0\.92/.test((await lenses(cell)).join()), 'K of the cell above');
  });
});
