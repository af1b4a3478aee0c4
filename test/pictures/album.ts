import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { THEMES, Workbench } from '../e2e/workbench.ts';
import { OUTPUT, ROOT } from '../vscode/paths.ts';
import { take } from './picture.ts';

/** What the pictures of an album have in common. */
export interface Look {
  readonly name: string;
  readonly theme: keyof typeof THEMES;
  /** Makes the display Korean. */
  readonly koreanPack?: string;
  /** The browser's zoom: 2 is 200 %. */
  readonly zoom?: number;
  /** The panel is this wide, or as it opens. */
  readonly width?: number;
}

const KOREAN: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(ROOT, 'l10n', 'bundle.l10n.ko.json'), 'utf8'),
);
const ENGLISH_NAMES: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(ROOT, 'package.nls.json'), 'utf8'),
);
const KOREAN_NAMES: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(ROOT, 'package.nls.ko.json'), 'utf8'),
);

/** Pictures in test/output/pictures/<name>, and index.md, which says what each shows. */
export class Album {
  readonly look: Look;
  readonly #folder: string;

  constructor(look: Look) {
    this.look = look;
    this.#folder = join(OUTPUT, 'pictures', look.name);
  }

  /** Throws away what is there of an earlier run. */
  begin(): void {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(join(this.#folder, 'index.md'), `# ${this.look.name}\n\n`);
  }

  /** A picture, with a sentence about what it shows. */
  async take(workbench: Workbench, name: string, shows: string, part?: Locator): Promise<void> {
    // Of a zoomed page a part would be cut out where it isn't.
    const shown = this.look.zoom ? null : part;
    await take(workbench, join(this.#folder, `${name}.png`), shown);
    appendFileSync(join(this.#folder, 'index.md'), `- ${this.look.name}/${name}.png: ${shows}\n`);
  }

  /** Takes pictures of a state; if that can't be reached, says so and goes on with the next one. */
  async visit(workbench: Workbench, name: string, visit: () => Promise<void>): Promise<void> {
    try {
      await visit();
    } catch (error) {
      const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
      console.error(`${this.look.name}/${name}: ${why}`);
      await take(workbench, join(this.#folder, `failed-${name}.png`), workbench.page.locator('body'));
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
