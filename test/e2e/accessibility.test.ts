import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { SAMPLES } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const folder = mkdtempSync(join(tmpdir(), 'accessibility-'));
removeAtExit(folder);
copyFileSync(join(SAMPLES, 'digits.logits.json'), join(folder, 'digits.logits.json'));
writeFileSync(join(folder, 'bare.json'), '[[1, 2, 3], [3, 1, 0]]');
const digits = JSON.parse(readFileSync(join(SAMPLES, 'digits.logits.json'), 'utf8'));
// Class 1 counts so little that smoothing moves its target.
const weight = Array.from({ length: 10 }, (_, k) => (k === 1 ? 0.001 : 1));
writeFileSync(join(folder, 'weighted.json'), JSON.stringify({ ...digits, weight }));
writeFileSync(
  join(folder, 'train.py'),
  'from torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=0.1)\n',
);

/** What axe-core finds wrong in the panel, as one readable line each. */
async function violations({ frame }: Panel): Promise<string[]> {
  await frame.evaluate(axe.source);
  const found = await frame.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ['violations'],
    });
    return violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => `${html}\n  ${failureSummary}`),
    }));
  });
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node}`));
}

describe.each(['light', 'contrast'] as const)('axe-core finds nothing in the panel, %s', (theme) => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await openWorkbench({ vsix: inject('vsix'), folder, theme });
  });
  afterAll(() => workbench?.close());

  async function open(file: string): Promise<Panel> {
    await workbench.openFile(file);
    await workbench.runCommand('Smooth labels');
    return Panel.of(workbench, file);
  }

  test.each(['digits.logits.json', 'weighted.json', 'bare.json'])('in any tab of %s', async (file) => {
    const panel = await open(file);
    const found: string[] = [];
    let checked = 0;
    await panel.eachTab(async (name) => {
      checked++;
      found.push(...(await violations(panel)).map((each) => `${name}: ${each}`));
      const toggles = panel.frame
        .locator('[role="tabpanel"]')
        .getByRole('button', { name: 'Table', exact: true });
      for (let left = await toggles.count(); left > 0; left--) await toggles.first().click();
      found.push(...(await violations(panel)).map((each) => `${name}, as tables: ${each}`));
    });
    expect(checked).toBeGreaterThan(3);
    expect(found).toEqual([]);
  });

  test('with a teacher, and the gradient as bars', async () => {
    const panel = await open('digits.logits.json');
    await panel.frame.getByRole('tab', { name: 'Rows', exact: true }).click();
    await panel.frame.getByLabel('as bars').check();
    expect(await violations(panel)).toEqual([]);
    await workbench.page.evaluate((text) => navigator.clipboard.writeText(text), JSON.stringify(digits));
    await panel.chooseTeacher(workbench, 'Paste from the clipboard');
    await panel.frame.getByText('the teacher’s targets').waitFor();
    expect(await violations(panel)).toEqual([]);
  });
});
