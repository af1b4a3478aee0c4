import type { Frame, Locator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** Figures that are only in the explanation of the loss. */
const EXPLAINED = new Set(['nll', 'uniform', 'constant', 'on', 'off', 'best', 'gap', 'above']);
/** Controls that are folded away at first. */
const FOLDED = new Set(['reduction', 'form', 'kind', 'classAxis']);

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

  /** Unfolds a part of the panel, if it's folded away; it stays so, in other panels too. */
  async unfold(part: 'explain' | 'more'): Promise<void> {
    const button = this.frame.locator(`[data-control="${part}"]`);
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
  }

  /** A figure to its last digit, in nats, once it's computed. */
  async figure(name: string): Promise<number> {
    if (EXPLAINED.has(name) && (await this.frame.locator('[data-control="explain"]').count()) > 0)
      await this.unfold('explain');
    const figure = this.frame.locator(`[data-figure="${name}"][data-exact]`).first();
    return Number(await figure.getAttribute('data-exact'));
  }

  /** What is to be read somewhere, as one line. */
  async text(selector: string): Promise<string> {
    return ((await this.frame.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim();
  }

  async setAlpha(text: string): Promise<void> {
    await this.frame.locator('[data-control="alpha"]').fill(text);
  }

  async choose(
    control: 'reduction' | 'convention' | 'form' | 'kind' | 'classAxis' | 'target' | 'binKind',
    value: string,
  ): Promise<void> {
    if (FOLDED.has(control)) await this.unfold('more');
    await this.frame.locator(`[data-control="${control}"]`).selectOption(value);
  }

  /** Opens each tab there is, in their order, and waits until it has all it shows. */
  async eachTab(visit: (name: string) => Promise<void>): Promise<void> {
    const tabs = this.frame.getByRole('tab');
    const body = this.frame.getByRole('tabpanel');
    const count = await tabs.count();
    for (let i = 0; i < count; i++) {
      await tabs.nth(i).click();
      await body.locator('> *').first().waitFor();
      await body.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
      await visit((await tabs.nth(i).textContent()) ?? '');
    }
  }

  /** Opens the tab of the teacher and takes its logits from where the label says; with a path, from that file. */
  async chooseTeacher(workbench: Workbench, label: string, path?: string): Promise<void> {
    await this.frame.getByRole('tab', { name: 'Teacher', exact: true }).click();
    await this.frame.locator('[data-control="teacher"]').click();
    await workbench.page.getByText(label).click();
    if (path !== undefined) await workbench.openFromDialog(path);
  }

  /** The rows of the table that are drawn, as numbers of rows, from the top. */
  async rows(): Promise<number[]> {
    const lines = this.frame.locator('tr[data-row]');
    return lines.evaluateAll((all) => all.map((line) => Number(line.getAttribute('data-row'))));
  }

  /** Exports by a menu: that of the panel, or of a part of it. Resolves when it's said to be done, or asked where to. */
  async export(group: 'Copy' | 'Save…', name: string, part = this.frame.locator('header')): Promise<void> {
    await part.getByRole('button', { name: /^Export/ }).click();
    await part.getByRole('group', { name: group }).getByRole('menuitem', { name, exact: true }).click();
    if (group === 'Copy') await part.getByText('✓ Copied').waitFor();
  }

  /** The chart whose title begins so. */
  chart(title: string): Locator {
    return this.frame.locator(`section.chart[aria-label^="${title}"]`);
  }
}
