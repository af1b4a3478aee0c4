import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { npyFile } from '../fixtures/npy.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const TARGETS = '[0.02, 0.02, 0.92, 0.02, 0.02]';
const MOST_ACTIONS = 3;
const MOST_MS = 20_000;
const LOSS = 'import torch.nn as nn; criterion = nn.CrossEntropyLoss(label_smoothing=0.1)';

const cell = (source: string, text?: string) => ({
  cell_type: 'code',
  execution_count: 1,
  metadata: {},
  source,
  outputs: text === undefined ? [] : [{ output_type: 'stream', name: 'stdout', text }],
});
const NOTEBOOK = JSON.stringify({
  cells: [
    cell(LOSS),
    cell(
      'print(logits)\nprint(y)',
      'tensor([[0., 0., 3., 0., 0.],\n        [0., 0., 1., 0., 0.]])\ntensor([2, 2])\n',
    ),
  ],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 4,
});

/** What a person does, counted, and timed from when a file is opened until the targets are to be read. */
class Actions {
  readonly #workbench: Workbench;
  readonly #start = performance.now();
  #count = 0;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
  }

  /** `count`: of the actions that it is for a person. */
  async do(action: (page: Workbench['page']) => Promise<void>, count = 1): Promise<void> {
    this.#count += count;
    await action(this.#workbench.page);
  }

  /** `title`: of what is shown then. */
  async untilTargets(title: string): Promise<Frame> {
    const frame = await this.#workbench.panelFrame(`h1:text-is("${title}")`);
    await expect
      .poll(() => frame.locator('[data-figure="targetVector"]').textContent(), { timeout: MOST_MS })
      .toBe(TARGETS);
    const ms = performance.now() - this.#start;
    console.log(`${title}: ${this.#count} actions, ${(ms / 1000).toFixed(1)} s`);
    expect(ms).toBeLessThan(MOST_MS);
    expect(this.#count).toBeLessThanOrEqual(MOST_ACTIONS);
    return frame;
  }
}

describe('the way to the targets', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'playground-'));
    removeAtExit(folder);
    writeFileSync(join(folder, 'train.py'), `${LOSS}\n\n\nepochs = 90\n`);
    writeFileSync(join(folder, 'run.ipynb'), NOTEBOOK);
    writeFileSync(join(folder, 'val_logits.npy'), npyFile([2, 5], [0, 0, 3, 0, 0, 0, 0, 1, 0, 0]));
    writeFileSync(join(folder, 'val_labels.npy'), npyFile([2], [2, 2], '<i4'));
    const settings = { 'editor.hover.delay': 100, 'editor.minimap.enabled': false };
    workbench = await openWorkbench({ vsix: inject('vsix'), folder, settings });
  });
  afterAll(() => workbench?.close());

  test('from an empty window takes three actions, and says why it’s there', async () => {
    const actions = new Actions(workbench);
    await actions.do((page) => page.keyboard.press('F1'));
    await actions.do((page) => page.keyboard.type('Smooth labels'));
    await actions.do((page) => page.keyboard.press('Enter'));
    const frame = await actions.untilTargets('Label smoothing, by hand');
    await frame.getByText('There are no logits in view').waitFor();
    await frame.locator('[data-preset="sure"]').click();
    await frame.getByText('Right, but too sure').waitFor();
  });

  test('from a loss on line 1 takes two: its hover, and “Try it”', async () => {
    const actions = new Actions(workbench);
    await workbench.openFile('train.py');
    const lens = workbench.page.locator('.codelens-decoration').first();
    await lens.waitFor();
    const editor = (await workbench.page.locator('.editor-instance').first().boundingBox())!;
    await expect.poll(async () => (await lens.boundingBox())!.y).toBeGreaterThanOrEqual(editor.y);
    await actions.do((page) => page.locator('.view-line').first().getByText('CrossEntropyLoss').hover());
    await actions.do((page) => page.locator('.monaco-hover:visible').getByText('Try it').click());
    const frame = await actions.untilTargets('nn.CrossEntropyLoss');
    await frame.getByText('train.py, line 1').waitFor();
    // It would lie above what it led to.
    expect(await workbench.page.locator('.monaco-hover:visible').count()).toBe(0);
  });

  test('from a notebook takes one: the item below the cell that printed logits', async () => {
    const item = workbench.page.locator('.cell-status-item', { hasText: '2 × 5 tensor' });
    const actions = new Actions(workbench);
    await workbench.openFile('run.ipynb', '.cell-status-item:has-text("2 × 5 tensor")');
    await actions.do(() => item.click());
    const frame = await actions.untilTargets('run.ipynb');
    await frame.getByText('α 0.1 from cell [1]').waitFor();
    await frame.getByText('targets given with the logits').waitFor();
  });

  test('from a .npy file takes three: its menu, “Open in Smooth Labels”, and the file of targets', async () => {
    const actions = new Actions(workbench);
    await actions.do(() => workbench.runInExplorer('val_logits.npy', 'Open in Smooth Labels'), 2);
    await actions.do(() => workbench.pick('val_labels.npy'));
    await actions.untilTargets('val_logits.npy');
  });

  test('leads on to logits, and to what there is to read', async () => {
    await workbench.runCommand('Try label smoothing');
    const frame = await workbench.panelFrame('[data-control="own-logits"]');
    await frame.locator('[data-control="own-logits"]').click();
    await workbench.page.getByText('Open the sample', { exact: true }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await frame.locator('[data-learn="label-smoothing"]').click();
    const preview = await workbench.panelFrame('h1:text-is("Label smoothing")');
    expect(
      await preview
        .locator('img')
        .first()
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    ).toBeGreaterThan(100);
  });

  test('breaks no Content Security Policy and raises no error', () => {
    expect(workbench.cspViolations).toEqual([]);
    expect(workbench.errors).toEqual([]);
  });
});
