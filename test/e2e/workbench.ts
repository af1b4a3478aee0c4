import { cpSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { BrowserContext, ConsoleMessage, Frame, Locator, Page } from 'playwright-core';
import { startBrowser, startZoomed } from '../vscode/browser.ts';
import { OUTPUT, ROOT } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { startServer, type Version, type VsCodeServer, workbenchAddress } from '../vscode/server.ts';

/** VS Code's own themes of the four kinds. */
export const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  contrast: 'Default High Contrast',
  contrastLight: 'Default High Contrast Light',
} as const;

export interface WorkbenchOptions {
  readonly vsix: string;
  /** What the workspace is a copy of. */
  readonly folder: string;
  readonly version?: Version;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly restricted?: boolean;
  readonly theme?: keyof typeof THEMES;
  /** The package of a language pack that makes the display Korean; what is VS Code's own stays in English. */
  readonly koreanPack?: string;
  /** Packages of other extensions. */
  readonly beside?: readonly string[];
  readonly size?: { readonly width: number; readonly height: number };
  /** Device pixels for each CSS pixel. */
  readonly scale?: number;
  /** The browser's own zoom: 2 is 200 %. */
  readonly zoom?: number;
}

/** Something took longer than this: it isn't going to happen. */
const TIMEOUT = 60_000;

/** Opens VS Code in a browser as a user has it: the extension installed from its package, a folder open. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const folder = mkdtempSync(join(tmpdir(), 'workspace-'));
  removeAtExit(folder);
  cpSync(options.folder, folder, { recursive: true });
  const server = await startServer({
    version: options.version ?? 'newest',
    vsixes: [...(options.koreanPack ? [options.koreanPack] : []), ...(options.beside ?? []), options.vsix],
    ...(options.koreanPack && { locale: 'ko' }),
    workspaceTrust: options.restricted ?? false,
    settings: {
      'workbench.colorTheme': THEMES[options.theme ?? 'light'],
      // Without it a dialog asks, and that decides whether the folder is trusted.
      'security.workspace.trust.startupPrompt': 'never',
      ...options.settings,
    },
  });
  const { context, end } = await openContext(options);
  context.setDefaultTimeout(TIMEOUT);
  const workbench = new Workbench(server, end, await context.newPage(), folder);
  await workbench.page.goto(workbenchAddress(server.port, folder));
  await workbench.ready();
  await workbench.extensionsReady();
  if (options.koreanPack) await workbench.koreanReady();
  return workbench;
}

async function openContext({
  size,
  scale,
  zoom,
}: WorkbenchOptions): Promise<{ context: BrowserContext; end: () => Promise<void> }> {
  const options = {
    viewport: size ?? { width: 1400, height: 900 },
    locale: 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
  };
  if (zoom !== undefined) {
    const context = await startZoomed(zoom, options);
    return { context, end: () => context.close() };
  }
  const browser = await startBrowser();
  const context = await browser.newContext({ ...options, deviceScaleFactor: scale ?? 1 });
  return { context, end: () => browser.close() };
}

/** One window of VS Code, and what can be done in it. */
export class Workbench {
  readonly page: Page;
  /** The workspace, free to be changed. */
  readonly folder: string;
  /** What a Content Security Policy refused, anywhere in the window. */
  readonly cspViolations: string[] = [];
  /** Exceptions nobody caught, anywhere in the window, and errors on the console that are the extension's. */
  readonly errors: string[] = [];
  /** What a webview, or an extension in the browser, asked for that isn't on this machine. */
  readonly #outside: string[] = [];
  readonly #server: VsCodeServer;
  readonly #end: () => Promise<void>;

  constructor(server: VsCodeServer, end: () => Promise<void>, page: Page, folder: string) {
    this.#server = server;
    this.#end = end;
    this.page = page;
    this.folder = folder;
    page.on('request', (request) => {
      // The window itself is VS Code's; webviews and extension hosts are in frames of their own.
      const isWindow =
        request.serviceWorker() === null &&
        !request.isNavigationRequest() &&
        request.frame() === page.mainFrame();
      if (!isWindow) this.#note(request.url());
    });
    page.on('console', (message) => this.#listen(message));
    page.on('pageerror', (error) => this.errors.push(error.stack ?? error.message));
  }

  #note(address: string): void {
    const { protocol, hostname } = new URL(address);
    const isNetwork = /^(https?|wss?):$/.test(protocol);
    // Files of a webview have such an address, to which VS Code answers itself.
    const isHere = /^127\.|^localhost$|\.vscode-resource\.vscode-cdn\.net$/.test(hostname);
    if (isNetwork && !isHere) this.#outside.push(address);
  }

  #listen(message: ConsoleMessage): void {
    const text = `${message.text()} (${message.location().url})`;
    if (text.includes('Content Security Policy')) this.cspViolations.push(text);
    // VS Code has a lot to say when it comes from npm; only what names the extension or lies in it is about us.
    else if (message.type() === 'error' && text.includes('smooth-labels')) this.errors.push(text);
  }

  /** Resolves when the window shows its folder. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ state: 'attached' });
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /** Resolves when extensions are there: a notebook that is opened before is text, and stays so. */
  async extensionsReady(): Promise<void> {
    await this.#askForCommand('Smooth labels');
    await this.#pressUntilGone('Escape');
  }

  /**
   * Resolves when the display is Korean. The server listens before it has the language pack: a window that was opened in between is English
   * until it's loaded again.
   */
  async koreanReady(): Promise<void> {
    const names: unknown = JSON.parse(readFileSync(join(ROOT, 'package.nls.ko.json'), 'utf8'));
    const title = (names as Record<string, string>)['command.openDocs']!;
    const name = this.page.locator('.quick-input-list .label-name', { hasText: title }).first();
    for (let left = 5; ; left--) {
      await this.#askWith(`>${title}`, 'F1');
      try {
        await name.waitFor({ timeout: 4_000 });
        await this.#pressUntilGone('Escape');
        return;
      } catch (error) {
        if (left === 0) throw error;
        await this.#pressUntilGone('Escape');
        await this.page.reload();
        await this.ready();
        await this.extensionsReady();
      }
    }
  }

  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Reload Window');
    await loaded;
    await this.ready();
  }

  /** Opens the quick input by its keys and fills it. Keys are lost while the focus goes from a webview to the window. */
  async #askWith(text: string, ...keys: readonly string[]): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type="text"]');
    for (let left = 5; ; left--) {
      for (const key of keys) await this.page.keyboard.press(key);
      try {
        await input.fill(text, { timeout: 3_000 });
        return;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  /**
   * Presses a key that ends the quick input, again while it's lost: Enter is until a list is complete. A second one too soon would go
   * into the editor.
   */
  async #pressUntilGone(key: 'Enter' | 'Escape'): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    for (let left = 5; ; left--) {
      await this.page.keyboard.press(key);
      try {
        await widget.waitFor({ state: 'hidden', timeout: 5_000 });
        return;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  /** Asks the palette for a command by its title. Waits for it to be there, as it is once extensions are. */
  async #askForCommand(title: string): Promise<Locator> {
    const end = Date.now() + TIMEOUT;
    for (;;) {
      await this.#askWith(`>${title}`, 'F1');
      const name = this.page
        .locator('.quick-input-list .label-name')
        .getByText(new RegExp(`^([^:]+: )?${escaped(title)}$`))
        .first();
      try {
        await name.waitFor({ timeout: 2_000 });
        return name;
      } catch (error) {
        if (Date.now() > end) throw new Error(`There is no command “${title}”.`, { cause: error });
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Runs a command from the palette by its title, once it's there. */
  async runCommand(title: string): Promise<void> {
    const end = Date.now() + TIMEOUT;
    for (;;) {
      const name = await this.#askForCommand(title);
      try {
        await name.click({ timeout: 10_000 });
      } catch (error) {
        // A click that took too long may have been one: nothing is run twice.
        if (await this.page.locator('.quick-input-widget').isHidden()) return;
        if (Date.now() > end) throw error;
        await this.page.keyboard.press('Escape');
        continue;
      }
      // Where the mouse is left, hovers appear.
      await this.page.mouse.move(0, 0);
      return;
    }
  }

  /** Opens a file of the workspace in the first group of editors, so that the panel beside it stays in view. `opened` is there then. */
  async openFile(name: string, opened = '.editor-instance .view-line'): Promise<void> {
    const tab = this.page.locator(`.tab.active[data-resource-name="${basename(name)}"]`);
    const label = this.page.locator('.quick-input-list .label-name').getByText(name, { exact: true });
    for (let left = 3; ; left--) {
      await this.#askWith(join(this.folder, name), 'Control+Digit1', 'Control+KeyP');
      await label.first().waitFor();
      // A file that was open before is in the list at once, but until the list is complete Enter opens nothing.
      await this.page.waitForTimeout(500);
      await this.#pressUntilGone('Enter');
      try {
        await tab.first().waitFor({ timeout: left === 0 ? TIMEOUT : 4_000 });
        break;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
    try {
      await this.page.locator(opened).first().waitFor();
    } catch (error) {
      await this.screenshot('not-opened');
      throw error;
    }
  }

  /** Runs a command of a file's context menu in the explorer. */
  async runInExplorer(name: string, title: string): Promise<void> {
    const item = this.page.getByRole('menuitem', { name: title });
    for (let left = 10; ; left--) {
      await this.page.getByRole('treeitem', { name }).first().click({ button: 'right' });
      try {
        // Until extensions are there the menu is without them. A click too soon after it opened is lost.
        await item.waitFor({ timeout: 3_000 });
        await this.page.waitForTimeout(500);
        await item.click();
        await item.waitFor({ state: 'detached', timeout: 3_000 });
        await this.page.mouse.move(0, 0);
        return;
      } catch (error) {
        if (left === 0) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Chooses the first thing with `text` in it from the list that is asked with, and waits until that question is gone. */
  async pick(text: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const row = widget.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
    await row.waitFor();
    const question = await widget.locator('input.input').getAttribute('placeholder');
    const isAnswered = () =>
      this.page.waitForFunction(
        (asked) => {
          const shown = document.querySelector<HTMLElement>('.quick-input-widget');
          const isGone = shown === null || getComputedStyle(shown).display === 'none';
          return isGone || shown.querySelector('input.input')?.getAttribute('placeholder') !== asked;
        },
        question,
        { timeout: 5_000 },
      );
    // A click on a list that is drawn anew is lost.
    for (let left = 3; ; left--) {
      await row.click();
      await this.page.mouse.move(0, 0);
      try {
        await isAnswered();
        return;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  /** Gives the focus to the editor in the first column. */
  async focusEditor(): Promise<void> {
    // The key is lost while the focus goes from a webview to the window.
    for (let left = 5; ; left--) {
      await this.page.keyboard.press('Control+Digit1');
      try {
        await this.page.waitForFunction(
          // A notebook lies above the group it's in.
          () =>
            document.querySelector('.editor-group-container')?.contains(document.activeElement) ||
            document.activeElement?.closest('.notebookOverlay'),
          undefined,
          { timeout: 2_000 },
        );
        return;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  /** Puts the cursor of the active editor somewhere; both count from 1. */
  async placeCursor(line: number, column = 1): Promise<void> {
    const understood = this.page
      .locator('.quick-input-list .label-name')
      .getByText(new RegExp(`line ${line}\\b`));
    // Enter does nothing until the line is understood; what is typed while the focus still comes from a webview is lost.
    for (let left = 3; ; left--) {
      await this.#askWith(`:${line}:${column}`, 'Control+KeyG');
      try {
        await understood.waitFor({ timeout: 4_000 });
        break;
      } catch (error) {
        if (left === 0) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await this.#pressUntilGone('Enter');
  }

  /** Selects from one place of the active editor to another; both count from 1. */
  async select(
    from: readonly [line: number, column: number],
    to: readonly [line: number, column: number],
  ): Promise<void> {
    await this.placeCursor(...from);
    await this.runCommand('Set Selection Anchor');
    await this.placeCursor(...to);
    await this.runCommand('Select from Anchor to Cursor');
  }

  /** Types into whatever has the focus, as a paste does: nothing is completed or closed. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  /** Answers VS Code's own dialog that saves a file: a path, which begins as it's offered. */
  async saveAs(path: string): Promise<string> {
    const input = this.page.locator('.quick-input-widget input[type="text"]');
    await this.page.locator('.quick-input-widget', { hasText: 'Export' }).waitFor();
    // The folder is there before the file's name is.
    const end = Date.now() + TIMEOUT;
    while (!/\.\w+$/.test(await input.inputValue()) && Date.now() < end) await this.page.waitForTimeout(100);
    const offered = await input.inputValue();
    await this.#answerDialog(path);
    return offered;
  }

  /** Answers VS Code's own dialog that opens a file: in a browser it takes a path. */
  async openFromDialog(path: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type="text"]');
    // Before it shows a folder it loses what is typed.
    await this.page.waitForFunction(
      (field) => /\/$/.test((field as HTMLInputElement).value),
      await input.elementHandle(),
    );
    await this.#answerDialog(path);
  }

  async #answerDialog(path: string): Promise<void> {
    const dialog = this.page.locator('.quick-input-widget');
    for (let left = 5; ; left--) {
      await dialog.locator('input[type="text"]').fill(path);
      // Enter does nothing until the folder is listed.
      await this.page.waitForTimeout(500);
      await this.page.keyboard.press('Enter');
      try {
        await dialog.waitFor({ state: 'hidden', timeout: 3_000 });
        return;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  /** The frame of a webview that has `selector` in it. */
  async panelFrame(selector = 'input[type="range"]', patience = TIMEOUT): Promise<Frame> {
    const end = Date.now() + patience;
    while (Date.now() < end) {
      for (const frame of this.page.frames()) {
        // Frames come and go while a webview loads.
        const found = await frame.$(selector).catch(() => null);
        if (found !== null && frame !== this.page.mainFrame()) return frame;
      }
      await this.page.waitForTimeout(100);
    }
    await this.screenshot('no-webview');
    const frames = await Promise.all(
      this.page
        .frames()
        .map(async (frame) =>
          [
            frame.url().slice(0, 60),
            (await frame.$eval('body', (body) => body.textContent ?? '').catch(String)).slice(0, 200),
          ].join(': '),
        ),
    );
    throw new Error(`No webview has ${selector} in it, but:\n${frames.join('\n')}`);
  }

  /** A picture of the window, in test/output/e2e. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(join(OUTPUT, 'e2e'), { recursive: true });
    await this.page.screenshot({ path: join(OUTPUT, 'e2e', `${name}.png`) });
  }

  /** Rejects if anything asked for something that isn't on this machine: the extension never does. */
  async close(): Promise<void> {
    await this.#end();
    const outside = [...this.#outside, ...this.#server.reachedHosts()];
    await this.#server.stop();
    if (outside.length > 0) throw new Error(`These are not on this machine:\n${outside.join('\n')}`);
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
