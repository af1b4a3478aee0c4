import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { largeLogitsJson } from '../fixtures/largeLogits.ts';
import { npyFile } from '../fixtures/npy.ts';
import { SAMPLES } from '../vscode/paths.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const [ROWS, CLASSES] = [50_000, 1_000];
/** A frame at 60 Hz. */
const FRAME_MS = 16;
const FIRST_PAINT_MS = 150;

interface Moves {
  /** For each move, in ms: the script, then style and layout. */
  readonly script: number[];
  readonly layout: number[];
  /** From one frame to the next, in ms. */
  readonly frames: number[];
  /** The sum of all layout shifts. */
  readonly shift: number;
  /** The losses that were shown. */
  readonly losses: number;
}

/** As Chromium reports it. */
interface LayoutShift {
  readonly value: number;
  readonly sources: readonly { readonly previousRect: DOMRect; readonly currentRect: DOMRect }[];
}

/** Drags α there and back, a step each frame, with the mouse down on the slider. */
async function dragAlpha(workbench: Workbench, { frame }: Panel, steps: number): Promise<Moves> {
  const slider = await frame.locator('#alpha').boundingBox();
  if (!slider) throw new Error('There is no slider.');
  const { mouse } = workbench.page;
  await mouse.move(slider.x + slider.width / 2, slider.y + slider.height / 2);
  await mouse.down();
  const moves = await frame.evaluate(async (count) => {
    let shift = 0;
    // Digits that change within their line are no shift: what counts is what moves up or down, or grows.
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as LayoutShift[])
        if (entry.sources.some(({ previousRect: a, currentRect: b }) => a.y !== b.y || a.height !== b.height))
          shift += entry.value;
    });
    observer.observe({ type: 'layout-shift' });
    const slider = document.querySelector<HTMLInputElement>('#alpha')!;
    const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const [script, layout, frames]: [number[], number[], number[]] = [[], [], []];
    const losses = new Set<string>();
    let last = await nextFrame();
    for (let i = 0; i < count; i++) {
      const start = performance.now();
      // A position is an α of 0.005 more than the one before.
      slider.value = String(1 + Math.min(i, count - i));
      slider.dispatchEvent(new InputEvent('input', { bubbles: true }));
      // What was changed is rendered in a microtask; a question about the layout has it done.
      await Promise.resolve();
      const rendered = performance.now();
      document.body.getBoundingClientRect();
      script.push(rendered - start);
      layout.push(performance.now() - rendered);
      losses.add(document.querySelector('[data-figure="loss"]')!.getAttribute('data-exact')!);
      const now = await nextFrame();
      frames.push(now - last);
      last = now;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
    observer.disconnect();
    return { script, layout, frames, shift, losses: losses.size };
  }, steps);
  await mouse.up();
  await mouse.move(0, 0);
  return moves;
}

/** From the snapshot's arrival to the frame that shows it, in ms. */
async function firstPaint({ frame }: Panel): Promise<number> {
  return frame.evaluate(async () => {
    for (;;) {
      const [received] = performance.getEntriesByName('smoothLabels.received');
      const [painted] = performance.getEntriesByName('smoothLabels.painted');
      if (received && painted) return painted.startTime - received.startTime;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

describe('the panel is fluid', () => {
  let workbench: Workbench;
  let panel: Panel;

  beforeAll(async () => {
    workbench = await openWorkbench({ vsix: inject('vsix'), folder: SAMPLES });
  });
  afterAll(() => workbench?.close());

  test(`shows the sample less than ${FIRST_PAINT_MS} ms after it has it`, async () => {
    await workbench.openFile('digits.logits.json');
    await workbench.runCommand('Smooth labels');
    const times: number[] = [];
    for (let left = 4; ; left--) {
      panel = await Panel.of(workbench, 'digits.logits.json');
      times.push(await firstPaint(panel));
      if (left === 0) break;
      // Behind another editor the page is gone, and comes back as new.
      await panel.frame.locator('h1').click();
      await workbench.runCommand('New Untitled Text File');
      await expect.poll(() => panel.frame.isDetached(), { timeout: 10_000 }).toBe(true);
      await workbench.runCommand('Close Editor');
    }
    console.log(`First paint after the snapshot: ${times.map((time) => time.toFixed(0)).join(', ')} ms.`);
    // Whatever else the machine does makes it later, never earlier.
    expect(Math.min(...times)).toBeLessThan(FIRST_PAINT_MS);
  });

  test('moves nothing but figures and marks while α is dragged over the sample, in any tab', async () => {
    await panel.eachTab(async (name) => {
      // The tab's own first layout is no shift of ours; what it has asked for has to be there.
      await workbench.page.waitForTimeout(800);
      await panel.frame.locator('[role="tabpanel"] [aria-busy="true"]').waitFor({ state: 'detached' });
      const { shift, losses } = await dragAlpha(workbench, panel, 30);
      expect(losses).toBeGreaterThan(10);
      expect(shift, name).toBe(0);
    });
  });

  test(`takes less than a frame for a move of α over ${ROWS} × ${CLASSES} logits`, async () => {
    const values = new Float32Array(ROWS * CLASSES);
    let state = 1;
    for (let i = 0; i < values.length; i++) {
      state = (state * 48271) % 2147483647;
      values[i] = (state / 2147483647) * 8 - 4;
    }
    writeFileSync(join(workbench.folder, 'large.npy'), npyFile([ROWS, CLASSES], values));
    await workbench.runInExplorer('large.npy', 'Open in Smooth Labels');
    panel = await Panel.of(workbench, 'large.npy');
    await panel.frame.getByRole('tab', { name: 'Rows', exact: true }).click();
    await workbench.page.waitForTimeout(1_000);
    const { script, layout, frames, losses, shift } = await dragAlpha(workbench, panel, 180);
    console.log(
      `${ROWS} × ${CLASSES}: ${median(script).toFixed(1)} ms of script and ${median(layout).toFixed(1)} ms of layout a move (medians of ${script.length}), frames ${median(frames).toFixed(1)} ms apart.`,
    );
    expect(losses).toBeGreaterThan(60);
    expect(median(script)).toBeLessThan(FRAME_MS);
    expect(shift).toBe(0);
  });

  test('draws only those of 100,000 rows that are in view, while they’re scrolled', async () => {
    writeFileSync(join(workbench.folder, 'rows.json'), largeLogitsJson(100_000, 10));
    await workbench.openFile('rows.json');
    await workbench.placeCursor(1);
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, 'rows.json');
    expect(await panel.text('.rows h2')).toBe('100,000 rows');
    expect((await panel.rows()).length).toBeLessThan(60);
    const times = await panel.frame.evaluate(async () => {
      const scroller = document.querySelector('.scroller')!;
      const times: number[] = [];
      for (let i = 0; i < 41; i++) {
        const start = performance.now();
        scroller.scrollTop = (i / 41) * scroller.scrollHeight;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b);
    });
    // Two frames. A single one is late whenever the machine does something else.
    expect(times[20]).toBeLessThan(150);
    expect((await panel.rows()).length).toBeGreaterThan(10);
  });

  test('without an error', () => expect(workbench.errors).toEqual([]));
});
