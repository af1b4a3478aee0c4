import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const PYTHON = 'python3';
const hasPython = spawnSync(PYTHON, ['-c', '']).status === 0;

const IMAGE = '![](https://evil.example/x.png)';
const LINK = '[x](command:workbench.action.closeWindow)';
const HTML = '<img src=https://evil.example/y.png>';
const CODE = "logits\nimport os; os.mkdir('PWNED')\n#";
const TENSORS = [CODE, `$(warning) ${LINK} ${HTML} logits`];

const SOURCE = `from torch import nn

HP = {"a ${IMAGE} ${LINK} ${HTML} $(flame) z": 0.1}
head = nn.Linear(sizes["${IMAGE}${LINK}"], 5)
criterion = nn.CrossEntropyLoss(label_smoothing=HP["a ${IMAGE} ${LINK} ${HTML} $(flame) z"])
`;

/** A file of 2 × 3 float32 logits under each name. */
/** Tensors with these names, no two with the same numbers. */
function safetensors(names: readonly string[]): Uint8Array {
  const tensor = Float32Array.from([2, 0, 1, -1, 0.5, 3]);
  const entries = names.map((name, i) => [
    name,
    { dtype: 'F32', shape: [2, 3], data_offsets: [i * tensor.byteLength, (i + 1) * tensor.byteLength] },
  ]);
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const length = new Uint8Array(new BigUint64Array([BigInt(header.length)]).buffer);
  return Buffer.concat([
    length,
    header,
    ...names.map((_, i) => new Uint8Array(tensor.map((value) => value + i).buffer)),
  ]);
}

describe('names that would be more than text, in Restricted Mode', () => {
  let workbench: Workbench;
  const requested: string[] = [];

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
    removeAtExit(folder);
    writeFileSync(join(folder, 'train.py'), SOURCE);
    writeFileSync(join(folder, 'model.safetensors'), safetensors(TENSORS));
    const names = ['<b>&\u0001\u202e"', `]]>${HTML}`, '=1+1'];
    writeFileSync(
      join(folder, 'pets.logits.json'),
      JSON.stringify({
        logits: [
          [2, 0, 1],
          [-1, 0.5, 3],
        ],
        targets: [0, 1],
        class_names: names,
      }),
    );
    workbench = await openWorkbench({
      vsix: inject('vsix'),
      folder,
      restricted: true,
      settings: { 'editor.hover.delay': 100, 'editor.minimap.enabled': false },
    });
    workbench.page.context().on('request', (request) => requested.push(request.url()));
  });
  afterAll(() => workbench?.close());

  const copied = () => workbench.page.evaluate(() => navigator.clipboard.readText());

  test('are text in a hover', async () => {
    const { page } = workbench;
    await workbench.openFile('train.py');
    await page.locator('.codelens-decoration', { hasText: 'α 0.1 · K 5' }).first().waitFor();
    await page.locator('.view-line', { hasText: 'criterion' }).getByText('CrossEntropyLoss').hover();
    const hover = page.locator('.monaco-hover:visible');
    await hover.getByText('Typical for softmax losses: 0.1').waitFor({ state: 'attached' });
    const content = ((await hover.textContent()) ?? '').replaceAll('\u2060', '');
    expect(content).toContain(`entry a ${IMAGE} ${LINK} ${HTML} $(flame) z, line 3`);
    expect(content).toContain(`the last layer nn.Linear(sizes["${IMAGE}${LINK}`.slice(0, 60));
    const sources = await hover
      .locator('img')
      .evaluateAll((all) => all.map((image) => image.getAttribute('src')));
    expect(sources.filter((source) => !source?.startsWith('data:'))).toEqual([]);
    const links = await hover
      .locator('a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('data-href')));
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(link).toMatch(/^command:smoothLabels\./);
    expect(await hover.locator('.codicon-flame').count()).toBe(0);
    await page.mouse.move(0, 0);
    await page.keyboard.press('Escape');
  });

  test('are text in a list of tensors', async () => {
    await workbench.runInExplorer('model.safetensors', 'Open in Smooth Labels');
    const rows = workbench.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'command:workbench' }).waitFor();
    expect(await rows.locator('.codicon-warning').count()).toBe(0);
    await workbench.pick('import os');
  });

  test.runIf(hasPython)('are a comment in exported programs, which run', async () => {
    const panel = new Panel(await workbench.panelFrame('h1'));
    const run = mkdtempSync(join(tmpdir(), 'run-'));
    removeAtExit(run);
    for (const name of ['PyTorch', 'NumPy', 'Keras', 'optax']) {
      await panel.export('Copy', name);
      const program = await copied();
      expect(program).toContain("logits\\nimport os; os.mkdir('PWNED')\\n#");
      const input = `import sys\nclass Anything:\n    __len__ = lambda self: 1\n    __getattr__ = __call__ = lambda self, *args, **named: self\n    for name in "getitem add sub mul truediv radd rsub rmul rtruediv neg eq ne lt gt".split():\n        locals()[f"__{name}__"] = __call__\n    __setitem__ = lambda self, key, value: None\nfor name in ["numpy", "torch", "torch.nn", "torch.nn.functional", "keras", "jax", "optax", "safetensors", "safetensors.numpy"]:\n    sys.modules[name] = Anything()\n${program}`;
      const { status, stderr } = spawnSync(PYTHON, ['-'], { input, encoding: 'utf8', cwd: run });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    }
    expect(readdirSync(run)).toEqual([]);
  });

  test('are text in pictures and tables of charts', async () => {
    await workbench.openFile('pets.logits.json');
    await workbench.runCommand('Smooth labels');
    const panel = await Panel.of(workbench, 'pets.logits.json');
    const charts = panel.frame.locator('section.chart');
    await charts.first().waitFor();
    let texts = '';
    for (let i = 0; i < (await charts.count()); i++) {
      const chart = charts.nth(i);
      await panel.export('Copy', 'SVG', chart);
      const read = await panel.frame.evaluate(
        (text) => {
          const { documentElement: root } = new DOMParser().parseFromString(text, 'image/svg+xml');
          const all = [root, ...root.querySelectorAll('*')];
          return { names: all.map((element) => element.localName), text: root.textContent ?? '' };
        },
        await copied(),
      );
      expect(read.names[0]).toBe('svg');
      expect(read.names).not.toContain('parsererror');
      expect(read.names.filter((name) => /^(?:b|img|script|image|foreignObject|a)$/.test(name))).toEqual([]);
      texts += read.text;
      await panel.export('Copy', 'CSV', chart);
      await panel.export('Copy', 'CSV', chart);
      expect(await copied()).not.toMatch(/^=|,"?=/m);
    }
    expect(texts).toContain('<b>&\ufffd\ufffd"');
  });

  test('ask nobody for anything, and raise no error', () => {
    expect(requested.filter((url) => url.includes('evil.example'))).toEqual([]);
    expect(workbench.cspViolations).toEqual([]);
    expect(workbench.errors).toEqual([]);
  });
});
