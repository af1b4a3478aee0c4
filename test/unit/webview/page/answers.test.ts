import { beforeAll, describe, expect, it } from 'vitest';
import { distilled } from '../../../../src/loss/rows/softTargets.ts';
import { entropy } from '../../../../src/loss/theory/floors.ts';
import { type PanelPage, PanelPages } from './panelPage.ts';

let pages: PanelPages;
beforeAll(async () => {
  pages = await PanelPages.start();
});

const LOGITS = [
  [2, 0.5, -1],
  [0.3, 1.5, 0.2],
  [1, 1.2, -0.5],
  [0, -1, 2],
];
const HARD = JSON.stringify({ logits: LOGITS, targets: [0, 1, 0, 1] });
const SOFT = JSON.stringify({
  logits: LOGITS,
  targets: [
    [0.7, 0.2, 0.1],
    [0, 1, 0],
    [0.5, 0.25, 0.25],
    [0.1, 0.1, 0.8],
  ],
});
const TEACHER = LOGITS.map((row) => row.map((z) => 1.5 * z));
const meanEntropy = (temperature: number) =>
  TEACHER.reduce(
    (sum, row) => sum + entropy(distilled(Float64Array.from(row, Math.fround), temperature)),
    0,
  ) / TEACHER.length;

const exact = async (panel: PanelPage, name: string) =>
  Number(await panel.page.locator(`[data-figure="${name}"][data-exact]`).first().getAttribute('data-exact'));
const isBusy = (panel: PanelPage, name: string) => panel.figure(name).getAttribute('aria-busy');
const shown = (panel: PanelPage) => panel.text('main');
const cancel = (panel: PanelPage) => panel.page.getByRole('button', { name: 'Cancel' });
const setTemperature = (panel: PanelPage, text: string) =>
  panel.page.locator('[data-control="teacherTemperature"]').fill(text);

async function withTeacher(): Promise<PanelPage> {
  const panel = await pages.open();
  await panel.show(HARD);
  await panel.host((fake) => fake.hold('teacherEntropy'));
  await panel.showTeacher(JSON.stringify({ logits: TEACHER }));
  await panel.tab('Teacher');
  return panel;
}

describe('the teacher’s entropy', () => {
  it('isn’t a number before it’s computed, and then that of T', async () => {
    const panel = await withTeacher();
    expect(await shown(panel)).not.toContain('NaN');
    expect(await panel.text('[data-figure="teacherEntropy"]')).toBe('…');
    expect(await isBusy(panel, 'teacherEntropy')).toBe('true');
    await panel.host((fake) => fake.release('teacherEntropy'));
    expect(await exact(panel, 'teacherEntropy')).toBeCloseTo(meanEntropy(4), 9);
    expect(await isBusy(panel, 'teacherEntropy')).toBe('false');
    await panel.close();
  });

  it('is never that of another T', async () => {
    const panel = await withTeacher();
    await panel.host((fake) => fake.release('teacherEntropy'));
    await exact(panel, 'teacherEntropy');
    await panel.host((fake) => fake.hold('teacherEntropy'));
    await setTemperature(panel, '2');
    await expect.poll(() => panel.text('[data-figure="teacherEntropy"]')).toBe('…');
    expect(await panel.page.locator('[data-figure="sameAlpha"]').count()).toBe(0);
    await panel.host((fake) => fake.release('teacherEntropy'));
    expect(await exact(panel, 'teacherEntropy')).toBeCloseTo(meanEntropy(2), 9);
    await panel.close();
  });

  it('is that of the last T, whichever is answered first, and of those before nobody waits', async () => {
    const panel = await withTeacher();
    await panel.host((fake) => {
      fake.answer('teacherEntropy', (_: number, temperature: number) => {
        const delay = temperature === 3 ? 0 : 300;
        return new Promise((resolve) => setTimeout(() => resolve(Float64Array.of(temperature)), delay));
      });
      fake.release('teacherEntropy');
    });
    await setTemperature(panel, '2');
    await setTemperature(panel, '3');
    expect(await exact(panel, 'teacherEntropy')).toBe(3);
    await panel.page.waitForTimeout(500);
    expect(await exact(panel, 'teacherEntropy')).toBe(3);
    const { stopped, asked } = await panel.host((fake) => ({
      stopped: fake.asked.filter(({ name }) => name === 'stop').map(({ args }) => args[0]),
      asked: fake.asked.filter(({ name }) => name === 'teacherEntropy').map(({ args }) => args.at(-1)),
    }));
    expect(stopped).toEqual(asked.slice(0, -1));
    await panel.close();
  });

  it('that takes long has a bar with Cancel in its place, and can be had after all', async () => {
    const panel = await withTeacher();
    await cancel(panel).waitFor({ timeout: 1_000 });
    await panel.host((fake) => fake.progress('teacherEntropy', 0.25));
    await expect
      .poll(() => panel.page.getByRole('progressbar').evaluate((bar: HTMLProgressElement) => bar.value))
      .toBe(0.25);
    await cancel(panel).click();
    await panel.page.getByText('Not computed.').waitFor();
    expect(await panel.text('[data-figure="teacherEntropy"]')).toBe('–');
    expect(await panel.host((fake) => fake.asked.some(({ name }) => name === 'stop'))).toBe(true);
    // An answer that is on its way already isn't wanted any more.
    await panel.host((fake) => fake.release('teacherEntropy'));
    await panel.page.waitForTimeout(100);
    expect(await panel.text('[data-figure="teacherEntropy"]')).toBe('–');
    await panel.page.getByRole('button', { name: 'Compute' }).click();
    expect(await exact(panel, 'teacherEntropy')).toBeCloseTo(meanEntropy(4), 9);
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  it('says so where it can’t be computed, and is asked for again', async () => {
    const panel = await withTeacher();
    await panel.host((fake) => {
      fake.fail('teacherEntropy');
      fake.release('teacherEntropy');
    });
    await panel.page.getByText('The computation failed.').waitFor();
    await panel.host((fake) => fake.fail('teacherEntropy', false));
    await panel.page.getByRole('button', { name: 'Compute' }).click();
    expect(await exact(panel, 'teacherEntropy')).toBeCloseTo(meanEntropy(4), 9);
    await panel.close();
  });

  it('that isn’t a number says why', async () => {
    const panel = await withTeacher();
    await panel.host((fake) => fake.release('teacherEntropy'));
    await panel.showTeacher('{"logits": [[NaN, 1, 2], [1, 2, 3], [0, 0, 0], [1, 1, 1]]}');
    await panel.page.getByText('The teacher has a logit of NaN or +∞').waitFor();
    await panel.close();
  });

  it('is asked for once, and given up when the tab is left before', async () => {
    const panel = await withTeacher();
    const count = (of: string) =>
      panel.host((fake, name) => fake.asked.filter((each) => each.name === name).length, of);
    await panel.tab('Rows');
    await expect.poll(() => count('stop')).toBe(1);
    await panel.host((fake) => fake.release('teacherEntropy'));
    await panel.tab('Teacher');
    await exact(panel, 'teacherEntropy');
    const before = await count('teacherEntropy');
    await panel.tab('Rows');
    await panel.tab('Teacher');
    await exact(panel, 'teacherEntropy');
    expect(await count('teacherEntropy')).toBe(before);
    await panel.close();
  });
});

describe('a row of both models', () => {
  it('is one row: the teacher’s targets aren’t beside those of another', async () => {
    const panel = await withTeacher();
    const title = () => panel.text('.distillation h2');
    await expect.poll(title).toContain('Row');
    const row = (await title()).match(/\d+/)![0];
    const other = row === '1' ? '2' : '1';
    const before = await panel.text('.distillation .canvas');
    for (const late of ['teacherRow', 'row']) {
      await panel.host((fake, name) => fake.hold(name), late);
      await panel.page.locator('.distillation input[type="number"]').fill(late === 'row' ? row : other);
      await panel.page.locator('.distillation input[type="number"]').press('Tab');
      const chart = panel.page.locator('.distillation section.chart');
      await expect.poll(() => chart.getAttribute('aria-busy')).toBe('true');
      if (late === 'teacherRow') {
        expect(await title()).toContain(`Row ${row}:`);
        expect(await panel.text('.distillation .canvas')).toBe(before);
      } else expect(await title()).toContain(`Row ${other}:`);
      await panel.host((fake, name) => fake.release(name), late);
      await expect.poll(() => chart.getAttribute('aria-busy')).toBe('false');
    }
    await panel.close();
  });

  it('isn’t drawn from logits of before', async () => {
    const panel = await pages.open();
    await panel.show(HARD);
    await panel.page.locator('circle.prediction').first().waitFor();
    await panel.host((fake) => fake.hold('row'));
    await panel.page.locator('[data-control="temperature"]').fill('2');
    await panel.page.locator('circle.prediction').first().waitFor({ state: 'detached' });
    await panel.host((fake) => fake.release('row'));
    await panel.page.locator('circle.prediction').first().waitFor();
    await panel.close();
  });
});

describe('calibration', () => {
  it('of other logits isn’t shown while theirs is computed', async () => {
    const panel = await pages.open();
    await panel.show(HARD);
    await panel.tab('Calibration');
    await panel.page.locator('table.scores').waitFor();
    await panel.host((fake) => fake.hold('calibrate'));
    await panel.page.locator('[data-control="temperature"]').fill('2');
    await panel.page.locator('table.scores').waitFor({ state: 'detached' });
    expect(await panel.page.getByRole('tabpanel').locator('[aria-busy="true"]').count()).toBe(1);
    expect(await panel.page.getByRole('tabpanel').locator('[data-exact]').count()).toBe(0);
    await cancel(panel).waitFor({ timeout: 1_000 });
    await cancel(panel).click();
    await panel.host((fake) => fake.release('calibrate'));
    await panel.page.getByRole('button', { name: 'Compute' }).click();
    await panel.page.locator('table.scores').waitFor();
    await panel.close();
  });
});

describe('floors of soft targets', () => {
  it('are never those of another α', async () => {
    const panel = await pages.open();
    await panel.show(SOFT);
    const floor = await exact(panel, 'floor');
    await panel.host((fake) => fake.hold('floors'));
    await panel.setAlpha('0.3');
    await expect.poll(() => panel.text('[data-figure="floor"]')).toBe('…');
    expect(await panel.text('[data-figure="excess"]')).toBe('…');
    expect(await isBusy(panel, 'floor')).toBe('true');
    expect(await shown(panel)).not.toMatch(/NaN|[=≈] 0\.\d+ that can’t/);
    expect(await panel.text('tr[data-row] td:last-child')).toBe('…');
    const [nll, uniform] = [await exact(panel, 'nll'), await exact(panel, 'uniform')];
    expect(await exact(panel, 'loss')).toBeCloseTo(0.7 * nll + 0.3 * uniform, 12);
    await panel.tab('Compare');
    expect(await panel.page.locator('tr[data-pin="current"]').getAttribute('aria-busy')).toBe('true');
    await panel.host((fake) => fake.release('floors'));
    expect(await exact(panel, 'floor')).toBeGreaterThan(floor);
    const excess = (await exact(panel, 'loss')) - (await exact(panel, 'floor'));
    expect(await exact(panel, 'excess')).toBeCloseTo(excess, 12);
    await expect
      .poll(() => panel.page.locator('tr[data-pin="current"]').getAttribute('aria-busy'))
      .toBe('false');
    expect(panel.errors).toEqual([]);
    await panel.close();
  });

  it('that take long can be cancelled: then the floor is unknown', async () => {
    const panel = await pages.open();
    await panel.host((fake) => fake.hold('floors'));
    await panel.show(SOFT);
    await cancel(panel).waitFor({ timeout: 1_500 });
    await cancel(panel).click();
    expect(await panel.text('[data-figure="floor"]')).toBe('–');
    expect(await isBusy(panel, 'floor')).toBe('false');
    await panel.host((fake) => fake.release('floors'));
    await panel.page.getByRole('button', { name: 'Compute' }).click();
    await exact(panel, 'floor');
    await panel.close();
  });
});

describe('what is compared', () => {
  it('has no figures until its own are here, and can be given up', async () => {
    const panel = await pages.open();
    await panel.show(HARD);
    await panel.host((fake) => fake.hold('totals'));
    await panel.tab('Compare');
    const pin = () => panel.page.locator('[data-control="pin"]').click();
    await panel.page.locator('[data-control="convention"]').selectOption('BINARY_HALF');
    await expect
      .poll(() => panel.page.locator('.convention-line').getAttribute('data-convention'))
      .toBe('BINARY_HALF');
    await pin();
    await panel.page.locator('[data-control="convention"]').selectOption('UNIFORM_K');
    await expect
      .poll(() => panel.page.locator('.convention-line').getAttribute('data-convention'))
      .toBe('UNIFORM_K');
    const line = panel.page.locator('tr[data-pin="1"]');
    const loss = line.locator('td').nth(3);
    expect(await line.getAttribute('aria-busy')).toBe('true');
    expect(await loss.textContent()).toBe('…');
    await cancel(panel).waitFor({ timeout: 1_500 });
    await cancel(panel).click();
    expect(await line.getAttribute('aria-busy')).toBe('false');
    await panel.host((fake) => fake.release('totals'));
    await panel.page.getByRole('button', { name: 'Compute' }).click();
    await expect.poll(() => loss.textContent()).toMatch(/^\d\.\d{4}$/);
    await panel.close();
  });
});

describe('while the logits are measured anew', () => {
  it('what is shown is marked as of before', async () => {
    const panel = await pages.open();
    await panel.show(HARD);
    const content = panel.page.locator('[aria-busy]:has(> .summary)');
    expect(await content.getAttribute('aria-busy')).toBe('false');
    await panel.host((fake) => fake.reportReading(0.5));
    await expect.poll(() => content.getAttribute('aria-busy')).toBe('true');
    await panel.host((fake) => fake.reportReading(null));
    await expect.poll(() => content.getAttribute('aria-busy')).toBe('false');
    await panel.close();
  });
});
