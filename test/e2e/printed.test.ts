import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const LOGITS = `tensor([[ 0.0000,  0.0000,  3.8286,  0.0000,  0.0000],
        [ 0.0000,  3.8286,  0.0000,  0.0000,  0.0000]], device='cuda:0', grad_fn=<AddmmBackward0>)`;
const FILES: Readonly<Record<string, string>> = {
  'train.log': `step 100\nlogits: ${LOGITS}\nloss: tensor(0.3897)\n`,
  'several.log': `coarse = tensor([[1., 2.], [3., 4.]])\nfine = ${LOGITS}\nlabels = tensor([2, 1])\n`,
  'summarised.log': 'logits\ntensor([[ 0.1000,  0.2000,  ...,  0.3000,  0.4000]])\n',
  'train.py':
    'import torch.nn as nn\nscales = [1.0, 2.0]\n\nloss = nn.CrossEntropyLoss(label_smoothing=0.1)\n',
};

describe('what is printed', () => {
  let workbench: Workbench;
  let panel: Panel;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'printed-'));
    removeAtExit(folder);
    for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
    workbench = await openWorkbench({ vsix: inject('vsix'), folder, restricted: true });
  });
  afterAll(() => workbench?.close());

  const smoothLabels = async (name: string) => {
    await workbench.openFile(name);
    await workbench.placeCursor(1);
    await workbench.runCommand('Smooth labels');
  };
  test('is read from a log, with the bound that its decimals put on the loss', async () => {
    await smoothLabels('train.log');
    panel = await Panel.of(workbench, 'train.log');
    expect(await panel.text('[data-figure="shape"]')).toBe('2 × 5 logits');
    expect(await panel.text('[data-figure="precision"]')).toBe(
      'Logits printed with 4 decimals: the loss is accurate to ±0.0001 nats',
    );
    expect(await panel.text('header')).toContain('lines 2–3');
    // Printed to 4 decimals, these logits are those of the lowest loss.
    const [loss, floor] = [await panel.figure('loss'), await panel.figure('floor')];
    expect(floor).toBeCloseTo(0.389673, 6);
    expect(Math.abs(loss - floor)).toBeLessThan(0.0001);
  });

  test('is chosen from several tensors, and has the targets beside it', async () => {
    await smoothLabels('several.log');
    await workbench.pick('2 × 5');
    panel = await Panel.of(workbench, 'fine · several.log');
    expect(await panel.text('[data-figure="shape"]')).toBe('2 × 5 logits');
    expect(await panel.text('header')).toContain('targets from labels');
    expect(await panel.text('[data-figure="accuracy"]')).toBe('accuracy 100.0 %');
  });

  test('only in part is refused, with the line that prints all of it', async () => {
    await smoothLabels('summarised.log');
    await workbench.runCommand('Show Notifications');
    const message = workbench.page.locator('.notification-list-item-message', {
      hasText: 'on line 2 stands for',
    });
    await message.first().waitFor();
    await workbench.page
      .getByRole('button', { name: /Copy torch/ })
      .first()
      .click();
    await expect
      .poll(() => workbench.page.evaluate(() => navigator.clipboard.readText()), { timeout: 10_000 })
      .toBe("torch.set_printoptions(threshold=float('inf'))");
  });

  test('doesn’t hide the loss at the cursor: lists elsewhere in code are no logits', async () => {
    await workbench.openFile('train.py');
    await workbench.placeCursor(4, 30);
    await workbench.runCommand('Smooth labels');
    // Its α is taken for the logits that are shown.
    const applied = panel.frame.locator('[data-figure="applied"]');
    await applied.filter({ hasText: 'α 0.1 from train.py, line 4' }).waitFor();
  });
});
