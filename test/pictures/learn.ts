// Pictures of docs/learn: charts of the panel, as it exports them. `node test/pictures/learn.ts`, after `npm run build`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PanelPage, PanelPages } from '../unit/webview/page/panelPage.ts';
import { ROOT, SAMPLES } from '../vscode/paths.ts';
import { themedSvg } from './themedSvg.ts';

const FOLDER = join(ROOT, 'media', 'pictures', 'learn');
const KOREAN = join(ROOT, 'l10n', 'bundle.l10n.ko.json');
const WIDTH = 560;

const MIXED = { logits: [[1.2, 0.4, -0.6, -1, -0.8]], targets: [[0.7, 0.3, 0, 0, 0]] };
const TAUGHT = { logits: [[2, 0.9, -0.2]], targets: [0] };
const TEACHER = { logits: [[5, 2, 1]] };

/** Draws each in the colours of a light and of a dark page. */
export async function takeLearnPictures(): Promise<void> {
  await takeIn(FOLDER, 'en', {});
  await takeIn(join(FOLDER, 'ko'), 'ko', JSON.parse(readFileSync(KOREAN, 'utf8')));
}

async function takeIn(
  folder: string,
  code: string,
  strings: Readonly<Record<string, string>>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const pages = await PanelPages.start();
  const said = (english: string) => strings[english] ?? english;
  const take = async (name: string, title: string, open: (panel: PanelPage) => Promise<void>) => {
    const panel = await pages.open({ width: WIDTH, language: { code, strings } });
    await open(panel);
    const drawn = async (theme: 'light' | 'dark') => {
      await panel.host((fake, which) => fake.answer('pictureTheme', async () => which as 'light'), theme);
      return exported(panel, said(title).replace('{0}', '0'));
    };
    writeFileSync(join(folder, `${name}.svg`), `${themedSvg(await drawn('light'), await drawn('dark'))}\n`);
    await panel.close();
  };
  await take('targets', 'What we ask for', (panel) => play(panel));
  await take('others', 'What we ask for', (panel) => play(panel, undefined, 'UNIFORM_OTHERS'));
  await take('curve', 'Loss of a row against p(true class)', async (panel) => {
    await play(panel);
    await panel.page.locator('[data-control="more"]').click();
  });
  await take('cost', 'What it costs', (panel) => play(panel));
  await take('answer', 'What the network says', (panel) => play(panel, 'sure'));
  await take('right', 'What the network says', (panel) => play(panel, 'right'));
  await take('calibration', 'Before temperature scaling', async (panel) => {
    await panel.show(readFileSync(join(SAMPLES, 'digits.logits.json'), 'utf8'));
    await panel.tab(said('Calibration'));
    await panel.settled();
  });
  await take('mixup', 'Row {0}', async (panel) => {
    await panel.show(JSON.stringify(MIXED));
    await panel.setAlpha('0');
    await panel.settled();
  });
  await take('teacher', 'Row {0}', async (panel) => {
    await panel.show(JSON.stringify(TAUGHT));
    // With the teacher's entropy, as the page says.
    await panel.setAlpha('0.6788');
    await panel.showTeacher(JSON.stringify(TEACHER));
    await panel.tab(said('Teacher'));
    await panel.settled();
  });
}

async function play(panel: PanelPage, preset?: string, convention = 'UNIFORM_K'): Promise<void> {
  await panel.host(
    (fake, loss) =>
      fake.showConfig({
        name: 'loss',
        framework: null,
        source: { name: 'train.py', uri: 'file:///train.py', line: 0, character: 0 },
        convention: loss as 'UNIFORM_K',
        conventionWords: '',
        form: 'ce',
        labelSmoothing: 0.1,
        classes: 5,
        notes: [],
      }),
    convention,
  );
  await panel.page.locator('.bars svg').first().waitFor();
  if (preset !== undefined) await panel.page.locator(`[data-preset="${preset}"]`).click();
}

async function exported(panel: PanelPage, title: string): Promise<string> {
  const chart = panel.page.locator(`section.chart[aria-label^="${title}"]`).last();
  await chart.locator('svg').first().waitFor();
  await chart.locator('[aria-haspopup="menu"]').click();
  await chart.getByRole('menuitem', { name: 'SVG', exact: true }).last().click();
  return panel.host((fake) => fake.takeExported());
}

if (import.meta.main) {
  await takeLearnPictures();
  process.exit();
}
