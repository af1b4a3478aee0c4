import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { npyFile } from '../fixtures/npy.ts';
import { writeTorchFile } from '../fixtures/torchFile.ts';
import { startedEngine } from '../unit/engine/worker.ts';
import { removeAtExit } from '../vscode/processTree.ts';
import { median } from './interleaved.ts';

const ROUNDS = 9;
/** 200 MB */
const SHAPE = [50_000, 1000] as const;

const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-bench-'));
removeAtExit(folder);
const { engine } = startedEngine();
afterAll(() => engine.dispose());

it('a .pt of 200 MB is measured about as fast as the same .npy', async () => {
  const values = Float32Array.from({ length: SHAPE[0] * SHAPE[1] }, (_, i) => Math.sin(i) * 5);
  const files = { npy: join(folder, 'logits.npy'), pickle: join(folder, 'logits.pt') };
  writeFileSync(files.npy, npyFile([...SHAPE], values));
  writeTorchFile(files.pickle, [SHAPE], [values]);
  const times: Record<keyof typeof files, number[]> = { npy: [], pickle: [] };
  for (let round = -1; round < ROUNDS; round++)
    for (const format of ['npy', 'pickle'] as const) {
      const start = performance.now();
      const input = { file: { format, path: files[format] } };
      const opened = await engine.open({ input, origin: { line: 0, character: 0 }, view: {} });
      const ms = performance.now() - start;
      if (!opened.ok) throw new Error(opened.problem.reason);
      await engine.release(opened.value.batch);
      if (round >= 0) times[format].push(ms);
    }
  const [pickle, npy] = [median(times.pickle), median(times.npy)];
  console.log(`.pt ${pickle.toFixed(0)} ms, .npy ${npy.toFixed(0)} ms`);
  expect(pickle / npy).toBeLessThanOrEqual(1.3);
});
