import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { SAMPLES } from '../vscode/paths.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

/** α is set at once to another value; resolves with how far the floor on the ruler is then from as wide as it will be, in pixels. */
async function jump(
  { frame }: Panel,
  alpha: string,
): Promise<{ readonly off: number; readonly gliding: number }> {
  return frame.evaluate(async (text) => {
    const field = document.querySelector<HTMLInputElement>('[data-control="alpha"]')!;
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const floor = document.querySelector<SVGRectElement>('rect.floor')!;
    const off = Math.abs(floor.getBoundingClientRect().width - Number(floor.getAttribute('width')));
    return { off: Math.round(off), gliding: document.getAnimations().length };
  }, alpha);
}

describe('marks', () => {
  let workbench: Workbench;
  let panel: Panel;

  const open = async (settings: Readonly<Record<string, unknown>> = {}) => {
    workbench = await openWorkbench({ vsix: inject('vsix'), folder: SAMPLES, settings });
    await workbench.openFile('digits.logits.json');
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, 'digits.logits.json');
    await panel.frame.locator('rect.floor').first().waitFor();
  };
  /** Until nothing has glided for a while: on a busy machine the last figures of a choice come late, and their marks glide then. */
  const settled = () =>
    panel.frame.evaluate(async () => {
      for (let still = 0; still < 30; still = document.getAnimations().length > 0 ? 0 : still + 1)
        await new Promise(requestAnimationFrame);
    });

  beforeAll(() => open());
  afterAll(() => workbench?.close());

  test('glide to where a choice takes them', async () => {
    // From where it is at first, if it's tried again.
    await jump(panel, '0.1');
    await settled();
    const { off, gliding } = await jump(panel, '0.8');
    expect(gliding).toBeGreaterThan(2);
    expect(off).toBeGreaterThan(20);
    await settled();
    // Where it already is, nothing glides.
    expect(await jump(panel, '0.8')).toEqual({ off: 0, gliding: 0 });
  });

  test('are under the hand while α is dragged', async () => {
    const slider = await panel.frame.locator('#alpha').boundingBox();
    if (!slider) throw new Error('There is no slider.');
    const { mouse } = workbench.page;
    await mouse.move(slider.x + 5, slider.y + slider.height / 2);
    await mouse.down();
    await settled();
    await mouse.move(slider.x + slider.width / 2, slider.y + slider.height / 2);
    expect(await panel.frame.evaluate(() => document.getAnimations().length)).toBe(0);
    await mouse.up();
  });

  test('are there at once for who wants no motion', async () => {
    await settled();
    await workbench.page.emulateMedia({ reducedMotion: 'reduce' });
    const { off, gliding } = await jump(panel, '0.3');
    expect([off, gliding]).toEqual([0, 0]);
    await workbench.page.emulateMedia({ reducedMotion: 'no-preference' });
    await workbench.close();
    await open({ 'workbench.reduceMotion': 'on' });
    expect(await jump(panel, '0.8')).toEqual({ off: 0, gliding: 0 });
  });
});
