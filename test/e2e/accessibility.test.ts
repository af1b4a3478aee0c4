import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { axeViolations } from '../fixtures/axe.ts';
import { SAMPLES } from '../vscode/paths.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const SAMPLE = 'digits.logits.json';

// Other themes, other logits and tables in place of charts: test/unit/webview/page/accessibility.test.ts.
describe('axe-core finds nothing in the panel in VS Code, in high contrast', () => {
  let workbench: Workbench;
  let panel: Panel;

  beforeAll(async () => {
    workbench = await openWorkbench({ vsix: inject('vsix'), folder: SAMPLES, theme: 'contrast' });
    await workbench.openFile(SAMPLE);
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, SAMPLE);
  });
  afterAll(() => workbench?.close());

  test('in any tab', async () => {
    const found: string[] = [];
    let checked = 0;
    await panel.eachTab(async (name) => {
      checked++;
      found.push(...(await axeViolations(panel.frame)).map((each) => `${name}: ${each}`));
    });
    expect(checked).toBeGreaterThan(3);
    expect(found).toEqual([]);
  });

  test('with a teacher', async () => {
    const digits = readFileSync(join(SAMPLES, SAMPLE), 'utf8');
    await workbench.page.evaluate((text) => navigator.clipboard.writeText(text), digits);
    await panel.chooseTeacher(workbench, 'Paste from the clipboard');
    await panel.frame.getByText('the teacher’s targets').waitFor();
    expect(await axeViolations(panel.frame)).toEqual([]);
  });
});
