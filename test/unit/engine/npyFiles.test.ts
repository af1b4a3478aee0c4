import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/engine/client/engineFailures.ts';
import type { EngineClient } from '../../../src/engine/engineClient.ts';
import { lossTotals, reducedLoss } from '../../../src/loss/batch/reduction.ts';
import { DEFAULT_SPEC } from '../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../src/loss/rows/rowLayout.ts';
import { measureRowStats } from '../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../src/loss/work.ts';
import type { BatchView } from '../../../src/protocol/engineChannel.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { FAMILIES, randomOf } from './kernel/families.ts';
import { startedEngine } from './worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-'));
let engine: EngineClient;

beforeAll(() => {
  ({ engine } = startedEngine());
});
afterAll(() => {
  engine.dispose();
  rmSync(folder, { recursive: true });
});

function valuesOf(rows: number, classes: number): Float32Array {
  const random = randomOf(rows);
  return Float32Array.from({ length: rows * classes }, (_, i) => FAMILIES.normal!(random, i % classes, 0));
}

function saved(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A hole: numbers that take no room on the disk. */
function zeros(name: string, rows: number, classes: number): string {
  const header = npyFile([rows, classes], []);
  const path = saved(name, header);
  truncateSync(path, header.length + 4 * rows * classes);
  return path;
}

async function opened(path: string, view: BatchView = {}) {
  const read = await engine.open({
    input: { file: { format: 'npy', path } },
    origin: { line: 0, character: 0 },
    view,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

describe('the engine reads .npy files', () => {
  it.each([
    ['small', 50, 7, '<f4'],
    ['large', 6000, 100, '<f4'],
    ['large and of float64', 6000, 100, '<f8'],
    ['large and big-endian', 6000, 100, '>f4'],
  ] as const)('%s', async (name, rows, classes, type) => {
    const values = valuesOf(rows, classes);
    const path = saved(`${name}.npy`, npyFile([rows, classes], values, type));
    const { batch, stats, range, summary } = await opened(path);
    expect(range).toBeNull();
    expect(summary).toMatchObject({ shape: [rows, classes], kind: 'logits', targetsFrom: 'argmax' });
    const expected = finish(
      measureRowStats({ values, layout: layoutOf([rows, classes], 1) }, null, DEFAULT_SPEC),
    );
    expect(stats.prediction).toEqual(expected.prediction);
    const [loss, same] = [stats, expected].map((each) => reducedLoss(lossTotals(each), 0.1, 'mean'));
    expect(loss! / same!).toBeCloseTo(1, 7);
    expect((await engine.row(batch, rows - 1)).logits).toEqual(Float64Array.from(values.slice(-classes)));
    expect(await engine.locate(batch, 0)).toBeNull();
    await engine.release(batch);
  });

  it('with probabilities, as they look or as the user says', async () => {
    const probabilities = new Float32Array(6000 * 100).fill(0.01);
    const path = saved('probabilities.npy', npyFile([6000, 100], probabilities));
    const { batch, summary, stats } = await opened(path);
    expect(summary.kind).toBe('probabilities');
    expect(stats.hard[0]).toBeCloseTo(Math.log(100), 5);
    expect((await engine.row(batch, 5)).logits[3]).toBeCloseTo(Math.log(0.01), 6);
    const logits = await engine.view(batch, { kind: 'logits', chosenTargets: [[1, 7]] });
    if (!logits.ok) expect.unreachable();
    expect(logits.value.stats.target[1]).toBe(7);
    expect((await engine.row(batch, 5)).logits[3]).toBeCloseTo(0.01, 8);
  });

  it('of three axes, with another class axis', async () => {
    const path = saved('deep.npy', npyFile([2, 3, 4], valuesOf(8, 3)));
    const { batch, summary } = await opened(path);
    expect(summary.classAxis).toBe(1);
    expect(await engine.view(batch, { classAxis: 2 })).toMatchObject({
      value: { stats: { rows: 6, classes: 4 } },
    });
  });

  it('and says why not', async () => {
    const ask = (path: string) =>
      engine.open({ input: { file: { format: 'npy', path } }, origin: { line: 0, character: 0 }, view: {} });
    expect(await ask(saved('text.npy', new TextEncoder().encode('[1, 2]')))).toMatchObject({
      problem: { reason: 'not-format', place: null },
    });
    expect(await ask(saved('cut.npy', npyFile([9, 9], valuesOf(9, 9)).slice(0, -4)))).toMatchObject({
      problem: { reason: 'file-size' },
    });
    expect(await ask(join(folder, 'gone.npy'))).toMatchObject({ problem: { reason: 'unreadable' } });
  });

  it('of more bytes than WebAssembly can address, without holding them', async () => {
    const classes = 1000;
    const path = zeros('huge.npy', 1_075_000, classes);
    const before = process.memoryUsage().rss;
    let most = 0;
    const read = await engine.open(
      { input: { file: { format: 'npy', path } }, origin: { line: 0, character: 0 }, view: {} },
      { onProgress: () => (most = Math.max(most, process.memoryUsage().rss - before)) },
    );
    if (!read.ok) expect.unreachable();
    expect(read.value.stats.hard.at(-1)).toBeCloseTo(Math.log(classes), 6);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(400e6);
    await engine.release(read.value.batch);
    rmSync(path);
  }, 120_000);

  it('until it’s no longer wanted', async () => {
    // Long enough to be in the middle of it when the word comes through.
    const path = zeros('long.npy', 500_000, 1000);
    const abort = new AbortController();
    let asked = Number.NaN;
    const reading = engine.open(
      { input: { file: { format: 'npy', path } }, origin: { line: 0, character: 0 }, view: {} },
      {
        signal: abort.signal,
        onProgress: () => {
          if (abort.signal.aborted) return;
          asked = performance.now();
          abort.abort();
        },
      },
    );
    await expect(reading).rejects.toThrow(CancelledError);
    expect(performance.now() - asked).toBeLessThan(50);
    rmSync(path);
  });
});
