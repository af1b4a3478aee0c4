import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineClient } from '../../../src/engine/engineClient.ts';
import { DEFAULT_SPEC } from '../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../src/loss/rows/rowLayout.ts';
import { measureRowStats } from '../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../src/loss/work.ts';
import type { FileFormat, OpenRequest, SourceRequest } from '../../../src/protocol/engineChannel.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { ROOT } from '../../vscode/paths.ts';
import { FAMILIES, randomOf } from './kernel/families.ts';
import { startedEngine } from './worker.ts';

const FILES = join(ROOT, 'test', 'reference', 'files');
const LABELS = Int32Array.of(0, 1, 2, 3, 4, 2);
const ORIGIN = { line: 0, character: 0 };
const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-'));
let engine: EngineClient;

beforeAll(() => {
  ({ engine } = startedEngine());
});
afterAll(() => {
  engine.dispose();
  rmSync(folder, { recursive: true });
});

function file(name: string, member?: string): SourceRequest {
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const format = (extension === 'csv' || extension === 'tsv' ? 'table' : extension) as FileFormat;
  return { input: { file: { format, path: join(FILES, name) } }, origin: ORIGIN, ...(member && { member }) };
}

async function opened(logits: SourceRequest, targets?: OpenRequest['targets']) {
  const read = await engine.open({ ...logits, ...(targets && { targets }), view: {} });
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

describe('the engine lists', () => {
  it('the arrays of a file', async () => {
    expect(await engine.list(file('deflated.npz'))).toEqual({
      ok: true,
      value: [
        { name: 'logits', shape: [6, 5], type: 'float32', range: null },
        { name: 'labels', shape: [6], type: 'int64', range: null },
        { name: 'half', shape: [6, 5], type: 'float16', range: null },
      ],
    });
    const { batch } = await opened(file('deflated.npz'));
    expect(await engine.members(batch)).toEqual(await engine.list(file('deflated.npz')));
    await engine.release(batch);
    expect(await engine.list(file('tables/labels.csv'))).toMatchObject({
      value: [{ shape: [6, 5] }, { name: 'label', shape: [6] }],
    });
    expect(await engine.list({ input: { text: '{"logits": [[1, 2]]}' }, origin: ORIGIN })).toMatchObject({
      value: [{ name: 'logits', shape: [1, 2] }],
    });
  });

  it('or says why not', async () => {
    expect(await engine.list(file('no-arrays.npz'))).toMatchObject({
      problem: { reason: 'no-arrays', place: null },
    });
    expect(await engine.list(file('gone.npz'))).toMatchObject({ problem: { reason: 'unreadable' } });
  });
});

describe('targets come', () => {
  it.each([
    ['another array of the file', file('deflated.npz', 'labels'), 'labels'],
    ['an array of another file', file('y.npy'), null],
    ['a tensor', file('pair.safetensors', 'labels'), 'labels'],
    ['a column of a table', file('tables/labels.csv'), 'label'],
    ['a table of one column', file('tables/y.csv'), 'label'],
    ['a list', { input: { text: '[0, 1, 2, 3, 4, 2]' }, origin: ORIGIN }, null],
    ['an object', { input: { text: '{"x": 1, "labels": [0, 1, 2, 3, 4, 2]}' }, origin: ORIGIN }, 'labels'],
    [
      'records',
      { input: { text: '{"y": 0}\n{"y": 1}\n{"y": 2}\n{"y": 3}\n{"y": 4}\n{"y": 2}\n' }, origin: ORIGIN },
      'y',
    ],
  ])('from %s', async (_, targets: SourceRequest, key) => {
    const { summary, stats, batch } = await opened(file('deflated.npz', 'logits'), targets);
    expect(summary).toMatchObject({ targetsFrom: 'indices', keys: { logits: 'logits', targets: key } });
    expect(stats.target).toEqual(LABELS);
    await engine.release(batch);
  });

  it('under the name they’re given', async () => {
    const { summary } = await opened(file('deflated.npz', 'logits'), { ...file('y.npy'), name: 'y.npy' });
    expect(summary.keys.targets).toBe('y.npy');
  });

  it('as probabilities', async () => {
    const { stats, summary, batch } = await opened(file('stored.npz', 'logits'), file('soft.npy'));
    expect(summary.targetsFrom).toBe('soft');
    expect(stats.target).toEqual(LABELS);
    expect((await engine.row(batch, 5)).target[2]).toBeCloseTo(0.92, 15);
  });

  it('as names of the classes in a table', async () => {
    const text = '["ant", "bee", "cat", "dog", "emu", "cat"]';
    const { stats } = await opened(file('tables/plain.csv'), { input: { text }, origin: ORIGIN });
    expect(stats.target).toEqual(LABELS);
  });

  it('instead of those beside the logits', async () => {
    const { stats } = await opened(file('tables/labels.csv'), {
      input: { text: '[4, 4, 4, 4, 4, 4]' },
      origin: ORIGIN,
    });
    expect(stats.target).toEqual(new Int32Array(6).fill(4));
  });

  it('with the class axis that they leave, and are checked for another', async () => {
    const logits = { input: { text: '[[[1, 2, 3], [4, 5, 6]], [[1, 2, 3], [4, 5, 6]]]' }, origin: ORIGIN };
    const targets = { input: { text: '[[0, 1], [2, 0]]' }, origin: ORIGIN };
    const { summary, stats, batch } = await opened(logits, targets);
    expect(summary).toMatchObject({ classAxis: 2, classAxisFrom: 'targets' });
    expect(stats.target).toEqual(Int32Array.of(0, 1, 2, 0));
    expect(await engine.view(batch, { classAxis: 1 })).toMatchObject({
      problem: { reason: 'target-shape', of: 'targets' },
    });
    expect(await engine.view(batch, { classAxis: 2, kind: 'logits' })).toMatchObject({
      value: { summary: { targetsFrom: 'indices' } },
    });
  });

  it('as probabilities in records, if there are as many as rows', async () => {
    const logits = { input: { text: '[[1, 2], [3, 4]]' }, origin: ORIGIN };
    const records = (text: string): SourceRequest => ({ input: { text }, origin: ORIGIN });
    const right = await opened(logits, records('[{"y": [0, 1]}, {"y": [0.5, 0.5]}]'));
    expect((await engine.row(right.batch, 0)).target).toEqual(Float64Array.of(0, 1));
    expect(await engine.open({ ...logits, targets: records('[{"y": [0, 1]}]'), view: {} })).toMatchObject({
      problem: { reason: 'target-count', found: 1, expected: 2, of: 'targets' },
    });
  });

  it('only if they fit: what doesn’t is said of them, with its place', async () => {
    const ask = (text: string) =>
      engine.open({
        ...file('stored.npz', 'logits'),
        targets: { input: { text }, origin: { line: 4, character: 0 } },
        view: {},
      });
    const place = { line: 4, character: 0 };
    expect(await ask('[0, 1]')).toMatchObject({
      problem: { reason: 'target-count', found: 2, of: 'targets', place },
    });
    expect(await ask('[0, 1, 2, 3, 4, 5]')).toMatchObject({
      problem: { reason: 'target-range', of: 'targets' },
    });
    expect(await ask('[0, 1, 2, 3, 4, 0.5]')).toMatchObject({ problem: { reason: 'target-fraction' } });
    expect(await ask('{"a": 1}')).toMatchObject({ problem: { reason: 'no-targets', members: ['a'] } });
    const missing = engine.open({
      ...file('stored.npz', 'logits'),
      targets: file('stored.npz', 'x'),
      view: {},
    });
    expect(await missing).toMatchObject({ problem: { reason: 'no-member', of: 'targets' } });
  });
});

describe('large arrays in a .npz file', () => {
  const [rows, classes] = [6000, 100];
  const random = randomOf(1);
  const values = Float32Array.from({ length: rows * classes }, (_, i) =>
    FAMILIES.normal!(random, i % classes, 0),
  );
  const contents = npyFile([rows, classes], values);

  it.each([
    ['stored', 0],
    ['deflated', 6],
  ] as const)('%s are read as others are', async (name, level) => {
    const path = join(folder, `${name}.npz`);
    writeFileSync(path, zipSync({ 'x.npy': contents }, { level }));
    const { stats, batch } = await opened({ input: { file: { format: 'npz', path } }, origin: ORIGIN });
    const expected = finish(
      measureRowStats({ values, layout: layoutOf([rows, classes], 1) }, null, DEFAULT_SPEC),
    );
    expect(stats.prediction).toEqual(expected.prediction);
    expect((await engine.row(batch, rows - 1)).logits).toEqual(Float64Array.from(values.slice(-classes)));
    await engine.release(batch);
  });

  it('that were changed are refused, though they stay on the disk', async () => {
    const bytes = zipSync({ 'x.npy': contents }, { level: 0 });
    bytes[bytes.length >> 1]! ^= 1;
    const path = join(folder, 'changed.npz');
    writeFileSync(path, bytes);
    const read = engine.open({ input: { file: { format: 'npz', path } }, origin: ORIGIN, view: {} });
    expect(await read).toMatchObject({ problem: { reason: 'checksum' } });
  });
});

describe('large arrays of half precision', () => {
  it('are streamed from their file', async () => {
    const [rows, classes] = [6000, 100];
    const bits = Uint16Array.from({ length: rows * classes }, (_, i) => 0x3f80 + ((i * 7919) % 96));
    const header = `{"x": {"dtype": "BF16", "shape": [${rows}, ${classes}], "data_offsets": [0, ${2 * bits.length}]}}`;
    const path = join(folder, 'half.safetensors');
    const length = new BigUint64Array([BigInt(header.length)]);
    writeFileSync(
      path,
      Buffer.concat([new Uint8Array(length.buffer), Buffer.from(header), new Uint8Array(bits.buffer)]),
    );
    const { stats, batch } = await opened({
      input: { file: { format: 'safetensors', path } },
      origin: ORIGIN,
    });
    expect((await engine.row(batch, rows - 1)).logits[99]).toBe(1 + (bits.at(-1)! - 0x3f80) / 128);
    const values = Float32Array.from(bits, (each) => 1 + (each - 0x3f80) / 128);
    const expected = finish(
      measureRowStats({ values, layout: layoutOf([rows, classes], 1) }, null, DEFAULT_SPEC),
    );
    expect(stats.hard[17]! / expected.hard[17]!).toBeCloseTo(1, 6);
    expect(stats.prediction).toEqual(expected.prediction);
  });
});
