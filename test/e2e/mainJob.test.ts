import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ROOT, SAMPLES } from '../vscode/paths.ts';
import { lens, panelOfLens, RUNNING_EXAMPLE } from './lenses.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

interface Losses {
  readonly accuracy: number;
  readonly losses: Readonly<Record<string, { readonly mean: number; readonly sum: number }>>;
}

/** What PyTorch says about the sample. */
const torch: Losses = JSON.parse(readFileSync(join(ROOT, 'test', 'fixtures', 'digits.losses.json'), 'utf8'));

const CODE =
  'from torch import nn\n\nhead = nn.Linear(512, 5)\ncriterion = nn.CrossEntropyLoss(label_smoothing=0.1)\n';

const HOSTS = [
  { host: 'the newest VS Code', vsix: 'vsix', version: 'newest' },
  { host: 'the oldest VS Code', vsix: 'vsix', version: 'oldest' },
  { host: 'the web extension host', vsix: 'browserVsix', version: 'newest' },
] as const;

describe.each(HOSTS)('“Smooth labels” in $host', ({ vsix, version }) => {
  let workbench: Workbench;
  let panel: Panel;

  beforeAll(async () => {
    workbench = await openWorkbench({ vsix: inject(vsix), version, folder: SAMPLES });
    writeFileSync(join(workbench.folder, 'train.py'), CODE);
  });
  afterAll(() => workbench?.close());

  test('has a lens on a loss in code, which opens the panel', async () => {
    await workbench.openFile('train.py');
    await lens(workbench, RUNNING_EXAMPLE).first().waitFor();
    panel = await panelOfLens(workbench);
    expect(await panel.figure('floor')).toBeCloseTo(0.389673, 6);
  });

  test('opens the panel for a JSON file', async () => {
    await workbench.openFile('digits.logits.json');
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, 'digits.logits.json');
    expect(await panel.text('header')).toContain('lines 1–507');
    expect(await panel.text('[data-figure="accuracy"]')).toBe(
      `accuracy ${(100 * torch.accuracy).toFixed(1)} %`,
    );
  });

  test.each(Object.entries(torch.losses))(
    'shows the loss PyTorch has at α = %s',
    async (alpha, { mean, sum }) => {
      await panel.setAlpha(String(Number(alpha)));
      expect(Math.abs((await panel.figure('loss')) - mean)).toBeLessThan(1e-5);
      await panel.choose('reduction', 'sum');
      expect(Math.abs((await panel.figure('loss')) - sum) / sum).toBeLessThan(1e-5);
      await panel.choose('reduction', 'mean');
    },
  );

  test('shows the running example at its floor, in the same panel', async () => {
    await workbench.openFile('running-example.logits.json');
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, 'running-example.logits.json');
    expect(await panel.figure('floor')).toBeCloseTo(0.389673, 6);
    expect(await panel.figure('excess')).toBeCloseTo(0, 6);
    expect([await panel.figure('on'), await panel.figure('off')]).toEqual([0.92, 0.02]);
    expect(await workbench.page.locator('.tab', { hasText: 'Smooth labels' }).count()).toBe(1);
  });

  test('breaks no Content Security Policy and raises no error', () => {
    expect(workbench.cspViolations).toEqual([]);
    expect(workbench.errors).toEqual([]);
  });
});
