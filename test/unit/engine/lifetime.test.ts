import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  BatchGoneError,
  CancelledError,
  EngineStoppedError,
  type LostBatches,
} from '../../../src/engine/client/engineFailures.ts';
import type { EngineClient } from '../../../src/engine/engineClient.ts';
import { largeLogitsJson } from '../../fixtures/largeLogits.ts';
import { startedEngine } from './worker.ts';

const EXAMPLE = '{"targets": [[0.5, 0.5, 0]], "logits": [[1, 2, 4]]}';
const OTHER = '{"targets": [[1, 0, 0]], "logits": [[7, 8, 9]]}';

let worker: ReturnType<typeof startedEngine>;
let engine: EngineClient;
let lost: LostBatches[];

beforeEach(() => {
  worker = startedEngine();
  engine = worker.engine;
  lost = [];
  engine.onLost((each) => lost.push(each));
});
afterEach(() => engine.dispose());

async function opened(text: string): Promise<number> {
  const read = await engine.open({ input: { text }, origin: { line: 0, character: 0 }, view: {} });
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value.batch;
}

async function killed(): Promise<void> {
  worker.kill();
  await expect.poll(worker.running, { timeout: 5000 }).toBe(false);
}

const LOSS = {
  convention: 'UNIFORM_K',
  labelSmoothing: 0.1,
  weight: null,
  ignoreIndex: -100,
  reduction: 'mean',
  form: 'ce',
  temperature: 1,
} as const;

/** All that can be asked about a batch. */
const QUESTIONS: Readonly<Record<string, (batch: number) => Promise<unknown>>> = {
  row: (batch) => engine.row(batch, 0),
  locate: (batch) => engine.locate(batch, 0),
  view: (batch) => engine.view(batch, { kind: 'logits' }),
  floors: (batch) => engine.floors(batch, LOSS),
  totals: (batch) => engine.totals(batch, { temperature: 2 }),
  export: (batch) => engine.export(batch, 'json', { loss: LOSS, source: 'x.json', to: 'clipboard' }),
  calibrate: (batch) => engine.calibrate(batch),
  meanEntropy: (batch) => engine.meanEntropy(batch, 2),
};

describe('once a worker was killed', () => {
  it('no batch gets the number that another one had', async () => {
    const numbers: number[] = [];
    for (let generation = 0; generation < 3; generation++) {
      numbers.push(await opened(EXAMPLE), await opened(OTHER));
      await killed();
    }
    expect(new Set(numbers).size).toBe(6);
  });

  it.each(Object.entries(QUESTIONS))(
    '%s of a batch that it held is refused, whatever is open since',
    async (_, ask) => {
      const before = await opened(EXAMPLE);
      await ask(before);
      await killed();
      await expect(ask(before), 'while no worker runs').rejects.toThrow(BatchGoneError);
      expect(worker.running()).toBe(false);
      const since = await opened(OTHER);
      await expect(ask(before)).rejects.toThrow(BatchGoneError);
      await ask(since);
    },
  );

  it('it’s told once which batches are gone, but not those that were released', async () => {
    const [first, second, third] = [await opened(EXAMPLE), await opened(OTHER), await opened(EXAMPLE)];
    await engine.release(second);
    expect([first, second, third].map((batch) => engine.holds(batch))).toEqual([true, false, true]);
    await killed();
    expect(lost).toEqual([{ batches: new Set([first, third]), why: expect.any(EngineStoppedError) }]);
    expect(lost[0]!.why).toMatchObject({ reason: 'fault', message: expect.stringContaining('exit code') });
    expect(engine.holds(first)).toBe(false);
    await opened(EXAMPLE);
    expect(lost).toHaveLength(1);
  });

  it('what it held can be released as before, without a worker', async () => {
    const batch = await opened(EXAMPLE);
    await killed();
    await engine.release(batch);
    expect(worker.running()).toBe(false);
  });

  it('what was asked of it is rejected with the reason', async () => {
    const reading = opened(largeLogitsJson(100_000, 10));
    setTimeout(worker.kill, 50);
    await expect(reading).rejects.toThrow(EngineStoppedError);
  });
});

describe('a cancel that the worker doesn’t hear', () => {
  const request = { input: { text: EXAMPLE }, origin: { line: 0, character: 0 }, view: {} };

  it('ends it after a second; the next question is answered, what it held is lost', async () => {
    const batch = await opened(EXAMPLE);
    const abort = new AbortController();
    worker.deafen(30_000);
    const asked = engine.open(request, { signal: abort.signal });
    const other = engine.row(batch, 0);
    other.catch(() => {});
    const start = performance.now();
    setTimeout(() => abort.abort(), 100);
    await expect(asked).rejects.toThrow(CancelledError);
    expect(performance.now() - start).toBeGreaterThan(900);
    expect(performance.now() - start).toBeLessThan(2500);
    await expect(other).rejects.toMatchObject({ name: 'EngineStoppedError', reason: 'deaf' });
    expect(lost).toEqual([{ batches: new Set([batch]), why: expect.objectContaining({ reason: 'deaf' }) }]);
    const again = await opened(OTHER);
    expect(again).toBeGreaterThan(batch);
    expect((await engine.row(again, 0)).logits).toEqual(Float64Array.of(7, 8, 9));
    await expect(engine.row(batch, 0)).rejects.toThrow(BatchGoneError);
  });

  it('in time ends nothing, even if this thread was busy meanwhile', async () => {
    const batch = await opened(EXAMPLE);
    const abort = new AbortController();
    const asked = engine.open(
      { ...request, input: { text: largeLogitsJson(100_000, 10) } },
      {
        signal: abort.signal,
        onProgress: () => {
          if (abort.signal.aborted) return;
          abort.abort();
          // The answer comes while nothing here can hear it, and then timers that are due come first.
          setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500));
        },
      },
    );
    await expect(asked).rejects.toThrow(CancelledError);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(lost).toEqual([]);
    expect((await engine.row(batch, 0)).logits).toEqual(Float64Array.of(1, 2, 4));
  });
});
