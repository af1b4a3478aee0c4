// Takes README's pictures from the packaged extension on the sample: `npm run screenshots`.
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench, type THEMES } from './e2e/workbench.ts';
import { packageExtension } from './package.ts';
import { OUTPUT, ROOT, SAMPLES } from './vscode/paths.ts';
import { removeAtExit } from './vscode/processTree.ts';

const PICTURES = join(ROOT, 'media', 'pictures');

/** Everything that isn't the editor and the panel. */
const BARE = {
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.statusBar.visible': false,
};

/** Tabs with a picture of their own. */
const TABS = [
  ['calibration', 'Calibration'],
  ['class-weights', 'Class weights'],
] as const;

/** How much of the width the editor keeps. */
const EDITOR = 0.27;

async function picture(vsix: string, theme: keyof typeof THEMES): Promise<void> {
  const size = { width: 1280, height: 860 };
  const workbench = await openWorkbench({ vsix, theme, folder: SAMPLES, settings: BARE, size, scale: 2 });
  const { page } = workbench;
  await workbench.openFile('digits.logits.json');
  await page.keyboard.press('Control+KeyB');
  await workbench.runCommand('Smooth labels');
  const frame = await workbench.panelFrame();
  const groups = page.locator('.editor-group-container');
  const panel = await groups.last().boundingBox();
  if (panel === null || (await groups.count()) !== 2) throw new Error('The panel isn’t beside the editor.');
  await page.mouse.move(panel.x, panel.y + panel.height / 2);
  await page.mouse.down();
  await page.mouse.move(size.width * EDITOR, panel.y + panel.height / 2, { steps: 10 });
  await page.mouse.up();
  await page.mouse.move(0, 0);
  const take = async (name: string) => {
    // The charts lay themselves out anew.
    await page.waitForTimeout(1_000);
    await page
      .locator('.part.editor')
      .screenshot({ path: join(PICTURES, `${name}-${theme}.png`), animations: 'disabled' });
  };
  await take('panel');
  for (const [name, title] of TABS) {
    await frame.getByRole('tab', { name: title, exact: true }).click();
    await frame.getByRole('tabpanel').locator('progress').waitFor({ state: 'detached' });
    await frame.getByRole('tablist').evaluate((list) => list.scrollIntoView());
    await take(name);
  }
  await workbench.close();
}

const SOURCE = `from torch import nn

head = nn.Linear(512, 5)
validation = nn.CrossEntropyLoss()
criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
`;

/** Lenses, the hover of one, and its panel. */
async function hintsPicture(vsix: string, theme: keyof typeof THEMES): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  removeAtExit(folder);
  writeFileSync(join(folder, 'train.py'), SOURCE);
  const settings = {
    ...BARE,
    'editor.hover.delay': 100,
    'editor.hover.above': false,
    'editor.occurrencesHighlight': 'off',
  };
  const size = { width: 860, height: 470 };
  const workbench = await openWorkbench({ vsix, theme, folder, settings, size, scale: 2 });
  const { page } = workbench;
  await workbench.openFile('train.py');
  await page.keyboard.press('Control+KeyB');
  await page.locator('.codelens-decoration', { hasText: 'floor' }).waitFor();
  await page.waitForTimeout(2_000);
  await page.locator('.view-line', { hasText: 'criterion' }).getByText('CrossEntropyLoss').hover();
  await page.locator('.monaco-hover:visible img').waitFor();
  await page.waitForTimeout(1_000);
  const path = join(PICTURES, `hints-${theme}.png`);
  await page.locator('.part.editor').screenshot({ path, animations: 'disabled' });
  await workbench.close();
}

/** A cell with logits, its item, and its panel. */
async function notebookPicture(vsix: string, theme: keyof typeof THEMES): Promise<void> {
  const settings = { ...BARE, 'notebook.globalToolbar': false, 'editor.occurrencesHighlight': 'off' };
  // So high that the cell is in view without scrolling.
  const size = { width: 1280, height: 1800 };
  const workbench = await openWorkbench({ vsix, theme, folder: SAMPLES, settings, size, scale: 2 });
  const { page } = workbench;
  await workbench.openFile('label-smoothing.ipynb', '.notebook-editor');
  await page.keyboard.press('Control+KeyB');
  await page.locator('.cell-status-item', { hasText: '6 × 5' }).click();
  await page.locator('.quick-input-list').getByText('labels').first().click();
  await workbench.panelFrame();
  await page.setViewportSize({ width: size.width, height: 860 });
  // The cell is elsewhere now.
  await (await workbench.panelFrame()).locator('[data-figure="cell"]').click();
  await page.mouse.move(0, 0);
  await page.waitForTimeout(3_000);
  const path = join(PICTURES, `notebook-${theme}.png`);
  await page.locator('.part.editor').screenshot({ path, animations: 'disabled' });
  await workbench.close();
}

mkdirSync(PICTURES, { recursive: true });
const vsix = await packageExtension('complete', join(OUTPUT, 'packages'));
for (const theme of ['light', 'dark', 'contrast'] as const) {
  await notebookPicture(vsix, theme);
  console.log(`media/pictures/notebook-${theme}.png`);
  await hintsPicture(vsix, theme);
  console.log(`media/pictures/hints-${theme}.png`);
  await picture(vsix, theme);
  console.log(`media/pictures/panel-${theme}.png`);
}
process.exit();
