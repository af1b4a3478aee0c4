import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { crc32 } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { BatchStore } from '../../../src/engine/batches/batchStore.ts';
import { Compute } from '../../../src/engine/measure/compute.ts';
import type { Work } from '../../../src/loss/work.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { zipFile } from '../../fixtures/zip.ts';

const [ROWS, CLASSES] = [6000, 500];
const BYTES = 4 * ROWS * CLASSES;
const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-'));
afterAll(() => rmSync(folder, { recursive: true }));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Arrays of zeros: each row's loss is that of a uniform guess. */
const FILES = {
  npy: () => npyFile([ROWS, CLASSES], new Float32Array(ROWS * CLASSES)),
  npz: () => {
    const data = FILES.npy();
    return zipFile([{ name: 'logits.npy', data, method: 0, size: data.length, crc: crc32(data) }]);
  },
  safetensors: () => {
    const tensor = { dtype: 'F32', shape: [ROWS, CLASSES], data_offsets: [0, BYTES] };
    const header = Buffer.from(JSON.stringify({ logits: tensor }));
    const bytes = Buffer.alloc(8 + header.length + BYTES);
    bytes.writeBigUInt64LE(BigInt(header.length));
    bytes.set(header, 8);
    return bytes;
  },
} as const;

/** Bytes in buffers; once garbage is gone, if there may be some. Memory is given back by a thread of its own. */
async function heldBytes(enough: number): Promise<number> {
  for (let i = 0; i < 5 && process.memoryUsage().arrayBuffers > enough; i++) {
    collectGarbage();
    await setTimeout(10);
  }
  return process.memoryUsage().arrayBuffers;
}

/** The result, and how many bytes more than before were held at once on the way. */
async function watched<T>(work: Work<T>): Promise<{ readonly value: T; readonly most: number }> {
  const before = await heldBytes(0);
  let most = 0;
  for (;;) {
    const step = work.next();
    most = Math.max(most, (await heldBytes(before + BYTES / 4)) - before);
    if (step.done) return { value: step.value, most };
  }
}

describe('a file of arrays is measured piece by piece, so it may be larger than memory', () => {
  it.each(['npy', 'npz', 'safetensors'] as const)('.%s', async (format) => {
    const path = join(folder, `large.${format}`);
    writeFileSync(path, FILES[format]());
    const library = new BatchStore(new Compute(undefined));
    const input = { file: { format, path } };
    const { value, most } = await watched(
      library.open(1, { input, origin: { line: 0, character: 0 }, view: {} }),
    );
    const read = value.ok ? value.value : expect.unreachable(JSON.stringify(value.problem));
    expect(read.summary.shape).toEqual([ROWS, CLASSES]);
    const { hard } = read.stats!;
    expect(hard).toHaveLength(ROWS);
    expect(Math.min(...hard)).toBeCloseTo(Math.log(CLASSES), 6);
    expect(Math.max(...hard)).toBeCloseTo(Math.log(CLASSES), 6);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(BYTES / 4);
  });
});
