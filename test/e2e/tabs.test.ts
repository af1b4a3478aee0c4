import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { distilled } from '../../src/loss/rows/softTargets.ts';
import { entropy } from '../../src/loss/theory/floors.ts';
import { ROOT, SAMPLES } from '../vscode/paths.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

interface Digits {
  readonly targets: readonly number[];
  readonly logits: readonly (readonly number[])[];
}

interface Scores {
  readonly nll: number;
  readonly brier: number;
  readonly byBins: readonly {
    readonly bins: number;
    readonly width: { readonly ece: number; readonly mce: number };
    readonly mass: { readonly ece: number; readonly mce: number };
  }[];
}

interface Reference {
  readonly cases: readonly [
    { readonly temperature: number; readonly before: Scores; readonly after: Scores },
  ];
}

const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), 'utf8')) as T;
const digits = read<Digits>(SAMPLES, 'digits.logits.json');
const [reference] = read<Reference>(ROOT, 'test', 'reference', 'calibration.json').cases;
const teacher = digits.logits.map((row, i) => row.map((z, k) => z / 2 + (k === digits.targets[i] ? 3 : 0)));

const folder = mkdtempSync(join(tmpdir(), 'tabs-'));
removeAtExit(folder);
const files = {
  'digits.json': digits,
  'bare.json': [
    [1, 2, 3],
    [3, 1, 0],
  ],
  'weighted.json': {
    logits: [
      [0, 0],
      [0, 1],
    ],
    targets: [0, 1],
    weight: [0.01, 0.99],
  },
  'teacher.json': { logits: teacher },
  'other.json': [[1, 2, 3]],
  'fewer.json': { logits: teacher.slice(0, 400) },
  'renamed.json': { logits: teacher, class_names: [...'0123456798'] },
};
for (const [name, value] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(value));

describe('the panel’s tabs', () => {
  let workbench: Workbench;
  let panel: Panel;

  beforeAll(async () => {
    workbench = await openWorkbench({ vsix: inject('vsix'), folder, restricted: true });
  });
  afterAll(() => workbench?.close());

  const tab = (name: string) => panel.frame.getByRole('tab', { name, exact: true }).click();

  async function open(file: string): Promise<void> {
    await workbench.openFile(file);
    await workbench.runCommand('Smooth labels');
    panel = await Panel.of(workbench, file);
  }

  test('Calibration shows what NumPy, scikit-learn and PyTorch say, in bins of either kind', async () => {
    await open('digits.json');
    await tab('Calibration');
    await panel.frame.locator('table.scores').waitFor();
    expect(await panel.figure('temperature')).toBeCloseTo(reference.temperature, 6);
    expect(await panel.figure('nll')).toBeCloseTo(await panel.figure('nllBefore'), 6);
    for (const [when, scores] of [
      ['Before', reference.before],
      ['After', reference.after],
    ] as const) {
      expect(await panel.figure(`nll${when}`)).toBeCloseTo(scores.nll, 6);
      expect(await panel.figure(`brier${when}`)).toBeCloseTo(scores.brier, 6);
    }
    for (const kind of ['width', 'mass'] as const) {
      await panel.choose('binKind', kind);
      for (const { bins, ...expected } of reference.before.byBins) {
        await panel.frame.locator('[data-control="bins"]').fill(String(bins));
        expect(await panel.figure('expectedErrorBefore')).toBeCloseTo(expected[kind].ece, 6);
        expect(await panel.figure('maximumErrorBefore')).toBeCloseTo(expected[kind].mce, 6);
      }
    }
    await panel.frame.locator('[data-control="bins"]').fill('0');
    await panel.frame.getByText('1 to 100 bins').waitFor();
  });

  test('Calibration says why there is none where targets are assumed', async () => {
    await open('bare.json');
    await tab('Calibration');
    expect(await panel.text('[data-figure="refused"]')).toContain('There are no targets');
  });

  test('Class weights warns where smoothing and weights move the optimal prediction to another class', async () => {
    await open('weighted.json');
    await tab('Class weights');
    expect(await panel.text('[data-figure="moved"]')).toContain(
      'When class 0 is true, the optimal prediction is class 1 (p = 0.839). Its weight is 99 times as large, and a ratio above 1 + K(1 − α)/α = 19 moves the optimum to another class.',
    );
    const cells = panel.frame.getByRole('gridcell');
    expect(await cells.count()).toBe(4);
    await cells.first().focus();
    await workbench.page.keyboard.press('ArrowRight');
    expect(await panel.figure('cell')).toBeCloseTo(0.839, 3);
    await panel.setAlpha('0.01');
    await panel.frame.locator('[data-figure="moved"]').waitFor({ state: 'detached' });
  });

  test('the gradient as bars says where smoothing pushes a confident prediction down', async () => {
    await open('digits.json');
    await tab('Rows');
    await panel.frame.getByLabel('as bars').check();
    await panel.frame.getByRole('button', { name: 'p(true class)', exact: true }).click();
    await panel.frame.getByRole('button', { name: /^p\(true class\) [▾▴]/ }).click();
    await panel.frame.locator('tr[data-row]').first().click();
    await panel.frame.getByText('so smoothing lowers this confident prediction').waitFor();
    expect(await panel.text('[data-figure="pushed"]')).toContain(
      'The gradient lowers the logit of the true class in 383 of 500 rows (76.6 %).',
    );
    expect(await panel.frame.locator('rect.confident').count()).toBe(1);
    await panel.setAlpha('0');
    await panel.frame.locator('rect.confident').waitFor({ state: 'detached' });
  });

  test('a teacher’s targets stand beside the smoothed ones', async () => {
    await panel.setAlpha('0.1');
    await panel.chooseTeacher(workbench, 'Choose a file…', join(workbench.folder, 'teacher.json'));
    await panel.frame.locator('[data-control="teacherTemperature"]').fill('2');
    const wanted = teacher.map((row) => entropy(distilled(Float64Array.from(row), 2)));
    const mean = wanted.reduce((a, b) => a + b) / wanted.length;
    await expect.poll(() => panel.figure('teacherEntropy')).toBeCloseTo(mean, 5);
    expect(await panel.figure('smoothingEntropy')).toBeCloseTo(await panel.figure('floor'), 9);
    await panel.frame.locator('[data-figure="sameAlpha"]').click();
    await expect.poll(() => panel.figure('floor')).toBeCloseTo(mean, 5);
  });

  test('a teacher comes back after the window was loaded again', async () => {
    const before = await panel.figure('teacherEntropy');
    await workbench.page.waitForTimeout(1_500);
    await workbench.reload();
    panel = await Panel.of(workbench, 'digits.json');
    await panel.frame.locator('[data-figure="teacherEntropy"]').waitFor();
    await expect.poll(() => panel.figure('teacherEntropy')).toBe(before);
  });

  test('a teacher of other rows is refused, and says what doesn’t fit', async () => {
    await panel.chooseTeacher(workbench, 'Choose a file…', join(workbench.folder, 'other.json'));
    await panel.frame.getByText('The teacher has 3 classes, but these logits have 10.').waitFor();
    await panel.chooseTeacher(workbench, 'Choose a file…', join(workbench.folder, 'fewer.json'));
    await panel.frame.getByText('The teacher has 400 rows, but these logits have 500.').waitFor();
    await panel.chooseTeacher(workbench, 'Choose a file…', join(workbench.folder, 'renamed.json'));
    await panel.frame.getByText('Class 0 is called “0” by the teacher but “zero” here.').waitFor();
    await panel.frame.getByRole('button', { name: 'Remove' }).click();
    await panel.frame.getByText('In distillation the targets come from a teacher').waitFor();
  });

  test('without an error or a broken Content Security Policy', () => {
    expect(workbench.cspViolations).toEqual([]);
    expect(workbench.errors).toEqual([]);
  });
});
