import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/engine/client/engineFailures.ts';
import type { EngineClient } from '../../../src/engine/engineClient.ts';
import { Compute } from '../../../src/engine/measure/compute.ts';
import { calibrate } from '../../../src/engine/questions/calibrate.ts';
import { fitTemperature } from '../../../src/loss/calibration/fitTemperature.ts';
import {
  binsOf,
  equalMassEdges,
  equalWidthEdges,
  type Ranked,
  rank,
} from '../../../src/loss/calibration/reliabilityBins.ts';
import { finish } from '../../../src/loss/work.ts';
import type { Opened } from '../../../src/protocol/engineChannel.ts';
import { largeLogitsJson } from '../../fixtures/largeLogits.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { ROOT, SAMPLES } from '../../vscode/paths.ts';
import { stampOf } from './files.ts';
import { threadedKernel } from './kernel/kernels.ts';
import { startedEngine } from './worker.ts';

interface Reference {
  readonly cases: readonly [
    { readonly temperature: number; readonly before: { readonly nll: number; readonly brier: number } },
  ];
}

let engine: EngineClient;

beforeAll(() => {
  ({ engine } = startedEngine());
});
afterAll(() => engine.dispose());

async function opened(text: string): Promise<Opened> {
  const read = await engine.open({ input: { text }, origin: { line: 0, character: 0 }, view: {} });
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

describe('calibration, in the engine’s thread', () => {
  it('is that of NumPy and PyTorch for the sample', async () => {
    const reference = readFileSync(join(ROOT, 'test', 'reference', 'calibration.json'), 'utf8');
    const [expected] = (JSON.parse(reference) as Reference).cases;
    const { batch } = await opened(readFileSync(join(SAMPLES, 'digits.logits.json'), 'utf8'));
    const { temperature, fittedRows, before, after } = await engine.calibrate(batch);
    expect(fittedRows).toBe(500);
    // The engine holds logits as float32.
    expect(temperature?.[0]).toBeCloseTo(expected.temperature, 6);
    expect(before.means[0]).toBeCloseTo(expected.before.nll, 6);
    expect(before.means[1]).toBeCloseTo(expected.before.brier, 6);
    expect(after?.means[0]).toBeLessThan(before.means[0]!);
  });

  it('has no temperature where every row is right, and says which way it would go', async () => {
    const { batch } = await opened('{"logits": [[3, 0], [0, 2]], "targets": [0, 1]}');
    const { temperature, after } = await engine.calibrate(batch);
    expect([...temperature!, after]).toEqual([0, null]);
  });

  it('tells how far it is, and can be cancelled', async () => {
    const { batch } = await opened(largeLogitsJson(80_000, 50));
    const fractions: number[] = [];
    await engine.calibrate(batch, { onProgress: (fraction) => fractions.push(fraction) });
    expect(fractions.length).toBeGreaterThan(0);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBeLessThanOrEqual(1);
    const abort = new AbortController();
    const cancelled = engine.calibrate(batch, { signal: abort.signal });
    abort.abort();
    await expect(cancelled).rejects.toBeInstanceOf(CancelledError);
  });

  it.each([
    ['all logits of a row are the same', '[[1.5, 1.5], [-2, -2]]', true],
    ['all but one are −∞', '[[-Infinity, 1.5], [-2, -Infinity]]', true],
    ['they hardly differ', '[[1.5, 1.5], [-2, -2.0000002]]', false],
    ['they differ so much that at T = 1 nothing shows', '[[-1e6, 1e6], [1e6, -1e6]]', false],
  ])('no temperature changes the NLL where %s', async (_, logits, flat) => {
    const { batch } = await opened(`{"logits": ${logits}, "labels": [1, 0]}`);
    const { isFlat, temperature, after } = await engine.calibrate(batch);
    expect([isFlat, temperature![0], after]).toEqual([flat, 0, null]);
  });

  it('the entropy of a teacher’s predictions grows with the temperature, up to ln K', async () => {
    const { batch } = await opened('{"logits": [[3, 0, 1], [0, 2, 0]]}');
    const at = async (temperature: number) => (await engine.meanEntropy(batch, temperature))[0]!;
    const [cold, warm, hot] = [await at(0.1), await at(2), await at(1e6)];
    expect(cold).toBeLessThan(warm);
    expect(warm).toBeLessThan(hot);
    expect(hot).toBeCloseTo(Math.log(3), 9);
  });
});

describe('of many rows', () => {
  const compute = new Compute(threadedKernel(1));
  const layout = { rows: 45_000, classes: 100, inner: 1 };
  const noise = random(1);
  const values = Float32Array.from({ length: layout.rows * layout.classes }, () => 4 * noise() - 2);
  const labels = Int32Array.from({ length: layout.rows }, (_, row) => {
    const target = Math.floor(noise() * layout.classes);
    values[row * layout.classes + target]! += 9 * noise();
    return target;
  });
  const targets = { kind: 'indices', values: labels } as const;
  const held = { source: { values }, layout, targets, measuredWith: { ignoreIndex: -100 } };

  it('the temperature is fitted to all, and all are scored', () => {
    const { fittedRows, temperature, before, after } = finish(calibrate(compute, held));
    expect(fittedRows).toBe(layout.rows);
    const exact = finish(fitTemperature({ values, layout }, targets, -100));
    expect(temperature![0]! / exact).toBeCloseTo(1, 6);
    expect(before.confidence.findIndex(Number.isNaN)).toBe(-1);
    expect(after!.means[0]).toBeLessThan(before.means[0]!);
  });

  it('every row is in the bin that float64 puts it in', () => {
    // So alike that float32 puts many in another order.
    const alike = { ...held, source: { values: values.map((z) => 1e-3 * z) } };
    const [found, exact] = [compute, new Compute(undefined)].map((each) =>
      rank(finish(calibrate(each, alike)).before.confidence, (row) => row % 3 === 0),
    );
    for (const count of [2, 10, 15, 77, 100]) {
      for (const edgesOf of [() => equalWidthEdges(count), (of: Ranked) => equalMassEdges(of, count)]) {
        const [bins, wanted] = [found!, exact!].map((ranked) =>
          binsOf(ranked, edgesOf(ranked)).map(({ rows, accuracy }) => [rows, accuracy]),
        );
        expect(bins).toEqual(wanted);
      }
    }
  });

  it('is the same if they stay in their file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'calibration-'));
    const path = join(folder, 'logits.npy');
    const bytes = npyFile([layout.rows, layout.classes], values);
    writeFileSync(path, bytes);
    const file = {
      path,
      stamp: stampOf(path),
      offset: bytes.length - 4 * values.length,
      type: { name: 'float32', little: true },
      probabilities: false,
      temperature: 1,
    } as const;
    expect(finish(calibrate(compute, { ...held, source: { file } }))).toEqual(
      finish(calibrate(compute, held)),
    );
    rmSync(folder, { recursive: true });
  });
});

/** Numbers from 0 to 1, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
