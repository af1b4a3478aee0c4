import { beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from '../../../fixtures/axe.ts';
import { LOSS_IN_CODE } from './lossInCode.ts';
import { type PageOptions, type PanelPage, PanelPages } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

async function play(options: PageOptions = {}, why = ''): Promise<PanelPage> {
  const panel = await pages.open(options);
  await panel.host((fake, words) => fake.showPlayground(words), why);
  await panel.page.locator('.bars svg').first().waitFor();
  return panel;
}

const handle = ({ page }: PanelPage, column: number) => page.locator(`[data-column="${column}"]`);
const exact = async (panel: PanelPage, name: string) =>
  Number(await panel.figure(name).getAttribute('data-exact'));

describe('the playground', () => {
  it('shows the targets, what was asked for instead, and why the loss isn’t 0', async () => {
    const panel = await play({}, 'There are no logits in view.');
    expect(await panel.text('[data-figure="targetVector"]')).toBe('[0.02, 0.02, 0.92, 0.02, 0.02]');
    expect(await panel.text('.notice')).toBe('There are no logits in view.');
    expect(await panel.text('.cost')).toBe(
      '0.628 nats = 0.390 that can’t be avoided + 0.238 left to learn · the same answer costs 0.450 with hard labels',
    );
    expect(await panel.text('.cost + .says')).toBe(
      'Even an answer equal to y′ costs 0.390 nats, because y′ gives every class some probability. That’s the floor.',
    );
    expect(await panel.text('[data-figure="code"]')).toBe('nn.CrossEntropyLoss(label_smoothing=0.1)');
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  it.each([
    ['Keras', 'Keras', 'keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)'],
    ['TensorFlow', 'Keras', 'keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)'],
    ['optax', 'optax', 'optax.smooth_labels'],
    ['timm', 'PyTorch', 'nn.CrossEntropyLoss(label_smoothing=0.1)'],
  ])('copies a loss of %s as %s first', async (framework, dialect, code) => {
    const panel = await pages.open();
    await panel.host((fake, config) => fake.showConfig(config), { ...LOSS_IN_CODE, framework });
    expect(await panel.page.locator('[data-control="framework"]').inputValue()).toBe(dialect);
    expect(await panel.text('[data-figure="code"]')).toContain(code);
    await panel.close();
  });

  it('has an arrow for every class whose answer isn’t the target', async () => {
    const panel = await play();
    const arrows = () => panel.page.locator('path.push-tip').count();
    expect(await arrows()).toBe(5);
    await panel.page.locator('[data-preset="sure"]').click();
    await expect.poll(arrows).toBe(5);
    await panel.page.locator('[data-preset="right"]').click();
    await expect.poll(arrows).toBe(0);
    await panel.close();
  });

  it('has a key, a click and a drag for each bar', async () => {
    const panel = await play();
    const bar = handle(panel, 2);
    const before = await exact(panel, 'loss');
    await bar.focus();
    await panel.page.keyboard.press('ArrowUp');
    expect(await bar.getAttribute('aria-valuenow')).toBe('2.1');
    await panel.page.keyboard.press('PageDown');
    expect(await bar.getAttribute('aria-valuenow')).toBe('1.1');
    expect(await exact(panel, 'loss')).toBeGreaterThan(before);
    expect(await panel.text('[data-figure="now"]')).toContain('training pushes its logit up');
    const { x, y, width, height } = (await bar.boundingBox())!;
    // The top of the picture has a margin; its middle is at about a half.
    await panel.page.mouse.click(x + width / 2, y + height / 2 + 12);
    expect(await bar.getAttribute('aria-valuetext')).toMatch(/probability 0\.5\d, target 0\.92/);
    await panel.page.mouse.move(x + width / 2, y + height / 2);
    await panel.page.mouse.down();
    await panel.page.mouse.move(x + width / 2, y + 25, { steps: 4 });
    await panel.page.mouse.up();
    expect(await bar.getAttribute('aria-valuetext')).toMatch(/probability 0\.99/);
    expect(await panel.text('[data-figure="now"]')).toContain('too sure, though it’s right');
    await panel.close();
  });

  it('is what is tried: α, K, the true class, an answer', async () => {
    const panel = await play();
    await panel.page.locator('[data-class="4"]').click();
    expect(await panel.text('[data-figure="targetVector"]')).toBe('[0.02, 0.02, 0.02, 0.02, 0.92]');
    await panel.page.locator('[data-control="more-classes"]').click();
    expect(await panel.text('[data-figure="now"]')).toBe(
      '6 classes: the same α is cut into 6 slices of 0.01667, so “bee” ends at 0.9167.',
    );
    await panel.setAlpha('0.3');
    expect(await panel.text('[data-figure="now"]')).toContain('More smoothing');
    await panel.page.locator('[data-preset="right"]').click();
    expect(await exact(panel, 'excess')).toBeLessThan(1e-12);
    await panel.page.locator('[data-control="framework"]').selectOption('NumPy');
    expect(await panel.text('[data-figure="code"]')).toBe(
      'targets = (1 - 0.3) * np.eye(6)[labels] + 0.3 / 6',
    );
    await panel.page.locator('[data-control="again"]').click();
    expect(await panel.text('[data-figure="targetVector"]')).toBe('[0.02, 0.02, 0.92, 0.02, 0.02]');
    await panel.close();
  });

  it('leads to the lab', async () => {
    const panel = await play();
    await panel.page.locator('[data-control="lab"]').click();
    await expect
      .poll(() => panel.host((fake) => fake.asked.some(({ name }) => name === 'openLab')))
      .toBe(true);
    await panel.close();
  });

  it.each(['light', 'dark', 'contrast', 'contrastLight'] as const)(
    'has nothing that axe-core finds, %s',
    async (theme) => {
      const panel = await play({ theme });
      await panel.page.locator('[data-control="more"]').click();
      expect(await axeViolations(panel.page.mainFrame())).toEqual([]);
      await panel.close();
    },
  );

  it.each([280, 400])(
    'fits a panel %d pixels wide, as at 200 percent of one twice as wide',
    async (width) => {
      const panel = await play({ width });
      for (const classes of ['2', '10', '50000']) {
        await panel.page.locator('[data-control="classes"]').fill(classes);
        const overflow = await panel.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBeLessThanOrEqual(0);
      }
      await panel.close();
    },
  );
});
