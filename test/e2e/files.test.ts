import {
  closeSync,
  cpSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { npyFile } from '../fixtures/npy.ts';
import { zipFile } from '../fixtures/zip.ts';
import { ROOT } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const FILES = join(ROOT, 'test', 'reference', 'files');
const PICKLE_FILES = join(ROOT, 'test', 'reference', 'pickles');
const PICKLES = ['dict.pt', 'batches-of-dicts.pt', 'hostile/01-os-system-by-REDUCE.pkl'];
const COLUMNAR_FILES = join(ROOT, 'test', 'fixtures', 'columnar');
const COPIED = {
  'stored.npz': 'several.npz',
  'pair.safetensors': 'pair.safetensors',
  'npy/f4-little.npy': 'val_logits.npy',
  'npy/object.npy': 'object.npy',
  'npy/f4-big.npy': 'changing.npy',
  'tables/names.tsv': 'names.tsv',
};
/** What PyTorch has for the same logits and labels. */
const losses: Readonly<Record<string, number>> = JSON.parse(readFileSync(join(FILES, 'losses.json'), 'utf8'));
const LOSS = losses['logits, labels, α = 0.1']!;

/** Three hundred kilobytes that become three hundred megabytes. */
function bomb(): Uint8Array {
  const header = npyFile([75_000, 1000], []);
  const content = Buffer.alloc(header.length + 300e6);
  content.set(header);
  const data = deflateRawSync(content);
  return zipFile([{ name: 'logits.npy', data, method: 8, size: content.length, crc: crc32(content) }]);
}

describe.each([
  { host: 'the Node extension host', vsix: 'vsix' },
  { host: 'the web extension host, which reads their bytes', vsix: 'browserVsix' },
] as const)('files of arrays, in $host', ({ vsix }) => {
  let workbench: Workbench;
  let panel: Panel;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'files-'));
    removeAtExit(folder);
    for (const [from, to] of Object.entries(COPIED)) cpSync(join(FILES, from), join(folder, to));
    writeFileSync(join(folder, 'val_y.csv'), 'label\n1\n0\n3\n');
    writeFileSync(join(folder, 'bomb.npz'), bomb());
    for (const name of PICKLES) cpSync(join(PICKLE_FILES, name), join(folder, name.replace('hostile/', '')));
    cpSync(join(COLUMNAR_FILES, 'list.parquet'), join(folder, 'list.parquet'));
    workbench = await openWorkbench({ vsix: inject(vsix), folder, restricted: true });
  });
  afterAll(() => workbench?.close());

  const smoothLabels = (name: string) => workbench.runInExplorer(name, 'Open in Smooth Labels');
  const targets = () => panel.text('header code');

  test('.npz and .safetensors: logits and targets by their names, the rest is left out', async () => {
    for (const name of ['several.npz', 'pair.safetensors']) {
      await smoothLabels(name);
      panel = await Panel.of(workbench, name);
      expect(await targets()).toBe('labels');
      expect(await panel.figure('loss')).toBeCloseTo(LOSS, 12);
    }
  });

  test('.npy: targets are offered, and may be chosen later', async () => {
    await smoothLabels('val_logits.npy');
    await workbench.pick('No targets');
    panel = await Panel.of(workbench, 'val_logits.npy');
    expect(await panel.text('.assumed')).toBe('targets assumed: each row’s most likely class');
    await panel.setAlpha('0.1');
    await panel.frame.locator('[data-control="targets"]').click();
    await workbench.pick('val_y.csv');
    await panel.frame.locator('.assumed').waitFor({ state: 'detached' });
    expect(await targets()).toBe('val_y.csv');
  });

  test('a table: targets by the names of classes, rows shown in the editor', async () => {
    await smoothLabels('names.tsv');
    panel = await Panel.of(workbench, 'names.tsv');
    expect(await targets()).toBe('target');
    expect(await panel.figure('loss')).toBeCloseTo(LOSS, 12);
    await panel.frame.locator('tr[data-row="3"]').dblclick();
    await workbench.page.getByText('Ln 5, Col', { exact: false }).waitFor();
  });

  test('.npy: targets in a table beside it are offered; both are back after the window was loaded again', async () => {
    await smoothLabels('val_logits.npy');
    await workbench.pick('val_y.csv');
    panel = await Panel.of(workbench, 'val_logits.npy');
    expect(await targets()).toBe('val_y.csv');
    await workbench.page.waitForTimeout(1500);
    await workbench.reload();
    panel = await Panel.of(workbench, 'val_logits.npy');
    expect(await targets()).toBe('val_y.csv');
  });

  test('.pt, .pkl: logits and targets by their keys, batches put together, nothing executed', async () => {
    await smoothLabels('dict.pt');
    panel = await Panel.of(workbench, 'dict.pt');
    expect(await targets()).toBe('labels');
    expect(await panel.text('[data-figure="shape"]')).toBe('25 × 6 logits');
    await smoothLabels('batches-of-dicts.pt');
    panel = await Panel.of(workbench, 'batches-of-dicts.pt');
    expect(await panel.text('[data-figure="shape"]')).toBe('12 × 6 logits');
    await smoothLabels('01-os-system-by-REDUCE.pkl');
    await workbench.runCommand('Show Notifications');
    const message = workbench.page.locator('.notification-list-item-message');
    await message.filter({ hasText: 'The file has no arrays, only posix.system.' }).waitFor();
    await workbench.runCommand('Clear All Notifications');
  });

  test('an array of Python objects of several axes is refused: nothing is unpickled', async () => {
    await smoothLabels('object.npy');
    await workbench.runCommand('Show Notifications');
    const message = workbench.page.locator('.notification-list-item-message');
    await message.filter({ hasText: 'The array’s Python objects aren’t numbers' }).waitFor();
    await workbench.runCommand('Clear All Notifications');
  });

  test('a file that would fill the memory is read only after its sizes were said', async () => {
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await smoothLabels('bomb.npz');
    await dialog.getByText(/takes 0\.3 MB in .*bomb\.npz, and 300 MB decompressed/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await workbench.page.getByRole('tab', { name: 'bomb.npz' }).count()).toBe(0);
    await smoothLabels('bomb.npz');
    await dialog.getByRole('button', { name: 'Read', exact: true }).click();
    panel = await Panel.of(workbench, 'bomb.npz');
    expect(await panel.text('[data-figure="shape"]')).toMatch(/^75\D000 × 1\D000 logits$/);
  });

  test('a text of 10 GB isn’t read: the message says what to do', async () => {
    // It takes no room on the disk: nothing is written.
    const large = openSync(join(workbench.folder, 'large.jsonl'), 'w');
    ftruncateSync(large, 10e9);
    closeSync(large);
    await smoothLabels('large.jsonl');
    await workbench.runCommand('Show Notifications');
    const message = workbench.page.locator('.notification-list-item-message');
    await message
      .filter({ hasText: 'The file is 10 GB, but text must fit in memory, and at most 2.1 GB are read.' })
      .waitFor();
    await workbench.runCommand('Clear All Notifications');
  });

  test.each([
    {
      name: 'val_logits.npy',
      array: 'array',
      facts: ['3 × 4', 'float32', 'logits', 'NaN, Infinity, -Infinity, 0, 1.401e-45, 3.403e+38'],
      answer: 'val_y.csv',
    },
    {
      name: 'dict.pt',
      array: 'logits',
      facts: ['25 × 6', 'float32', 'logits', '0.6912, 1.643, 0.6609, -2.606, 1.811, 0.8927'],
      answer: undefined,
    },
    {
      name: 'list.parquet',
      array: 'logits',
      facts: ['25 × 6', 'float32', 'logits', '0.6912, 1.643, 0.6609, -2.606, 1.811, 0.8927'],
      answer: undefined,
    },
  ])('Open With shows the arrays of $name, and opens one', async ({ name, array, facts, answer }) => {
    await workbench.runInExplorer(name, 'Open With...');
    await workbench.pick('Arrays in this file (Smooth Labels)');
    const overview = await workbench.panelFrame(`main:has(button[data-open]) h1:text-is("${name}")`);
    const row = overview.locator('tbody tr', {
      has: overview.getByRole('button', { name: array, exact: true }),
    });
    expect(await row.locator('td').allTextContents()).toEqual(facts);
    await row.getByRole('button').click();
    if (answer !== undefined) await workbench.pick(answer);
    const [rows, classes] = facts[0]!.split(' × ');
    const shape = `[data-figure="shape"]:text-is("${rows} × ${classes} logits")`;
    await workbench.panelFrame(`body:has(${shape}) h1:has-text("${name}")`);
  });

  test('a binary file that’s open in an editor, from the palette', async () => {
    await workbench.openFile('several.npz', '.monaco-editor-pane-placeholder');
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, 'several.npz');
    expect(await panel.text('[data-figure="shape"]')).toBe('6 × 5 logits');
  });

  test('a file from another program, dropped on the panel, which says what it takes', async () => {
    const bytes = [...readFileSync(join(FILES, 'tables', 'labels.csv'))];
    const drag = (type: string) =>
      panel.frame.evaluate(
        ([name, content]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([new Uint8Array(content as number[])], 'dropped.csv'));
          const init = { dataTransfer, bubbles: true, cancelable: true };
          document.querySelector('main')!.dispatchEvent(new DragEvent(name as string, init));
        },
        [type, bytes] as const,
      );
    await drag('dragover');
    expect(await panel.text('.dropZone')).toContain('Drop a file with logits');
    await drag('drop');
    panel = await Panel.of(workbench, 'dropped.csv');
    expect(await panel.figure('loss')).toBeCloseTo(LOSS, 12);
    expect(await panel.frame.locator('.dropZone').count()).toBe(0);
  });

  test('not a file that’s too large for that: the message says the way', async () => {
    await panel.frame.evaluate(() => {
      const dataTransfer = new DataTransfer();
      const megabyte = new Uint8Array(1e6);
      dataTransfer.items.add(new File(new Array(201).fill(megabyte), 'huge.npy'));
      const init = { dataTransfer, bubbles: true, cancelable: true };
      document.querySelector('main')!.dispatchEvent(new DragEvent('drop', init));
    });
    await workbench.runCommand('Show Notifications');
    const message = workbench.page.locator('.notification-list-item-message');
    await message.filter({ hasText: 'huge.npy is 201 MB, and at most 200 MB can be dropped.' }).waitFor();
    await workbench.runCommand('Clear All Notifications');
  });

  test('a file from the explorer, dragged onto the panel with Shift', async () => {
    const { page } = workbench;
    const file = await page.getByRole('treeitem', { name: 'names.tsv' }).first().boundingBox();
    const frame = await (await panel.frame.frameElement()).boundingBox();
    await page.mouse.move(file!.x + 40, file!.y + 8);
    await page.mouse.down();
    await page.mouse.move(file!.x + 80, file!.y + 20, { steps: 5 });
    await page.keyboard.down('Shift');
    await page.mouse.move(frame!.x + 200, frame!.y + 200, { steps: 10 });
    await page.mouse.move(frame!.x + 220, frame!.y + 210, { steps: 5 });
    await panel.frame.locator('.dropZone').waitFor();
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await Panel.of(workbench, 'names.tsv');
  });

  test('a file that changes on disk: the panel says so, and shows what it is by then', async () => {
    await smoothLabels('changing.npy');
    panel = await Panel.of(workbench, 'changing.npy');
    const before = await panel.text('[data-figure="shape"]');
    const values = Float32Array.from({ length: 4 * 7 }, (_, i) => (i * 5) % 11);
    writeFileSync(join(workbench.folder, 'changing.npy'), npyFile([4, 7], values));
    const notice = panel.frame.locator('.notice', {
      hasText: 'changing.npy changed on disk and was reloaded at ',
    });
    await notice.waitFor();
    expect(await panel.text('[data-figure="shape"]')).toBe('4 × 7 logits');
    expect(before).not.toBe('4 × 7 logits');
    expect(await panel.frame.locator('.problem').count()).toBe(0);
    rmSync(join(workbench.folder, 'changing.npy'));
    await panel.frame.locator('.problem', { hasText: 'changing.npy was deleted or moved.' }).waitFor();
    expect(await panel.text('.problem')).toContain('Showing the last result that could be read.');
  });

  test('without an error or a broken Content Security Policy', () => {
    expect(workbench.cspViolations).toEqual([]);
    expect(workbench.errors).toEqual([]);
  });
});
