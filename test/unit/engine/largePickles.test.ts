import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BatchStore } from '../../../src/engine/batches/batchStore.ts';
import { Compute } from '../../../src/engine/measure/compute.ts';
import { openBytes } from '../../../src/engine/measure/rowsFile.node.ts';
import { finish } from '../../../src/loss/work.ts';
import { fileArrays } from '../../../src/readers/fileArrays.ts';
import { writeTorchFile } from '../../fixtures/torchFile.ts';
import { threadedKernel } from './kernel/kernels.ts';

const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-'));
afterAll(() => rmSync(folder, { recursive: true }));
const library = new BatchStore(new Compute(threadedKernel(0)));
const request = (path: string) => ({
  input: { file: { format: 'pickle', path } } as const,
  origin: { line: 0, character: 0 },
});

describe('a .pt of more than 4 GB', () => {
  const path = join(folder, 'large.pt');
  const shape = [1_000_000, 1100];

  // Takes no room on the disk: its numbers aren't written.
  beforeAll(() => writeTorchFile(path, [shape, [1_000_000]]));

  it('is listed from a few of its bytes, in less than 50 ms', () => {
    const times: number[] = [];
    let bytes = 0;
    for (let i = 0; i < 10; i++) {
      const start = performance.now();
      const file = openBytes(path);
      bytes = 0;
      const counted = {
        size: file.size,
        read(offset: number, length: number) {
          bytes += length;
          return file.read(offset, length);
        },
      };
      const listed = finish(fileArrays(counted, 'pickle'));
      file.close();
      times.push(performance.now() - start);
      expect(listed.ok && listed.value.map((array) => array.shape)).toEqual([shape, [1_000_000]]);
    }
    expect(bytes).toBeLessThan(200_000);
    expect(Math.min(...times)).toBeLessThan(50);
  });
});

describe('a .pt whose logits are large', () => {
  const [rows, classes] = [3000, 100];
  const values = Float32Array.from({ length: rows * classes }, (_, i) => Math.sin(i) * 5);
  const opened = (path: string) => {
    const read = finish(library.open(1, { ...request(path), view: {} }));
    return read.ok ? read.value : expect.unreachable(JSON.stringify(read.problem));
  };

  it('stays on the disk, and is measured as what is in memory is', () => {
    const path = join(folder, 'rows.pt');
    writeTorchFile(path, [[rows, classes]], [values]);
    const { summary, stats } = opened(path);
    expect(summary).toMatchObject({ shape: [rows, classes], kind: 'logits', decimals: 0 });
    expect(library.held(1).source).toMatchObject({ file: { path } });
    const bytes = openBytes(path);
    const inMemory = {
      ...request(path),
      input: { file: { format: 'pickle', bytes: bytes.read(0, bytes.size) } },
    } as const;
    bytes.close();
    const other = finish(library.open(2, { ...inMemory, view: {} }));
    expect(other.ok && other.value.stats).toEqual(stats);
  });

  it('is one batch, if it’s a list of batches', () => {
    const [whole, path] = [join(folder, 'whole.pt'), join(folder, 'batches.pt')];
    writeTorchFile(whole, [[rows, classes]], [values]);
    const sizes = [1024, 1024, rows - 2048];
    const starts = [0, 1024, 2048];
    const parts = sizes.map((size, i) =>
      values.subarray(starts[i]! * classes, (starts[i]! + size) * classes),
    );
    writeTorchFile(
      path,
      sizes.map((size) => [size, classes]),
      parts,
    );
    const { summary, stats } = opened(path);
    expect(summary.shape).toEqual([rows, classes]);
    expect(stats).toEqual(opened(whole).stats);
  });
});
