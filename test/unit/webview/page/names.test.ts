import { beforeAll, describe, expect, it } from 'vitest';
import { type PanelPage, PanelPages } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

const RLO = '\u202e';
/** Nothing that is shown has them: they turn what comes after, or end what keeps a name apart. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]/;

/** Each class is the target of one row, and weights have moved the optimal prediction of the first. */
function logitsOf(names: readonly string[]): string {
  const logits = names.map((_, row) => names.map((_, k) => (k === (row + 1) % names.length ? 3 : k / 10)));
  const weight = names.map((_, k) => (k === 0 ? 0.001 : 1));
  return JSON.stringify({ logits, targets: names.map((_, row) => row), class_names: names, weight });
}

async function openNames(...names: readonly string[]): Promise<PanelPage> {
  const panel = await pages.open();
  await panel.show(logitsOf(names));
  await panel.page.locator('g.class').first().waitFor();
  return panel;
}

/** For each class of a picture that has a mark: whether that is right of all of the name. */
function marksAtTheEnd(picture: Element): boolean[] {
  return [...picture.querySelectorAll('text')]
    .filter((text) => /[✓✗]/.test(text.textContent ?? ''))
    .map((text) => {
      const mark = (text.textContent ?? '').search(/[✓✗]/);
      const left = (i: number) => text.getExtentOfChar(i).x;
      return Array.from({ length: mark }, (_, i) => left(i) < left(mark)).every(Boolean);
    });
}

/** The rows of the last table that was exported. */
const exportedTexts = (panel: PanelPage) =>
  panel.host((fake) => {
    const last = fake.asked.filter(({ name }) => name === 'exportTable').at(-1);
    const table = last?.args[1] as { texts: (string | null)[][]; numbers: Float64Array } | undefined;
    return table && { texts: table.texts, numbers: [...table.numbers] };
  });

async function exportAs(panel: PanelPage, chart: string, format: string): Promise<void> {
  const section = panel.page.locator(`section.chart[aria-label^="${chart}"]`);
  await section.getByRole('button', { name: /^Export/ }).click();
  const files = section.getByRole('group', { name: 'Save…' });
  await files.getByRole('menuitem', { name: format, exact: true }).click();
}

describe('names of classes', () => {
  it('that look like numbers are names in an exported table, and figures are numbers', async () => {
    const names = ['007', '1e3', 'Infinity', 'NaN', '−1'];
    const panel = await openNames(...names);
    await exportAs(panel, 'Row ', 'CSV');
    await expect.poll(() => exportedTexts(panel)).toBeDefined();
    const { texts, numbers } = (await exportedTexts(panel))!;
    expect(texts.map(([name]) => name)).toEqual(names);
    expect(texts.flatMap((cells) => cells.slice(1))).toEqual(Array.from({ length: 20 }, () => null));
    expect(numbers).toHaveLength(20);
    await panel.tab('Class weights');
    await exportAs(panel, 'Effective targets', 'JSON');
    await expect.poll(async () => (await exportedTexts(panel))?.texts[0]?.length).toBe(6);
    const weights = (await exportedTexts(panel))!;
    expect(weights.texts.map(([name]) => name)).toEqual(names);
    expect(weights.texts[0]![3]).not.toBe(names[0]);
    expect(names).toContain(weights.texts[0]![3]);
    expect(weights.numbers[0]).toBe(0.001);
    await panel.close();
  });

  it('that are the same have a line each in a table', async () => {
    const panel = await openNames('cat', 'cat', 'cat');
    await panel.page.getByRole('button', { name: 'Table', exact: true }).nth(1).click();
    await expect.poll(() => panel.page.locator('.numbers tbody tr').count()).toBe(3);
    await panel.close();
  });

  it.each([
    ['Hebrew', 'שלום עולם', 'כלב'],
    ['Arabic with a digit', 'مرحبا ٣', 'قط 7'],
    ['too long, in Arabic', 'مرحبا بالعالم الكبير الواسع جدا هنا وهناك', 'x'],
    ['a mark that turns all after it', `evil${RLO}gnp.exe`, `${RLO}x`],
    ['unfinished isolates', 'a\u2067b', '\u2066\u2068c'],
  ])('that run from right to left leave the text around them: %s', async (_, ...names) => {
    const panel = await openNames(...names, 'dog');
    const picture = panel.page.locator('section.chart[aria-label^="Row"] svg');
    const onScreen = await picture.evaluate(marksAtTheEnd);
    expect(onScreen.length).toBeGreaterThan(0);
    expect(onScreen).not.toContain(false);
    await exportAs(panel, 'Row ', 'SVG');
    const svg = await panel.host((fake) => fake.takeExported());
    expect(svg).not.toMatch(TURNING);
    const exported = await panel.page.evaluate(`(() => {
      const frame = document.createElement('div');
      document.body.append(frame);
      frame.innerHTML = ${JSON.stringify(svg)};
      const found = (${marksAtTheEnd.toString()})(frame);
      frame.remove();
      return found;
    })()`);
    // The legend has the marks, too.
    expect(exported).toEqual([...onScreen, true, true]);
    for (const tab of ['Rows', 'Class weights', 'Calibration']) {
      await panel.tab(tab);
      await panel.settled();
      const drawn = await panel.page.evaluate(() => {
        const attributes = [...document.querySelectorAll('[title], [aria-label]')];
        const said = attributes.map((each) => `${each.getAttribute('title')} ${each.ariaLabel}`);
        return [document.body.querySelector('#root')!.textContent, ...said].join('\n');
      });
      expect(drawn, tab).not.toMatch(TURNING);
      // Each name that is kept apart ends before what comes after it.
      expect(drawn.split('\u2068').length).toBe(drawn.split('\u2069').length);
    }
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  it('that run from right to left are apart from a sentence', async () => {
    const panel = await openNames('שלום', 'dog', 'fox');
    await panel.tab('Class weights');
    await expect
      .poll(() => panel.text('[data-figure="moved"]'))
      .toContain('When class “\u2068שלום\u2069” is true, the loss is lowest with p = ');
    await panel.close();
  });
});
