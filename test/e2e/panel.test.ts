import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { SAMPLES } from '../vscode/paths.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

describe('the panel', () => {
  let workbench: Workbench;
  let panel: Panel;

  beforeAll(async () => {
    workbench = await openWorkbench({ vsix: inject('vsix'), folder: SAMPLES });
    await workbench.openFile('digits.logits.json');
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, 'digits.logits.json');
  });
  afterAll(() => workbench?.close());

  test('repaints in the frame in which α moves', async () => {
    const [before, after] = await panel.frame.evaluate(async () => {
      const shown = () => document.querySelector('[data-figure="loss"]')!.textContent;
      const first = shown();
      const slider = document.querySelector<HTMLInputElement>('input[type="range"]')!;
      slider.value = slider.max;
      slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      return [first, shown()];
    });
    expect(after).not.toBe(before);
    expect(await panel.frame.locator('[data-control="alpha"]').inputValue()).toBe('1');
  });

  test('says what α may be, and keeps the last good one', async () => {
    await panel.setAlpha('0.1');
    const loss = await panel.figure('loss');
    await panel.setAlpha('1.5');
    expect(await panel.text('.wrong')).toBe('Enter a number from 0 to 1 (shown: 0.1)');
    expect(await panel.figure('loss')).toBe(loss);
    await panel.setAlpha('0.1');
  });

  test('starts with the rows of the largest excess, and sorts by any column', async () => {
    const excess = await panel.frame.locator('tr[data-row] td:nth-child(7)').allInnerTexts();
    const numbers = excess.map(Number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    await panel.frame.getByRole('button', { name: 'row', exact: true }).click();
    expect((await panel.rows()).slice(0, 3)).toEqual([0, 1, 2]);
    await panel.frame.getByRole('button', { name: /^row/ }).first().click();
    expect((await panel.rows()).slice(0, 2)).toEqual([499, 498]);
  });

  test('shows the row that is clicked, or reached by keys, in the pictures', async () => {
    await panel.frame.locator('tr[data-row="498"]').click();
    await panel.frame.getByText('Row 498: p and target y′').waitFor();
    await panel.frame.locator('.scroller').press('ArrowDown');
    await panel.frame.getByText('Row 497: p and target y′').waitFor();
  });

  test('has a table for every chart', async () => {
    const charts = panel.frame.locator('section.chart');
    expect(await charts.count()).toBe(3);
    for (let i = 0; i < 3; i++) {
      await charts.nth(i).getByRole('button', { name: 'Table' }).click();
      expect(await charts.nth(i).locator('tbody tr').count()).toBeGreaterThan(3);
      await charts.nth(i).getByRole('button', { name: 'Chart' }).click();
      await charts.nth(i).locator('svg').waitFor();
    }
  });

  test('shows a row of the table in the editor', async () => {
    await panel.frame.locator('tr[data-row="497"]').dblclick();
    await workbench.page.getByText('Ln 503, Col', { exact: false }).waitFor();
  });

  test('is as it was after the window was loaded again', async () => {
    await panel.setAlpha('0.25');
    const loss = await panel.figure('loss');
    await workbench.page.waitForTimeout(1500);
    await workbench.reload();
    panel = await Panel.of(workbench, 'digits.logits.json');
    expect(await panel.figure('loss')).toBe(loss);
    await panel.frame.getByText('Row 497: p and target y′').waitFor();
    expect((await panel.rows()).slice(0, 2)).toEqual([499, 498]);
  });

  test('is as it was after another editor was in front of it', async () => {
    await panel.setAlpha('0.3');
    const loss = await panel.figure('loss');
    await workbench.page.waitForTimeout(500);
    // Where the focus is, the other editor will be.
    await panel.frame.locator('h1').click();
    await workbench.runCommand('New Untitled Text File');
    await expect.poll(() => panel.frame.isDetached(), { timeout: 10_000 }).toBe(true);
    await workbench.runCommand('Close Editor');
    panel = await Panel.of(workbench, 'digits.logits.json');
    expect(await panel.figure('loss')).toBe(loss);
  });

  test('breaks no Content Security Policy and raises no error', () => {
    expect(workbench.cspViolations).toEqual([]);
    expect(workbench.errors).toEqual([]);
  });
});
