import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Compute } from '../../src/engine/measure/compute.ts';
import { meanEntropy } from '../../src/engine/questions/meanEntropy.ts';
import { batchFigures } from '../../src/loss/batch/batchFigures.ts';
import { lossTermsOf } from '../../src/loss/batch/lossTerms.ts';
import type { LossTotals } from '../../src/loss/batch/reduction.ts';
import { hardFloorSum } from '../../src/loss/batch/rowFloors.ts';
import { DEFAULT_SPEC } from '../../src/loss/lossSpec.ts';
import { labelEntropy } from '../../src/loss/theory/floors.ts';
import { finish } from '../../src/loss/work.ts';
import { fillWithLogits, randomTargets } from '../bench/contenders/logits.ts';
import { threadedKernel } from '../unit/engine/kernel/kernels.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { Panel } from './panel.ts';
import { type Shown, startWatching, watchedFigures } from './watchedFigures.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

const [ROWS, CLASSES] = [50_000, 1000];
const LAYOUT = { rows: ROWS, classes: CLASSES, inner: 1 };
const WEIGHTS = Array.from({ length: CLASSES }, (_, k) => 0.5 + (k % 7)).join(', ');
/** Figures that are so long of another setting can't be read any more; a busy machine draws late. */
const WITHHELD_MS = 400;

const kernel = threadedKernel(0);
const compute = new Compute(kernel);
const values = fillWithLogits(
  kernel.memory.floats(kernel.memory.allocate(4 * ROWS * CLASSES), ROWS * CLASSES),
);
const targets = randomTargets(ROWS, CLASSES);

/** 200 MB as a file of safetensors: its numbers come right after a header in JSON. */
function writeLogits(path: string): void {
  const end = 4 * values.length;
  const header = Buffer.from(
    JSON.stringify({
      logits: { dtype: 'F32', shape: [ROWS, CLASSES], data_offsets: [0, end] },
      targets: { dtype: 'I32', shape: [ROWS], data_offsets: [end, end + 4 * ROWS] },
    }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const bytesOf = (of: Float32Array | Int32Array) => new Uint8Array(of.buffer, of.byteOffset, of.byteLength);
  writeFileSync(path, Buffer.concat([length, header, bytesOf(values), bytesOf(targets)]));
}

const totals = new Map<string, LossTotals>();
const entropies = new Map<string, number>();
const weightOf = (text: string) => (text === '' ? null : Float64Array.from(text.split(', '), Number));

/** The figures for what the controls say, computed apart. */
function figuresOf({ temperature, alpha, weight }: Shown) {
  const key = `${temperature} ${weight}`;
  const spec = { ...DEFAULT_SPEC, labelSmoothing: Number(alpha), weight: weightOf(weight) };
  let of = totals.get(key);
  if (!of) {
    const T = Number(temperature);
    const source = T === 1 ? { values } : { values, temperature: T };
    const stats = finish(compute.measureSource(source, LAYOUT, { kind: 'indices', values: targets }, spec));
    of = compute.totals(stats);
    compute.releaseStats(stats);
    totals.set(key, of);
  }
  const terms = lossTermsOf(spec, { classes: CLASSES, targets: 'indices' });
  const { loss, floor, excess } = batchFigures(of, terms, hardFloorSum(of, terms), 'mean');
  return { loss, floor, excess, smoothingEntropy: labelEntropy(terms.smoothing) };
}

function teacherEntropyOf({ teacherTemperature }: Shown): number {
  let mean = entropies.get(teacherTemperature);
  if (mean === undefined) {
    const rows = { source: { values }, layout: LAYOUT };
    mean = finish(meanEntropy(compute, rows, Number(teacherTemperature)))[0]!;
    entropies.set(teacherTemperature, mean);
  }
  return mean;
}

describe('50,000 × 1,000 logits', () => {
  let workbench: Workbench;
  let panel: Panel;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'settings-'));
    removeAtExit(folder);
    writeFileSync(join(folder, 'notes.txt'), 'Logits come later.\n');
    workbench = await openWorkbench({ vsix: inject('vsix'), folder });
    writeLogits(join(workbench.folder, 'val.safetensors'));
    await workbench.runInExplorer('val.safetensors', 'Open in Smooth Labels');
    panel = await Panel.of(workbench, 'val.safetensors');
    await panel.chooseTeacher(workbench, 'Choose a file…', join(workbench.folder, 'val.safetensors'));
    await panel.frame.locator('[data-control="teacherTemperature"]').waitFor();
    await panel.unfold('more');
  });
  afterAll(() => workbench?.close());

  /** Waits until every figure is there, however long a slow machine takes for it. */
  async function settle(): Promise<void> {
    const body = panel.frame.locator('[aria-busy]:has(> .summary)');
    await panel.frame.waitForTimeout(100);
    await expect.poll(() => body.getAttribute('aria-busy'), { timeout: 20_000 }).toBe('false');
    await panel.figure('teacherEntropy');
    await panel.frame.waitForTimeout(100);
  }

  /** Types as a person does who goes on a little later, or once everything is there. */
  async function move(control: string, text: string, pause: number | 'settle'): Promise<void> {
    await panel.frame.locator(`[data-control="${control}"]`).fill(text);
    if (pause === 'settle') await settle();
    else await panel.frame.waitForTimeout(pause);
  }

  test('have no figure on screen that belongs to another T, α, weight or teacher’s T', async () => {
    await startWatching(panel.frame);
    const pauses = [0, 60, 250, 'settle'] as const;
    for (const [i, T] of ['2', '0.5', '3', '1.5'].entries()) {
      await move('temperature', T, pauses[i]!);
      await move('alpha', `0.${i + 1}`, pauses[(i + 1) % 4]!);
      await move('teacherTemperature', String(2 + i), pauses[(i + 2) % 4]!);
      await move('weight', i % 2 === 0 ? WEIGHTS : '', pauses[(i + 3) % 4]!);
    }
    await settle();
    const { samples, longestReadable } = await watchedFigures(panel.frame);
    const read = (name: keyof Shown['figures']) => samples.filter(({ figures }) => figures[name] !== null);
    for (const sample of samples) {
      const expected = { ...figuresOf(sample), teacherEntropy: teacherEntropyOf(sample) };
      for (const name of Object.keys(expected) as (keyof typeof expected)[]) {
        const value = sample.figures[name];
        if (value !== null) expect(value / expected[name]!, `${name} at ${sample.at} ms`).toBeCloseTo(1, 6);
      }
    }
    // Many settings were seen with their figures, the last of them among these.
    const settings = read('loss').map(
      ({ temperature, alpha, weight }) => `${temperature} ${alpha} ${weight}`,
    );
    expect(new Set(settings).size).toBeGreaterThan(4);
    expect(new Set(read('teacherEntropy').map((each) => each.teacherTemperature)).size).toBeGreaterThan(2);
    expect(samples.at(-1)!.figures.loss).not.toBeNull();
    expect(longestReadable).toBeLessThan(WITHHELD_MS);
    expect(workbench.errors).toEqual([]);
  });
});
