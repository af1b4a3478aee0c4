import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Panel } from '../e2e/panel.ts';
import { openWorkbench, type THEMES, type Workbench } from '../e2e/workbench.ts';
import { OUTPUT, SAMPLES } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { BARE, take, widenPanel } from './picture.ts';

interface Visit {
  readonly workbench: Workbench;
  readonly panel: Panel;
  /** A picture of the panel as it is now. */
  readonly take: (name: string) => Promise<void>;
}

/** Every state of the panel, to be looked at: test/output/pictures/<theme>/<state>.png. */
export async function takeStates(vsix: string, theme: keyof typeof THEMES): Promise<void> {
  const size = { width: 1500, height: 1250 };
  const workbench = await openWorkbench({ vsix, theme, folder: sources(), settings: BARE, size });
  await workbench.page.keyboard.press('Control+KeyB');
  const panelPart = workbench.page.locator('.editor-group-container').last();
  for (const [file, visit] of VISITS) {
    await workbench.openFile(file);
    if (file === 'train.py') await workbench.placeCursor(3, 10);
    await workbench.runCommand('Smooth labels');
    const name = file === 'train.py' ? 'nn.CrossEntropyLoss' : file;
    const panel = await Panel.of(workbench, name);
    await widenPanel(workbench, 940);
    const path = (state: string) => join(OUTPUT, 'pictures', theme, `${state}.png`);
    await visit({ workbench, panel, take: (state) => take(workbench, path(state), panelPart) });
  }
  await workbench.close();
}

/** From one file to the next; what is done in a visit is seen in the later ones of the same file. */
const VISITS: readonly (readonly [file: string, visit: (visit: Visit) => Promise<void>])[] = [
  // Where logits are shown, a loss gives them its α.
  ['train.py', visitCode],
  ['digits.logits.json', visitDigits],
  ['weighted.json', visitWeights],
  ['probabilities.json', async ({ take }) => take('softmax-twice')],
  ['assumed.json', visitAssumed],
  ['printed.log', async ({ take }) => take('printed')],
  ['digits.logits.json', visitNarrow],
];

async function visitDigits({ workbench, panel, take }: Visit): Promise<void> {
  const { frame } = panel;
  const tab = (name: string) => frame.getByRole('tab', { name, exact: true }).click();
  await take('rows');
  await frame.getByLabel('as bars').check();
  await take('gradient');
  await frame.getByLabel('as bars').uncheck();
  await frame.getByRole('button', { name: 'Table' }).first().click();
  await take('chart-as-table');
  await frame.getByRole('button', { name: 'Chart' }).first().click();
  await tab('Calibration');
  await frame.locator('table.scores').waitFor();
  await take('calibration');
  await panel.chooseTeacher(workbench, 'Choose a file…', join(workbench.folder, 'teacher.json'));
  await frame.locator('path.teacher').first().waitFor();
  await take('teacher');
  await tab('Compare');
  for (const convention of ['UNIFORM_K', 'UNIFORM_OTHERS', 'BINARY_HALF'] as const) {
    await panel.choose('convention', convention);
    await frame.locator('[data-control="pin"]').click();
  }
  await panel.choose('convention', 'UNIFORM_K');
  await take('compare');
  await tab('Read a loss');
  await frame.locator('[data-control="seen-classes"]').fill('5');
  await frame.locator('[data-control="seen-loss"]').fill('0.5');
  await take('read-a-loss');
  await frame.locator('[data-control="seen-loss"]').fill('0.38');
  await take('below-the-floor');
  await frame.locator('[data-control="more"]').click();
  await frame.locator('[data-control="weight"]').fill('1, 2, 0.5');
  await take('all-of-the-spec');
  await frame.locator('[data-control="weight"]').fill('');
  await frame.locator('[data-control="more"]').click();
  await frame
    .locator('header')
    .getByRole('button', { name: /^Export/ })
    .click();
  await take('export-menu');
  await workbench.page.keyboard.press('Escape');
}

async function visitWeights({ panel, take }: Visit): Promise<void> {
  await panel.frame.getByRole('tab', { name: 'Class weights', exact: true }).click();
  await panel.frame.locator('[data-figure="moved"]').waitFor();
  await take('class-weights');
}

async function visitAssumed({ workbench, panel, take }: Visit): Promise<void> {
  await take('assumed-targets');
  await workbench.focusEditor();
  await workbench.placeCursor(2, 1);
  await workbench.type('[9], ');
  await panel.frame.locator('.problem').waitFor();
  await take('refused-edit');
}

async function visitCode({ panel, take }: Visit): Promise<void> {
  await take('loss-from-code');
  await panel.setAlpha('0.15');
  await panel.frame.locator('[data-control="apply"]').click();
  await panel.frame.locator('.edit').waitFor();
  await take('apply');
  await panel.frame.locator('[data-control="confirm"]').click();
  await panel.frame.locator('[data-control="undo"]').waitFor();
  await take('written');
  await panel.frame.locator('[data-control="undo"]').click();
  await panel.frame.locator('[data-control="classes"]').fill('1000');
  await take('loss-of-many-classes');
}

async function visitNarrow({ workbench, panel, take }: Visit): Promise<void> {
  await panel.frame.getByRole('tab', { name: 'Rows', exact: true }).click();
  await widenPanel(workbench, 400);
  await take('narrow');
  await panel.frame.getByRole('tab', { name: 'Calibration', exact: true }).click();
  await panel.frame.locator('table.scores').waitFor();
  await take('narrow-calibration');
  await panel.frame.locator('[role="tabpanel"] .pair').scrollIntoViewIfNeeded();
  await take('narrow-reliability');
}

/** A folder with what is visited. */
function sources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
  removeAtExit(folder);
  const text = readFileSync(join(SAMPLES, 'digits.logits.json'), 'utf8');
  const digits = JSON.parse(text) as { readonly logits: number[][]; readonly targets: number[] };
  // Class 1 counts so little that smoothing moves its target.
  const weight = Array.from({ length: 10 }, (_, k) => (k === 1 ? 0.001 : 1));
  const teacher = digits.logits.map((row, i) => row.map((z, k) => z / 2 + (k === digits.targets[i] ? 3 : 0)));
  const files = {
    'digits.logits.json': text,
    'weighted.json': JSON.stringify({ ...digits, weight }),
    'teacher.json': JSON.stringify({ logits: teacher }),
    'probabilities.json':
      '{"logits": [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.25, 0.25, 0.5]], "targets": [0, 1, 2]}',
    'assumed.json': '[\n  [1.5, 2.25, 3, 0.5],\n  [3, 1, 0, -1]\n]\n',
    'printed.log':
      'epoch 3\nlogits: tensor([[ 0.1000, -1.2500,  3.4000],\n        [ 2.5000,  0.3000, -0.7500]])\n',
    'train.py':
      'from torch import nn\nhead = nn.Linear(512, 5)\nloss = nn.CrossEntropyLoss(label_smoothing=0.10)\n',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
