import { beforeAll, describe, expect, it } from 'vitest';
import { FRAMEWORK_APIS } from '../../../../src/frameworks/catalogue.ts';
import { USERS } from '../../../../src/frameworks/conventionUsers.ts';
import { CONVENTION_NAMES } from '../../../../src/loss/conventions/conventions.ts';
import { pseudoBundle } from '../../../l10n/pseudo.ts';
import { type Bundle, KOREAN, readBundle } from '../../../l10n/strings.ts';
import { illegible } from './legible.ts';
import { type PanelPage, PanelPages } from './panelPage.ts';
import { cutOff, untranslatedTexts } from './translated.ts';

/** Names of frameworks, units and code, and what the source says. */
const KNOWN = [
  ...FRAMEWORK_APIS.map(({ framework }) => framework),
  ...CONVENTION_NAMES,
  ...Object.values(USERS),
  ...['NLL', 'ECE', 'MCE', 'nats', 'bits', 'log10', 'mean', 'sum', 'none'],
  ...['logits.json', 'teacher.json', 'targets'],
].flatMap((name) => name.split(/[^\p{L}\p{N}_.]+/u));

const LOGITS = JSON.stringify({
  logits: Array.from({ length: 30 }, (_, row) =>
    Array.from({ length: 10 }, (_, k) => (k === row % 10 ? 5 : ((row * 7 + k * 3) % 11) / 4)),
  ),
  targets: Array.from({ length: 30 }, (_, row) => (row % 5 === 0 ? (row + 1) % 10 : row % 10)),
  weight: [1, 0.01, 1, 1, 1, 1, 1, 1, 1, 1],
});

let pages: PanelPages;
let pseudo: Bundle;
beforeAll(async () => {
  [pages, pseudo] = await Promise.all([PanelPages.start(), pseudoBundle()]);
});

async function open(code: string, strings: Bundle): Promise<PanelPage> {
  const panel = await pages.open({ width: 1200, language: { code, strings } });
  await panel.show(LOGITS);
  await panel.showTeacher(LOGITS);
  return panel;
}

/** Opens one tab after the other. */
async function eachTab(panel: PanelPage, visit: (name: string) => Promise<void>): Promise<void> {
  const tabs = panel.page.getByRole('tab');
  for (let i = 0; i < (await tabs.count()); i++) {
    await tabs.nth(i).click();
    await panel.settled();
    await visit((await tabs.nth(i).textContent()) ?? '');
  }
}

describe('a panel in another language', () => {
  it('has no text that wasn’t translated', async () => {
    const panel = await open('en', pseudo);
    const found: string[] = [];
    await eachTab(panel, async (tab) => {
      const texts = await panel.page.evaluate(untranslatedTexts, KNOWN);
      found.push(...texts.map((text) => `${tab}: ${text}`));
    });
    expect(found).toEqual([]);
    await panel.close();
  });

  it.each([
    ['40 % longer', 'en', () => pseudo],
    ['Korean', 'ko', () => readBundle(KOREAN)],
  ])('is cut off nowhere, %s', async (_, code, strings) => {
    const panel = await open(code, strings());
    const found: string[] = [];
    await eachTab(panel, async (tab) => {
      for (const width of [400, 1200]) {
        await panel.page.setViewportSize({ width, height: 1000 });
        const problems = await panel.page.evaluate(`(async () => {
          // Charts are laid out anew in the frame after.
          for (let i = 0; i < 2; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
          const [illegible, cutOff] = [${illegible.toString()}, ${cutOff.toString()}];
          return [...cutOff(), ...[...document.querySelectorAll('section.chart svg')].flatMap(illegible)];
        })()`);
        found.push(...(problems as string[]).map((problem) => `${tab}, ${width} pixels: ${problem}`));
      }
    });
    expect(found).toEqual([]);
    await panel.close();
  });
});
