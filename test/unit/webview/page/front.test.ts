import { beforeAll, describe, expect, it } from 'vitest';
import type { AppliedAlpha } from '../../../../src/protocol/panelSnapshot.ts';
import { LOSS_IN_CODE } from './lossInCode.ts';
import { type PanelPage, PanelPages } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

const LOGITS = '{"logits": [[1, 2, 3, 0, 0], [0, 0, 1, 0, 2]], "targets": [2, 4]}';
const FROM = 'nn.CrossEntropyLoss, line 5 of train.py';
const PLACE = 'train.py, line 5';
const applied = (id: string, part: Partial<AppliedAlpha> = {}): AppliedAlpha => ({
  id,
  convention: 'UNIFORM_K',
  labelSmoothing: 0.1,
  from: FROM,
  place: PLACE,
  isWanted: true,
  ...part,
});

const took = (panel: PanelPage) => panel.text('[data-figure="took"]');
const click = (panel: PanelPage, alpha: AppliedAlpha) =>
  panel.host((fake, next) => fake.showAgain({ applied: next, loss: 'nn.CrossEntropyLoss' }), alpha);

describe('a click on a loss in code, with logits shown', () => {
  it('says what was taken from it, also if that is what the panel has', async () => {
    const panel = await pages.open();
    await panel.show(LOGITS);
    await click(panel, applied('a'));
    await expect.poll(() => took(panel)).toBe(`✓ α is already 0.1, the same as in ${FROM}.`);
    await panel.setAlpha('0.3');
    await expect.poll(() => took(panel)).toBe('');
    expect(await panel.text('[data-figure="applied"]')).toBe(`${PLACE} has α 0.1`);
    await click(panel, applied('b'));
    await expect.poll(() => took(panel)).toBe(`✓ Using α = 0.1 from ${FROM}.`);
    await expect.poll(() => panel.page.locator('[data-control="alpha"]').inputValue()).toBe('0.1');
    await click(panel, applied('c'));
    await expect.poll(() => took(panel)).toBe(`✓ α is already 0.1, the same as in ${FROM}.`);
    await panel.close();
  });

  it('says so of a convention that comes with the same number', async () => {
    const panel = await pages.open();
    await panel.show(LOGITS);
    await click(panel, applied('a', { convention: 'UNIFORM_OTHERS' }));
    await expect.poll(() => took(panel)).toBe(`✓ Using α = 0.1 from ${FROM}.`);
    expect(await panel.page.locator('.convention-line').getAttribute('data-convention')).toBe(
      'UNIFORM_OTHERS',
    );
    await panel.close();
  });

  it('is quiet where code was edited to what the panel has, as after an edit it made', async () => {
    const panel = await pages.open();
    await panel.show(LOGITS);
    await click(panel, applied('a', { isWanted: false }));
    await expect.poll(() => panel.text('[data-figure="applied"]')).toBe(`α 0.1 from ${PLACE}`);
    expect(await took(panel)).toBe('');
    await panel.close();
  });

  it.each([940, 620, 400])('leaves no hole between the controls, %d pixels wide', async (width) => {
    const panel = await pages.open({ width });
    await panel.show(LOGITS);
    await click(panel, applied('a', { isWanted: false }));
    await expect.poll(() => panel.text('[data-figure="applied"]')).toBe(`α 0.1 from ${PLACE}`);
    const gaps = await panel.page
      .locator('.controls')
      .first()
      .evaluate((controls) => {
        const boxes = [...controls.children]
          .map((child) => child.getBoundingClientRect())
          .filter((box) => box.width > 0)
          .sort((a, b) => a.left - b.left);
        const isBeside = (a: DOMRect, b: DOMRect) =>
          b.left >= a.right && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
        return boxes.flatMap((box) => {
          const next = boxes.find((other) => isBeside(box, other));
          return next ? [next.left - box.right] : [];
        });
      });
    if (width > 500) expect(gaps.length).toBeGreaterThan(0);
    expect(Math.max(...gaps)).toBeLessThan(19);
    await panel.close();
  });
});

/** From the menu that says where α is from. */
async function openWithoutLogits({ page }: PanelPage): Promise<void> {
  await page.locator('[data-control="fromCode"]').click();
  await page.getByRole('menuitem', { name: 'Open nn.CrossEntropyLoss without logits' }).click();
}

describe('logits, and a loss in code', () => {
  it('have a way to each other, and are as they were left', async () => {
    const panel = await pages.open();
    await panel.show(LOGITS);
    expect(await panel.page.locator('[data-control="fromCode"]').count()).toBe(0);
    await click(panel, applied('a'));
    await panel.setAlpha('0.3');
    await panel.tab('Compare');
    await panel.page.locator('[data-control="pin"]').click();
    await openWithoutLogits(panel);
    const turned = () =>
      panel.host((fake) => fake.asked.filter(({ name }) => name === 'turnTo').map(({ args }) => args[0]));
    await expect.poll(turned).toEqual(['loss']);
    await panel.host((fake, config) => fake.showConfig(config, 'logits.json'), LOSS_IN_CODE);
    await panel.page.locator('h1', { hasText: 'nn.CrossEntropyLoss' }).waitFor();
    await panel.setAlpha('0.25');
    await panel.page.getByRole('button', { name: 'Back to logits.json' }).click();
    await expect.poll(turned).toEqual(['loss', 'logits']);
    await panel.host((fake) => fake.showAgain({}));
    await panel.page.locator('h1', { hasText: 'logits.json' }).waitFor();
    expect(await panel.page.locator('[data-control="alpha"]').inputValue()).toBe('0.3');
    await panel.page.locator('tr[data-pin="1"]').waitFor();
    expect(await took(panel)).toBe('');
    await panel.host((fake, config) => fake.showConfig(config, 'logits.json'), LOSS_IN_CODE);
    await panel.page.locator('h1', { hasText: 'nn.CrossEntropyLoss' }).waitFor();
    expect(await panel.page.locator('[data-control="alpha"]').inputValue()).toBe('0.25');
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  it('a loss without logits behind it has no way back, and says how to get some', async () => {
    const panel = await pages.open();
    await panel.host((fake, config) => fake.showConfig(config), LOSS_IN_CODE);
    await panel.page.locator('[data-control="own-logits"]').click();
    const asked = () =>
      panel.host((fake) => fake.asked.filter(({ name }) => name === 'chooseLogits').map(({ args }) => args));
    await expect.poll(asked).toEqual([[]]);
    expect(await panel.page.locator('[data-control="logits"]').count()).toBe(0);
    await panel.close();
  });

  it('what is in front is kept, beside what is behind', async () => {
    const panel = await pages.open();
    await panel.show(LOGITS);
    const kept = () => panel.host((fake) => fake.kept as Record<string, unknown> | undefined);
    await expect.poll(async () => (await kept())?.front).toBe('logits');
    await panel.host((fake, config) => fake.showConfig(config, 'logits.json'), LOSS_IN_CODE);
    await expect.poll(async () => (await kept())?.front).toBe('loss');
    expect(Object.keys((await kept())!).sort()).toEqual(['front', 'logits', 'loss']);
    await panel.close();
  });
});
