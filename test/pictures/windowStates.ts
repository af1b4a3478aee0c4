import { openWorkbench, type Workbench } from '../e2e/workbench.ts';
import { SAMPLES } from '../vscode/paths.ts';
import type { Album } from './album.ts';

/** What VS Code itself shows of the extension, to be looked at. */
export async function takeWindowStates(vsix: string, album: Album): Promise<void> {
  const { theme, koreanPack, zoom } = album.look;
  const workbench = await openWorkbench({
    vsix,
    theme,
    ...(koreanPack && { koreanPack }),
    ...(zoom && { zoom }),
    folder: SAMPLES,
    size: { width: 1200, height: 1500 },
  });
  const { page } = workbench;
  page.context().setDefaultTimeout(15_000);
  const window = page.locator('body');
  await album.visit(workbench, 'settings', async () => {
    await workbench.runCommand('Open Settings (UI)');
    await page.locator('.settings-editor .suggest-input-container').click();
    await page.keyboard.insertText('@ext:smooth-labels.smooth-labels');
    await page.locator('.settings-editor .setting-item').nth(2).waitFor();
    await album.take(workbench, 'settings', 'the settings', window);
  });
  await album.visit(workbench, 'shortcuts', async () => {
    await workbench.runCommand('Open Keyboard Shortcuts');
    await page.locator('.keybindings-editor .monaco-list-row').first().waitFor();
    // The search has the focus.
    await page.keyboard.insertText('smoothLabels');
    await page.waitForTimeout(1_000);
    await album.take(workbench, 'shortcuts', 'the commands in the keyboard shortcuts editor', window);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });
  await album.visit(workbench, 'palette', async () => {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input[type="text"]').fill('>smooth labels');
    await page.locator('.quick-input-list .monaco-list-row').nth(1).waitFor();
    await album.take(workbench, 'palette', 'the commands in the palette', window);
    await page.keyboard.press('Escape');
  });
  await album.visit(workbench, 'explorer-menu', async () => {
    await page.getByRole('treeitem', { name: 'digits.logits.json' }).first().click({ button: 'right' });
    await page.waitForTimeout(1_000);
    await album.take(workbench, 'explorer-menu', 'the menu of a file', window);
    await page.keyboard.press('Escape');
  });
  await album.visit(workbench, 'editor-menu', async () => {
    await workbench.openFile('digits.logits.json');
    await page.keyboard.press('Control+KeyA');
    await page.locator('.view-line').nth(3).click({ button: 'right' });
    await page.waitForTimeout(1_000);
    await album.take(workbench, 'editor-menu', 'the menu of a selection', window);
    await page.keyboard.press('Escape');
  });
  await album.visit(workbench, 'page', async () => {
    await workbench.runCommand('Show Installed Extensions');
    await page.locator('.extension-list-item', { hasText: 'Smooth Labels' }).click();
    await workbench.panelFrame('h1#smooth-labels, h1');
    await album.take(workbench, 'page', 'the page of the installed extension', window);
  });
  await takeDocs(workbench, album);
  await workbench.close();
}

const DOCS = [
  'Overview',
  'The panel',
  'Losses in code',
  'Notebooks',
  'File formats',
  'What α means',
  'Speed',
  'API for other extensions',
  'Changelog',
];

async function takeDocs(workbench: Workbench, album: Album): Promise<void> {
  const { page } = workbench;
  await page.keyboard.press('Control+KeyB');
  await page.setViewportSize({ width: 1100, height: 2400 });
  for (const [index, name] of DOCS.entries()) {
    await album.visit(workbench, `docs ${name}`, async () => {
      await workbench.runCommand('Close All Editors');
      await workbench.runCommand(album.command('openDocs'));
      await workbench.pick(album.said(name));
      await workbench.panelFrame('body.vscode-body h1');
      const file = `docs-${index}-${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
      await album.take(workbench, file, `the beginning of the page “${name}” in the editor`);
    });
  }
}
