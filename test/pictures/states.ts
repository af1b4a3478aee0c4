import { closeSync, ftruncateSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { Panel } from '../e2e/panel.ts';
import { openWorkbench, type Workbench } from '../e2e/workbench.ts';
import { npyFile } from '../fixtures/npy.ts';
import { SAMPLES } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import type { Album } from './album.ts';
import { BARE, widenPanel } from './picture.ts';

interface Visit {
  readonly workbench: Workbench;
  readonly album: Album;
  readonly panel: Panel;
  /** A picture of the panel as it is now. */
  readonly take: (name: string, shows: string) => Promise<void>;
}

/** Every state of the panel, to be looked at; if narrow, those that the width matters for. */
export async function takeStates(vsix: string, album: Album): Promise<void> {
  const { zoom, width } = album.look;
  if (width) await takePanel(vsix, album, { width: 1300, height: 1900 }, width, NARROW_VISITS);
  else if (zoom) await takePanel(vsix, album, { width: 2000, height: 1600 }, 640, VISITS);
  else await takePanel(vsix, album, { width: 1500, height: 1500 }, 940, VISITS);
}

type Visits = readonly (readonly [file: string, visit: (visit: Visit) => Promise<void>])[];

async function takePanel(
  vsix: string,
  album: Album,
  size: { readonly width: number; readonly height: number },
  panelWidth: number,
  visits: Visits,
): Promise<void> {
  const { theme, koreanPack, zoom } = album.look;
  const workbench = await openWorkbench({
    vsix,
    theme,
    ...(koreanPack && { koreanPack }),
    ...(zoom && { zoom }),
    folder: sources(),
    settings: BARE,
    size,
  });
  workbench.page.context().setDefaultTimeout(20_000);
  hugeFile(join(workbench.folder, 'huge.npy'));
  await workbench.page.keyboard.press('Control+KeyB');
  const panelPart = workbench.page.locator('.editor-group-container').last();
  for (const [file, visit] of visits) {
    await album.visit(workbench, file, async () => {
      await workbench.openFile(file);
      if (file === 'train.py') await workbench.placeCursor(3, 10);
      if (file === 'unknown.py') await workbench.placeCursor(4, 10);
      await workbench.runCommand('Smooth labels');
      const panel = await Panel.of(workbench, NAMES[file] ?? file);
      await widenPanel(workbench, panelWidth);
      const take = (name: string, shows: string) => album.take(workbench, name, shows, panelPart);
      await visit({ workbench, album, panel, take });
    });
  }
  if (visits === VISITS) await album.visit(workbench, 'huge', () => visitHuge(workbench, album));
  await workbench.close();
}

/** What the panel calls these. */
const NAMES: Readonly<Record<string, string>> = {
  'train.py': 'nn.CrossEntropyLoss',
  'unknown.py': 'CategoricalCrossentropy',
};

/** From one file to the next; what is done in a visit is seen in the later ones of the same file. */
const VISITS: Visits = [
  // Where logits are shown, a loss gives them its α.
  ['train.py', visitCode],
  ['unknown.py', visitUnknown],
  ['digits.logits.json', visitDigits],
  ['weighted.json', visitWeights],
  [
    'probabilities.json',
    ({ take }) =>
      take('softmax-twice', 'probabilities where logits are expected: the softmax is applied twice'),
  ],
  ['assumed.json', visitAssumed],
  ['one.json', ({ take }) => take('one-row', 'one row, one class name that is long')],
  ['printed.log', ({ take }) => take('printed', 'a tensor printed in a log, with 4 decimals')],
  ['overflow.json', ({ take }) => take('infinite', 'logits with NaN and infinities')],
  ['ignored.json', ({ take }) => take('ignored', 'ignored rows')],
];

/** While the file is read: it takes a while. */
async function visitHuge(workbench: Workbench, album: Album): Promise<void> {
  const { page } = workbench;
  await page.keyboard.press('Control+KeyB');
  await workbench.runInExplorer('huge.npy', album.command('openFile'));
  await page.waitForTimeout(500);
  // Nobody looks at this window, so VS Code keeps the progress in its list of notifications.
  await workbench.runCommand('Show Notifications');
  await album.take(workbench, 'reading', 'a large file is being read', page.locator('body'));
  // However long that takes; what its tab draws comes last.
  const { frame } = await Panel.of(workbench, 'huge.npy');
  await frame.locator('[role="tabpanel"] > *').first().waitFor();
  await frame.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  await album.take(workbench, 'read', 'a large file after a while', page.locator('body'));
  await page.keyboard.press('Control+KeyB');
}

const NARROW_VISITS: Visits = [
  ['train.py', ({ take }) => take('loss-from-code', 'a loss in code, without logits')],
  ['digits.logits.json', visitNarrow],
  ['assumed.json', ({ take }) => take('assumed-targets', 'a source without targets')],
];

async function openTab({ panel, album }: Visit, name: string): Promise<void> {
  const { frame } = panel;
  await frame.getByRole('tab', { name: album.said(name), exact: true }).click();
  await frame.getByRole('tabpanel').locator('> *').first().waitFor();
  await frame.getByRole('tabpanel').locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

/** A button that is one of two choices beside a chart. */
function named({ panel, album }: Visit, role: 'button' | 'checkbox', name: string): Locator {
  return panel.frame.getByRole(role, { name: album.said(name), exact: true }).first();
}

async function visitDigits(visit: Visit): Promise<void> {
  const { workbench, panel, take } = visit;
  const { frame } = panel;
  await take('rows', 'the tab Rows of 500 rows of logits');
  await named(visit, 'checkbox', 'as bars').check();
  await take('gradient', 'the gradient of a row as bars');
  await named(visit, 'checkbox', 'as bars').uncheck();
  await named(visit, 'checkbox', 'log axis').check();
  await take('log-axis', 'targets and predictions of a row on a log axis');
  await named(visit, 'checkbox', 'log axis').uncheck();
  await named(visit, 'button', 'Table').click();
  await take('chart-as-table', 'the numbers of a chart as a table');
  await named(visit, 'button', 'Chart').click();
  await panel.setAlpha('0');
  await take('alpha-0', 'hard targets, α = 0');
  await panel.setAlpha('2');
  await take('alpha-refused', 'an α that isn’t accepted');
  await panel.setAlpha('0.1');
  await panel.choose('reduction', 'sum');
  await take('sum', 'the sum of the losses instead of their mean');
  await panel.choose('reduction', 'mean');
  await panel.choose('convention', 'BINARY_HALF');
  await take('sigmoid', 'a convention with a sigmoid');
  await panel.choose('convention', 'UNIFORM_K');
  await openTab(visit, 'Calibration');
  await frame.locator('table.scores').waitFor();
  await take('calibration', 'the tab Calibration');
  await openTab(visit, 'Class weights');
  await take('no-class-weights', 'the tab Class weights without weights');
  await openTab(visit, 'Teacher');
  await take('no-teacher', 'the tab Teacher before one is chosen');
  await frame.locator('[data-control="teacher"]').click();
  await workbench.page.locator('.quick-input-widget').getByText(visit.album.said('Choose a file…')).waitFor();
  await visit.album.take(
    workbench,
    'choose-teacher',
    'where teacher logits can come from',
    workbench.page.locator('body'),
  );
  await workbench.page.locator('.quick-input-widget').getByText(visit.album.said('Choose a file…')).click();
  await workbench.openFromDialog(join(workbench.folder, 'teacher.json'));
  await frame.locator('path.teacher').first().waitFor();
  await take('teacher', 'the tab Teacher with a teacher’s logits');
  await openTab(visit, 'Compare');
  await take('compare-empty', 'the tab Compare before anything is pinned');
  for (const convention of ['UNIFORM_K', 'UNIFORM_OTHERS', 'BINARY_HALF'] as const) {
    await panel.choose('convention', convention);
    await frame.locator('[data-control="pin"]').click();
  }
  await panel.choose('convention', 'UNIFORM_K');
  await take('compare', 'the tab Compare with three pins');
  // Choosing what is folded away has unfolded it.
  await frame.locator('[data-control="more"]').click();
  await openTab(visit, 'Read a loss');
  await take('read-a-loss-empty', 'the tab Read a loss before a loss is entered');
  await frame.locator('[data-control="seen-classes"]').fill('5');
  await frame.locator('[data-control="seen-loss"]').fill('0.5');
  await take('read-a-loss', 'what a loss of 0.5 nats says');
  await frame.locator('[data-control="seen-loss"]').fill('0.38');
  await take('below-the-floor', 'a loss below the floor, and what would explain it');
  await panel.unfold('more');
  await take('more', 'all controls');
  await frame.locator('[data-control="weight"]').fill('1, 2, 0.5');
  await take('all-of-the-spec', 'all controls, with weights that aren’t accepted');
  await frame.locator('[data-control="weight"]').fill('');
  await frame.locator('[data-control="temperature"]').fill('2');
  await openTab(visit, 'Calibration');
  await take('temperature', 'logits divided by a temperature of 2');
  await frame.locator('[data-control="temperature"]').fill('1');
  await frame.locator('[data-control="more"]').click();
  await openTab(visit, 'Rows');
  await frame.locator('header [aria-haspopup="menu"]').first().click();
  await take('export-menu', 'the menu Export');
  await workbench.page.keyboard.press('Escape');
  await frame.locator('section.chart [aria-haspopup="menu"]').first().click();
  await take('chart-menu', 'the export menu of a chart');
  await workbench.page.keyboard.press('Escape');
}

async function visitWeights(visit: Visit): Promise<void> {
  const { panel, take } = visit;
  await openTab(visit, 'Class weights');
  await panel.frame.locator('[data-figure="moved"]').waitFor();
  await take('class-weights', 'class weights given with the logits that move an optimum to another class');
  await openTab(visit, 'Rows');
  await take('class-weights-rows', 'rows with class weights');
}

async function visitAssumed(visit: Visit): Promise<void> {
  const { workbench, panel, take } = visit;
  await take('assumed-targets', 'a source without targets');
  await openTab(visit, 'Calibration');
  await take('assumed-calibration', 'calibration without targets');
  await openTab(visit, 'Rows');
  await workbench.focusEditor();
  await workbench.placeCursor(2, 1);
  await workbench.type('[9], ');
  await panel.frame.locator('.problem').waitFor();
  await take('refused-edit', 'a source that was edited and can’t be read now');
}

async function visitCode({ workbench, album, panel, take }: Visit): Promise<void> {
  await take('loss-from-code', 'a loss in code, without logits');
  await panel.setAlpha('0.15');
  await panel.frame.locator('[data-control="apply"]').click();
  await panel.frame.locator('.edit').waitFor();
  await take('apply', 'the edit that α = 0.15 would make');
  await panel.frame.locator('[data-control="confirm"]').click();
  await panel.frame.locator('[data-control="undo"]').waitFor();
  await take('written', 'after the edit');
  await album.take(workbench, 'written-window', 'the code and the panel after the edit');
  await panel.frame.locator('[data-control="undo"]').click();
  await panel.frame.locator('[data-control="undo"]').waitFor({ state: 'detached' });
  await album.take(workbench, 'undone', 'the code and the panel after the edit was undone');
  await panel.frame.locator('[data-control="classes"]').fill('1000');
  await take('loss-of-many-classes', 'the loss with 1000 classes');
  await panel.frame.locator('[data-control="classes"]').fill('1');
  await take('loss-of-refused-classes', 'a number of classes that isn’t accepted');
}

async function visitUnknown({ take }: Visit): Promise<void> {
  await take('loss-of-unknown-classes', 'a loss in code where K can’t be inferred');
}

async function visitNarrow(visit: Visit): Promise<void> {
  const { workbench, panel, take } = visit;
  await take('rows', 'the tab Rows');
  await panel.frame.locator('table.rows, [role="tabpanel"] table').last().scrollIntoViewIfNeeded();
  await take('rows-table', 'the table of rows');
  await openTab(visit, 'Calibration');
  await panel.frame.locator('table.scores').waitFor();
  await take('calibration', 'the tab Calibration');
  await panel.frame.locator('[role="tabpanel"] .pair').scrollIntoViewIfNeeded();
  await take('reliability', 'the reliability diagrams');
  await openTab(visit, 'Class weights');
  await take('class-weights', 'the tab Class weights');
  await openTab(visit, 'Teacher');
  await take('no-teacher', 'the tab Teacher before one is chosen');
  await openTab(visit, 'Compare');
  await panel.frame.locator('[data-control="pin"]').click();
  await take('compare', 'the tab Compare with a pin');
  await openTab(visit, 'Read a loss');
  await panel.frame.locator('[data-control="seen-loss"]').fill('0.8');
  await take('read-a-loss', 'the tab Read a loss');
  await panel.frame.locator('[data-control="seen-loss"]').fill('0.1');
  await take('below-the-floor', 'a loss below the floor');
  await panel.unfold('more');
  await take('more', 'all controls');
  await panel.frame.locator('[data-control="more"]').click();
  await panel.frame.locator('header [aria-haspopup="menu"]').first().click();
  await take('export-menu', 'the menu Export');
  await workbench.page.keyboard.press('Escape');
}

/** Reading takes a while, but the file takes no room: it's all zeros. */
function hugeFile(path: string): void {
  const header = npyFile([1_000_000, 1000], []);
  writeFileSync(path, header);
  const file = openSync(path, 'r+');
  ftruncateSync(file, header.length + 1_000_000 * 1000 * 4);
  closeSync(file);
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
    'one.json':
      '{"logits": [[2, 1, 0]], "targets": [0], "classes": ["a golden retriever on a very long leash", "cat", "bird"]}',
    'overflow.json':
      '{"logits": [[2, 1, 0], [NaN, 1, 0], [Infinity, 1, 0], [-Infinity, 2, 1]], "targets": [0, 1, 1, 0]}',
    'ignored.json': '{"logits": [[2, 1, 0], [0, 3, 1], [0, 0, 1]], "targets": [0, -100, 2]}',
    'printed.log':
      'epoch 3\nlogits: tensor([[ 0.1000, -1.2500,  3.4000],\n        [ 2.5000,  0.3000, -0.7500]])\n',
    'train.py':
      'from torch import nn\nhead = nn.Linear(512, 5)\nloss = nn.CrossEntropyLoss(label_smoothing=0.10)\n',
    'unknown.py':
      'from keras.losses import CategoricalCrossentropy\n\n\nloss = CategoricalCrossentropy(label_smoothing=0.1)\n',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
