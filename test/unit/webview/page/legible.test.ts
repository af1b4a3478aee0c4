import { beforeAll, describe, expect, it } from 'vitest';
import { illegible, illegibleIn } from './legible.ts';
import { LOSS_IN_CODE } from './lossInCode.ts';
import { type PanelPage, PanelPages, type Theme } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

/** Logits of K classes, some rows right and some wrong, always the same. */
function logits(classes: number, names?: readonly string[]): string {
  let state = 7;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const rows = Array.from({ length: 40 }, (_, row) =>
    Array.from({ length: classes }, (_, k) =>
      Number((6 * random() + (k === row % classes ? 5 : 0)).toFixed(2)),
    ),
  );
  const targets = rows.map((_, row) => (row % 4 === 0 ? (row + 1) % classes : row % classes));
  return JSON.stringify({ logits: rows, targets, ...(names && { class_names: names }) });
}

const LONG = Array.from({ length: 10 }, (_, k) =>
  [
    'Wolverhampton Wanderers',
    '国立国会図書館国際子ども図書館',
    'MMMMMMMMMMMMMMMMMMMM',
    'fox 🦊 terrier, wire-haired',
  ][k % 4]!.concat(` ${k}`),
);
const SOURCES = {
  'K = 5': logits(5),
  'K = 10': logits(10),
  'K = 1000': logits(1000),
  'long class names': logits(10, LONG),
};
const TABS = ['Rows', 'Calibration', 'Class weights', 'Teacher', 'Read a loss'] as const;
/** From a narrow side bar to a whole window. */
const WIDTHS = Array.from({ length: 16 }, (_, i) => 280 + 61 * i);
const LOOKS = [
  ['light', 940],
  ['dark', 400],
  ['contrast', 620],
] as const satisfies readonly (readonly [Theme, number])[];

async function openLogits(text: string, theme: Theme, width: number): Promise<PanelPage> {
  const panel = await pages.open({ theme, width });
  await panel.show(text);
  await panel.showTeacher(text);
  return panel;
}

async function openConfig(classes: number, theme: Theme, width: number): Promise<PanelPage> {
  const panel = await pages.open({ theme, width });
  await panel.host((fake, config) => fake.showConfig(config), { ...LOSS_IN_CODE, classes });
  await panel.page.locator('section.chart svg').first().waitFor();
  return panel;
}

/** Opens a tab, with all it shows. */
async function visit(panel: PanelPage, tab: string): Promise<void> {
  await panel.tab(tab);
  await panel.settled();
  if (tab === 'Read a loss') await panel.page.locator('[data-control="seen-loss"]').fill('1.5');
}

/** What can't be read on the screen, at any of the widths. */
async function problemsOnScreen(panel: PanelPage, where: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await panel.page.setViewportSize({ width, height: 1000 });
    const problems = await panel.page.evaluate(`(async () => {
      // Charts are laid out anew in the frame after.
      for (let i = 0; i < 2; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
      const illegible = ${illegible.toString()};
      return [...document.querySelectorAll('section.chart svg')].flatMap(illegible);
    })()`);
    found.push(...(problems as string[]).map((problem) => `${where}, ${width} pixels: ${problem}`));
  }
  return found;
}

/** What can't be read in the charts that are shown, once they're exported. `seen` gets their titles. */
async function problemsExported(panel: PanelPage, where: string, seen: Set<string>): Promise<string[]> {
  const found: string[] = [];
  const titles = await panel.page
    .locator('section.chart', { has: panel.page.locator('svg') })
    .evaluateAll((charts) => charts.map((chart) => chart.getAttribute('aria-label') ?? ''));
  for (const [i, title] of titles.entries()) {
    seen.add(title.replace(/\d+/g, '#'));
    const problems = await panel.page.evaluate(`(async () => {
      const illegible = ${illegible.toString()};
      const chart = [...document.querySelectorAll('section.chart')].filter((each) => each.querySelector('svg'))[${i}];
      const press = async (name, index) => {
        const named = [...chart.querySelectorAll('button')].filter((each) =>
          (each.getAttribute('aria-label') ?? each.textContent).startsWith(name));
        named.at(index).click();
        await new Promise((resolve) => requestAnimationFrame(resolve));
      };
      await press('Export', 0);
      // That of the files, after that of the clipboard.
      await press('SVG', -1);
      return (${illegibleIn.toString()})(await window.fake.takeExported());
    })()`);
    found.push(...(problems as string[]).map((problem) => `${where}, ${title}: ${problem}`));
  }
  return found;
}

/** A chart as SVG, as its menu saves it. */
async function exportedSvg(panel: PanelPage, title: string): Promise<string> {
  const chart = panel.page.locator(`section.chart[aria-label^="${title}"]`);
  await chart.evaluate(async (element) => {
    const press = async (name: string) => {
      const buttons = [...element.querySelectorAll('button')];
      buttons
        .findLast((each) => (each.getAttribute('aria-label') ?? each.textContent).startsWith(name))!
        .click();
      await new Promise((resolve) => requestAnimationFrame(resolve));
    };
    await press('Export');
    await press('SVG');
  });
  return panel.host((fake) => fake.takeExported());
}

describe('every text in a chart can be read, at any width', () => {
  it.each(Object.entries(SOURCES))('of logits, %s', async (_, text) => {
    const panel = await openLogits(text, 'light', 940);
    const found: string[] = [];
    for (const [i, tab] of TABS.entries()) {
      await panel.setAlpha(['0.1', '0', '0.9'][i % 3]!);
      await visit(panel, tab);
      found.push(...(await problemsOnScreen(panel, tab)));
    }
    await panel.tab('Rows');
    for (const form of ['as bars', 'log axis'] as const) {
      await panel.page.getByLabel(form).check();
      found.push(...(await problemsOnScreen(panel, form)));
      await panel.page.getByLabel(form).uncheck();
    }
    expect(panel.errors).toEqual([]);
    expect(found).toEqual([]);
    await panel.close();
  });

  it.each([2, 5, 10, 1000, 50_000])('of a loss in code, K = %d', async (classes) => {
    const panel = await openConfig(classes, 'light', 940);
    const found: string[] = [];
    for (const alpha of ['0.1', '0', '0.123', '1']) {
      await panel.setAlpha(alpha);
      found.push(...(await problemsOnScreen(panel, `α = ${alpha}`)));
    }
    expect(panel.errors).toEqual([]);
    expect(found).toEqual([]);
    await panel.close();
  });
});

it('an exported chart shows nothing of where the mouse and the focus are', async () => {
  const panel = await openLogits(SOURCES['K = 5'], 'light', 940);
  const exported = async (title: string) =>
    // Of the heat map it says what is said below it: one cell.
    (await exportedSvg(panel, title)).replace(/<desc>.*<\/desc>/, '');
  await visit(panel, 'Calibration');
  const plain = await exported('Before');
  await panel.page.locator('.reliable').last().hover();
  expect(await exported('Before')).toBe(plain);
  await visit(panel, 'Class weights');
  const cells = await exported('Effective');
  await panel.page.locator('.cell').first().focus();
  await panel.page.keyboard.press('ArrowDown');
  await panel.page.locator('.cell').last().hover();
  expect(await exported('Effective')).toBe(cells);
  await panel.close();
});

it.each([
  ['light', 'dark', '#1f1f1f', '#59a4f9'],
  ['dark', 'light', '#ffffff', '#005fb8'],
  ['contrast', 'light', '#ffffff', '#005fb8'],
] as const)(
  'in %s, charts are exported in the colours of a %s page where that is set',
  async (theme, set, background, target) => {
    const panel = await openLogits(SOURCES['K = 5'], theme, 940);
    await panel.host((fake, wanted) => fake.answer('pictureTheme', async () => wanted), set);
    const style = () => panel.page.evaluate(() => document.documentElement.style.cssText);
    const before = await style();
    const seen = new Set<string>();
    for (const tab of TABS) {
      await visit(panel, tab);
      expect(await problemsExported(panel, tab, seen)).toEqual([]);
    }
    await panel.tab('Rows');
    const picture = await exportedSvg(panel, 'Loss of a row');
    expect(picture).toContain(`fill="${background}"`);
    expect(picture).toContain(`"${target}"`);
    expect(await style()).toBe(before);
    expect(panel.errors).toEqual([]);
    await panel.close();
  },
);

describe.each(LOOKS)('every text in an exported chart can be read, %s, %d pixels wide', (theme, width) => {
  it.each(Object.entries(SOURCES))('of logits, %s', async (_, text) => {
    const panel = await openLogits(text, theme, width);
    const seen = new Set<string>();
    const found: string[] = [];
    for (const tab of TABS) {
      await visit(panel, tab);
      found.push(...(await problemsExported(panel, tab, seen)));
    }
    expect(panel.errors).toEqual([]);
    // The ruler, a row's classes, the curve, two diagrams, the heat map, the teacher's row.
    expect(seen.size).toBeGreaterThanOrEqual(7);
    expect(found).toEqual([]);
    await panel.close();
  });

  it.each([5, 1000])('of a loss in code, K = %d', async (classes) => {
    const panel = await openConfig(classes, theme, width);
    const seen = new Set<string>();
    expect(await problemsExported(panel, 'config', seen)).toEqual([]);
    expect(seen.size).toBeGreaterThanOrEqual(3);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });
});
