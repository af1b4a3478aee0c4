import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError, EngineStoppedError } from '../../../src/engine/client/engineFailures.ts';
import type { EngineClient } from '../../../src/engine/engineClient.ts';
import { computeLossInSteps } from '../../../src/loss/batch/crossEntropy.ts';
import { lossTotals, reducedLoss } from '../../../src/loss/batch/reduction.ts';
import { smoothingOf } from '../../../src/loss/conventions/smoothing.ts';
import { DEFAULT_SPEC, type LossSpec } from '../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../src/loss/rows/rowLayout.ts';
import { measureRowStats } from '../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../src/loss/work.ts';
import type { BatchView, Opened } from '../../../src/protocol/engineChannel.ts';
import type { ExportFormat, ExportSpec } from '../../../src/protocol/exportChannel.ts';
import { largeLogitsJson } from '../../fixtures/largeLogits.ts';
import { startedEngine } from './worker.ts';

const PYTHON = '/usr/bin/python3';
const hasTorch = spawnSync(PYTHON, ['-c', 'import torch']).status === 0;
const EXAMPLE = '{"targets": [2],\n "logits": [[0, 0, 3.828641, 0, 0]]}';

let engine: EngineClient;
let kill: () => void;

beforeAll(() => {
  ({ engine, kill } = startedEngine());
});
afterAll(() => engine.dispose());

async function opened(text: string, view: BatchView = {}): Promise<Opened> {
  const read = await engine.open({ input: { text }, origin: { line: 0, character: 0 }, view });
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

describe('the engine, in its thread', () => {
  it('reads and measures', async () => {
    const { summary, stats, range } = await opened(EXAMPLE);
    expect(summary).toMatchObject({ shape: [1, 5], kind: 'logits', targetsFrom: 'indices', decimals: 6 });
    expect(stats.target).toEqual(Int32Array.of(2));
    expect(stats.pTarget[0]).toBeCloseTo(0.92, 6);
    expect(range).toEqual({ start: { line: 0, character: 0 }, end: { line: 1, character: 36 } });
  });

  it('gives places in the document, though it has seen a part of it', async () => {
    const text = '[1, 2],\n[3, 4]';
    const read = await engine.open({ input: { text }, origin: { line: 7, character: 4 }, view: {} });
    if (!read.ok) expect.unreachable();
    else {
      expect(await engine.locate(read.value.batch, 0)).toEqual({
        start: { line: 7, character: 4 },
        end: { line: 7, character: 10 },
      });
      expect(await engine.locate(read.value.batch, 1)).toEqual({
        start: { line: 8, character: 0 },
        end: { line: 8, character: 6 },
      });
    }
    const wrong = await engine.open({
      input: { text: '[1, 2],\n[3]' },
      origin: { line: 7, character: 4 },
      view: {},
    });
    expect(wrong).toMatchObject({
      ok: false,
      problem: { reason: 'ragged', place: { line: 8, character: 0 } },
    });
  });

  it('gives a row, with what isn’t finite', async () => {
    const { batch } = await opened('{"logits": [[1, NaN], [-Infinity, 2]], "y": [0, 1]}');
    expect(await engine.row(batch, 1)).toEqual({
      row: 1,
      logits: Float64Array.of(Number.NEGATIVE_INFINITY, 2),
      target: Float64Array.of(0, 1),
    });
  });

  it('understands the same numbers differently', async () => {
    const { batch, summary, stats } = await opened('[[0.25, 0.75]]');
    expect([summary.kind, stats.pTarget[0]]).toEqual(['probabilities', 0.75]);
    const other = await engine.view(batch, { kind: 'logits', chosenTargets: [[0, 0]] });
    if (!other.ok) expect.unreachable();
    else {
      expect(other.value.summary).toMatchObject({
        kind: 'logits',
        looksLike: 'probabilities',
        targetsFrom: 'argmax',
      });
      expect(other.value.stats.pTarget[0]).toBeCloseTo(1 / (1 + Math.exp(0.5)), 12);
    }
  });

  it('measures with other weights, temperature, ignored target and convention', async () => {
    const { batch, measuredWith } = await opened('{"logits": [[1, 2, 0], [3, 1, 2]], "y": [0, 2]}');
    expect(measuredWith).toEqual({
      convention: 'UNIFORM_K',
      weight: null,
      ignoreIndex: -100,
      temperature: 1,
    });
    const logits = { data: Float64Array.of(1, 2, 0, 3, 1, 2), shape: [2, 3] };
    const targets = { data: Int32Array.of(0, 2), shape: [2] };
    const lossOf = async (view: BatchView) => {
      const viewed = await engine.view(batch, view);
      if (!viewed.ok) return expect.unreachable();
      const { stats } = viewed.value;
      const { uniform } = smoothingOf({ ...viewed.value.measuredWith, labelSmoothing: 0.2 }, 3);
      return reducedLoss(lossTotals(stats), uniform, 'mean');
    };
    const expected = (spec: Partial<LossSpec>, temperature = 1) =>
      finish(
        computeLossInSteps({
          ...DEFAULT_SPEC,
          labelSmoothing: 0.2,
          ...spec,
          logits: { ...logits, data: logits.data.map((z) => z / temperature) },
          targets,
        }),
      ).loss;
    const weight = [1, 2, 0.5];
    const weighed = { weight: Float64Array.from(weight), ignoreIndex: 2 };
    expect(await lossOf({ weight, temperature: 2, ignoreIndex: 2 })).toBeCloseTo(
      expected(weighed, 2) as number,
      14,
    );
    expect(await lossOf({ convention: 'BINARY_HALF' })).toBeCloseTo(
      expected({ convention: 'BINARY_HALF' }) as number,
      14,
    );
    const padded = { convention: 'PAD_EXCLUDED', ignoreIndex: 0 } as const;
    expect(await lossOf(padded)).toBeCloseTo(expected(padded) as number, 14);
  });

  it('keeps to the source where what was chosen doesn’t fit it', async () => {
    const source = '{"logits": [[1, 2], [3, 1]], "y": [0, -1], "ignore_index": -1, "weight": [1, 3]}';
    const { batch } = await opened(source);
    const viewed = await engine.view(batch, {
      weight: [1, 2, 3],
      ignoreIndex: 5,
      convention: 'PAD_EXCLUDED',
    });
    expect(viewed).toMatchObject({
      ok: true,
      value: {
        measuredWith: { weight: Float64Array.of(1, 3), ignoreIndex: -1, convention: 'UNIFORM_K' },
      },
    });
  });

  it('says what taking probabilities for logits comes to, and leaves the batch as it is', async () => {
    const { batch, stats } = await opened('{"logits": [[0.25, 0.75]], "y": [1]}');
    const totals = await engine.totals(batch, { kind: 'logits' });
    expect(totals.hard).toBeCloseTo(Math.log(1 + Math.exp(-0.5)), 14);
    expect((await engine.totals(batch, {})).hard).toBe(stats.hard[0]);
    expect((await engine.row(batch, 0)).logits[1]).toBeCloseTo(Math.log(0.75), 14);
  });

  it('knows who reads α in which way', async () => {
    const { UNIFORM_K, UNIFORM_OTHERS } = await engine.frameworks();
    expect(UNIFORM_K.slice(0, 3)).toEqual(['PyTorch', 'Keras', 'TensorFlow']);
    expect(UNIFORM_OTHERS).toContain('fairseq');
  });

  it('reads again for another class axis', async () => {
    const { batch } = await opened('[[[1, 2, 3], [4, 5, 6]]]');
    const other = await engine.view(batch, { classAxis: 2 });
    expect(other).toMatchObject({
      ok: true,
      value: { summary: { classAxis: 2 }, stats: { rows: 2, classes: 3 } },
    });
  });

  it('reads what PyTorch printed, and says how exact that is', async () => {
    const text =
      'logits: tensor([[ 1.2345, -0.5000],\n        [ 0.2500,  3.0000]], grad_fn=<AddmmBackward0>)\n';
    const { summary, stats, range, batch } = await opened(text);
    expect(summary).toMatchObject({
      shape: [2, 2],
      decimals: 4,
      rounding: 0.00005,
      keys: { logits: 'logits' },
    });
    expect(stats.prediction).toEqual(Int32Array.of(0, 1));
    expect(range).toEqual({ start: { line: 0, character: 8 }, end: { line: 1, character: 54 } });
    expect(await engine.locate(batch, 1)).toEqual({
      start: { line: 1, character: 8 },
      end: { line: 1, character: 26 },
    });
  });

  it('lists the tensors of a text, and reads the one that is asked for', async () => {
    const text = 'a = tensor([[1., 2.]])\nb = tensor([[3., 4.], [5., 6.]])\nlabels = tensor([1, 0])';
    const request = { input: { text }, origin: { line: 3, character: 4 } };
    expect(await engine.list(request)).toMatchObject({
      ok: true,
      value: [
        { name: 'a', shape: [1, 2], type: 'float32', range: { start: { line: 3, character: 8 } } },
        { name: 'b', shape: [2, 2], range: { start: { line: 4, character: 4 } } },
        { name: 'labels', shape: [2], type: 'int64' },
      ],
    });
    const unasked = await engine.open({ ...request, view: {} });
    expect(unasked).toMatchObject({
      ok: false,
      problem: { reason: 'several', candidates: [{ name: 'a' }, { name: 'b' }] },
    });
    const asked = await engine.open({ ...request, member: 'b', view: {} });
    expect(asked).toMatchObject({ ok: true, value: { summary: { shape: [2, 2] } } });
  });

  it('says which tensors were printed in part, and where', async () => {
    const text = 'x\ntensor([[1., 2., ..., 3.]])';
    const read = await engine.open({ input: { text }, origin: { line: 0, character: 0 }, view: {} });
    expect(read).toMatchObject({
      ok: false,
      problem: { reason: 'summarised', printer: 'pytorch', place: { line: 1, character: 17 } },
    });
  });

  it('has the floors of soft targets', async () => {
    const { batch } = await opened('{"logits": [[1, 2]], "y": [[0.5, 0.5]]}');
    expect((await engine.floors(batch, { convention: 'UNIFORM_K', labelSmoothing: 0.1 }))[0]).toBeCloseTo(
      Math.log(2),
      15,
    );
  });

  it('computes a loss as the same function does here', async () => {
    const call = {
      logits: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] },
      targets: { data: Int32Array.of(0, 1), shape: [2] },
      labelSmoothing: 0.1,
    };
    const value = finish(computeLossInSteps({ ...DEFAULT_SPEC, ...call }));
    expect(await engine.computeLoss(call)).toEqual({ ok: true, value });
  });

  it('computes the loss an API has, or says why it can’t', async () => {
    const call = {
      logits: { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] },
      targets: { data: Int32Array.of(0, 1), shape: [2] },
      api: 'fairseq',
    };
    const reply = await engine.computeLoss({ ...call, labelSmoothing: 0.1, reduction: 'mean' });
    const same = finish(computeLossInSteps({ ...DEFAULT_SPEC, ...call, labelSmoothing: 0.2 }));
    expect(reply.ok && reply.value.loss).toBeCloseTo(same.loss as number, 14);
    expect(await engine.computeLoss({ ...call, labelSmoothing: 2 })).toMatchObject({
      ok: false,
      problem: { reason: 'range', elsewhere: [{ framework: 'fairseq', does: 'applies' }] },
    });
  });

  it('reads and measures more than a screenful: in the kernel, within 1e−6 of float64', async () => {
    const text = largeLogitsJson(30_000, 20);
    const { batch, stats } = await opened(text);
    const parsed = JSON.parse(text) as { logits: number[][]; targets: number[] };
    const rows = { values: Float32Array.from(parsed.logits.flat()), layout: layoutOf([30_000, 20], 1) };
    const targets = { kind: 'indices', values: Int32Array.from(parsed.targets) } as const;
    const expected = finish(measureRowStats(rows, targets, DEFAULT_SPEC));
    expect(stats.hard).toBeInstanceOf(Float32Array);
    expect(stats.prediction).toEqual(expected.prediction);
    const errors = Array.from(
      expected.hard,
      (loss, row) => Math.abs(stats.hard[row]! - loss) / Math.max(loss, 1e-6),
    );
    expect(Math.max(...errors)).toBeLessThan(1e-6);
    expect((await engine.row(batch, 29_999)).logits).toEqual(
      Float64Array.from(parsed.logits.at(-1)!, Math.fround),
    );
    await engine.release(batch);
  });

  it('tells how far it is, and stops when it’s no longer wanted', async () => {
    const text = largeLogitsJson(200_000, 10);
    const abort = new AbortController();
    const fractions: number[] = [];
    const onProgress = (fraction: number) => {
      fractions.push(fraction);
      if (fractions.length === 3) abort.abort();
    };
    const request = { input: { text }, origin: { line: 0, character: 0 }, view: {} };
    await expect(engine.open(request, { signal: abort.signal, onProgress })).rejects.toThrow(CancelledError);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect((await opened('[-1, 2]')).summary.shape).toEqual([2]);
  });

  it('hears within 50 ms that it’s no longer wanted', async () => {
    const shape = [200, 30_000];
    const data = Float32Array.from({ length: 200 * 30_000 }, (_, i) => i % 7);
    const targets = { data: new Int32Array(200), shape: [200] };
    const abort = new AbortController();
    let [asked, sawProgress] = [0, false];
    const computing = engine.computeLoss(
      { logits: { data, shape }, targets },
      {
        signal: abort.signal,
        onProgress: () => {
          if (sawProgress) return;
          sawProgress = true;
          asked = performance.now();
          abort.abort();
        },
      },
    );
    await expect(computing).rejects.toThrow(CancelledError);
    expect(sawProgress).toBe(true);
    expect(performance.now() - asked).toBeLessThan(50);
  });

  it('stops when it holds nothing and isn’t asked, and starts again', async () => {
    const idle = startedEngine({ idleMs: 50 });
    try {
      const request = { input: { text: '[-1, 2]' }, origin: { line: 0, character: 0 }, view: {} };
      const read = await idle.engine.open(request);
      if (!read.ok) expect.unreachable();
      await pause(200);
      expect(idle.running(), 'while it holds a batch').toBe(true);
      await idle.engine.release(read.value.batch);
      await expect.poll(idle.running, { timeout: 5000 }).toBe(false);
      expect((await idle.engine.open(request)).ok).toBe(true);
      expect(idle.running()).toBe(true);
    } finally {
      idle.engine.dispose();
    }
  });

  it('starts again after its thread has ended by itself', async () => {
    const text = largeLogitsJson(100_000, 10);
    const reading = opened(text);
    // Long before it's read, whatever the machine.
    setTimeout(kill, 5);
    await expect(reading).rejects.toThrow(EngineStoppedError);
    expect((await opened('[-1, 2]')).summary.shape).toEqual([2]);
  });
});

describe('exporting', () => {
  const specOf = (
    { weight, ignoreIndex }: Opened['summary']['declared'],
    labelSmoothing: number,
    reduction: 'mean' | 'none',
  ): ExportSpec => ({
    loss: {
      convention: 'UNIFORM_K',
      labelSmoothing,
      weight,
      ignoreIndex: ignoreIndex ?? -100,
      reduction,
      form: 'ce',
      temperature: 1,
    },
    source: 'x.json',
    to: 'clipboard',
  });
  const copy = async (
    text: string,
    format: ExportFormat,
    labelSmoothing = 0.1,
    reduction: 'mean' | 'none' = 'mean',
  ) => {
    const { batch, summary } = await opened(text);
    const copied = await engine.export(batch, format, specOf(summary.declared, labelSmoothing, reduction));
    if (!copied.ok) throw new Error('Too large');
    return String(copied.value);
  };

  it('as CSV has a row for each row', async () => {
    const [head, row, end] = (await copy(EXAMPLE, 'csv')).split('\n');
    expect(head).toBe('row,target,prediction,p_target,loss,nll,uniform,floor,excess');
    expect(row).toMatch(/^0,2,2,0\.9199999/);
    expect(end).toBe('');
  });

  it('as JSON has the figures', async () => {
    const json = JSON.parse(await copy(EXAMPLE, 'json'));
    expect(json).toMatchObject({ label_smoothing: 0.1, on_value: 0.92, off_value: 0.02, accuracy: 1 });
    expect(json.floor).toBeCloseTo(0.389673, 6);
  });

  it('is refused for more than a clipboard likes', async () => {
    const { batch, summary } = await opened(largeLogitsJson(30_000, 10));
    const spec = specOf(summary.declared, 0.1, 'mean');
    expect(await engine.export(batch, 'pytorch', spec)).toEqual({
      ok: false,
      problem: { count: 300_000, limit: 200_000 },
    });
    expect(await engine.export(batch, 'csv', spec)).toMatchObject({ ok: false });
    const saved = await engine.export(batch, 'csv', { ...spec, to: 'file' });
    const text = new TextDecoder().decode(saved.ok ? (saved.value as Uint8Array) : undefined);
    expect(text.split('\n')).toHaveLength(30_002);
  });

  describe.runIf(hasTorch)('as PyTorch runs, and gives the same loss', () => {
    it.each([
      ['rows', '{"logits": [[1.5, -2.25, 0.1], [0, 3.3, 1e4]], "y": [0, 1]}', 'mean'],
      [
        'weights and an ignore index',
        '{"logits": [[1, 2], [3, 4], [5, 6]], "y": [0, 1, 9], "weight": [0.5, 2], "ignore_index": 9}',
        'mean',
      ],
      ['soft targets', '{"logits": [[1, 2, 3]], "y": [[0.2, 0.3, 0.5]]}', 'mean'],
      ['probabilities', '[[0.25, 0.75], [0.5, 0.5]]', 'none'],
      ['a deeper shape', '{"logits": [[[1, 2], [3, 4], [5, 7]]], "y": [[0, 2]]}', 'none'],
      [
        'classes on the last axis',
        '{"logits": [[[1, 2, 3], [4, 5, 7]]], "y": [[0, 2]], "num_classes": 3}',
        'none',
      ],
      ['one row', '{"logits": [1, 2, 3], "label": 1}', 'mean'],
      ['a logit of −∞', '{"logits": [[1, 2, -Infinity]], "y": [1]}', 'mean'],
      ['NaN', '{"logits": [[1, NaN]], "y": [1]}', 'none'],
    ] as const)('%s', async (_, text, reduction) => {
      const program = await copy(text, 'pytorch', 0.1, reduction);
      const { status, stderr } = spawnSync(PYTHON, ['-'], { input: program, encoding: 'utf8' });
      expect(`${stderr}${status}`, program).toBe('0');
    });
  });
});
