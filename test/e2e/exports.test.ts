import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { HEADER_BYTES, readNpyHeader } from '../../src/readers/arrays/npy/npyHeader.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const PYTHON = '/usr/bin/python3';
const has = (module: string) => spawnSync(PYTHON, ['-c', `import ${module}`]).status === 0;

const LOGITS = `{"logits": [[2.1, -0.3, 0.5], [0.2, 1.7, 0.1], [0, 0, 9]], "targets": [0, 1, 1], "class_names": ["cat", "dog", "🦊"]}`;

describe('exports', () => {
  let workbench: Workbench;
  let panel: Panel;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exports-'));
    removeAtExit(folder);
    writeFileSync(join(folder, 'pets.logits.json'), LOGITS);
    workbench = await openWorkbench({ vsix: inject('vsix'), folder });
    await workbench.openFile('pets.logits.json');
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, 'pets.logits.json');
    await panel.setAlpha('0.1');
  });
  afterAll(() => workbench?.close());

  const copied = () => workbench.page.evaluate(() => navigator.clipboard.readText());
  /** Saves in the workspace, and waits for the file. */
  const saved = async (name: string, file: string, part?: Locator) => {
    await panel.export('Save…', name, part);
    const path = join(workbench.folder, file);
    const offered = await workbench.saveAs(path);
    await expect.poll(() => existsSync(path), { timeout: 10_000 }).toBe(true);
    return { path, offered };
  };

  test('are reached by keys alone', async () => {
    const focused = () => panel.frame.evaluate(() => document.activeElement?.textContent);
    const button = panel.frame.locator('header').getByRole('button', { name: 'Export…' });
    await button.press('Enter');
    await panel.frame.getByRole('menu', { name: 'Export…' }).waitFor();
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    expect(await focused()).toBe('CSV');
    const { keyboard } = workbench.page;
    await keyboard.press('ArrowDown');
    expect(await focused()).toBe('JSON');
    await keyboard.press('ArrowRight');
    expect(await focused()).toBe('JSON');
    await keyboard.press('n');
    expect(await focused()).toBe('NumPy');
    await keyboard.press('End');
    expect(await focused()).toBe('Target classes (.npy)');
    await keyboard.press('ArrowDown');
    expect(await focused()).toBe('CSV');
    await keyboard.press('Escape');
    expect(await focused()).toBe('Export…');
    expect(await panel.frame.getByRole('menu').count()).toBe(0);
    await button.press('ArrowUp');
    expect(await focused()).toBe('Target classes (.npy)');
    await panel.frame.locator('h1').click();
    expect(await panel.frame.getByRole('menu').count()).toBe(0);
  });

  test('copy figures and rows', async () => {
    await panel.export('Copy', 'JSON');
    const json = JSON.parse(await copied());
    expect(json.loss).toBe(await panel.figure('loss'));
    expect(json.rows).toHaveLength(3);
    await panel.export('Copy', 'CSV');
    expect((await copied()).split('\n')[0]).toBe(
      'row,target,prediction,p_target,loss,nll,uniform,floor,excess',
    );
    await panel.export('Copy', 'Markdown');
    expect(await copied()).toMatch(new RegExp(`\\| loss +\\| +${await panel.figure('loss')} +\\|`));
  });

  test.runIf(has('torch'))('copy programs that agree', async () => {
    for (const name of ['PyTorch', 'NumPy']) {
      await panel.export('Copy', name);
      const { status, stderr, stdout } = spawnSync(PYTHON, ['-'], {
        input: await copied(),
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      expect(Number(/\d+\.\d+/.exec(stdout)?.[0])).toBeCloseTo(await panel.figure('loss'), 4);
    }
  });

  test('save a table, offered beside the source', async () => {
    const { path, offered } = await saved('CSV', 'rows.csv');
    expect(offered).toBe(join(workbench.folder, 'pets-rows.csv'));
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(5);
    await panel.frame.getByText('✓ Saved as rows.csv').waitFor();
  });

  test('save nothing if no file is chosen', async () => {
    await panel.export('Save…', 'JSON');
    await workbench.page.locator('.quick-input-widget', { hasText: 'Export' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    expect(await panel.text('header [role="status"]')).toBe('');
  });

  test('save the smoothed targets, as our reader and NumPy read them', async () => {
    const { path } = await saved('Smoothed targets (.npy)', 'targets.npy');
    const bytes = readFileSync(path);
    const { content } = readNpyHeader(bytes.subarray(0, HEADER_BYTES), bytes.length);
    expect(content).toMatchObject({
      ok: true,
      value: { type: { name: 'float32', little: true }, shape: [3, 3] },
    });
    const last = bytes.readFloatLE(bytes.length - 8);
    expect(last).toBe(Math.fround(0.9 + 0.1 / 3));
    if (!has('numpy')) return;
    const check = `import numpy as np; t = np.load(${JSON.stringify(path)}); print(t.dtype, t.shape, t.sum(1).round(6).tolist())`;
    const { stdout } = spawnSync(PYTHON, ['-c', check], { encoding: 'utf8' });
    expect(stdout).toBe('float32 (3, 3) [1.0, 1.0, 1.0]\n');
  });

  test('copy a chart as an SVG that stands for itself', async () => {
    const chart = panel.chart('Loss of a row');
    await panel.export('Copy', 'SVG', chart);
    const svg = await copied();
    expect(svg).not.toMatch(/var\(|class=|color\(|oklab|rgb/);
    const parsed = await panel.frame.evaluate((text) => {
      const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
      const texts = [...root.querySelectorAll('text')].map((node) => node.textContent);
      return { name: root.localName, title: root.querySelector('title')?.textContent, texts };
    }, svg);
    expect(parsed.name).toBe('svg');
    expect(parsed.title).toBe(await chart.locator('h2').textContent());
    expect(parsed.texts).toContain(parsed.title);
    expect(parsed.texts.join(' ')).toMatch(/minimum at p = /);
  });

  test('save a chart as a PNG of twice the pixels, that isn’t blank', async () => {
    const { path, offered } = await saved('PNG', 'row.png', panel.chart('Row '));
    expect(offered).toMatch(/pets-row-\d-[\w-]+\.png$/);
    const url = `data:image/png;base64,${readFileSync(path).toString('base64')}`;
    const picture = await panel.frame.evaluate(async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const colors = new Set<number>();
      for (let i = 0; i < data.length; i += 4)
        colors.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
      return { width: image.width, opaque: data[3] === 255, colors: colors.size };
    }, url);
    const width = await panel
      .chart('Row ')
      .locator('.canvas')
      .evaluate((element) => element.clientWidth);
    expect(picture.width).toBe(2 * (width + 32));
    expect(picture.opaque).toBe(true);
    expect(picture.colors).toBeGreaterThan(20);
  });

  test('copy the table of a chart, whether it’s shown or not', async () => {
    const ruler = panel.chart('Why the loss');
    await panel.export('Copy', 'CSV', ruler);
    const [head, ...lines] = (await copied()).trim().split('\n');
    expect(head).toBe('mark,nats');
    expect(lines).toContain(`loss,${await panel.figure('loss')}`);
    await ruler.getByRole('button', { name: 'Table' }).click();
    await panel.export('Copy', 'Markdown', ruler);
    expect(await copied()).toMatch(/^\| mark +\| +nats \|\n/);
    await ruler.getByRole('button', { name: 'Chart' }).click();
  });

  test('break no Content Security Policy and raise no error', () => {
    expect(workbench.cspViolations).toEqual([]);
    expect(workbench.errors).toEqual([]);
  });
});
