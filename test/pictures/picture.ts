import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Locator } from 'playwright-core';
import { THEMES, type Workbench } from '../e2e/workbench.ts';
import { ROOT } from '../vscode/paths.ts';

export type Theme = keyof typeof THEMES;

/** What VS Code calls the four kinds. */
const KINDS: Readonly<Record<Theme, string>> = {
  light: 'vs',
  dark: 'vs-dark',
  contrast: 'hc-black',
  contrastLight: 'hc-light',
};

/** Settings that leave the editor and the panel, and nothing else. */
export const BARE = {
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'workbench.activityBar.location': 'hidden',
  'workbench.statusBar.visible': false,
};

/** A picture of all editors, of a part of the window, or (null) of all of it, once charts have laid themselves out. */
export async function take(
  { page }: Workbench,
  path: string,
  part: Locator | null = page.locator('.part.editor'),
): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await page.waitForTimeout(1_000);
  // Animations run on: what fades as far as it's scrolled is one, too.
  await (part ?? page).screenshot({ path });
  console.log(relative(ROOT, path));
}

/** Changes the theme of a window; what has the focus or the pointer keeps it. */
export async function setTheme({ page, folder }: Workbench, theme: Theme): Promise<void> {
  const settings = join(folder, '.vscode', 'settings.json');
  mkdirSync(dirname(settings), { recursive: true });
  writeFileSync(settings, JSON.stringify({ 'workbench.colorTheme': THEMES[theme] }));
  await page.locator(`.monaco-workbench.${KINDS[theme]}`).waitFor();
}

/** Moves the border between the editor and the panel beside it, so that the panel is this wide. */
export async function widenPanel({ page }: Workbench, width: number): Promise<void> {
  const groups = page.locator('.editor-group-container');
  const panel = await groups.last().boundingBox();
  if (panel === null || (await groups.count()) !== 2) throw new Error('The panel isn’t beside the editor.');
  const middle = panel.y + panel.height / 2;
  await page.mouse.move(panel.x, middle);
  await page.mouse.down();
  await page.mouse.move(panel.x + panel.width - width, middle, { steps: 10 });
  await page.mouse.up();
  await page.mouse.move(0, 0);
}
