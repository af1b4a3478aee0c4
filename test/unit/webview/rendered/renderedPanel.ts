// The panel in happy-dom, for files with `@vitest-environment happy-dom`: no browser and no bundle, so these tests take seconds.
// happy-dom lays nothing out. Every element is WIDTH wide here, and a letter as wide as those of a usual font are on average.
import type { OpenRequest } from '../../../../src/protocol/engineChannel.ts';
import type { ConfigSnapshot, PanelSnapshot } from '../../../../src/protocol/panelSnapshot.ts';
import type { Fake } from '../page/fakeHost.ts';

/** CSS pixels. */
const WIDTH = 480;
const LETTER = 0.55;

Object.defineProperty(HTMLElement.prototype, 'clientWidth', { get: () => WIDTH });
const context = {
  font: '',
  measureText: (text: string) => {
    const size = Number(/([\d.]+)px/.exec(context.font)?.[1]);
    return { width: LETTER * size * [...text].length };
  },
};
HTMLCanvasElement.prototype.getContext = (() => context) as unknown as HTMLCanvasElement['getContext'];

declare const acquireVsCodeApi: () => Parameters<
  typeof import('../../../../src/webview/panel/startPage.tsx').startPage
>[0];

/** The panel, in front of the host that tests in a browser have too. One for a file of tests: it starts afresh with each source. */
export class RenderedPanel {
  /** The host behind it. */
  readonly fake: Fake;
  #sources = 0;

  private constructor(fake: Fake) {
    this.fake = fake;
  }

  static async start(): Promise<RenderedPanel> {
    await import('../page/fakeHost.ts');
    const { startPage } = await import('../../../../src/webview/panel/startPage.tsx');
    const root = document.body.appendChild(document.createElement('div'));
    startPage(acquireVsCodeApi(), root);
    return new RenderedPanel((window as unknown as { fake: Fake }).fake);
  }

  /** Shows logits, and a tab of them; `applied`: the α that they have from code. */
  async show(logits: object, tab = 'Rows', applied: PanelSnapshot['applied'] = null): Promise<void> {
    const name = `logits${this.#sources++}.json`;
    await this.fake.open({ name, input: textOf(logits), applied });
    await until(() => document.querySelector('h1')?.textContent?.includes(name) === true);
    await this.tab(tab);
  }

  async showTeacher(logits: object): Promise<void> {
    await this.fake.openTeacher(textOf(logits));
    await this.settled();
  }

  async showConfig(config: ConfigSnapshot): Promise<void> {
    this.fake.showConfig(config);
    await until(() => document.querySelector('h1')?.textContent === config.name);
    await this.settled();
  }

  async tab(name: string): Promise<void> {
    const tab = all('[role="tab"]').find(({ textContent }) => textContent === name);
    if (!tab) throw new Error(`There is no tab ${name}`);
    tab.click();
    await this.settled();
  }

  /** Looks at a row of the table. */
  async selectRow(row: number): Promise<void> {
    find(`tr[data-row="${row}"]`).click();
    await this.settled();
  }

  /** Types into a field. */
  async type(control: string, text: string): Promise<void> {
    this.set(control, text);
    await this.settled();
  }

  async choose(control: string, value: string): Promise<void> {
    this.set(control, value);
    await this.settled();
  }

  /** Sets a control, and doesn't wait for what comes of it. */
  set(control: string, value: string): void {
    const field = find<HTMLInputElement | HTMLSelectElement>(`[data-control="${control}"]`);
    field.value = value;
    field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
  }

  /** What a control has now. */
  value(control: string): string {
    return find<HTMLInputElement | HTMLSelectElement>(`[data-control="${control}"]`).value;
  }

  async check(name: string): Promise<void> {
    const label = all('label').find(({ textContent }) => textContent?.trim() === name);
    if (!label) throw new Error(`There is no ${name}`);
    label.querySelector('input')!.click();
    await this.settled();
  }

  /** Resolves once nothing is on its way: the tab and its answers are here, and what they change is drawn. */
  async settled(): Promise<void> {
    let isStill = false;
    const changes = new MutationObserver(() => {
      isStill = false;
    });
    changes.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    await until(() => {
      const [wasStill, isBusy] = [isStill, document.querySelector('progress, [aria-busy="true"]') !== null];
      isStill = true;
      return (
        wasStill &&
        !isBusy &&
        all('[role="tabpanel"]').every(({ childElementCount }) => childElementCount > 0)
      );
    });
    changes.disconnect();
  }

  /** What is to be read somewhere, as one line. */
  text(selector: string): string {
    return lineOf(find(selector));
  }

  texts(selector: string): readonly string[] {
    return all(selector).map(lineOf);
  }

  /** What is said of a figure on hover. */
  title(name: string): string {
    return find(`[data-figure="${name}"]`).title;
  }

  /** A figure with all its digits. */
  exact(name: string): number {
    return Number(find(`[data-figure="${name}"][data-exact]`).dataset.exact);
  }

  has(selector: string): boolean {
    return document.querySelector(selector) !== null;
  }

  /** The cells of the rows of a table. */
  cells(table: string): readonly (readonly string[])[] {
    return all(`${table} tr`).map((row) => [...row.querySelectorAll<HTMLElement>('td, th')].map(lineOf));
  }

  /** The picture of a chart. */
  svg(chart: string): SVGSVGElement {
    return find<SVGSVGElement>(`section[aria-label^="${chart}"] svg`);
  }

  /** The numbers of a chart, as its table has them. */
  async numbers(chart: string): Promise<readonly (readonly string[])[]> {
    const section = `section[aria-label^="${chart}"]`;
    find(`${section} button[aria-pressed]`).click();
    await this.settled();
    const numbers = this.cells(`${section} tbody`);
    find(`${section} button[aria-pressed]`).click();
    await this.settled();
    return numbers;
  }
}

function textOf(logits: object): OpenRequest['input'] {
  return { text: JSON.stringify(logits) };
}

function all(selector: string): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)];
}

function find<T extends Element = HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (!element) throw new Error(`There is no ${selector}`);
  return element;
}

function lineOf({ textContent }: Element): string {
  return (textContent ?? '').replace(/\s+/g, ' ').trim();
}

async function until(isOver: () => boolean): Promise<void> {
  const end = performance.now() + 5_000;
  while (!isOver()) {
    if (performance.now() > end) throw new Error('The panel doesn’t come to rest');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
