import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Workbench } from '../e2e/workbench.ts';
import { OUTPUT, ROOT } from '../vscode/paths.ts';
import { setTheme, type Theme, take } from './picture.ts';

/** What the pictures of an album have in common. */
export interface Look {
  readonly name: string;
  readonly theme: Theme;
  /** Each picture is taken in these, too, in albums of their own. */
  readonly otherThemes?: readonly Theme[];
  /** Makes the display Korean. */
  readonly koreanPack?: string;
  /** The browser's zoom: 2 is 200 %. */
  readonly zoom?: number;
  /** The panel is this wide, or as it opens. */
  readonly width?: number;
}

const PICTURES = join(OUTPUT, 'pictures');
const KOREAN: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(ROOT, 'l10n', 'bundle.l10n.ko.json'), 'utf8'),
);
const ENGLISH_NAMES: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(ROOT, 'package.nls.json'), 'utf8'),
);
const KOREAN_NAMES: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(ROOT, 'package.nls.ko.json'), 'utf8'),
);

/** Pictures in test/output/pictures/<part>-<name of the look>, and index.md, which says what each shows. */
export class Album {
  readonly look: Look;
  readonly #part: string;
  readonly #themes: readonly Theme[];

  /** Throws away what is there of an earlier run. */
  constructor(part: string, look: Look) {
    this.#part = part;
    this.look = look;
    this.#themes = [look.theme, ...(look.otherThemes ?? [])];
    for (const theme of this.#themes) {
      const name = this.#nameIn(theme);
      const folder = join(PICTURES, name);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'index.md'), `# ${name}\n\n`);
    }
  }

  #nameIn(theme: Theme): string {
    return `${this.#part}-${theme === this.look.theme ? this.look.name : theme}`;
  }

  /** A picture, with a sentence about what it shows; `open` is done in each theme, where what is shown keeps the colours it was opened with. */
  async take(
    workbench: Workbench,
    name: string,
    shows: string,
    part?: Locator,
    open?: () => Promise<void>,
  ): Promise<void> {
    // Of a zoomed page a part would be cut out where it isn't.
    const shown = this.look.zoom ? null : part;
    for (const theme of this.#themes) {
      if (this.#themes.length > 1) await setTheme(workbench, theme);
      await open?.();
      const album = this.#nameIn(theme);
      await take(workbench, join(PICTURES, album, `${name}.png`), shown);
      appendFileSync(join(PICTURES, album, 'index.md'), `- ${album}/${name}.png: ${shows}\n`);
    }
  }

  /** Takes pictures of a state; if that can't be reached, says so and goes on with the next one. */
  async visit(workbench: Workbench, name: string, visit: () => Promise<void>): Promise<void> {
    try {
      await visit();
    } catch (error) {
      const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
      const album = this.#nameIn(this.look.theme);
      console.error(`${album}/${name}: ${why}`);
      await take(workbench, join(PICTURES, album, `failed-${name}.png`), workbench.page.locator('body'));
      await workbench.page.keyboard.press('Escape');
    }
  }

  /** A sentence of the extension, as it reads in the language of the display. */
  said(english: string): string {
    return this.look.koreanPack ? (KOREAN[english] ?? english) : english;
  }

  /** The name of a command of package.json. */
  command(key: string): string {
    return this.name(`command.${key}`);
  }

  /** A text of package.json. */
  name(key: string): string {
    return (this.look.koreanPack ? KOREAN_NAMES : ENGLISH_NAMES)[key]!;
  }
}
