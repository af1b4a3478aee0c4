import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Locator, Page } from 'playwright-core';
import { startBrowser } from '../../../vscode/browser.ts';
import { ROOT } from '../../../vscode/paths.ts';
import type { Fake } from './fakeHost.ts';

const ORIGIN = 'http://panel.invalid';
/** Frames follow each other as fast as they're drawn, since tests wait for many, and aren't drawn as a GPU would. */
const QUICK_FRAMES = [
  '--disable-frame-rate-limit',
  '--disable-gpu-vsync',
  '--disable-gpu',
  '--disable-software-rasterizer',
];
const DIST = join(ROOT, 'dist');
const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css' };

interface ThemeOfVsCode {
  /** What VS Code adds to the classes of the page's body. */
  readonly body: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** What VS Code 1.139 gives a webview in its themes of the four kinds: the variables the style sheet uses. */
const THEMES = JSON.parse(readFileSync(join(ROOT, 'test', 'fixtures', 'themes.json'), 'utf8')) as Readonly<
  Record<Theme, ThemeOfVsCode>
>;

export type Theme = 'light' | 'dark' | 'contrast' | 'contrastLight';

interface Language {
  readonly code: string;
  readonly strings: Readonly<Record<string, string>>;
}

const ENGLISH: Language = { code: 'en', strings: {} };

export interface PageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  /** Another language than English, and its strings. */
  readonly language?: Language;
}

/** A browser, and the script of the host in the page. */
export class PanelPages {
  static #started: Promise<PanelPages> | undefined;
  readonly #browser: Browser;
  readonly #host: string;
  /** That of the page that is being opened. */
  #language = ENGLISH;
  /** Pages whose panel was closed: a new one takes half a second more than a used one. */
  readonly #free: Page[] = [];

  private constructor(browser: Browser, host: string) {
    this.#browser = browser;
    this.#host = host;
  }

  /** One browser serves every file of tests in this process, which ends it. */
  static start(): Promise<PanelPages> {
    PanelPages.#started ??= PanelPages.#start();
    return PanelPages.#started;
  }

  static async #start(): Promise<PanelPages> {
    const { outputFiles } = await build({
      entryPoints: [join(import.meta.dirname, 'fakeHost.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      target: 'es2022',
      plugins: [webTwins],
    });
    return new PanelPages(await startBrowser(QUICK_FRAMES), outputFiles[0]!.text);
  }

  /** The panel in a browser, without VS Code: the bundle that users get, in front of a host that a test holds. */
  async open({ theme = 'light', width = 940, language = ENGLISH }: PageOptions = {}): Promise<PanelPage> {
    const page = this.#free.pop() ?? (await this.#newPage());
    const panel = new PanelPage(page, () => this.#free.push(page));
    await page.setViewportSize({ width, height: 1000 });
    this.#language = language;
    await page.goto(`${ORIGIN}/?theme=${theme}`);
    return panel;
  }

  async #newPage(): Promise<Page> {
    // Motion is tested in VS Code; here everything is where it belongs at once.
    const page = await this.#browser.newPage({ reducedMotion: 'reduce' });
    page.setDefaultTimeout(10_000);
    await page.route(`${ORIGIN}/**`, (route) => {
      const { pathname, searchParams } = new URL(route.request().url());
      const name = pathname.slice(1);
      if (name === '') {
        const body = html(searchParams.get('theme') as Theme, this.#host, this.#language);
        return route.fulfill({ contentType: 'text/html', body });
      }
      const type = TYPES[name.split('.').at(-1)!];
      if (type === undefined) return route.abort();
      return route.fulfill({ contentType: type, body: readFileSync(join(DIST, name), 'utf8') });
    });
    return page;
  }
}

/** One panel. */
export class PanelPage {
  readonly page: Page;
  /** Exceptions nobody caught. */
  readonly errors: string[] = [];
  readonly #release: () => void;

  constructor(page: Page, release: () => void) {
    this.page = page;
    this.#release = release;
    page.on('pageerror', (error) => this.errors.push(error.stack ?? error.message));
  }

  /** Calls the host in the page; the function runs there, and sees nothing else of the test. */
  host<T, Arg>(call: (fake: Fake, arg: Arg) => T, arg: Arg): Promise<Awaited<T>>;
  host<T>(call: (fake: Fake) => T): Promise<Awaited<T>>;
  host(call: (fake: Fake, arg?: unknown) => unknown, arg?: unknown): Promise<unknown> {
    const source = `(${call.toString()})(window.fake, ${JSON.stringify(arg)})`;
    return this.page.evaluate(source);
  }

  /** Shows logits, as JSON or whatever else can be read from a text. */
  async show(text: string, name = 'logits.json'): Promise<void> {
    await this.host((fake, shown) => fake.open(shown), { name, input: { text } });
    await this.page.locator('h1', { hasText: name }).waitFor();
  }

  async showTeacher(text: string): Promise<void> {
    await this.host((fake, input) => fake.openTeacher(input), { text });
  }

  tab(name: string): Promise<void> {
    return this.page.getByRole('tab', { name, exact: true }).click();
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    await this.page.locator('[role="tabpanel"] > *').first().waitFor();
    await this.page.waitForFunction(() => !document.querySelector('progress, [aria-busy="true"]'));
  }

  figure(name: string): Locator {
    return this.page.locator(`[data-figure="${name}"]`).first();
  }

  /** What is to be read somewhere, as one line. */
  async text(selector: string): Promise<string> {
    return ((await this.page.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim();
  }

  async setAlpha(text: string): Promise<void> {
    await this.page.locator('[data-control="alpha"]').fill(text);
  }

  async picture(path: string): Promise<void> {
    await this.page.screenshot({ path, fullPage: true, animations: 'disabled' });
  }

  /** Leaves the page to the next panel, with the mouse where none has been. */
  async close(): Promise<void> {
    await this.page.mouse.move(-1, -1);
    this.page.removeAllListeners('pageerror');
    this.#release();
  }
}

/** As in the build. */
const webTwins = {
  name: 'web-twins',
  setup(build: import('esbuild').PluginBuild) {
    build.onResolve({ filter: /\.node\.ts$/ }, ({ path, importer, resolveDir, kind }) =>
      build.resolve(path.replace(/\.node\.ts$/, '.web.ts'), { importer, resolveDir, kind }),
    );
  },
};

function html(theme: Theme, host: string, { code, strings }: Language): string {
  const { body, variables } = THEMES[theme];
  const style = Object.entries(variables)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ')
    .replaceAll('"', '&quot;');
  return `<!DOCTYPE html>
<html lang="${code}" style="${style}">
<head>
<meta charset="utf-8">
<title>Smooth Labels</title>
<style>body { margin: 0 }</style>
<link rel="stylesheet" href="/panel.css">
</head>
<body class="${body}">
<div id="root"></div>
<script>${host.replaceAll('</script', '<\\/script')}</script>
<script type="application/json" id="l10n">${JSON.stringify(strings).replaceAll('<', '\\u003c')}</script>
<script type="module" src="/panel.js"></script>
</body>
</html>`;
}
