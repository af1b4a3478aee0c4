import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { printedLoss, readNotebook, textOf } from '../fixtures/notebooks/notebook.ts';
import { ROOT, SAMPLES } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const SAMPLE = 'label-smoothing.ipynb';
const TENSORS = 'tensors.ipynb';

/** Half of the last digit of a loss with 4 decimals, and what 4 decimals of the logits can do to it. */
const PRINTED = 0.5e-4 + 1e-4;

describe('the output of a cell, in Restricted Mode', () => {
  let workbench: Workbench;
  let panel: Panel;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'notebooks-'));
    removeAtExit(folder);
    cpSync(join(SAMPLES, SAMPLE), join(folder, SAMPLE));
    cpSync(join(ROOT, 'test', 'fixtures', 'notebooks', TENSORS), join(folder, TENSORS));
    workbench = await openWorkbench({
      vsix: inject('vsix'),
      folder,
      restricted: true,
      // Cells out of view have no items.
      size: { width: 1400, height: 2400 },
      settings: { 'editor.minimap.enabled': false },
    });
  });
  afterAll(() => workbench?.close());

  const item = (text: string) => workbench.page.locator('.cell-status-item', { hasText: text }).first();
  const pick = (label: string) =>
    workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first();
  const open = (name: string, text: string) =>
    workbench.openFile(name, `.cell-status-item:has-text("${text}")`);
  const lossAfter = (name: string, code: string) => {
    const cells = readNotebook(join(workbench.folder, name));
    return printedLoss(cells[cells.findIndex(({ source }) => textOf(source).includes(code)) + 1]!);
  };

  test('has an item below it if it’s a tensor, and only then', async () => {
    await workbench.openFile(SAMPLE, '.notebook-editor');
    const items = workbench.page.locator('.cell-status-item', { hasText: 'Smooth labels' });
    const texts = async () => (await items.allTextContents()).map((text) => text.trim());
    // The window is new, and so is all it needs.
    await expect
      .poll(texts, { timeout: 60_000 })
      .toEqual(['Smooth labels: 6 × 5 tensor', 'Smooth labels: 226 × 5 tensor']);
  });

  test('opens with the targets that were printed with it, and the loss that PyTorch printed next', async () => {
    await item('6 × 5').click();
    panel = await Panel.of(workbench, `logits · ${SAMPLE}`);
    const printed = lossAfter(SAMPLE, 'print("logits:"');
    expect(Math.abs((await panel.figure('loss')) - printed)).toBeLessThan(PRINTED);
    expect(await panel.text('[data-figure="cell"]')).toBe('live: cell [3]');
    expect(await panel.text('header')).toContain('targets from labels');
    expect(await panel.text('[data-figure="precision"]')).toBe(
      'Logits printed with 4 decimals: the loss is accurate to ±0.0001 nats',
    );
  });

  test('is updated when another run is on disk; α stays', async () => {
    await panel.setAlpha('0.2');
    const before = await panel.figure('loss');
    const path = join(workbench.folder, SAMPLE);
    const executed = readFileSync(path, 'utf8');
    writeFileSync(path, executed.replace('[[-1.1050, -0.2714,', '[[-1.1050,  9.2714,'));
    await expect.poll(() => panel.figure('loss'), { timeout: 20_000 }).toBeGreaterThan(before + 0.5);
    expect(await panel.frame.locator('[data-control="alpha"]').inputValue()).toBe('0.2');
    writeFileSync(path, executed);
    await expect.poll(() => panel.figure('loss'), { timeout: 20_000 }).toBeCloseTo(before, 9);
  });

  test('that a program made for us has all digits, and its targets with it', async () => {
    await item('226 × 5').click();
    panel = await Panel.of(workbench, `logits · ${SAMPLE}`);
    await expect.poll(() => panel.text('[data-figure="shape"]')).toContain('226 × 5');
    expect(await panel.figure('loss')).toBeCloseTo(lossAfter(SAMPLE, 'smooth-labels.v1+json'), 6);
  });

  test('says when it’s cleared, and stays in view', async () => {
    const loss = await panel.figure('loss');
    await open(SAMPLE, '226 × 5');
    await workbench.runCommand('Notebook: Clear All Outputs');
    await panel.frame
      .getByText('Cell 8 no longer has output. Run it again. Showing the last result that could be read.')
      .waitFor();
    expect(await panel.figure('loss')).toBe(loss);
    await item('226 × 5').waitFor({ state: 'detached' });
  });

  test('may be several tensors: the logits are those of that name, and the others are said to be left out', async () => {
    await open(TENSORS, '3 tensors');
    await item('Smooth labels: 3 tensors').click();
    await workbench.pick('No targets');
    panel = await Panel.of(workbench, TENSORS);
    expect(await panel.text('[data-figure="shape"]')).toContain('6 × 5 logits');
    expect((await panel.text('[data-figure="leftOut"]')).replace(/[\u2066-\u2069]/g, '')).toBe(
      'left out: teacher, bias',
    );
    expect(await panel.text('.assumed')).toBe('targets assumed: each row’s most likely class');
  });

  test('takes its targets from another cell; that is remembered', async () => {
    const first = item('6 × 5 tensor');
    await first.click();
    expect(await pick('labels').textContent()).toContain('cell [4]: 6 class indices');
    await workbench.pick('labels');
    panel = await Panel.of(workbench, TENSORS);
    const printed = lossAfter(TENSORS, 'torch.randn(6, 5)');
    await expect.poll(async () => Math.abs((await panel.figure('loss')) - printed)).toBeLessThan(PRINTED);
    await item('4 × 3 tensor').click();
    panel = await Panel.of(workbench, TENSORS);
    await expect.poll(() => panel.text('[data-figure="shape"]')).toContain('4 × 3');
    await first.click();
    await expect.poll(() => panel.text('[data-figure="shape"]'), { timeout: 20_000 }).toContain('6 × 5');
    expect(Math.abs((await panel.figure('loss')) - printed)).toBeLessThan(PRINTED);
  });

  test('as a data frame has the names of its columns', async () => {
    await workbench.page.locator('.cell-status-item', { hasText: '4 × 3 tensor' }).nth(1).click();
    await expect.poll(() => panel.text('tr[data-row="0"]'), { timeout: 20_000 }).toMatch(/cat|dog|owl/);
  });

  test('that was printed in part is refused, with two ways out', async () => {
    await open(TENSORS, '3 tensors');
    await workbench.page.locator('.notebook-editor .view-line', { hasText: 'large = torch' }).first().click();
    await workbench.runCommand('Smooth labels');
    // Here VS Code shows no toasts, only its list.
    await workbench.runCommand('Show Notifications');
    const message = workbench.page.locator('.notification-list-item', { hasText: 'weren’t printed' });
    await message.waitFor();
    await message
      .getByRole('button', { name: "Copy torch.set_printoptions(threshold=float('inf'))" })
      .click();
    await expect
      .poll(() => workbench.page.evaluate(() => navigator.clipboard.readText()), { timeout: 10_000 })
      .toBe("torch.set_printoptions(threshold=float('inf'))");
    await workbench.focusEditor();
    await workbench.runCommand('Smooth labels');
    await workbench.runCommand('Show Notifications');
    await message.getByRole('button', { name: 'Insert a cell below' }).click();
    await workbench.page
      .locator('.notebook-editor .view-line', { hasText: 'print(large)' })
      .first()
      .waitFor();
  });

  test('would be measured by a cell that is only shown: nothing is inserted', async () => {
    const measuring = (editor: string) =>
      workbench.page.locator(`${editor} .view-line`, { hasText: 'def smooth_labels(' });
    await open(TENSORS, '3 tensors');
    await workbench.page.locator('.notebook-editor .view-line', { hasText: 'large = torch' }).first().click();
    await workbench.runCommand('Measure logits in the kernel');
    await workbench.pick('Sums only');
    await measuring('.editor-instance').first().waitFor();
    await workbench.runCommand('Show Notifications');
    await workbench.page.locator('.notification-list-item', { hasText: 'Nothing was inserted' }).waitFor();
    await open(TENSORS, '3 tensors');
    expect(await measuring('.notebook-editor').count()).toBe(0);
  });

  test('raises no error', () => {
    expect(workbench.errors).toEqual([]);
  });
});
