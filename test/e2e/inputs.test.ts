import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { npyFile } from '../fixtures/npy.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'rows.json': '[\n  [1, 2, 3],\n  [3, 2, 1],\n  [0, 0, 9]\n]\n',
  'ragged.json': '[\n  [1, 2],\n  [3, 4],\n  [5, 6, 7]\n]\n',
  'notes.md': '# Nothing here\n',
  'emoji.json': '{"names": ["😀", "🙃"],\r\n "logits": [[2, 1]],\r\n "label": ["🙃"]}\r\n',
  'logits.npy': npyFile([20_000, 100], new Float32Array(2_000_000)),
  'cut.npy': npyFile([2, 2], [1, 2, 3, 4]).slice(0, -4),
};

describe('logits come from', () => {
  let workbench: Workbench;
  let panel: Panel;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'inputs-'));
    removeAtExit(folder);
    for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content);
    workbench = await openWorkbench({ vsix: inject('vsix'), folder, restricted: true });
  });
  afterAll(() => workbench?.close());

  const smoothLabels = async (name: string) => {
    await workbench.openFile(name);
    await workbench.placeCursor(1);
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, name);
  };
  const notification = (text: string) =>
    workbench.page.locator('.notification-list-item-message', { hasText: text });

  test('a whole file, in Restricted Mode; without targets the argmax is assumed, and can be chosen', async () => {
    await smoothLabels('rows.json');
    expect(await panel.text('.assumed')).toBe('targets assumed: each row’s most likely class');
    expect(await panel.text('header')).toContain('lines 1–53 × 3 logits');
    const loss = await panel.figure('loss');
    await panel.choose('target', '0');
    await expect.poll(() => panel.figure('loss'), { timeout: 10_000 }).toBeGreaterThan(loss);
    expect(await panel.text('[data-figure="accuracy"]')).toBe('accuracy 66.7 %');
  });

  test('the selection', async () => {
    await workbench.openFile('rows.json');
    await workbench.select([2, 3], [3, 12]);
    await workbench.runCommand('Smooth labels');
    await panel.frame.getByText('2 × 3 logits').waitFor();
    expect(await panel.text('header')).toContain('lines 2–3');
  });

  test('a document while it is edited; what can’t be read is said, and the last result stays', async () => {
    await smoothLabels('rows.json');
    const loss = await panel.figure('loss');
    await workbench.openFile('rows.json');
    await workbench.placeCursor(4, 10);
    await workbench.type('9');
    await expect.poll(() => panel.figure('loss'), { timeout: 10_000 }).not.toBe(loss);
    const edited = await panel.figure('loss');
    await workbench.type(', 4');
    await panel.frame.getByText('Line 4: row 2 has 4 logits, but rows 0–1 have 3.').waitFor();
    expect(await panel.figure('loss')).toBe(edited);
    await workbench.page.keyboard.press('Control+KeyZ');
    await workbench.page.keyboard.press('Control+KeyZ');
    await panel.frame.locator('.problem').waitFor({ state: 'detached' });
  });

  test('class names with emoji, in a file with CRLF', async () => {
    await smoothLabels('emoji.json');
    expect(await panel.text('tr[data-row="0"]')).toContain('🙃✗ 😀');
  });

  test('a NumPy file of 20,000 × 100 logits, from the explorer', async () => {
    await workbench.runInExplorer('logits.npy', 'Open in Smooth Labels');
    panel = await Panel.of(workbench, 'logits.npy');
    expect(await panel.text('[data-figure="shape"]')).toBe('20,000 × 100 logits');
    expect(await panel.text('.assumed')).toBe('targets assumed: each row’s most likely class');
    // All logits are alike: the loss of a guess, whatever α is.
    expect(await panel.figure('loss')).toBeCloseTo(Math.log(100), 5);
  });

  test('not a NumPy file that was cut short: the message says what is missing', async () => {
    await workbench.runInExplorer('cut.npy', 'Open in Smooth Labels');
    await workbench.runCommand('Show Notifications');
    await notification('The file has 140 bytes, but its header declares 144').waitFor();
  });

  test('not a ragged file: the message names the place', async () => {
    await workbench.openFile('ragged.json');
    await workbench.runCommand('Smooth labels');
    // Here VS Code shows no toasts, only its list.
    await workbench.runCommand('Show Notifications');
    await notification('Line 4: row 2 has 3 logits, but rows 0–1 have 2.').waitFor();
    await workbench.page.getByRole('button', { name: 'Show line 4', exact: true }).click();
    await workbench.page.getByText('Ln 4, Col 3').waitFor();
  });

  /** Where a document has no logits there's the playground, which says so and leads on. */
  const chooseFromPlayground = async (name: string) => {
    const frame = await workbench.panelFrame('[data-control="own-logits"]');
    await frame.getByText(`${name} has no logits at the cursor`).waitFor();
    await frame.locator('[data-control="own-logits"]').click();
  };

  test('the sample, where the document has none', async () => {
    await workbench.openFile('notes.md');
    await workbench.runCommand('Smooth labels');
    await chooseFromPlayground('notes.md');
    await workbench.page.getByText('Open the sample', { exact: true }).click();
    await Panel.of(workbench, 'digits.logits.json');
  });

  test('the clipboard', async () => {
    await workbench.page.evaluate(() => navigator.clipboard.writeText('[[1, 2, 3, 4]]'));
    await workbench.openFile('notes.md');
    await workbench.runCommand('Smooth labels');
    await chooseFromPlayground('notes.md');
    await workbench.page.getByText('Paste from the clipboard').click();
    panel = await Panel.of(workbench, 'clipboard');
    expect(await panel.text('[data-figure="shape"]')).toBe('1 × 4 logits');
  });

  test('without an error or a broken Content Security Policy', () => {
    expect(workbench.cspViolations).toEqual([]);
    expect(workbench.errors).toEqual([]);
  });
});
