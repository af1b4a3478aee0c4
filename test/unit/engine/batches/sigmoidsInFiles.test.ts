import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { BatchStore } from '../../../../src/engine/batches/batchStore.ts';
import { Compute, EXACT_LOGITS } from '../../../../src/engine/measure/compute.ts';
import { finish } from '../../../../src/loss/work.ts';
import { npyFile } from '../../../fixtures/npy.ts';

const folder = mkdtempSync(join(tmpdir(), 'sigmoids-'));
afterAll(() => rmSync(folder, { recursive: true }));

const CLASSES = 4;

function saved(name: string, rows: number, numberAt: (i: number) => number) {
  const path = join(folder, name);
  writeFileSync(
    path,
    npyFile(
      [rows, CLASSES],
      Float32Array.from({ length: rows * CLASSES }, (_, i) => numberAt(i)),
    ),
  );
  return { input: { file: { format: 'npy', path } }, origin: { line: 0, character: 0 } } as const;
}

it.each([
  ['are read', 8],
  ['stay in their file', EXACT_LOGITS / CLASSES + 8],
])('outputs of sigmoids are probabilities beside labels of several classes, where they %s', (_, rows) => {
  const logits = saved(`outputs${rows}.npy`, rows, (i) => 0.25 + ((i * 7) % 5) / 10);
  const targets = saved(`labels${rows}.npy`, rows, (i) => (i % 3 === 0 ? 1 : 0));
  const opened = finish(new BatchStore(new Compute(undefined)).open(1, { ...logits, targets, view: {} }));
  expect(opened).toMatchObject({
    ok: true,
    value: { summary: { labelling: 'multi-label', kind: 'probabilities' } },
  });
});
