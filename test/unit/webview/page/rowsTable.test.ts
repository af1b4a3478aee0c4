import { beforeAll, describe, expect, it } from 'vitest';
import { KOREAN, readBundle } from '../../../l10n/strings.ts';
import { type PanelPage, PanelPages } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

const LOGITS = '{"logits": [[1, 2, 3, 0, 0], [0, 0, 1, 0, 2], [4, 0, 1, 0, 2]], "targets": [2, 4, 0]}';

/** How far the cells of the sorted column stick out of what can be seen, and what is drawn where its first cell is. */
function sortedColumn(panel: PanelPage, scrolled: 'start' | 'end') {
  return panel.page.locator('.scroller').evaluate((scroller, to) => {
    scroller.scrollLeft = to === 'start' ? 0 : scroller.scrollWidth;
    const shown = scroller.getBoundingClientRect();
    const head = scroller.querySelector('th:is([aria-sort="ascending"], [aria-sort="descending"])')!;
    const cells = [head, ...scroller.querySelectorAll('td.sorted')];
    const boxes = cells.map((cell) => cell.getBoundingClientRect());
    const first = boxes[1]!;
    const drawn = document.elementFromPoint(first.left + first.width / 2, first.top + first.height / 2);
    return {
      cells: cells.length,
      beyond: Math.max(...boxes.map((box) => Math.max(box.right - shown.right, shown.left - box.left))),
      isOnTop: drawn === cells[1],
      isWider: scroller.scrollWidth > scroller.clientWidth,
    };
  }, scrolled);
}

/** Whether some of the table is to be scrolled to. */
function isWider(panel: PanelPage): Promise<boolean> {
  return panel.page.locator('.scroller').evaluate((scroller) => scroller.scrollWidth > scroller.clientWidth);
}

/** The heads that show less than all of their words. */
function cutHeads(panel: PanelPage): Promise<readonly (string | null)[]> {
  return panel.page
    .locator('.scroller')
    .evaluate((scroller) =>
      [...scroller.querySelectorAll('th')]
        .filter((head) => head.scrollWidth > head.clientWidth || head.scrollHeight > head.clientHeight)
        .map((head) => head.textContent),
    );
}

describe('the table of rows', () => {
  it.each([
    ['en', 567],
    ['en', 568],
    ['en', 640],
    ['en', 820],
    ['ko', 400],
    ['ko', 567],
    ['ko', 568],
    ['ko', 640],
    ['ko', 820],
  ])('shows all of every head, whichever it is sorted by: %s, %d pixels wide', async (code, width) => {
    const strings = code === 'ko' ? await readBundle(KOREAN) : {};
    const panel = await pages.open({ width, language: { code, strings } });
    await panel.show(LOGITS);
    const cut = [];
    for (const button of await panel.page.locator('.scroller th button').all()) {
      await button.click();
      cut.push(...(await cutHeads(panel)));
    }
    expect(cut).toEqual([]);
    await panel.close();
  });
});

describe('the table of rows in a narrow panel', () => {
  it('fits, with no head cut', async () => {
    const panel = await pages.open({ width: 400 });
    await panel.show(LOGITS);
    expect(await isWider(panel)).toBe(false);
    expect(await cutHeads(panel)).toEqual([]);
    await panel.close();
  });

  it.each(['row', 'loss', 'excess'])('keeps the column in view that it is sorted by: %s', async (name) => {
    const panel = await pages.open({ width: 340 });
    await panel.show(LOGITS);
    const button = panel.page.locator('.scroller th button', { hasText: new RegExp(`^${name}`) });
    await button.click();
    for (const scrolled of ['start', 'end'] as const) {
      const { beyond, ...seen } = await sortedColumn(panel, scrolled);
      expect(seen).toEqual({ cells: 4, isOnTop: true, isWider: true });
      expect(beyond).toBeLessThanOrEqual(1);
    }
    await panel.close();
  });
});

describe('a table of figures', () => {
  it.each([
    [400, '36px'],
    [1200, '0px'],
  ])('fades at the edge where there is more of it: %d pixels wide', async (width, fade) => {
    const panel = await pages.open({ width });
    await panel.show(LOGITS);
    await panel.tab('Compare');
    const table = panel.page.locator('.compare .numbers');
    const fades = (scrolled: number) =>
      table.evaluate(async (element, to) => {
        element.scrollLeft = to;
        // What is scrolled is known in the next frame.
        for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
        const style = getComputedStyle(element);
        return ['--fade-before', '--fade-after'].map((name) => style.getPropertyValue(name));
      }, scrolled);
    expect(await fades(0)).toEqual(['0px', fade]);
    expect(await fades(10_000)).toEqual([fade, '0px']);
    await panel.close();
  });
});
