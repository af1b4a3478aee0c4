import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../../src/engine/client/engineFailures.ts';
import { columnarRequest } from '../../../fixtures/columnar.ts';
import { hdf5File } from '../../../fixtures/hdf5File.ts';
import { ROOT } from '../../../vscode/paths.ts';
import { startedEngine } from '../worker.ts';

/** Libraries that never come back, as one might for a file that nobody thought of. */
const HANGING = {
  'parquet.js': 'module.exports = { openParquet() { for (;;); } };',
  'arrow.js': 'module.exports = { openArrow() { for (;;); } };',
  'hdf5.js': 'module.exports = { listHdf() { for (;;); } };',
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hanging-'));
  const dist = join(ROOT, 'dist');
  for (const name of readdirSync(dist))
    if (/^(?:engine\.js|.*\.wasm)$/.test(name)) cpSync(join(dist, name), join(folder, name));
  for (const [name, script] of Object.entries(HANGING)) writeFileSync(join(folder, name), script);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a library that hangs', () => {
  it.each(['list.parquet', 'wide.arrow', 'plain.h5'])(
    'is ended with its worker when it’s cancelled; the next question is answered: %s',
    async (name) => {
      const { engine, running } = startedEngine({ deafMs: 200 }, folder);
      try {
        const abort = new AbortController();
        const reading = engine.read(columnarRequest(name), { signal: abort.signal });
        await expect.poll(running, { timeout: 5000 }).toBe(true);
        setTimeout(() => abort.abort(), 100);
        await expect(reading).rejects.toThrow(CancelledError);
        const read = await engine.read(columnarRequest('logits.npy.gz'));
        expect(read.ok).toBe(true);
      } finally {
        engine.dispose();
      }
    },
  );
});

describe('a file that’s read', () => {
  it('ends when it’s cancelled, and its worker goes on', async () => {
    const { engine } = startedEngine();
    try {
      const [rows, columns] = [20_000, 20];
      const values = Float32Array.from({ length: rows * columns }, (_, i) => i % 7);
      const bytes = hdf5File([{ name: 'logits', shape: [rows, columns], values, chunkRows: 10 }]);
      const lost: unknown[] = [];
      engine.onLost((each) => lost.push(each));
      const held = await engine.open({ ...columnarRequest('plain.h5'), view: {} });
      const abort = new AbortController();
      const fractions: number[] = [];
      const reading = engine.read(columnarRequest('large.h5', bytes), {
        signal: abort.signal,
        onProgress: (fraction) => {
          fractions.push(fraction);
          abort.abort();
        },
      });
      await expect(reading).rejects.toThrow(CancelledError);
      expect(fractions.length).toBeGreaterThan(0);
      expect(held.ok && engine.holds(held.value.batch)).toBe(true);
      expect(lost).toEqual([]);
    } finally {
      engine.dispose();
    }
  });
});
