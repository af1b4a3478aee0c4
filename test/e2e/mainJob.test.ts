import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { SAMPLES } from '../vscode/paths.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const HOSTS = [
  { host: 'the newest VS Code', vsix: 'vsix', version: 'newest' },
  { host: 'the oldest VS Code', vsix: 'vsix', version: 'oldest' },
  { host: 'the web extension host', vsix: 'browserVsix', version: 'newest' },
] as const;

describe.each(HOSTS)('“Smooth labels” in $host', ({ vsix, version }) => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await openWorkbench({ vsix: inject(vsix), version, folder: SAMPLES });
  });
  afterAll(() => workbench?.close());

  test('opens the panel for a JSON file', async () => {
    await workbench.openFile('digits.logits.json');
    await workbench.runCommand('Smooth labels');
    const panel = await workbench.panelFrame();
    expect(await panel.locator('input[type="range"]').count()).toBe(1);
  });

  test('breaks no Content Security Policy and raises no error', () => {
    expect(workbench.cspViolations).toEqual([]);
    expect(workbench.errors).toEqual([]);
  });
});
