import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { removeAtExit } from '../vscode/processTree.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const LOSS =
  'from torch import nn\nhead = nn.Linear(512, 5)\nloss = nn.CrossEntropyLoss(label_smoothing=0.1)\n';
const LENS = 'α 0.1 · K 5';
const NONE = 'Losses aren’t analysed in this document';
const PART = 'Losses are analysed in part of this document only';

const fill = (text: string, most: number) => text.repeat(Math.ceil(most / text.length));

/** Each file, and what its language status has to say. */
const FILES = {
  'large.py': [
    `${LOSS}${fill(`# ${'and so on '.repeat(100)}\n`, 2_000_000)}`,
    NONE,
    'The document has more than 2,000,000 characters',
  ],
  'long_line.py': [`${LOSS}x = "${fill('a', 100_001)}"\n`, NONE, 'A line has more than 100,000 characters'],
  'deep.py': [
    `${LOSS}x = ${'('.repeat(201)}1${')'.repeat(201)}\n`,
    PART,
    'Part of the document is nested too deeply',
  ],
} as const;

describe('documents that are too much to look into', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'limits-'));
    removeAtExit(folder);
    writeFileSync(join(folder, 'train.py'), LOSS);
    for (const [name, [text]] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    workbench = await openWorkbench({
      vsix: inject('vsix'),
      folder,
      settings: { 'editor.minimap.enabled': false },
    });
  });
  afterAll(() => workbench?.close());

  const lenses = () => workbench.page.locator('.codelens-decoration', { hasText: LENS });
  /** The button with `{}` in the status bar. */
  const braces = () => workbench.page.locator('.statusbar-item[id="status.languageStatus"]');
  /** What is said where the mouse is held over that. */
  const said = async () => {
    await workbench.page.mouse.move(0, 0);
    await braces().hover();
    const status = workbench.page.locator('.hover-language-status');
    await status.first().waitFor({ timeout: 5_000 });
    const all = await status.allTextContents();
    await workbench.page.mouse.move(0, 0);
    return all.join('\n');
  };

  test('are none that are of a usual size', async () => {
    await workbench.openFile('train.py');
    await lenses().first().waitFor();
    expect(await braces().count()).toBe(0);
  });

  test.each(Object.entries(FILES))('say so in their language status: %s', async (name, [, what, why]) => {
    await workbench.openFile(name);
    await braces().waitFor();
    await expect.poll(said, { timeout: 20_000 }).toContain(what);
    expect(await said()).toContain(why);
    if (what === PART) await lenses().first().waitFor();
    else expect(await lenses().count()).toBe(0);
  });

  test('say it no longer once they’re left', async () => {
    await workbench.openFile('train.py');
    await lenses().first().waitFor();
    await braces().waitFor({ state: 'detached' });
    expect(workbench.errors).toEqual([]);
  });
});
