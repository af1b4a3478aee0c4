import { beforeAll, describe, expect, it } from 'vitest';
import type { LossQuestion } from './fakeHost.ts';
import { type PanelPage, PanelPages } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

const LOGITS = [
  [2, 0.5, -1.25],
  [0.375, 1.5, 0.25],
  [1, 1.125, -0.5],
  [0, -1, 2],
  [3.5, 0.0625, 1],
];
const HARD = [0, 1, -100, 1, 2];
const SOFT = [
  [0.75, 0.125, 0.125],
  [0, 1, 0],
  [0.5, 0.25, 0.25],
  [0.125, 0.125, 0.75],
  [0.25, 0.25, 0.5],
];
/** The figures on top of the page, as many digits as they have. */
async function exactFigures(panel: PanelPage): Promise<Record<string, number>> {
  await panel.settled();
  const exact = async (name: string) => {
    const figure = panel.page.locator(`.summary [data-figure="${name}"][data-exact]`).first();
    return [name, Number(await figure.getAttribute('data-exact'))] as const;
  };
  return Object.fromEntries(await Promise.all(['loss', 'nll', 'floor', 'excess'].map(exact)));
}

async function expected(panel: PanelPage, question: LossQuestion): Promise<Record<string, number>> {
  const { loss, floor, excess } = await panel.host((fake, of) => fake.computeLoss(of), question);
  const hard = { ...question, form: 'ce' as const, labelSmoothing: 0 };
  const plain = await panel.host((fake, of) => fake.computeLoss(of), hard);
  return { loss, nll: plain.loss, floor, excess };
}

describe('the figures of the page have the digits of the API', () => {
  it.each([
    ['hard targets, a row ignored', HARD, null],
    ['class weights', HARD, [0.5, 2, 1.25]],
    ['soft targets', SOFT, null],
    ['soft targets and class weights', SOFT, [0.5, 2, 1.25]],
  ] as const)('for %s', async (_, targets, weight) => {
    const panel = await pages.open();
    await panel.show(JSON.stringify({ logits: LOGITS, targets, ...(weight && { weight }) }));
    for (const [alpha, reduction] of [
      ['0.1', 'mean'],
      ['0.37', 'sum'],
    ] as const) {
      await panel.setAlpha(alpha);
      await panel.page.locator('[data-control="reduction"]').selectOption(reduction);
      const wanted = await expected(panel, {
        logits: LOGITS,
        targets,
        weight,
        labelSmoothing: Number(alpha),
        reduction,
      });
      await expect.poll(() => exactFigures(panel)).toEqual(wanted);
    }
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  it('as a KL divergence, in another convention', async () => {
    const panel = await pages.open();
    await panel.show(JSON.stringify({ logits: LOGITS, targets: HARD }));
    await panel.page.locator('[data-control="convention"]').selectOption('UNIFORM_OTHERS');
    await panel.page.locator('[data-control="form"]').selectOption('kl');
    await panel.setAlpha('0.2');
    const spec = { convention: 'UNIFORM_OTHERS', form: 'kl', labelSmoothing: 0.2 } as const;
    await expect
      .poll(() => exactFigures(panel))
      .toEqual(await expected(panel, { ...spec, logits: LOGITS, targets: HARD }));
    expect((await exactFigures(panel)).floor).toBe(0);
    await panel.close();
  });
});
