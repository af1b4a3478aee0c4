import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ROOT } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const FIELD = join(ROOT, 'test', 'fixtures', 'field');

interface Input {
  readonly file: string;
  readonly how: readonly string[];
  readonly group: string;
  readonly cursor?: { readonly line: number; readonly column: number };
  readonly shape?: readonly number[];
  readonly targets?: unknown;
  readonly alpha?: number;
  readonly orRead?: unknown;
  readonly loss?: Readonly<Record<'alpha 0.1', number>>;
  readonly refused?: { readonly mustName: readonly (readonly string[])[] };
}

/** The first input of each kind that `isOne`. */
function firstOfEach(isOne: (input: Input) => boolean): readonly (readonly [kind: string, input: Input])[] {
  const inputs: readonly Input[] = JSON.parse(readFileSync(join(FIELD, 'expected.json'), 'utf8'));
  const kinds = new Map<string, Input>();
  for (const input of inputs) if (isOne(input) && !kinds.has(input.group)) kinds.set(input.group, input);
  return [...kinds].map(([kind, input]) => [kind, input] as const);
}

// The panel takes an α that the source has; here it's 0.1.
const READ = firstOfEach(({ shape, targets, loss, alpha }) => Boolean(shape && targets && loss && !alpha));
const REFUSED = firstOfEach(({ refused, orRead }) => refused !== undefined && orRead === undefined);

/** Every input of every kind is read by the unit tests; here one of each is, as a person does it. */
describe('of each kind of input, in the window', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kinds-'));
    removeAtExit(folder);
    for (const [, { file }] of [...READ, ...REFUSED]) cpSync(join(FIELD, 'data', file), join(folder, file));
    workbench = await openWorkbench({ vsix: inject('vsix'), folder, restricted: true });
    await workbench.extensionsReady();
  });
  afterAll(() => workbench?.close());

  const smoothLabels = async ({ file, how, cursor }: Input) => {
    const [way = ''] = how;
    if (way.startsWith('cell')) {
      await workbench.openFile(file, '.cell-status-item:has-text("Smooth labels")');
      await workbench.page.locator('.cell-status-item', { hasText: 'Smooth labels' }).first().click();
    } else if (how.includes('cursor')) {
      await workbench.openFile(file);
      await workbench.placeCursor(cursor?.line ?? 1, cursor?.column ?? 1);
      await workbench.runCommand('Smooth labels');
    } else if (way === 'selection') {
      await workbench.openFile(file);
      await workbench.page.keyboard.press('Control+KeyA');
      await workbench.runCommand('Smooth labels');
    } else await workbench.runInExplorer(file, 'Open in Smooth Labels');
  };

  test.each(READ)('the loss is right: %s', async (_, input) => {
    await smoothLabels(input);
    const panel = new Panel(await workbench.panelFrame(`h1:text("${input.file}")`));
    await expect
      .poll(() => panel.text('[data-figure="shape"]'))
      .toMatch(new RegExp(`^${input.shape!.join(' × ')} `));
    const loss = input.loss!['alpha 0.1'];
    await expect.poll(() => panel.figure('loss')).toBeGreaterThan(loss * (1 - 1e-6) - 3e-7);
    expect(await panel.figure('loss')).toBeLessThan(loss * (1 + 1e-6) + 3e-7);
    expect(await panel.frame.locator('.assumed').count()).toBe(0);
  });

  test.each(REFUSED)('the message says why not: %s', async (_, input) => {
    await workbench.runCommand('Clear All Notifications');
    await smoothLabels(input);
    await workbench.runCommand('Show Notifications');
    const message = workbench.page.locator('.notification-list-item-message').first();
    await message.waitFor();
    const said = ((await message.textContent()) ?? '').toLowerCase();
    for (const words of input.refused!.mustName)
      expect(
        words.filter((word) => said.includes(word.toLowerCase())),
        said,
      ).not.toEqual([]);
  });

  test('no error is raised', () => expect(workbench.errors).toEqual([]));
});
