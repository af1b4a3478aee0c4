// @vitest-environment happy-dom
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { layoutOf } from '../../../../src/loss/rows/rowLayout.ts';
import { summedMessage, summedVector } from '../../../fixtures/summedRows.ts';
import { statisticsOf } from '../../readers/statistics/written.ts';
import { EXAMPLE, WEIGHT } from './example.ts';
import { RenderedPanel } from './renderedPanel.ts';

const SHAPE = [6, 5];
const rows = { values: Float64Array.from(EXAMPLE.logits.flat()), layout: layoutOf(SHAPE, 1) };
const TARGET = Int32Array.from(EXAMPLE.targets);

/** The same rows, as they'd come from a kernel. */
const MEASURED = {
  row_statistics: { shape: SHAPE, ...statisticsOf(rows, TARGET) },
  label_smoothing: EXAMPLE.labelSmoothing,
};

let panel: RenderedPanel;
beforeAll(async () => {
  panel = await RenderedPanel.start();
});

const figures = (names: readonly string[]) => names.map((name) => panel.exact(name));

/** What both are to say alike. */
async function both<T>(look: () => T | Promise<T>, tab?: string): Promise<readonly [T, T]> {
  await panel.show(EXAMPLE, tab);
  const fromLogits = await look();
  await panel.show(MEASURED, tab);
  return [fromLogits, await look()];
}

function expectClose(found: readonly number[], wanted: readonly number[]): void {
  expect(found).toHaveLength(wanted.length);
  for (const [i, value] of wanted.entries()) expect(found[i], String(i)).toBeCloseTo(value, 12);
}

describe('row statistics in the panel', () => {
  it('have the loss, its parts and the rows of the logits', async () => {
    const look = () => [figures(['loss', 'nll', 'floor', 'excess']), panel.cells('.rows tbody')] as const;
    const [fromLogits, measured] = await both(look);
    expectClose(measured[0], fromLogits[0]);
    expect(measured[0][0]).toBeCloseTo(0.7392302783891238, 12);
    expect(measured[1]).toEqual(fromLogits[1]);
    expect(panel.text('[data-figure="shape"]')).toBe('row statistics of 6 × 5 logits');
    expect(panel.text('[data-figure="accuracy"]')).toBe('accuracy 66.7 %');
  });

  it('follow α and the conventions that they determine', async () => {
    const look = async () => {
      await panel.choose('convention', 'UNIFORM_OTHERS');
      await panel.type('alpha', '0.25');
      return figures(['loss', 'floor', 'excess']);
    };
    const [fromLogits, measured] = await both(look);
    expectClose(measured, fromLogits);
  });

  it('follow what is ignored', async () => {
    const look = async () => {
      await panel.type('ignoreIndex', '4');
      // It's measured anew once typing has paused.
      await vi.waitFor(() => expect(panel.text('header')).toContain('1 row ignored (target 4)'), 5000);
      await panel.settled();
      return figures(['loss', 'nll', 'floor']);
    };
    const [fromLogits, measured] = await both(look);
    expectClose(measured, fromLogits);
  });

  it('have the calibration at T = 1, and say that another T needs the logits', async () => {
    const names = ['confidence', 'accuracy', 'expectedError', 'maximumError', 'nll', 'brier'];
    const look = () => figures(names.map((name) => `${name}Before`));
    const [fromLogits, measured] = await both(look, 'Calibration');
    expectClose(measured, fromLogits);
    expect(panel.text('.verdict')).toContain('Fitting a temperature needs the logits.');
    expect(panel.has('[data-figure="confidenceAfter"]')).toBe(false);
  });

  it('say what of the loss in the code they don’t have', async () => {
    const applied = {
      id: 'a',
      convention: 'BINARY_HALF',
      labelSmoothing: 0.1,
      from: 'loss',
      place: 'train.py',
      isWanted: true,
      weight: [1, 2, 3, 4, 5],
    } as const;
    await panel.show(MEASURED, 'Rows', applied);
    expect(panel.texts('[data-figure="unmet"]').map((text) => text.split(',')[0])).toEqual([
      'The loss in your code isn’t a plain softmax cross-entropy',
      'The loss in your code has class weights that weren’t measured',
    ]);
    await panel.show(MEASURED, 'Rows', { ...applied, id: 'b', convention: 'UNIFORM_OTHERS', weight: null });
    expect(panel.texts('[data-figure="unmet"]')).toEqual([]);
  });

  it('offer nothing that they don’t determine', async () => {
    await panel.show(MEASURED);
    for (const control of ['kind', 'weight', 'temperature', 'targets'])
      expect(panel.has(`[data-control="${control}"]`), control).toBe(false);
    const refused = [...document.querySelectorAll<HTMLOptionElement>('[data-control="convention"] option')]
      .filter(({ disabled }) => disabled)
      .map(({ value }) => value);
    expect(refused).toEqual(['PAD_EXCLUDED', 'BINARY_HALF', 'BINARY_FULL', 'BINARY_UNIFORM_K']);
    expect(panel.text('[role="tabpanel"]')).toContain('a single row need its logits');
    await panel.tab('Teacher');
    expect(panel.text('[role="tabpanel"]')).toContain('needs the logits of both models');
  });
});

describe('sums in the panel', () => {
  const vector = summedVector(EXAMPLE.logits, EXAMPLE.targets);
  const SUMMED = summedMessage(vector, { label_smoothing: EXAMPLE.labelSmoothing });
  const SAMPLE = { sample_logits: EXAMPLE.logits.slice(0, 2), sample_targets: EXAMPLE.targets.slice(0, 2) };

  /** What logits, and sums of them, are to say alike. */
  async function same(
    look: () => number[] | Promise<number[]>,
    tab?: string,
    beside: object = {},
  ): Promise<void> {
    await panel.show({ ...EXAMPLE, ...beside }, tab);
    const fromLogits = await look();
    await panel.show({ ...SUMMED, ...beside }, tab);
    expectClose(await look(), fromLogits);
  }

  it('have the loss and its parts at any α, convention and class weights', async () => {
    await same(() => figures(['loss', 'nll', 'uniform', 'floor', 'excess']));
    expect(panel.exact('loss')).toBeCloseTo(0.7392302783891238, 12);
    expect(panel.text('[data-figure="shape"]')).toBe('sums over the rows of 6 × 5 logits');
    expect(panel.text('[data-figure="accuracy"]')).toBe('accuracy 66.7 %');
    await same(async () => {
      await panel.choose('convention', 'UNIFORM_OTHERS');
      await panel.type('alpha', '0.25');
      return figures(['loss', 'floor', 'excess']);
    });
    await same(() => figures(['loss', 'floor', 'excess']), 'Rows', { weight: WEIGHT });
  });

  it('say that single rows need the logits, unless there’s a sample', async () => {
    await panel.show(SUMMED);
    expect(panel.text('[role="tabpanel"]')).toContain('a single row need its logits');
    expect(panel.has('.rows')).toBe(false);
    await panel.show({ ...SUMMED, ...SAMPLE });
    expect(panel.text('.rows h2')).toBe('a sample: 2 of 6 rows');
    expect(panel.has('[data-figure="needs-logits"]')).toBe(false);
    expect(panel.text('.loss')).toContain('the mean loss of 6 rows');
  });

  it('have the calibration at T = 1, and the best T with its error', async () => {
    const names = ['confidence', 'accuracy', 'expectedError', 'maximumError', 'nll', 'brier'];
    const look = () => figures(names.map((name) => `${name}Before`));
    await panel.show(EXAMPLE, 'Calibration');
    const [fromLogits, temperature] = [look(), panel.exact('temperature')];
    await panel.show(SUMMED, 'Calibration');
    expectClose(look(), fromLogits);
    expect(panel.exact('temperature')).toBeCloseTo(temperature, 5);
    expect(panel.text('[data-figure="temperature"]')).toMatch(/^T = [\d.]+ \(± [\d.e−]+\) minimises NLL/);
    expect(panel.text('.verdict')).toContain('at another T need the logits');
    expect(panel.has('[data-figure="binsWithin"]')).toBe(false);
    await panel.choose('binKind', 'mass');
    expect(panel.text('[data-figure="binsWithin"]')).toContain('ECE is only known to within ±');
  });

  it('have the loss at another T with its error, at any α, and say what they don’t', async () => {
    const cooler = { ...EXAMPLE, logits: EXAMPLE.logits.map((row) => row.map((z) => z / 1.7)) };
    const setAlpha = () => panel.type('alpha', '0.3');
    await panel.show(cooler);
    await setAlpha();
    const wanted = panel.exact('loss');
    await panel.show(SUMMED, 'Calibration');
    await setAlpha();
    await panel.type('sumsTemperature', '1.7');
    const said = panel.text('[data-figure="lossAtT"]');
    const [, within] = /\(± ([\d.e−]+)\) instead of/.exec(said)!;
    const off = Math.abs(panel.exact('lossAtT') - wanted);
    expect(off).toBeLessThanOrEqual(Number(within!.replace('−', '-')));
    expect(off).toBeLessThan(1e-5);
    await panel.type('sumsTemperature', '9');
    expect(panel.text('.verdict')).toContain('Enter a number from 0.25 to 8');
    await panel.show({ ...SUMMED, weight: WEIGHT }, 'Calibration');
    expect(panel.text('.verdict')).toContain('the loss at another T needs the logits');
  });

  it('compare settings as logits do', async () => {
    const look = async () => {
      document.querySelector<HTMLButtonElement>('[data-control="pin"]')!.click();
      await panel.type('alpha', '0.3');
      await panel.choose('convention', 'UNIFORM_OTHERS');
      document.querySelector<HTMLButtonElement>('[data-control="pin"]')!.click();
      await panel.settled();
      return panel.cells('[role="tabpanel"] tbody');
    };
    await panel.show(EXAMPLE, 'Compare');
    const fromLogits = await look();
    expect(fromLogits).toHaveLength(3);
    await panel.show(SUMMED, 'Compare');
    expect(await look()).toEqual(fromLogits);
  });

  it('offer nothing that they don’t determine', async () => {
    await panel.show(SUMMED);
    const refused = [...document.querySelectorAll<HTMLOptionElement>('[data-control="convention"] option')]
      .filter(({ disabled }) => disabled)
      .map(({ value }) => value);
    expect(refused).toEqual(['PAD_EXCLUDED', 'BINARY_HALF', 'BINARY_FULL', 'BINARY_UNIFORM_K']);
    for (const control of ['kind', 'temperature', 'targets', 'ignoreIndex'])
      expect(panel.has(`[data-control="${control}"]`), control).toBe(false);
    await panel.tab('Teacher');
    expect(panel.text('[role="tabpanel"]')).toContain('needs the logits of both models');
  });

  it('have a padding class if it was ignored', async () => {
    const padded = summedVector(EXAMPLE.logits, EXAMPLE.targets, 4);
    const look = async () => {
      await panel.choose('convention', 'PAD_EXCLUDED');
      await vi.waitFor(() => expect(panel.text('.loss')).toContain('5 rows'), 5000);
      await panel.settled();
      return figures(['loss', 'nll', 'floor']);
    };
    await panel.show({ ...EXAMPLE, ignore_index: 4 });
    const fromLogits = await look();
    await panel.show(summedMessage(padded, { ignore_index: 4, label_smoothing: EXAMPLE.labelSmoothing }));
    expectClose(await look(), fromLogits);
  });

  it('say what makes the loss infinite, or no number', async () => {
    const [first, ...rest] = EXAMPLE.logits;
    const rows = (z: number) => [[first![0]!, z, ...first!.slice(2)], ...rest];
    await panel.show(
      summedMessage(summedVector(rows(Number.NEGATIVE_INFINITY), EXAMPLE.targets), { label_smoothing: 0.1 }),
    );
    expect(panel.text('.problem')).toContain('Some row has a logit of −∞');
    await panel.show(summedMessage(summedVector(rows(Number.NaN), EXAMPLE.targets)));
    expect(panel.text('.problem')).toContain('make the whole loss NaN: 1');
    expect(panel.text('[data-figure="accuracy"]')).toBe('accuracy unknown');
  });
});
