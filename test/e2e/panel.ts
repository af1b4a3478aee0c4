import type { Frame, Locator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** What can be read and done in the panel. */
export class Panel {
  readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  /** The panel, once it shows the source of this name. */
  static async of(workbench: Workbench, source: string): Promise<Panel> {
    return new Panel(await workbench.panelFrame(`h1:text-is("${source}")`));
  }

  /** A figure to its last digit, in nats. */
  async figure(
    name: 'loss' | 'nll' | 'uniform' | 'constant' | 'floor' | 'excess' | 'on' | 'off' | 'best' | 'gap',
  ): Promise<number> {
    return Number(await this.frame.locator(`[data-figure="${name}"]`).first().getAttribute('data-exact'));
  }

  /** What is to be read somewhere, as one line. */
  async text(selector: string): Promise<string> {
    return ((await this.frame.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim();
  }

  async setAlpha(text: string): Promise<void> {
    await this.frame.locator('[data-control="alpha"]').fill(text);
  }

  async choose(
    control: 'reduction' | 'convention' | 'form' | 'kind' | 'classAxis' | 'target',
    value: string,
  ): Promise<void> {
    await this.frame.locator(`[data-control="${control}"]`).selectOption(value);
  }

  /** The rows of the table that are drawn, as numbers of rows, from the top. */
  async rows(): Promise<number[]> {
    const lines = this.frame.locator('tr[data-row]');
    return lines.evaluateAll((all) => all.map((line) => Number(line.getAttribute('data-row'))));
  }

  /** Exports by a menu: that of the panel, or of the chart whose title begins so. Resolves when it's said to be done. */
  async export(group: 'Copy' | 'Save…', name: string, chart?: string): Promise<void> {
    const place = chart === undefined ? this.frame.locator('header') : this.chart(chart);
    const label = chart === undefined ? 'Export…' : /^Export “/;
    await place.getByRole('button', { name: label }).click();
    await place.getByRole('group', { name: group }).getByRole('menuitem', { name, exact: true }).click();
    if (group === 'Copy') await place.getByText('✓ Copied').waitFor();
  }

  chart(title: string): Locator {
    return this.frame.locator(`section.chart[aria-label^="${title}"]`);
  }
}
