import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { openWorkbench, type Workbench } from '../e2e/workbench.ts';
import { npyFile } from '../fixtures/npy.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import type { Album } from './album.ts';
import { BARE, widenPanel } from './picture.ts';

interface FirstVisit {
  readonly workbench: Workbench;
  readonly album: Album;
  /** Of the panel, beside an editor. */
  readonly width: number;
}

/** What a new user meets: the playground, the ways to it, the first steps and the pages to learn from. */
export async function takeFirstStates(vsix: string, album: Album): Promise<void> {
  const { theme, koreanPack, zoom, width } = album.look;
  const isNarrow = width !== undefined;
  // With a zoom fewer CSS pixels are left of the window.
  const size = zoom ? { width: 1680, height: 1200 } : { width: isNarrow ? 1000 : 1200, height: 1300 };
  const workbench = await openWorkbench({
    vsix,
    theme,
    ...(koreanPack && { koreanPack }),
    ...(zoom && { zoom }),
    folder: sources(),
    settings: { ...BARE, 'editor.hover.delay': 100, 'workbench.statusBar.visible': true },
    size,
  });
  workbench.page.context().setDefaultTimeout(15_000);
  await workbench.page.keyboard.press('Control+KeyB');
  const visit: FirstVisit = { workbench, album, width: width ?? size.width / 2 };
  await album.visit(workbench, 'playground', () => visitPlayground(visit));
  if (!isNarrow) {
    await album.visit(workbench, 'first-code', () => visitCode(visit));
    await album.visit(workbench, 'first-notebook', () => visitNotebook(visit));
    await album.visit(workbench, 'first-file', () => visitFile(visit));
    await album.visit(workbench, 'steps', () => visitSteps(visit));
    await album.visit(workbench, 'learn', () => visitLearn(visit));
  }
  await workbench.close();
}

async function visitPlayground({ workbench, album, width }: FirstVisit): Promise<void> {
  if (album.look.width !== undefined) await workbench.openFile('notes.md');
  await workbench.runCommand(album.command('openPlayground'));
  const frame = await workbench.panelFrame('[data-preset]');
  if (album.look.width !== undefined) await widenPanel(workbench, width);
  const part = workbench.page.locator('.editor-group-container').last();
  const take = (name: string, shows: string) => album.take(workbench, `playground-${name}`, shows, part);
  await take('first', 'the playground as it opens');
  for (const preset of ['unsure', 'right', 'sure', 'wrong']) {
    await frame.locator(`[data-preset="${preset}"]`).click();
    // A button under the pointer looks as if it were pressed.
    await workbench.page.mouse.move(0, 0);
    await take(preset, `the answer “${preset}”`);
  }
  const alpha = frame.locator('[data-control="alpha"]');
  const classes = frame.locator('[data-control="classes"]');
  await alpha.fill('0');
  await take('alpha-0', 'hard targets');
  await alpha.fill('1');
  await take('alpha-1', 'nothing but uniform targets');
  await alpha.fill('1.5');
  await take('alpha-refused', 'an α that isn’t accepted');
  await alpha.fill('0.3');
  await classes.fill('10');
  await take('10-classes', 'ten classes');
  await classes.fill('1000');
  await take('1000-classes', 'a thousand classes');
  await classes.fill('2');
  await take('2-classes', 'two classes');
  await classes.fill('5');
  await alpha.fill('0.1');
  await frame.locator('[data-control="framework"]').selectOption('NumPy');
  await frame.locator('[data-control="copy"]').click();
  await frame.locator('[data-control="more"]').click();
  await frame.locator('[data-control="more"]').scrollIntoViewIfNeeded();
  await toTop(frame);
  await take('more', 'the code copied, and More open, from the top');
  await toEnd(frame);
  await take('more-end', 'the end of More');
  await frame.locator('[data-control="more"]').click();
}

async function visitCode({ workbench, album }: FirstVisit): Promise<void> {
  const { page } = workbench;
  const window = page.locator('body');
  await workbench.runCommand('Close All Editors');
  await workbench.openFile('train.py');
  await page.locator('.codelens-decoration').first().waitFor();
  await workbench.placeCursor(1, 40);
  await album.take(workbench, 'first-lens', 'a loss on line 1: its lens, and the status bar', window);
  await album.take(workbench, 'first-hover', 'its hover, as high as it is at first', window, async () => {
    await page.keyboard.press('Escape');
    await page.mouse.move(0, 0);
    await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
    await page.locator('.view-line').first().getByText('CrossEntropyLoss').hover();
    await page.locator('.monaco-hover:visible').first().waitFor();
  });
  await page.locator('.monaco-hover:visible').getByText(album.said('Try it in the playground')).click();
  await workbench.panelFrame('[data-preset]');
  await album.take(workbench, 'first-tried', '“Try it”: the playground with the loss of the code');
}

async function visitNotebook({ workbench, album }: FirstVisit): Promise<void> {
  await workbench.runCommand('Close All Editors');
  const item = workbench.page.locator('.cell-status-item', { hasText: '2 × 5' });
  await workbench.openFile('run.ipynb', '.cell-status-item:has-text("2 × 5")');
  await album.take(workbench, 'first-notebook', 'a notebook with two losses and logits');
  await item.first().click();
  const frame = await workbench.panelFrame('[data-control="fromCode"]');
  await album.take(workbench, 'first-notebook-panel', 'the panel of the cell');
  await frame.locator('[data-control="fromCode"]').click();
  await album.take(workbench, 'first-losses', 'the menu of the notebook’s losses');
  await workbench.page.keyboard.press('Escape');
}

async function visitFile({ workbench, album }: FirstVisit): Promise<void> {
  const { page } = workbench;
  await workbench.runCommand('Close All Editors');
  await page.keyboard.press('Control+KeyB');
  await workbench.runInExplorer('val_logits.npy', album.command('openFile'));
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await album.take(workbench, 'first-targets', 'which file has the targets', page.locator('body'));
  await workbench.pick('val_labels.npy');
  await workbench.panelFrame('[data-control="alpha"]');
  await album.take(workbench, 'first-targets-chosen', 'with targets from another file');
  await page.keyboard.press('Control+KeyB');
}

const STEPS = ['playground', 'hover', 'notebook', 'file', 'lab'] as const;

async function visitSteps({ workbench, album }: FirstVisit): Promise<void> {
  const { page } = workbench;
  await workbench.runCommand('Close All Editors');
  await workbench.runCommand('Open Walkthrough...');
  await workbench.pick(album.name('walkthrough.title'));
  for (const step of STEPS) {
    await page
      .getByText(album.name(`walkthrough.${step}.title`), { exact: true })
      .first()
      .click();
    await album.take(workbench, `steps-${step}`, `the first steps: ${step}`);
  }
}

const LEARN = ['implementations', 'typical-values', 'calibration', 'distillation'] as const;

async function visitLearn({ workbench, album }: FirstVisit): Promise<void> {
  const start = 'body.vscode-body a[href*="mixup"]';
  for (const name of [undefined, ...LEARN]) {
    // A preview that is there already is drawn anew, and a click gets lost meanwhile.
    await workbench.runCommand('Close All Editors');
    await workbench.runCommand(album.command('openDocs'));
    await workbench.pick(album.said('Learn: label smoothing'));
    const page = await workbench.panelFrame(start);
    if (name === undefined) {
      await album.take(workbench, 'learn', 'the page about label smoothing');
      continue;
    }
    await page.locator(`a[href*="${name}"]`).first().click();
    await workbench.page.locator('.tab.active', { hasText: `${name}.md` }).waitFor();
    await workbench.page.waitForTimeout(1_000);
    await album.take(workbench, `learn-${name}`, `the page about ${name}`);
  }
}

function toTop(frame: Frame): Promise<void> {
  return frame.evaluate(() => window.scrollTo(0, 0));
}

function toEnd(frame: Frame): Promise<void> {
  return frame.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
}

const cell = (count: number, source: string, text?: string) => ({
  cell_type: 'code',
  execution_count: count,
  metadata: {},
  source,
  outputs: text === undefined ? [] : [{ output_type: 'stream', name: 'stdout', text }],
});

/** A folder as each kind of new user has it. */
function sources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'first-'));
  removeAtExit(folder);
  const loss = 'import torch.nn as nn; criterion = nn.CrossEntropyLoss(label_smoothing=0.1)\n';
  const notebook = {
    cells: [
      cell(1, 'import torch.nn as nn\ncriterion = nn.CrossEntropyLoss(label_smoothing=0.2)'),
      cell(2, 'other = nn.CrossEntropyLoss(label_smoothing=0.05)'),
      cell(
        3,
        'print(logits)\nprint(y)',
        'tensor([[0., 0., 3., 0., 0.],\n        [0., 0., 1., 0., 0.]])\ntensor([2, 2])\n',
      ),
    ],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 4,
  };
  writeFileSync(join(folder, 'train.py'), `${loss}\n\nhead = nn.Linear(512, 5)\n`);
  writeFileSync(join(folder, 'notes.md'), '# Notes\n');
  writeFileSync(join(folder, 'run.ipynb'), JSON.stringify(notebook));
  writeFileSync(join(folder, 'val_logits.npy'), npyFile([2, 5], [0, 0, 3, 0, 0, 0, 0, 1, 0, 0]));
  writeFileSync(join(folder, 'val_labels.npy'), npyFile([2], [2, 2], '<i4'));
  return folder;
}
