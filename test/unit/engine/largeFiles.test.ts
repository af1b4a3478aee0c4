import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BatchStore } from '../../../src/engine/batches/batchStore.ts';
import { Compute } from '../../../src/engine/measure/compute.ts';
import { ArraysOrigin } from '../../../src/engine/origins/arraysOrigin.ts';
import { finish } from '../../../src/loss/work.ts';
import type { FileFormat, SourceRequest } from '../../../src/protocol/engineChannel.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { zipFile } from '../../fixtures/zip.ts';

const compute = new Compute(undefined);
const library = new BatchStore(compute);
let id = 0;
const origin = { line: 0, character: 0 };
const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-'));
afterAll(() => rmSync(folder, { recursive: true }));

function request(format: FileFormat, path: string): SourceRequest {
  return { input: { file: { format, path } }, origin };
}

const open = (logits: SourceRequest, targets?: SourceRequest) =>
  finish(library.open(++id, { ...logits, ...(targets && { targets }), view: {} }));

describe('a table of 10 GB', () => {
  const path = join(folder, 'large.csv');

  beforeAll(() => {
    // Takes no room on the disk: nothing is written.
    const descriptor = openSync(path, 'w');
    ftruncateSync(descriptor, 10e9);
    closeSync(descriptor);
  });

  it('is refused before it’s read, with its size and the limit', () => {
    const expected = { problem: { reason: 'text-size', bytes: 10e9, limit: 2 ** 31 - 1, place: null } };
    expect(open(request('table', path))).toMatchObject(expected);
    expect(finish(library.list(request('table', path)))).toMatchObject(expected);
  });

  it('is refused as targets, too', () => {
    const logits = { input: { text: '[[1, 2]]' }, origin };
    expect(open(logits, request('table', path))).toMatchObject({
      problem: { reason: 'text-size', of: 'targets' },
    });
  });
});

describe('a .npz whose array is a thousand times as large as the file', () => {
  const SIZE = 300e6;
  const [bomb, few] = [join(folder, 'bomb.npz'), join(folder, 'few.npz')];

  beforeAll(() => {
    const header = npyFile([SIZE / 8, 2], []);
    const content = Buffer.alloc(header.length + SIZE);
    content.set(header);
    const data = deflateRawSync(content);
    const entry = { data, method: 8, size: content.length, crc: crc32(content) };
    writeFileSync(bomb, zipFile([{ name: 'logits.npy', ...entry }]));
    const small = npyFile([3000, 2], new Float32Array(6000));
    writeFileSync(
      few,
      zipFile([
        { name: 'x.npy', data: deflateRawSync(small), method: 8, size: small.length, crc: crc32(small) },
      ]),
    );
  });

  it('is listed, but read only if that’s what is wanted', () => {
    expect(finish(library.list(request('npz', bomb)))).toMatchObject({ value: [{ name: 'logits' }] });
    const read = open(request('npz', bomb));
    expect(read).toMatchObject({ problem: { reason: 'inflates', name: 'logits', place: null } });
    if (read.ok || read.problem.reason !== 'inflates') return expect.unreachable();
    expect(read.problem.expected).toBeGreaterThan(SIZE);
    expect(read.problem.bytes).toBeLessThan(SIZE / 1000);
    const agreed = new ArraysOrigin('npz', { path: bomb }, { mayInflate: true }, compute);
    expect(finish(agreed.read(undefined))).toMatchObject({
      value: { source: { values: { length: SIZE / 4 } } },
    });
  });

  it('is asked about for targets by themselves', () => {
    const logits = { input: { text: '[[1, 2]]' }, origin, mayInflate: true };
    expect(open(logits, request('npz', bomb))).toMatchObject({
      problem: { reason: 'inflates', of: 'targets' },
    });
  });

  it('unless it’s small all the same', () => {
    expect(open(request('npz', few))).toMatchObject({ value: { summary: { shape: [3000, 2] } } });
  });
});
