import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from '../../../fixtures/axe.ts';
import { SAMPLES } from '../../../vscode/paths.ts';
import { type PanelPage, PanelPages, type Theme } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

const DIGITS = readFileSync(join(SAMPLES, 'digits.logits.json'), 'utf8');
// Class 1 counts so little that smoothing moves its target.
const weight = Array.from({ length: 10 }, (_, k) => (k === 1 ? 0.001 : 1));
const SOURCES = {
  digits: DIGITS,
  'class weights': JSON.stringify({ ...JSON.parse(DIGITS), weight }),
  'no targets': '[[1, 2, 3], [3, 1, 0]]',
};

const violations = ({ page }: PanelPage) => axeViolations(page.mainFrame());

async function open(theme: Theme, text: string): Promise<PanelPage> {
  const panel = await pages.open({ theme });
  await panel.show(text);
  return panel;
}

describe.each(['light', 'contrast'] as const)('axe-core finds nothing in the panel, %s', (theme) => {
  it.each(Object.entries(SOURCES))('in any tab of %s', async (_, text) => {
    const panel = await open(theme, text);
    const found: string[] = [];
    const names = await panel.page.getByRole('tab').allTextContents();
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      await panel.tab(name);
      await panel.settled();
      found.push(...(await violations(panel)).map((each) => `${name}: ${each}`));
      const toggles = panel.page
        .locator('[role="tabpanel"]')
        .getByRole('button', { name: 'Table', exact: true });
      let left = await toggles.count();
      if (left === 0) continue;
      for (; left > 0; left--) await toggles.first().click();
      found.push(...(await violations(panel)).map((each) => `${name}, as tables: ${each}`));
    }
    expect(found).toEqual([]);
    await panel.close();
  });

  it('with a teacher, and the gradient as bars', async () => {
    const panel = await open(theme, DIGITS);
    await panel.tab('Rows');
    await panel.page.getByLabel('as bars').check();
    expect(await violations(panel)).toEqual([]);
    await panel.showTeacher(DIGITS);
    await panel.tab('Teacher');
    await panel.page.getByText('the teacher’s targets').waitFor();
    await panel.settled();
    expect(await violations(panel)).toEqual([]);
    await panel.close();
  });
});
