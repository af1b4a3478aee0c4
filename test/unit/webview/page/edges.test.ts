import { beforeAll, describe, expect, it } from 'vitest';
import type { ConfigSnapshot } from '../../../../src/protocol/panelSnapshot.ts';
import { LOSS_IN_CODE } from './lossInCode.ts';
import { PanelPages } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

const CONFIG: ConfigSnapshot = { ...LOSS_IN_CODE, classes: 1, notes: ['K = 1: a comment, line 1'] };
const ALONE = 'There is only one class, so smoothing changes nothing.';

describe('a loss of one class', () => {
  it.each([
    [
      'UNIFORM_K',
      'The softmax of a single class is always 1, so the loss is always 0 and smoothing changes nothing.',
    ],
    ['UNIFORM_OTHERS', 'The softmax of a single class is always 1'],
    ['PAD_EXCLUDED', 'There are fewer than two classes besides padding'],
    ['BINARY_UNIFORM_K', ALONE],
  ] as const)('is said in words, as %s reads α, and no figure is made of it', async (convention, words) => {
    const panel = await pages.open();
    await panel.host((fake, config) => fake.showConfig(config), { ...CONFIG, convention });
    await panel.page.locator('h1').waitFor();
    for (const alpha of ['0.1', '0', '1']) {
      await panel.setAlpha(alpha);
      const text = await panel.text('main');
      expect(text).toContain(words);
      expect(text).not.toMatch(/NaN|∞|\bln\b|Infinity|undefined/);
      expect(await panel.page.locator('[data-figure], svg').count()).toBe(0);
    }
    expect(await panel.text('.note')).toBe('In the code: K = 1: a comment, line 1');
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  it('can be tried with more, and a K that can’t be tried says which can', async () => {
    const panel = await pages.open();
    await panel.host((fake, config) => fake.showConfig(config), CONFIG);
    const field = panel.page.locator('[data-control="classes"]');
    await field.fill('1');
    expect(await panel.text('.wrong')).toMatch(/^Enter a whole number from 2 to /);
    await field.fill('2');
    await expect.poll(() => panel.figure('floor').getAttribute('data-exact')).toMatch(/^0\.198/);
    await panel.page.getByRole('button', { name: 'reset to the code’s values' }).click();
    await expect.poll(() => panel.text('main')).toContain('The softmax of a single class is always 1');
    expect(panel.errors).toEqual([]);
    await panel.close();
  });
});

describe('logits that aren’t numbers', () => {
  const TEXT = '{"logits": [[NaN, 1, 2], [3, Infinity, 0], [4, 1, 0], [0, 2, 0]], "targets": [0, 1, 0, 2]}';

  it('have no mark on the axis of the loss', async () => {
    const panel = await pages.open();
    await panel.show(TEXT);
    const ruler = panel.page.locator('section.chart[aria-label^="Why the loss"] svg');
    await ruler.waitFor();
    expect(await panel.text('[data-figure="loss"]')).toBe('NaN');
    // It names what the row has, not all that it might have.
    await expect
      .poll(() => panel.text('.problem'))
      .toBe('Row 0 has a logit of NaN, so the whole loss is NaN.');
    expect(await ruler.textContent()).not.toContain('NaN');
    expect(await ruler.locator('.nll, .loss').count()).toBe(0);
    await panel.close();
  });

  it('are left out of the calibration, which says so', async () => {
    const panel = await pages.open();
    await panel.show(TEXT);
    await panel.tab('Calibration');
    await panel.settled();
    expect(await panel.text('[data-figure="unsure"]')).toMatch(/^2 of 4 rows have no confidence/);
    expect(await panel.text('[data-figure="accuracyBefore"]')).toBe('50.0 %');
    await panel.show('{"logits": [[4, 1, 0], [0, 2, 0]], "targets": [0, 2]}', 'two.json');
    await panel.tab('Calibration');
    await panel.settled();
    expect(await panel.page.locator('[data-figure="unsure"]').count()).toBe(0);
    await panel.close();
  });
});

it('the weights of more classes than a call has arguments are shown', async () => {
  const panel = await pages.open();
  const logits = Array.from({ length: 150_000 }, (_, k) => k % 7);
  await panel.show(JSON.stringify({ logits: [logits], targets: [3] }));
  await panel.tab('Class weights');
  await panel.settled();
  expect(await panel.text('[role="tabpanel"]')).toContain('every true class has the same optimal p, 0.9.');
  expect(panel.errors).toEqual([]);
  await panel.close();
});
