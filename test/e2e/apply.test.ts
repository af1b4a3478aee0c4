import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const FILES: Readonly<Record<string, string>> = {
  'train.py':
    'from torch import nn\n\nK = 5\nhead = nn.Linear(512, 5)\nloss = nn.CrossEntropyLoss(label_smoothing=0.10)\n',
  'settings.py': '# What is tuned\nSMOOTHING = 1e-1\n',
  'tuned.py':
    'from torch import nn\nfrom settings import SMOOTHING\n\nloss = nn.CrossEntropyLoss(label_smoothing=SMOOTHING)\n',
  'outside.py':
    'from torch import nn\n\ndef build(args):\n    return nn.CrossEntropyLoss(label_smoothing=args.eps * 2)\n',
  'rows.json': '{"logits": [[1, 2, 3, 0, 0]], "targets": [2]}\n',
};

describe('α goes back to the code', () => {
  let workbench: Workbench;
  let panel: Panel;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'apply-'));
    removeAtExit(folder);
    for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
    workbench = await openWorkbench({ vsix: inject('vsix'), folder, restricted: true });
  });
  afterAll(() => workbench?.close());

  const openConfig = async (file: string, line: number) => {
    await workbench.openFile(file);
    await workbench.placeCursor(line, 10);
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, 'nn.CrossEntropyLoss');
    // The loss of another file, which has the same name, may still be in it.
    await panel.frame.getByText(`${file}, line ${line}`, { exact: true }).waitFor();
  };
  const apply = () => panel.frame.locator('[data-control="apply"]');
  const confirm = async () => {
    await panel.frame.locator('[data-control="confirm"]').click();
    // The page takes the focus to say what was written: only then can it go to the editor.
    await panel.frame.getByText('✓ Written to').waitFor();
  };
  const editorShows = (text: string) =>
    workbench.page.locator('.editor-instance .view-line', { hasText: text }).first().waitFor();

  test('from a configuration: the edit is shown, made, and shown in the editor', async () => {
    await openConfig('train.py', 5);
    expect(await apply().count()).toBe(0);
    await panel.setAlpha('0.15');
    expect(await apply().textContent()).toBe('Apply α = 0.15…');
    await apply().click();
    expect(await panel.text('.edit p')).toBe('train.py, line 5');
    expect(await panel.text('.edit del')).toBe('before: − loss = nn.CrossEntropyLoss(label_smoothing=0.10)');
    expect(await panel.text('.edit ins')).toBe('after: + loss = nn.CrossEntropyLoss(label_smoothing=0.15)');
    expect(await panel.text('.edit ins mark')).toBe('0.15');
    await confirm();
    await panel.frame.getByText('✓ Written to train.py, line 5.').waitFor();
    await editorShows('label_smoothing=0.15');
    await apply().waitFor({ state: 'detached' });
  });

  test('is undone in one step, and the panel follows', async () => {
    await workbench.focusEditor();
    await workbench.page.keyboard.press('Control+KeyZ');
    await editorShows('label_smoothing=0.10');
    await expect
      .poll(() => panel.frame.locator('[data-control="alpha"]').inputValue(), { timeout: 10_000 })
      .toBe('0.1');
  });

  test('is undone by the keys for it in the panel, too, and by the button beside what was written', async () => {
    const undo = panel.frame.locator('[data-control="undo"]');
    for (const way of ['keys in the field', 'keys', 'button']) {
      // Typed, so that there's something else to undo.
      await panel.frame.locator('[data-control="alpha"]').click({ clickCount: 3 });
      await panel.frame.locator('[data-control="alpha"]').pressSequentially('0.15');
      await apply().click();
      await confirm();
      await editorShows('label_smoothing=0.15');
      await panel.frame.getByText('✓ Written to train.py, line 5.').waitFor();
      // Longer than it takes the panel to hear of the edit.
      await workbench.page.waitForTimeout(1_000);
      expect(await undo.count(), way).toBe(1);
      if (way === 'keys in the field') await panel.frame.locator('[data-control="alpha"]').click();
      else if (way === 'keys') await panel.frame.locator('h1').click();
      if (way === 'button') await undo.click();
      else await workbench.page.keyboard.press('Control+KeyZ');
      await editorShows('label_smoothing=0.10');
      await panel.frame.getByText('✓ Undid the change in train.py, line 5.').waitFor();
      await expect
        .poll(() => panel.frame.locator('[data-control="alpha"]').inputValue(), { timeout: 10_000 })
        .toBe('0.1');
      expect(await undo.count()).toBe(0);
    }
  });

  test('that was changed since isn’t undone in the panel, which says so', async () => {
    await panel.setAlpha('0.15');
    await apply().click();
    await confirm();
    await editorShows('label_smoothing=0.15');
    await workbench.focusEditor();
    await workbench.placeCursor(5, 8);
    await workbench.type('  ');
    await editorShows('loss =   nn.CrossEntropyLoss(label_smoothing=0.15)');
    await panel.frame.locator('[data-control="undo"]').click();
    expect(await panel.text('.controls .problem')).toContain(
      'train.py has changed at that place since then, so this can’t be undone here.',
    );
    await panel.frame.getByRole('button', { name: 'Close' }).click();
    // One step for what was typed, one for the edit.
    for (const text of ['label_smoothing=0.15', 'label_smoothing=0.10']) {
      await workbench.focusEditor();
      await workbench.page.keyboard.press('Control+KeyZ');
      await editorShows(`loss = nn.CrossEntropyLoss(${text})`);
    }
    await expect
      .poll(() => panel.frame.locator('[data-control="alpha"]').inputValue(), { timeout: 10_000 })
      .toBe('0.1');
  });

  test('not before it’s confirmed: Escape, and another α, take the preview away', async () => {
    await panel.setAlpha('0.2');
    await apply().click();
    await panel.frame.locator('[data-control="confirm"]:focus').waitFor();
    await workbench.page.keyboard.press('Escape');
    await panel.frame.locator('.edit').waitFor({ state: 'detached' });
    expect(await panel.frame.evaluate(() => document.activeElement?.textContent)).toBe('Apply α = 0.2…');
    await apply().click();
    await panel.frame.locator('.edit').waitFor();
    await panel.setAlpha('0.25');
    await panel.frame.locator('.edit').waitFor({ state: 'detached' });
    await editorShows('label_smoothing=0.10');
  });

  test('to the constant in another file', async () => {
    await openConfig('tuned.py', 4);
    await panel.setAlpha('0.25');
    await apply().click();
    expect(await panel.text('.edit p')).toBe('settings.py, line 2');
    await confirm();
    await editorShows('SMOOTHING = 2.5e-1');
    await apply().waitFor({ state: 'detached' });
  });

  test('says why not where α is computed', async () => {
    await openConfig('outside.py', 4);
    await panel.setAlpha('0.2');
    await apply().click();
    expect(await panel.text('.controls .problem')).toContain(
      'α is computed on line 4 (args.eps * 2), so there is no single number to change.',
    );
  });

  test('with logits: beside where the panel has its α from', async () => {
    await workbench.openFile('rows.json');
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, 'rows.json');
    expect(await apply().count()).toBe(0);
    await workbench.openFile('train.py');
    await workbench.placeCursor(5, 10);
    await workbench.runCommand('Smooth labels');
    await panel.frame.locator('[data-figure="applied"].taken').waitFor();
    await panel.setAlpha('0.3');
    await apply().click();
    expect(await panel.text('.edit ins mark')).toBe('0.30');
    await confirm();
    await editorShows('label_smoothing=0.30');
    await panel.frame.getByText('✓ Written to train.py, line 5.').waitFor();
    await apply().waitFor({ state: 'detached' });
    expect(await panel.text('[data-figure="applied"]')).toBe('α 0.3 from train.py, line 5');
  });

  test('without an error or a broken Content Security Policy', () => {
    expect(workbench.cspViolations).toEqual([]);
    expect(workbench.errors).toEqual([]);
  });
});
