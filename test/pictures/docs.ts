import { globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '../e2e/workbench.ts';
import { OUTPUT, ROOT, SAMPLES } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { BARE, type Theme, take, widenPanel } from './picture.ts';

const PAGES = ['README.md', ...globSync('docs/*.md', { cwd: ROOT })]
  .map((page) => readFileSync(join(ROOT, page), 'utf8'))
  .join('\n');

/** Pictures for README and docs, in media/pictures; what those don't show of them is with the states. */
export async function takeDocsPictures(vsix: string, theme: Theme): Promise<void> {
  await notebookPicture(vsix, theme);
  await hintsPicture(vsix, theme);
  await panelPictures(vsix, theme);
}

function pathOf(name: string, theme: Theme): string {
  const shown = `media/pictures/${name}-${theme}.png`;
  if (PAGES.includes(shown)) return join(ROOT, shown);
  return join(OUTPUT, 'pictures', theme, `docs-${name}.png`);
}

/** The sample beside the panel, at the top and with one of its tabs. */
async function panelPictures(vsix: string, theme: Theme): Promise<void> {
  const size = { width: 1120, height: 720 };
  const workbench = await openWorkbench({ vsix, theme, folder: SAMPLES, settings: BARE, size, scale: 2 });
  await workbench.openFile('digits.logits.json');
  await workbench.page.keyboard.press('Control+KeyB');
  await workbench.runCommand('Smooth labels');
  const frame = await workbench.panelFrame();
  await widenPanel(workbench, size.width * 0.73);
  await take(workbench, pathOf('panel', theme));
  await frame.getByRole('tab', { name: 'Calibration', exact: true }).click();
  await frame.getByRole('tabpanel').locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  await frame.getByRole('tablist').evaluate((list) => {
    const bar = document.querySelector('.bar')!.getBoundingClientRect();
    window.scrollBy(0, list.getBoundingClientRect().top - bar.bottom);
  });
  await take(workbench, pathOf('calibration', theme));
  await workbench.close();
}

const SOURCE = `from torch import nn

head = nn.Linear(512, 5)
validation = nn.CrossEntropyLoss()
criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
`;

/** Lenses, and the hover of one. */
async function hintsPicture(vsix: string, theme: Theme): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  removeAtExit(folder);
  writeFileSync(join(folder, 'train.py'), SOURCE);
  const settings = { ...BARE, 'editor.hover.delay': 100, 'editor.hover.above': false };
  const size = { width: 860, height: 470 };
  const workbench = await openWorkbench({ vsix, theme, folder, settings, size, scale: 2 });
  const { page } = workbench;
  await workbench.openFile('train.py');
  await page.keyboard.press('Control+KeyB');
  await page.locator('.codelens-decoration', { hasText: 'floor' }).waitFor();
  await page.waitForTimeout(2_000);
  await page.locator('.view-line', { hasText: 'criterion' }).getByText('CrossEntropyLoss').hover();
  await page.locator('.monaco-hover:visible img').waitFor();
  await take(workbench, pathOf('hints', theme));
  await workbench.close();
}

/** A cell with logits, its item, and its panel. */
async function notebookPicture(vsix: string, theme: Theme): Promise<void> {
  const settings = { ...BARE, 'notebook.globalToolbar': false };
  // So high that the cell is in view without scrolling.
  const size = { width: 1280, height: 1800 };
  const workbench = await openWorkbench({ vsix, theme, folder: SAMPLES, settings, size, scale: 2 });
  const { page } = workbench;
  await workbench.openFile('label-smoothing.ipynb', '.notebook-editor');
  await page.keyboard.press('Control+KeyB');
  await page.getByRole('button', { name: 'Smooth labels: 6 × 5 tensor', exact: true }).click();
  await workbench.panelFrame();
  await page.setViewportSize({ width: size.width, height: 860 });
  // The cell is elsewhere now.
  await (await workbench.panelFrame()).locator('[data-figure="cell"]').click();
  await page.mouse.move(0, 0);
  await page.waitForTimeout(2_000);
  await take(workbench, pathOf('notebook', theme));
  await workbench.close();
}
