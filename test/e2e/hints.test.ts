import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { removeAtExit } from '../vscode/processTree.ts';
import { clickLens, lens, panelOfLens, RUNNING_EXAMPLE, untilDone } from './lenses.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const SMOOTHED = 'criterion = nn.CrossEntropyLoss(label_smoothing=0.1)\n';
const NOTEBOOK = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { language_info: { name: 'python' } },
  cells: ['%matplotlib inline\nfrom torch import nn\n', 'head = nn.Linear(64, 10)\n', SMOOTHED].map(
    (source, i) => ({
      cell_type: 'code',
      id: `cell${i}`,
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    }),
  ),
};
const FILES = {
  'train.py': `from torch import nn\n\nhead = nn.Linear(512, 5)\n${SMOOTHED}plain = nn.CrossEntropyLoss()\n`,
  'unknown.py': `from torch import nn\n\n${SMOOTHED}`,
  'keras_loss.py': 'import keras\n\nloss = keras.losses.CategoricalCrossentropy(0.1)\n',
  'notebook.ipynb': JSON.stringify(NOTEBOOK),
  'config.yaml': 'model: vit\nlabel_smoothing: 0.1\n',
  'one.json': '{"logits": [[0, 0, 3, 0, 0]], "targets": [2]}\n',
};

function workspaceFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hints-'));
  removeAtExit(folder);
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('loss configurations in code, in Restricted Mode', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const settings = { 'editor.hover.delay': 100, 'editor.minimap.enabled': false };
    workbench = await openWorkbench({
      vsix: inject('vsix'),
      folder: workspaceFolder(),
      restricted: true,
      settings,
    });
  });
  afterAll(() => workbench?.close());

  const shows = (text: string) => lens(workbench, text).first().waitFor();

  test('have a lens in a file', async () => {
    await workbench.openFile('train.py');
    await shows(RUNNING_EXAMPLE);
    await shows('hard targets · Smooth labels');
  });

  test('explain themselves on hover, with a picture', async () => {
    const { page } = workbench;
    await page.locator('.view-line', { hasText: 'criterion' }).getByText('CrossEntropyLoss').hover();
    const hover = page.locator('.monaco-hover:visible');
    await hover.getByText('The loss can’t reach 0').waitFor({ state: 'attached' });
    const picture = hover.locator('img');
    expect(await picture.getAttribute('alt')).toContain('0.92 for the true class');
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
    expect(await hover.textContent()).toContain('0.389673 nats');
    await page.mouse.move(0, 0);
    await page.keyboard.press('Escape');
  });

  test('open the panel with their targets, floor, best p and gap', async () => {
    const panel = await panelOfLens(workbench);
    expect(await panel.figure('floor')).toBeCloseTo(0.389673, 6);
    expect([await panel.figure('on'), await panel.figure('off')]).toEqual([0.92, 0.02]);
    expect(await panel.figure('best')).toBe(0.92);
    expect(await panel.figure('gap')).toBeCloseTo(Math.log(46), 9);
    expect(await panel.text('header')).toContain('train.py, line 4');
    await panel.setAlpha('0.2');
    expect(await panel.figure('on')).toBeCloseTo(0.84, 12);
  });

  test('are followed by the panel while the code is edited', async () => {
    await workbench.openFile('train.py');
    await workbench.placeCursor(3, 24);
    await workbench.type('0');
    await shows('α 0.1 · K 50 → 0.902 / 0.002 · floor 0.702 nats');
    const panel = await Panel.of(workbench, 'nn.CrossEntropyLoss');
    await expect.poll(() => panel.figure('off'), { timeout: 10_000 }).toBe(0.002);
    await workbench.page.keyboard.press('Control+KeyZ');
    await shows(RUNNING_EXAMPLE);
  });

  test('are still in the panel after the window was loaded again', async () => {
    let panel = await Panel.of(workbench, 'nn.CrossEntropyLoss');
    await panel.setAlpha('0.3');
    await workbench.page.waitForTimeout(1_500);
    await workbench.reload();
    panel = await Panel.of(workbench, 'nn.CrossEntropyLoss');
    expect(await panel.figure('off')).toBeCloseTo(0.06, 12);
  });

  test('give their α to logits that are shown', async () => {
    await workbench.openFile('one.json');
    await workbench.runCommand('Smooth labels');
    const panel = await Panel.of(workbench, 'one.json');
    await panel.setAlpha('0.4');
    await workbench.openFile('train.py');
    await shows(RUNNING_EXAMPLE);
    await clickLens(workbench, 'Smooth labels', () =>
      expect.poll(() => panel.figure('on'), { timeout: 5_000 }).toBe(0.92),
    );
    const taken = 'Using α = 0.1 from nn.CrossEntropyLoss, line 4 of train.py.';
    expect(await panel.text('[data-figure="took"]')).toBe(`✓ ${taken}`);
  });

  test('say that logits have their α already, and lead to what they show without logits, and back', async () => {
    const panel = await Panel.of(workbench, 'one.json');
    const already = 'α is already 0.1, the same as in nn.CrossEntropyLoss, line 4 of train.py.';
    await clickLens(workbench, 'Smooth labels', () =>
      expect.poll(() => panel.text('[data-figure="took"]'), { timeout: 5_000 }).toBe(`✓ ${already}`),
    );
    await panel.frame.getByRole('tab', { name: 'Compare', exact: true }).click();
    await panel.frame.locator('[data-control="fromCode"]').click();
    await panel.frame.getByRole('menuitem', { name: 'Open nn.CrossEntropyLoss without logits' }).click();
    const loss = await Panel.of(workbench, 'nn.CrossEntropyLoss');
    // What was tried out there before is still there.
    expect(await loss.frame.locator('[data-control="alpha"]').inputValue()).toBe('0.3');
    await loss.setAlpha('0.1');
    expect(await loss.figure('floor')).toBeCloseTo(0.389673, 6);
    await loss.frame.getByRole('button', { name: 'Back to one.json' }).click();
    const back = await Panel.of(workbench, 'one.json');
    expect(await back.frame.locator('[data-control="alpha"]').inputValue()).toBe('0.1');
    expect(await back.frame.getByRole('tab', { name: 'Compare' }).getAttribute('aria-selected')).toBe('true');
    await back.frame.getByRole('tab', { name: 'Rows', exact: true }).click();
  });

  test('have a lens in a cell of a notebook, which knows the cells above it', async () => {
    await workbench.openFile('notebook.ipynb', '.notebook-editor .view-line');
    await shows('α 0.1 · K 10 → 0.91 / 0.01 · floor 0.500 nats');
  });

  test('have one in a config file', async () => {
    await workbench.openFile('config.yaml');
    await workbench.page.locator('.codelens-decoration', { hasText: 'α 0.1' }).first().waitFor();
  });

  test('take a K set by hand, and keep it', async () => {
    await workbench.openFile('unknown.py');
    await shows('α 0.1 · K unknown');
    const input = workbench.page.locator('.quick-input-widget input[type="text"]');
    await clickLens(workbench, 'Set K…', () => input.waitFor({ timeout: 5_000 }));
    await input.fill('many');
    await workbench.page.getByText('Enter a whole number from 1 to 2,147,483,647').waitFor();
    await input.fill('100');
    await workbench.page.getByText('K = 100 in this workspace').waitFor();
    await workbench.page.keyboard.press('Enter');
    await shows('α 0.1 · K 100 → 0.901 / 0.001 · floor 0.778 nats');
    await workbench.page.waitForTimeout(1_500);
    await workbench.reload();
    await workbench.openFile('unknown.py');
    await shows('α 0.1 · K 100 → 0.901 / 0.001 · floor 0.778 nats');
  });

  test('can be copied for another framework', async () => {
    await workbench.openFile('unknown.py');
    await workbench.placeCursor(3, 20);
    await workbench.runCommand('Copy equivalent for another framework…');
    await workbench.pick('optax');
    await expect
      .poll(() => workbench.page.evaluate(() => navigator.clipboard.readText()), { timeout: 10_000 })
      .toBe(
        'optax.softmax_cross_entropy(logits, optax.smooth_labels(jax.nn.one_hot(labels, 100), 0.1)).mean()',
      );
  });

  test('are put right by a quick fix', async () => {
    await workbench.openFile('keras_loss.py');
    await workbench.page.locator('.squiggly-warning').first().waitFor();
    await workbench.placeCursor(3, 47);
    await untilDone(async () => {
      await workbench.page.keyboard.press('Escape');
      await workbench.page.keyboard.press('Control+Period');
      const fix = workbench.page.getByText('Pass it by name: label_smoothing=0.1');
      await fix.click({ timeout: 5_000 });
    });
    await workbench.page
      .locator('.view-line', { hasText: 'CategoricalCrossentropy(label_smoothing=0.1)' })
      .waitFor();
    await workbench.page.locator('.squiggly-warning').waitFor({ state: 'detached' });
  });

  test('have the lenses the setting says, at once', async () => {
    await workbench.openFile('train.py');
    const hard = lens(workbench, 'hard targets · Smooth labels').first();
    const smoothed = lens(workbench, RUNNING_EXAMPLE).first();
    const set = (value: string) => {
      mkdirSync(join(workbench.folder, '.vscode'), { recursive: true });
      const settings = JSON.stringify({ 'smoothLabels.codeLens': value });
      writeFileSync(join(workbench.folder, '.vscode', 'settings.json'), settings);
    };
    await hard.waitFor();
    set('smoothed');
    await hard.waitFor({ state: 'detached' });
    await smoothed.waitFor();
    set('off');
    await smoothed.waitFor({ state: 'detached' });
    set('all');
    await smoothed.waitFor();
    await hard.waitFor();
  });

  test('raise no error and break no Content Security Policy', () => {
    expect(workbench.cspViolations).toEqual([]);
    expect(workbench.errors).toEqual([]);
  });
});
