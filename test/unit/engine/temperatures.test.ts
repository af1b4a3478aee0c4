import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BatchStore } from '../../../src/engine/batches/batchStore.ts';
import { rowLogits } from '../../../src/engine/batches/measuredBatch.ts';
import { Compute, EXACT_LOGITS } from '../../../src/engine/measure/compute.ts';
import { DEFAULT_SPEC } from '../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../src/loss/rows/rowLayout.ts';
import { measureRowStats } from '../../../src/loss/rows/rowStats.ts';
import { finish } from '../../../src/loss/work.ts';
import type { BatchView } from '../../../src/protocol/engineChannel.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { randomOf } from './kernel/families.ts';
import { threadedKernel } from './kernel/kernels.ts';
import { expectSame } from './kernel/same.ts';

const CLASSES = 7;
const ROWS = Math.ceil(EXACT_LOGITS / CLASSES) + 3;
const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-'));
afterAll(() => rmSync(folder, { recursive: true }));

const kernel = threadedKernel(0);
const library = new BatchStore(new Compute(kernel));
let id = 0;

/** What is measured of a file of `shape`, and what float64 makes of the same numbers. */
function measured(shape: readonly number[], values: Float32Array, view: BatchView, fromDisk: boolean) {
  const bytes = npyFile(shape, values);
  const path = join(folder, `${++id}.npy`);
  if (fromDisk) writeFileSync(path, bytes);
  const file = { format: 'npy' as const, ...(fromDisk ? { path } : { bytes }) };
  const read = finish(library.open(id, { input: { file }, origin: { line: 0, character: 0 }, view }));
  if (!read.ok) throw new Error(read.problem.reason);
  const { temperature = 1, convention = DEFAULT_SPEC.convention, kind } = view;
  const logits = Float64Array.from(values, (z) => (kind === 'probabilities' ? Math.log(z) : z) / temperature);
  const layout = layoutOf(shape, read.value.summary.classAxis);
  const spec = { ...DEFAULT_SPEC, convention };
  const expected = finish(measureRowStats({ values: logits, layout }, null, spec));
  const row = rowLogits(library.held(id), 2);
  const shown = Float64Array.from(
    { length: CLASSES },
    (_, k) => logits[rowStart(layout.inner) + k * layout.inner]!,
  );
  library.release(id);
  return { found: read.value.stats, expected, row, shown };
}

/** Where row 2 starts. */
function rowStart(inner: number): number {
  return inner === 1 ? 2 * CLASSES : 2;
}

describe.each([
  ['rows in memory', [ROWS, CLASSES], false],
  ['rows in a file', [ROWS, CLASSES], true],
  ['classes before other axes', [3, CLASSES, Math.ceil(ROWS / 3)], true],
] as const)('the loss of many logits at a temperature: %s', (_, shape, fromDisk) => {
  const random = randomOf(3);
  const count = shape.reduce((a, b) => a * b, 1);
  const logits = (at: number, spread: number) =>
    Float32Array.from({ length: count }, () => at + spread * (2 * random() - 1));

  it.each([
    ['far from 0', logits(300, 8), { temperature: 1.37 }],
    ['very far from 0', logits(20_000, 8), { temperature: 0.7 }],
    ['low', logits(0, 3), { temperature: 0.001 }],
    ['of sigmoids', logits(0, 9), { temperature: 1.37, convention: 'BINARY_HALF' }],
    ['of probabilities', Float32Array.from(logits(0.5, 0.49)), { temperature: 0.003, kind: 'probabilities' }],
    [
      'with masks beyond float32',
      Float32Array.from(logits(0, 3), (z, i) => (i % 5 === 0 ? -3.4028234663852886e38 : z)),
      { temperature: 0.5 },
    ],
  ] satisfies readonly (readonly [string, Float32Array, BatchView])[])('%s', (_, values, view) => {
    const { found, expected, row, shown } = measured(shape, values, view, fromDisk);
    expectSame(found, expected);
    expect(row).toEqual(shown);
    expect(kernel.memory.used).toBe(0);
  });
});
