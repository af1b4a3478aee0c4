import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AppliedAlpha, NearbyLoss } from '../../../../src/protocol/panelSnapshot.ts';
import { SAMPLES } from '../../../vscode/paths.ts';
import { type PanelPage, PanelPages } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

const DIGITS = readFileSync(join(SAMPLES, 'digits.logits.json'), 'utf8');
const SMALL = '{"logits": [[1, 2, 3], [0, 0, 1]], "targets": [2, 1]}';
const FOLDED = { explain: false, more: false };

const open = async (panel: PanelPage, text: string, part: object = {}) => {
  await panel.host((fake, shown) => fake.open(shown), {
    name: 'a.json',
    input: { text },
    unfolded: FOLDED,
    ...part,
  });
  await panel.page.locator('h1', { hasText: 'a.json' }).waitFor();
};
const asked = (panel: PanelPage, name: string) =>
  panel.host((fake, of) => fake.asked.filter((each) => each.name === of).map(({ args }) => args), name);
const loss = (part: Partial<NearbyLoss>): NearbyLoss => ({
  id: 'a',
  name: 'nn.CrossEntropyLoss',
  labelSmoothing: 0.2,
  place: 'cell [3]',
  isHere: true,
  isTaken: false,
  why: null,
  ...part,
});
const taken = (part: Partial<AppliedAlpha> = {}): AppliedAlpha => ({
  id: JSON.stringify(part),
  convention: 'UNIFORM_K',
  labelSmoothing: 0.2,
  from: 'nn.CrossEntropyLoss, cell [3]',
  place: 'cell [3]',
  isWanted: false,
  ...part,
});

describe('the first screen', () => {
  it('has the loss as a sum, and the tabs in sight, 900 pixels wide', async () => {
    const panel = await pages.open({ width: 900 });
    await open(panel, DIGITS);
    expect(await panel.text('.parts .formula')).toBe(
      '1.1143 = 0.5003 that can’t be avoided + 0.6140 left to learn',
    );
    expect(await panel.text('[data-figure="targets"]')).toBe(
      'α is spread over all 10 classes. Targets: 0.91 for the true class, 0.01 for every other.',
    );
    const tabs = (await panel.page.getByRole('tablist').boundingBox())!;
    expect(tabs.y + tabs.height).toBeLessThan(450);
    expect(await panel.page.locator('[data-control="reduction"]').isVisible()).toBe(false);
    await panel.close();
  });

  it('shows more digits where rounded ones don’t add up', async () => {
    const panel = await pages.open();
    await open(panel, DIGITS);
    await panel.setAlpha('0.255');
    expect(await panel.text('.parts .formula')).toBe(
      '2.47066 = 1.04293 that can’t be avoided + 1.42773 left to learn',
    );
    await panel.close();
  });

  it('adds no digits that printing has left out, and no name that targets haven’t', async () => {
    const panel = await pages.open();
    const rows = '[[ 0.1000, -1.2500,  3.4000],\n        [ 2.5000,  0.3000, -0.7500]]';
    await open(panel, `tensor(${rows})\ntensor([2, 1])\n`);
    await panel.setAlpha('0.23');
    // 1.45306 = 0.53473 + 0.91833: further digits are lost in print.
    expect(await panel.text('.parts .formula')).toBe(
      '1.4531 ≈ 0.5347 that can’t be avoided + 0.9183 left to learn',
    );
    expect(await panel.text('[data-figure="targetsFrom"]')).toBe('targets given with the logits');
    await panel.close();
  });

  it('writes out the targets of the row that is shown', async () => {
    const panel = await pages.open();
    await open(panel, '{"logits": [[0, 0, 3, 0, 0]], "targets": [2]}');
    expect(await panel.text('.vector')).toBe('y′ = [0.02, 0.02, 0.92, 0.02, 0.02]');
    await panel.setAlpha('0.15');
    expect(await panel.text('.vector')).toBe('y′ = [0.03, 0.03, 0.88, 0.03, 0.03]');
    await panel.close();
  });

  it('draws nothing through the words on the bar', async () => {
    const panel = await pages.open({ width: 400 });
    await open(panel, '{"logits": [[1, 1, 0, 0, 0], [1, 2, 0, 0, 0]], "targets": [0, 0]}');
    const box = async (selector: string) => (await panel.page.locator(selector).boundingBox())!;
    const words = await box('text.loss');
    const mark = await box('path.nll:not(.line)');
    expect(mark.x + mark.width / 2).toBeGreaterThan(words.x);
    expect(mark.x + mark.width / 2).toBeLessThan(words.x + words.width);
    expect(await panel.page.locator('path.nll.line').count()).toBe(0);
    await panel.close();
    const wide = await pages.open({ width: 700 });
    await open(wide, '{"logits": [[1, 1, 0, 0, 0], [0.6, 1.6, 0, 0, 0]], "targets": [0, 0]}');
    const [beside, line] = await Promise.all(
      ['text.loss', 'path.guess'].map(async (of) => (await wide.page.locator(of).boundingBox())!),
    );
    expect(beside!.x + beside!.width).toBeLessThan(line!.x);
    await wide.close();
  });

  it('remembers what is unfolded', async () => {
    const panel = await pages.open();
    await open(panel, SMALL);
    await panel.page.getByRole('button', { name: 'Explain' }).click();
    await panel.figure('nll').waitFor();
    await panel.page.getByRole('button', { name: 'More', exact: true }).click();
    expect(await asked(panel, 'unfold')).toEqual([
      [{ explain: true, more: false }],
      [{ explain: true, more: true }],
    ]);
    await panel.close();
  });

  it('says of the first row that it’s the worst, and of another which it is', async () => {
    const panel = await pages.open();
    await open(panel, DIGITS);
    await panel.settled();
    expect(await panel.text('section.chart h2 >> nth=1')).toContain('Row 175, with the largest excess');
    await panel.page.locator('tr[data-row="167"]').click();
    await expect.poll(() => panel.text('section.chart h2 >> nth=1')).toMatch(/^Row 167: /);
    await panel.close();
  });
});

describe('α from code', () => {
  it('is what logits are opened with, and said', async () => {
    const panel = await pages.open();
    await open(panel, SMALL, { applied: taken(), nearby: [loss({ isTaken: true })] });
    expect(await panel.text('[data-control="fromCode"]')).toBe('α 0.2 from cell [3]');
    expect(await panel.page.locator('[data-control="alpha"]').inputValue()).toBe('0.2');
    await panel.setAlpha('0.3');
    expect(await panel.text('[data-control="fromCode"]')).toBe('cell [3] has α 0.2');
    await panel.close();
  });

  it('that is the one shown already isn’t offered as if it weren’t', async () => {
    const panel = await pages.open();
    await open(panel, SMALL, {
      nearby: [loss({ isHere: false, labelSmoothing: 0.1, place: 'train.py, line 5' })],
    });
    const chip = () => panel.text('[data-control="fromCode"]');
    expect(await chip()).toBe('train.py, line 5 has α 0.1, too');
    await panel.setAlpha('0.2');
    expect(await chip()).toBe('use α 0.1 of train.py, line 5');
    await panel.close();
  });

  it('of another file, or of several, is offered', async () => {
    const panel = await pages.open();
    const nearby = [
      loss({ isHere: false, place: 'train.py, line 5' }),
      loss({ id: 'b', isHere: false, labelSmoothing: 0, place: 'test.py, line 2' }),
      loss({ id: 'c', isHere: false, labelSmoothing: null, place: 'old.py, line 9', why: 'No.' }),
    ];
    await open(panel, SMALL, { nearby });
    expect(await panel.page.locator('[data-control="alpha"]').inputValue()).toBe('0.1');
    expect(await panel.text('[data-control="fromCode"]')).toBe(
      'α 0.1 is the default; the code has 0.2 and 0',
    );
    await panel.page.locator('[data-control="fromCode"]').click();
    // What isn't known can't be taken.
    await panel.page.getByRole('menuitem', { name: 'α unknown' }).click({ force: true });
    await panel.page.getByRole('menuitem', { name: 'test.py, line 2' }).click();
    expect(await asked(panel, 'takeLoss')).toEqual([['b']]);
    await panel.close();
  });

  it('comes with class weights and the ignored target, and without them once the code has none', async () => {
    const panel = await pages.open();
    const views = async () => (await asked(panel, 'setView')).map(([view]) => view);
    const first = taken({ weight: [1, 2, 1], ignoreIndex: 1, reduction: 'sum', form: 'ce' });
    await open(panel, SMALL, { applied: first });
    await expect.poll(views).toEqual([{ weight: [1, 2, 1], ignoreIndex: 1 }]);
    await expect
      .poll(() => panel.page.locator('[data-changed]').allTextContents())
      .toEqual(['sum', 'weights 1, 2, 1', 'ignored: 1']);
    const second = taken({ weight: null, ignoreIndex: null, reduction: 'mean', form: 'ce' });
    await panel.host((fake, applied) => fake.showAgain({ applied }), second);
    await expect.poll(async () => (await views()).at(-1)).toEqual({ weight: null });
    await expect.poll(() => panel.page.locator('[data-changed]').allTextContents()).toEqual([]);
    await panel.close();
  });

  it('gives way to weights that the logits bring', async () => {
    const panel = await pages.open();
    const text = '{"logits": [[1, 2, 3], [0, 0, 1]], "targets": [2, 1], "weight": [3, 1, 1]}';
    await open(panel, text, { applied: taken({ weight: null, ignoreIndex: null }) });
    expect(await panel.page.locator('[data-changed]').allTextContents()).toEqual(['weights 3, 1, 1']);
    expect(await asked(panel, 'setView')).toEqual([]);
    await panel.close();
  });
});

describe('the slider of α', () => {
  it('goes in small steps where α mostly is', async () => {
    const panel = await pages.open();
    await open(panel, SMALL);
    const alpha = panel.page.locator('[data-control="alpha"]');
    await panel.page.locator('#alpha').press('ArrowRight');
    await expect.poll(() => alpha.inputValue()).toBe('0.105');
    expect(await panel.page.locator('#alpha').getAttribute('aria-valuetext')).toBe('0.105');
    await panel.page.locator('#alpha').press('End');
    await expect.poll(() => alpha.inputValue()).toBe('1');
    await panel.close();
  });
});
