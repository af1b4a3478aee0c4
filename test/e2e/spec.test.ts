import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { computeLossInSteps } from '../../src/loss/batch/crossEntropy.ts';
import { DEFAULT_SPEC, type LossSpec } from '../../src/loss/lossSpec.ts';
import { finish } from '../../src/loss/work.ts';
import { SAMPLES } from '../vscode/paths.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const sample = JSON.parse(readFileSync(join(SAMPLES, 'digits.logits.json'), 'utf8')) as {
  readonly logits: readonly (readonly number[])[];
  readonly targets: readonly number[];
};
const PROBABILITIES = [
  [0.7, 0.2, 0.1],
  [0.1, 0.8, 0.1],
  [0.25, 0.25, 0.5],
];

/** The loss of the sample in float64, from the float32 logits the panel reads. */
function reference(spec: Partial<LossSpec>, temperature = 1) {
  const logits = Float64Array.from(sample.logits.flat(), (z) => Math.fround(z) / temperature);
  return finish(
    computeLossInSteps({
      ...DEFAULT_SPEC,
      ...spec,
      logits: { data: logits, shape: [sample.logits.length, sample.logits[0]!.length] },
      targets: { data: Int32Array.from(sample.targets), shape: [sample.targets.length] },
    }),
  );
}

describe('the spec of the loss', () => {
  let workbench: Workbench;
  let panel: Panel;

  const expectLoss = async (expected: ReturnType<typeof reference>) => {
    const { loss, floor, excess } = expected;
    await expect.poll(() => panel.figure('loss')).toBeCloseTo(loss as number, 9);
    expect(await panel.figure('floor')).toBeCloseTo(floor, 9);
    expect(await panel.figure('excess')).toBeCloseTo(excess, 9);
  };
  const fill = (control: string, text: string) =>
    panel.frame.locator(`[data-control="${control}"]`).fill(text);
  const wrong = () => panel.text('.wrong');
  const tab = (name: string) => panel.frame.getByRole('tab', { name }).click();

  beforeAll(async () => {
    workbench = await openWorkbench({ vsix: inject('vsix'), folder: SAMPLES });
    await workbench.openFile('digits.logits.json');
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, 'digits.logits.json');
  });
  afterAll(() => workbench?.close());

  test.each([
    'UNIFORM_OTHERS',
    'ADDITIVE_RENORM',
    'BINARY_HALF',
    'BINARY_FULL',
    'BINARY_UNIFORM_K',
    'UNIFORM_K',
  ] as const)('%s: the figures follow the convention', async (convention) => {
    await panel.choose('convention', convention);
    await panel.setAlpha('0.2');
    const expected = reference({ convention, labelSmoothing: 0.2 });
    await expectLoss(expected);
    expect(await panel.figure('on')).toBeCloseTo(expected.onValue, 14);
    expect(await panel.figure('off')).toBeCloseTo(expected.offValue, 14);
    expect(await panel.frame.locator('.convention-line').getAttribute('data-convention')).toBe(convention);
  });

  test('says which frameworks read α so', async () => {
    await expect
      .poll(() => panel.text('[data-figure="frameworks"]'))
      .toMatch(/^Used by PyTorch, Keras, .* more\.$/);
  });

  test('a padding class is excluded, and its rows with it', async () => {
    await panel.choose('convention', 'PAD_EXCLUDED');
    await expectLoss(reference({ convention: 'PAD_EXCLUDED', labelSmoothing: 0.2, ignoreIndex: 0 }));
    expect(await panel.text('[data-changed]')).toBe('padding class 0');
    await panel.choose('convention', 'UNIFORM_K');
    await expectLoss(reference({ labelSmoothing: 0.2 }));
  });

  test('takes class weights, a temperature and an ignored target, and says so when folded', async () => {
    await panel.frame.locator('[data-control="more"]').click();
    await fill('weight', '1, 2, 0.5');
    expect(await wrong()).toBe('Expected 10 weights, one per class; found 3');
    await fill('weight', '1 2 x 1 1 1 1 1 1 1');
    expect(await wrong()).toContain('“x”');
    const weight = [1, 2, 0.5, 1, 1, 3, 1, 1, 1, 1];
    await fill('weight', `[${weight.join(', ')}]`);
    await fill('temperature', '0');
    expect(await wrong()).toBe('Enter a number above 0 (shown: 1)');
    await fill('temperature', '2');
    await fill('ignoreIndex', '3');
    const spec = { labelSmoothing: 0.2, weight: Float64Array.from(weight), ignoreIndex: 3 };
    await expectLoss(reference(spec, 2));
    await panel.frame.locator('[data-control="more"]').click();
    expect(await panel.frame.locator('[data-changed]').allTextContents()).toEqual([
      'weights 1, 2, 0.5, 1, …',
      'ignored: 3',
      'T = 2',
    ]);
  });

  test('is as it was after the window was loaded again', async () => {
    const loss = await panel.figure('loss');
    await workbench.page.waitForTimeout(1_500);
    await workbench.reload();
    panel = await Panel.of(workbench, 'digits.logits.json');
    await expect.poll(() => panel.figure('loss')).toBe(loss);
    await panel.frame.locator('[data-control="more"]').click();
    await fill('weight', '');
    await fill('temperature', '1');
    await fill('ignoreIndex', '-100');
    await expectLoss(reference({ labelSmoothing: 0.2 }));
  });

  test('has other forms, which take the entropy of the targets off', async () => {
    await panel.choose('form', 'kl');
    await expectLoss(reference({ labelSmoothing: 0.2, form: 'kl' }));
    expect(await panel.figure('constant')).toBeGreaterThan(0.5);
    await panel.choose('form', 'ce');
    await panel.frame.locator('[data-control="more"]').click();
  });

  test('compares what is pinned, and copies it', async () => {
    await tab('Compare');
    const pin = panel.frame.locator('[data-control="pin"]');
    await pin.click();
    for (const convention of ['UNIFORM_OTHERS', 'BINARY_FULL'] as const) {
      await panel.choose('convention', convention);
      await pin.click();
    }
    await panel.choose('convention', 'UNIFORM_K');
    const cells = (line: string) =>
      panel.frame
        .locator(`tr[data-pin="${line}"] td[data-exact]`)
        .evaluateAll((all) => all.map((cell) => Number(cell.getAttribute('data-exact'))));
    for (const [i, convention] of (['UNIFORM_K', 'UNIFORM_OTHERS', 'BINARY_FULL'] as const).entries()) {
      const { loss, floor, excess } = reference({ convention, labelSmoothing: 0.2 });
      await expect.poll(async () => (await cells(String(i + 1))).length).toBe(7);
      const [alpha, ...figures] = await cells(String(i + 1));
      expect(alpha).toBe(0.2);
      for (const [k, value] of [loss as number, floor, excess].entries())
        expect(figures[k]).toBeCloseTo(value, 9);
    }
    await panel.frame.getByRole('columnheader', { name: 'loss' }).getByRole('button').click();
    const lines = panel.frame.locator('tr[data-pin]');
    const order = await lines.evaluateAll((all) => all.map((line) => line.getAttribute('data-pin')));
    expect(order).toEqual(['current', '2', '1', '3']);
    await panel.export('Copy', 'CSV', panel.frame.getByRole('region', { name: 'Compare' }));
    const csv = await workbench.page.evaluate(() => navigator.clipboard.readText());
    expect(csv.split('\n')[0]).toBe('alpha,convention,loss,floor,excess,nll,on,off,same_targets');
    expect(csv.split('\n')[2]).toContain('UNIFORM_OTHERS');
    await panel.frame.getByRole('button', { name: 'Remove pin 3' }).click();
    await expect.poll(() => lines.count()).toBe(3);
  });

  test('reads a loss, or says what would make it possible', async () => {
    await tab('Read a loss');
    await panel.setAlpha('0.1');
    await fill('seen-classes', '5');
    await fill('seen-loss', '0.5');
    const p = Number(await panel.frame.locator('[data-figure="p"]').getAttribute('data-exact'));
    expect(-0.92 * Math.log(p) - 0.08 * Math.log((1 - p) / 4)).toBeCloseTo(0.5, 12);
    await fill('seen-loss', '0.38');
    await panel.frame.getByText('0.38 nats is below the floor of 0.3897').waitFor();
    const changes = panel.frame.locator('[data-change]');
    expect(await changes.evaluateAll((all) => all.map((each) => each.getAttribute('data-change')))).toEqual([
      'unit',
      'convention',
      'form',
      'labelSmoothing',
      'classes',
    ]);
    await panel.frame.locator('[data-change="unit"] button').click();
    await panel.frame.locator('[data-figure="p"]').waitFor();
    expect(await panel.frame.locator('[data-control="unit"]').inputValue()).toBe('log10');
  });

  test('says what CrossEntropyLoss makes of softmax outputs', async () => {
    writeFileSync(
      join(workbench.folder, 'outputs.json'),
      JSON.stringify({ logits: PROBABILITIES, targets: [0, 1, 2] }),
    );
    await workbench.openFile('outputs.json');
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, 'outputs.json');
    await panel.setAlpha('0.1');
    const twice = finish(
      computeLossInSteps({
        ...DEFAULT_SPEC,
        labelSmoothing: 0.1,
        logits: { data: Float64Array.from(PROBABILITIES.flat(), Math.fround), shape: [3, 3] },
        targets: { data: Int32Array.of(0, 1, 2), shape: [3] },
      }),
    );
    const shown = () => panel.frame.locator('[data-figure="twice"]').getAttribute('data-exact');
    await expect.poll(async () => Number(await shown())).toBeCloseTo(twice.loss as number, 9);
    await panel.choose('kind', 'logits');
    await expect.poll(() => panel.figure('loss')).toBeCloseTo(twice.loss as number, 9);
  });

  test('breaks no Content Security Policy and raises no error', () => {
    expect(workbench.cspViolations).toEqual([]);
    expect(workbench.errors).toEqual([]);
  });
});
