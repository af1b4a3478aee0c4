import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SAMPLES } from '../../../vscode/paths.ts';
import { type PanelPage, PanelPages } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

const DIGITS = readFileSync(join(SAMPLES, 'digits.logits.json'), 'utf8');
const CONVENTIONS = [
  'UNIFORM_K',
  'UNIFORM_OTHERS',
  'PAD_EXCLUDED',
  'ADDITIVE_RENORM',
  'BINARY_HALF',
  'BINARY_FULL',
  'BINARY_UNIFORM_K',
];

/** What is wrong with how the lines of formulas are filled. Runs in the page. */
function holes(): string[] {
  const found: string[] = [];
  for (const formula of document.querySelectorAll<HTMLElement>('.formula')) {
    const text = formula.textContent ?? '';
    const lineHeight = Number.parseFloat(getComputedStyle(formula).lineHeight);
    const { right } = formula.getBoundingClientRect();
    // What stays together: from one space that a line may end at to the next, and a figure with its label.
    const units: { left: number; right: number; top: number }[] = [];
    let glued: Element | null | undefined;
    const walker = document.createTreeWalker(formula, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const figure = node.parentElement!.closest('.figure');
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(/[^\S\u00a0]+|[\S\u00a0]+/g)) {
        if (word.trim() === '') {
          if (!figure) glued = undefined;
          continue;
        }
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const box = range.getBoundingClientRect();
        const last = units.at(-1);
        if (last && glued !== undefined) last.right = box.right;
        else units.push({ left: box.left, right: box.right, top: box.top });
        glued = figure;
      }
    }
    const lines = units.filter((unit, i) => i === 0 || unit.top > units[i - 1]!.top + 4).length;
    if (formula.clientHeight > (lines + 0.5) * lineHeight)
      found.push(`${lines} lines take ${formula.clientHeight} pixels: ${text}`);
    for (const [i, unit] of units.entries()) {
      const before = units[i - 1];
      if (!before) continue;
      const isNext = unit.top > before.top + 4;
      if (isNext && before.right + 6 + (unit.right - unit.left) < right)
        found.push(`a line ends before it’s full, at ${i}: ${text}`);
      if (!isNext && unit.left - before.right > 12) found.push(`a gap before ${i}: ${text}`);
    }
  }
  return found;
}

describe('formulas', () => {
  it('have neither blank lines nor gaps in them, at any width', async () => {
    const panel = await pages.open();
    await panel.show(DIGITS);
    await panel.tab('Read a loss');
    await panel.page.locator('[data-control="seen-loss"]').fill('1.5');
    const found: string[] = [];
    for (let width = 280; width <= 960; width += 20) {
      await panel.page.setViewportSize({ width, height: 1000 });
      for (const alpha of ['0.1', '0.255']) {
        await panel.setAlpha(alpha);
        const problems = await panel.page.evaluate<string[]>(`(${holes.toString()})()`);
        found.push(...problems.map((problem) => `${width} pixels, α = ${alpha}: ${problem}`));
      }
    }
    expect(found).toEqual([]);
    await panel.close();
  });

  it('stay on their lines, and move nothing below them, while α is dragged, at any width', async () => {
    const panel = await pages.open();
    await panel.show(DIGITS);
    const moved: string[] = [];
    for (let width = 280; width <= 960; width += 97) {
      await panel.page.setViewportSize({ width, height: 1000 });
      const slider = (await panel.page.locator('#alpha').boundingBox())!;
      await panel.page.mouse.move(slider.x + slider.width / 2, slider.y + slider.height / 2);
      await panel.page.mouse.down();
      const tops = await panel.page.evaluate(async () => {
        const input = document.querySelector<HTMLInputElement>('#alpha')!;
        const parts = document.querySelectorAll('.tabs, .summary [data-figure], .formula');
        const seen = new Set<string>();
        // From the first α that smooths: at 0 there's another sentence.
        for (let position = 1; position < Number(input.max); position += 2) {
          input.value = String(position);
          input.dispatchEvent(new InputEvent('input', { bubbles: true }));
          await new Promise((resolve) => requestAnimationFrame(resolve));
          seen.add([...parts].map((part) => Math.round(part.getBoundingClientRect().top)).join());
        }
        return [...seen];
      });
      await panel.page.mouse.up();
      if (tops.length > 1) moved.push(`${width} pixels: ${tops.join(' | ')}`);
    }
    expect(moved).toEqual([]);
    await panel.close();
  });

  it('are true as they stand: what is on the left of = is what is on the right', async () => {
    const panel = await pages.open();
    await panel.show(DIGITS);
    let checked = 0;
    for (const convention of CONVENTIONS) {
      await panel.page.locator('[data-control="convention"]').selectOption(convention);
      await expect
        .poll(() => panel.page.locator('.convention-line').getAttribute('data-convention'))
        .toBe(convention);
      for (const alpha of ['0.1', '0.123', '0.3', '0.9', '0']) {
        await panel.setAlpha(alpha);
        for (const text of await texts(panel)) {
          for (const { left, sign, right } of equations(text)) {
            checked++;
            const where = `${convention}, α = ${alpha}: ${text}`;
            if (sign === '=') expect(Math.abs(left - right), where).toBeLessThan(1e-9);
            else {
              expect(left, where).not.toBe(right);
              expect(Math.abs(left - right), where).toBeLessThan(2e-3 * Math.max(1, Math.abs(left)));
            }
          }
        }
      }
    }
    expect(checked).toBeGreaterThan(100);
    await panel.close();
  });
});

const texts = (panel: PanelPage) =>
  panel.page.locator('.summary .formula, .tabs + .view .formula').allTextContents();

/** The equations of numbers in a line: words are left out, `y′` and `loss` have no value. */
function equations(text: string): { left: number; sign: string; right: number }[] {
  const sides = text
    .replace(/NLL|uniform term|floor|excess|nats|H\(y′\)|that can’t be avoided|left to learn/g, ' ')
    .split(/(?=[=≈])|, |for the true class,?|for every other class/)
    .map((side) => side.trim());
  const numberOf = (side: string): number => {
    const plain = side.replace(/^[=≈]/, '').replaceAll('−', '-').replaceAll('·', '*').trim();
    return /^[-+*/().\d\se]+$/.test(plain) ? Number(new Function(`return ${plain}`)()) : Number.NaN;
  };
  return sides.slice(1).flatMap((side, i) => {
    const [left, right] = [numberOf(sides[i]!), numberOf(side)];
    const isEquation = /^[=≈]/.test(side) && !Number.isNaN(left) && !Number.isNaN(right);
    return isEquation ? [{ left, sign: side[0]!, right }] : [];
  });
}
