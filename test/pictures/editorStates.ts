import type { Workbench } from '../e2e/workbench.ts';
import type { Album } from './album.ts';
import { openEditors } from './editorFiles.ts';

/** Problems, questions, messages and cells, to be looked at. */
export async function takeEditorStates(vsix: string, album: Album): Promise<void> {
  const workbench = await openEditors(vsix, album);
  await takeProblems(workbench, album);
  await takeQuestions(workbench, album);
  await takeMessages(workbench, album);
  await takeCells(workbench, album);
  await workbench.close();
}

async function takeProblems(workbench: Workbench, album: Album): Promise<void> {
  const { page } = workbench;
  await album.visit(workbench, 'problems', async () => {
    await workbench.openFile('wrong.py');
    await page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
    await page.keyboard.press('Control+Shift+KeyM');
    await page.locator('.markers-panel .monaco-list-row').first().waitFor();
    await album.take(workbench, 'problems', 'the problems that are found', page.locator('body'));
    await page.keyboard.press('Control+KeyJ');
    await workbench.focusEditor();
    await workbench.placeCursor(4, 47);
    await page.keyboard.press('Control+Period');
    await page.waitForTimeout(1_500);
    await album.take(workbench, 'quick-fix', 'the quick fix of a problem', page.locator('body'));
    await page.keyboard.press('Escape');
  });
}

async function takeQuestions(workbench: Workbench, album: Album): Promise<void> {
  const { page } = workbench;
  const window = page.locator('body');
  const input = page.locator('.quick-input-widget input[type="text"]');
  await album.visit(workbench, 'set-classes', async () => {
    await workbench.openFile('unknown.py');
    await workbench.placeCursor(3, 12);
    await workbench.runCommand(album.command('setClasses'));
    await input.waitFor();
    await album.take(workbench, 'set-classes', 'the question for K', window);
    await input.fill('many');
    await album.take(workbench, 'set-classes-refused', 'a K that isn’t accepted', window);
    await input.fill('100');
    await album.take(workbench, 'set-classes-choices', 'where this K applies', window);
    await page.keyboard.press('Escape');
  });
  await album.visit(workbench, 'copy-equivalent', async () => {
    await workbench.openFile('train.py');
    await workbench.placeCursor(7, 20);
    await workbench.runCommand(album.command('copyEquivalent'));
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await album.take(workbench, 'copy-equivalent', 'the frameworks a loss can be copied for', window);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1_000);
    await album.take(workbench, 'copied', 'after a loss was copied', window);
  });
  await album.visit(workbench, 'open-docs', async () => {
    await workbench.runCommand(album.command('openDocs'));
    await page.locator('.quick-input-list .monaco-list-row').nth(3).waitFor();
    await album.take(workbench, 'open-docs', 'the pages of the documentation', window);
    await page.keyboard.press('Escape');
  });
  await album.visit(workbench, 'no-logits', async () => {
    await workbench.openFile('notes.md');
    await workbench.runCommand('Smooth labels');
    await workbench.panelFrame('[data-preset]');
    await album.take(
      workbench,
      'no-logits',
      '“Smooth labels” where there are no logits: the playground',
      window,
    );
  });
  await album.visit(workbench, 'arrays', async () => {
    await page.keyboard.press('Control+KeyB');
    await workbench.runInExplorer('models.json', album.command('openFile'));
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await album.take(workbench, 'arrays', 'which array of a file has the logits', window);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+KeyB');
  });
}

const REFUSED: readonly (readonly [file: string, shows: string])[] = [
  ['ragged.json', 'rows of different lengths'],
  ['cut.npy', 'a file that was cut'],
  ['object.npy', 'a file with Python objects'],
  ['log.csv', 'a table without logits'],
  ['summarised.txt', 'a tensor that was printed with “...”'],
];

async function takeMessages(workbench: Workbench, album: Album): Promise<void> {
  const { page } = workbench;
  await page.keyboard.press('Control+KeyB');
  for (const [file, shows] of REFUSED) {
    await album.visit(workbench, `refused-${file}`, async () => {
      if (file.endsWith('.txt')) {
        await workbench.openFile(file);
        await workbench.runCommand('Smooth labels');
      } else await workbench.runInExplorer(file, album.command('openFile'));
      await page.waitForTimeout(1_500);
      await workbench.runCommand('Show Notifications');
      const more = page.locator('.notifications-center .codicon-notifications-expand');
      if (await more.first().isVisible()) await more.first().click();
      await album.take(workbench, `refused-${file.replace('.', '-')}`, shows, page.locator('body'));
      await page.keyboard.press('Escape');
      await workbench.runCommand('Clear All Notifications');
    });
  }
  await page.keyboard.press('Control+KeyB');
}

async function takeCells(workbench: Workbench, album: Album): Promise<void> {
  const { page } = workbench;
  await album.visit(workbench, 'cells', async () => {
    await workbench.runCommand('Close All Editors');
    await page.setViewportSize({ width: 1100, height: 2000 });
    await workbench.openFile('label-smoothing.ipynb', '.notebook-editor');
    await page.locator('.cell-status-item', { hasText: '6 × 5' }).first().waitFor();
    await album.take(
      workbench,
      'notebook',
      'a notebook: lenses, and the items of cells with tensors',
      page.locator('body'),
    );
    await page.locator('.cell-status-item', { hasText: '6 × 5' }).first().click();
    await workbench.panelFrame();
    await page.setViewportSize({ width: 1700, height: 1300 });
    await page.waitForTimeout(1_500);
    await album.take(workbench, 'cell-panel', 'the panel that follows a cell', page.locator('body'));
  });
}
