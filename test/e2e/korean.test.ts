import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ROOT } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const folder = mkdtempSync(join(tmpdir(), 'korean-'));
removeAtExit(folder);
writeFileSync(join(folder, 'one.json'), '{"logits": [[0, 0, 3, 0, 0]], "targets": [2]}\n');
writeFileSync(
  join(folder, 'train.py'),
  'from torch import nn\n\nhead = nn.Linear(512, 5)\ncriterion = nn.CrossEntropyLoss(label_smoothing=0.1)\n',
);

const KOREAN = JSON.parse(readFileSync(join(ROOT, 'l10n', 'bundle.l10n.ko.json'), 'utf8'));
const COMMANDS = JSON.parse(readFileSync(join(ROOT, 'package.nls.ko.json'), 'utf8'));

describe.each([
  { host: 'the Node extension host', vsix: 'vsix' },
  { host: 'the web extension host', vsix: 'browserVsix' },
] as const)('in a VS Code whose display language is Korean, in $host', ({ vsix }) => {
  let workbench: Workbench;

  beforeAll(async () => {
    const settings = { 'editor.hover.delay': 100, 'editor.minimap.enabled': false };
    workbench = await openWorkbench({
      vsix: inject(vsix),
      koreanPack: inject('koreanPack'),
      folder,
      settings,
    });
  });
  afterAll(() => workbench?.close());

  test('commands, lenses and hovers are Korean', async () => {
    const { page } = workbench;
    await workbench.openFile('train.py');
    await page.locator('.codelens-decoration').getByText('하한 0.390 nats').waitFor();
    await page.locator('.view-line', { hasText: 'criterion' }).getByText('CrossEntropyLoss').hover();
    const hover = page.locator('.monaco-hover:visible');
    await hover.getByText('손실은 0이 될 수 없습니다').waitFor({ state: 'attached' });
    expect(await hover.textContent()).toContain(KOREAN['If all rows are ignored, the mean is NaN.']);
    await page.mouse.move(0, 0);
    await workbench.runCommand(COMMANDS['command.openDocs']);
    await page.locator('.quick-input-widget').getByText(KOREAN['what can be read']).waitFor();
    await page.keyboard.press('Escape');
  });

  test('“Smooth labels” opens a Korean panel', async () => {
    await workbench.openFile('one.json');
    await workbench.runCommand('Smooth labels');
    const panel = await Panel.of(workbench, 'one.json');
    expect(await panel.frame.locator('html').getAttribute('lang')).toBe('ko');
    expect(await panel.frame.getByRole('tab').allTextContents()).toContain('교사 모델');
    expect(workbench.errors).toEqual([]);
  });
});
