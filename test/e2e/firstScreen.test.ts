import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const LOSS =
  'import torch.nn as nn; criterion = nn.CrossEntropyLoss(label_smoothing=0.2)  # smooth-labels: K=3\n';
const LENS = 'α 0.2 · K 3 → 0.8667 / 0.06667 · floor 0.485 nats';
const LOGITS = [
  [2.5, 0.5, -1],
  [0.25, 1.5, 0],
];

const cell = (source: string, output?: string) => ({
  cell_type: 'code',
  execution_count: 1,
  metadata: {},
  source,
  outputs: output === undefined ? [] : [{ output_type: 'stream', name: 'stdout', text: output }],
});
const notebook = (alpha: number) =>
  JSON.stringify({
    cells: [
      cell(`import torch.nn as nn\ncriterion = nn.CrossEntropyLoss(label_smoothing=${alpha})`),
      cell(
        'print(logits)',
        'logits: tensor([[ 2.5000,  0.5000, -1.0000],\n        [ 0.2500,  1.5000,  0.0000]])\n',
      ),
    ],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 4,
  });

/** The mean loss at α, with each row's most likely class as its target. */
function lossAt(alpha: number): number {
  const losses = LOGITS.map((row) => {
    const total = Math.log(row.reduce((sum, z) => sum + Math.exp(z), 0));
    const costs = row.map((z) => total - z);
    return (1 - alpha) * Math.min(...costs) + (alpha / 3) * costs.reduce((a, b) => a + b);
  });
  return (losses[0]! + losses[1]!) / 2;
}

describe('a loss in code is found', () => {
  let workbench: Workbench;
  let panel: Panel;
  const chip = () => panel.text('[data-control="fromCode"]');
  const alpha = () => panel.frame.locator('[data-control="alpha"]').inputValue();

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'first-'));
    removeAtExit(folder);
    writeFileSync(join(folder, 'train.py'), LOSS);
    writeFileSync(join(folder, 'rows.json'), JSON.stringify({ logits: LOGITS, targets: [0, 1] }));
    writeFileSync(join(folder, 'run.ipynb'), notebook(0.2));
    workbench = await openWorkbench({ vsix: inject('vsix'), folder });
  });
  afterAll(() => workbench?.close());

  test('beside a file of logits, and offered, not applied', async () => {
    await workbench.runInExplorer('rows.json', 'Open in Smooth Labels');
    panel = await Panel.of(workbench, 'rows.json');
    await expect.poll(chip).toBe('use α 0.2 of train.py, line 1');
    expect(await panel.figure('loss')).toBeCloseTo(lossAt(0.1), 6);
    await panel.frame.locator('[data-control="fromCode"]').click();
    await panel.frame.locator('[data-control="takeLoss"]').click();
    await expect.poll(() => panel.figure('loss')).toBeCloseTo(lossAt(0.2), 6);
    expect(await chip()).toBe('α 0.2 from train.py, line 1');
  });

  test('in the logits’ own notebook, and followed', async () => {
    await workbench.openFile('run.ipynb', '.cell-status-item:has-text("2 × 3 tensor")');
    await workbench.page.locator('.cell-status-item', { hasText: '2 × 3 tensor' }).click();
    panel = await Panel.of(workbench, 'run.ipynb');
    await expect.poll(chip).toBe('α 0.2 from cell [1]');
    expect(await panel.figure('loss')).toBeCloseTo(lossAt(0.2), 4);
    writeFileSync(join(workbench.folder, 'run.ipynb'), notebook(0.3));
    await expect.poll(chip, { timeout: 20_000 }).toBe('α 0.3 from cell [1]');
    expect(await alpha()).toBe('0.3');
    await expect.poll(() => panel.figure('loss')).toBeCloseTo(lossAt(0.3), 4);
    expect(readFileSync(join(workbench.folder, 'run.ipynb'), 'utf8')).toBe(notebook(0.3));
  });

  test('by the status bar, while the cursor is on it', async () => {
    await workbench.openFile('train.py');
    const item = workbench.page.locator('.statusbar-item', { hasText: LENS });
    await item.waitFor();
    await workbench.placeCursor(2);
    await item.waitFor({ state: 'hidden' });
    await workbench.placeCursor(1);
    await item.click();
    panel = await Panel.of(workbench, 'run.ipynb');
    // It's that of the logits that are shown.
    await expect.poll(chip).toBe('α 0.2 from train.py, line 1');
  });

  test('and raises no error', () => {
    expect(workbench.errors).toEqual([]);
  });
});
