import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineClient } from '../../../../src/engine/engineClient.ts';
import type { PlacedProblem } from '../../../../src/protocol/engineChannel.ts';
import { COLUMNAR_TRUTH, columnarBytes, columnarRequest } from '../../../fixtures/columnar.ts';
import { removeAtExit } from '../../../vscode/processTree.ts';
import { startedEngine } from '../worker.ts';

let engine: EngineClient;

beforeAll(() => {
  ({ engine } = startedEngine());
});
afterAll(() => engine.dispose());

async function problemOf(name: string, bytes?: Uint8Array): Promise<PlacedProblem> {
  const read = await engine.read(columnarRequest(name, bytes));
  if (read.ok) throw new Error(`${name} was read`);
  return read.problem;
}

/** Of a file with several, the logits that the truth is about. */
const MEMBERS: Readonly<Record<string, string>> = { 'groups.h5': 'val/logits' };

describe('the numbers of a file are those that its writer has written', () => {
  it.each([...COLUMNAR_TRUTH.keys()])('%s', async (name) => {
    const { shape, values, targets } = COLUMNAR_TRUTH.get(name)!;
    const member = MEMBERS[name];
    const read = await engine.read({ ...columnarRequest(name), ...(member && { member }) });
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    expect(read.value.shape).toEqual(shape);
    // Text has as many digits as its writer gave it.
    const isText = /\.(?:csv|jsonl?)(?:\.gz)?$/.test(name);
    for (const [i, value] of read.value.values.entries())
      expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(isText ? 1e-7 : 0);
    expect(read.value.targets && [...read.value.targets.values]).toEqual(targets);
  });
});

describe('the columns of a table', () => {
  it.each(['wide-snappy.parquet', 'wide.arrow'])('are put together by their names: %s', async (name) => {
    expect(await engine.list(columnarRequest(name))).toMatchObject({
      value: [
        { name: 'class_0 … class_5 (6)', shape: [25, 6], type: 'float32' },
        { name: 'label', shape: [25], type: 'int64', isColumn: true },
        { name: 'file', shape: [25], type: 'text', isColumn: true },
      ],
    });
    const read = await engine.read(columnarRequest(name));
    const classNames = [0, 1, 2, 3, 4, 5].map((k) => `class_${k}`);
    expect(read).toMatchObject({
      value: { classNames, keys: { logits: null, targets: 'label', leftOut: ['file'] } },
    });
  });

  it('are targets of logits from elsewhere', async () => {
    const [logits, targets] = [columnarRequest('logits.npy.gz'), columnarRequest('list.parquet')];
    const opened = await engine.open({ ...logits, targets, view: {} });
    expect(opened).toMatchObject({
      value: { summary: { targetsFrom: 'indices', keys: { targets: 'label' } } },
    });
  });

  it('that are asked for by name are taken', async () => {
    const targets = { ...columnarRequest('list.parquet'), member: 'id' };
    const opened = await engine.open({ ...columnarRequest('logits.npy.gz'), targets, view: {} });
    expect(opened).toMatchObject({ problem: { reason: 'target-range', of: 'targets' } });
  });
});

describe('texts of HDF5', () => {
  const NAMES = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'];

  it.each([
    ['of any length, called like names of classes', 'strings.h5', []],
    ['of the same length, for the columns of a block of pandas', 'pandas.h5', ['df/axis0', 'df/axis1']],
  ])('%s, name the classes', async (_, name, leftOut) => {
    const read = await engine.read(columnarRequest(name));
    expect(read).toMatchObject({ value: { classNames: NAMES, keys: { leftOut } } });
  });

  it('that aren’t where the file says leave the classes without names', async () => {
    const bytes = columnarBytes('strings.h5');
    const heap = Buffer.from(bytes).indexOf('GCOL');
    bytes[heap] = 0;
    const read = await engine.read(columnarRequest('strings.h5', bytes));
    expect(read).toMatchObject({ value: { shape: [25, 6], classNames: null } });
  });
});

describe('an HDF5 file that is larger than memory', () => {
  it('is read where it lies', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'large-')), 'large.h5');
    removeAtExit(dirname(path));
    writeFileSync(path, columnarBytes('plain.h5'));
    // It takes no room on the disk: nothing is written.
    truncateSync(path, 2 ** 34);
    const read = await engine.read({
      input: { file: { format: 'hdf5', path } },
      origin: { line: 0, character: 0 },
    });
    const { values } = COLUMNAR_TRUTH.get('plain.h5')!;
    expect(read.ok && [...read.value.values]).toEqual([...values]);
  });
});

describe('what can’t be read is refused for its reason', () => {
  it.each([
    ['null-row.parquet', { reason: 'missing-value', name: 'logits', row: 2 }],
    ['wide-brotli.parquet', { reason: 'codec', found: 'BROTLI' }],
    ['wide-v1.feather', { reason: 'other-format', format: 'feather-1' }],
  ])('%s', async (name, problem) => {
    expect(await problemOf(name)).toMatchObject(problem);
  });

  it('a chunk of HDF5’s newest layout', async () => {
    const read = await engine.read({ ...columnarRequest('latest.h5'), member: 'c' });
    expect(read).toMatchObject({ problem: { reason: 'codec', found: 'chunks of libver="latest"' } });
  });

  it.each(['wide-snappy.parquet', 'wide.arrow', 'plain.h5', 'wide.csv.gz'])(
    'bytes that aren’t of its format: %s',
    async (name) => {
      expect(
        await problemOf(name, new TextEncoder().encode('<!DOCTYPE html><html>'.repeat(9))),
      ).toMatchObject({
        reason: 'not-format',
      });
    },
  );

  it.each(['list.parquet', 'wide-lz4.feather', 'gzip.h5', 'wide.csv.gz'])(
    'a file that was cut: %s',
    async (name) => {
      const bytes = columnarBytes(name);
      const { reason } = await problemOf(name, bytes.subarray(0, Math.floor(0.7 * bytes.length)));
      expect(reason).toMatch(/^(?:not-format|damaged|checksum|bad-deflate)$/);
    },
  );

  it('a gzip file of which few bytes become very many, unless that’s wanted', async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(2 ** 28 + 2 ** 20)));
    expect(await problemOf('bomb.csv.gz', bomb)).toMatchObject({ reason: 'inflates', bytes: bomb.length });
  });
});
