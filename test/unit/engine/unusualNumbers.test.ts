import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Compute, EXACT_LOGITS } from '../../../src/engine/measure/compute.ts';
import { openBytes } from '../../../src/engine/measure/rowsFile.node.ts';
import { DEFAULT_SPEC } from '../../../src/loss/lossSpec.ts';
import { layoutOf } from '../../../src/loss/rows/rowLayout.ts';
import { measureRowStats, type PassSpec } from '../../../src/loss/rows/rowStats.ts';
import type { Targets } from '../../../src/loss/rows/targets.ts';
import { finish } from '../../../src/loss/work.ts';
import { npyFile } from '../../fixtures/npy.ts';
import { randomOf } from './kernel/families.ts';
import { threadedKernel } from './kernel/kernels.ts';
import { expectSame } from './kernel/same.ts';

const CLASSES = 33;
const ROWS = Math.ceil(EXACT_LOGITS / CLASSES) + 5;
const layout = layoutOf([ROWS, CLASSES], 1);
const random = randomOf(7);
const values = Float32Array.from({ length: ROWS * CLASSES }, () => 6 * random() - 3);
const indices: Targets = {
  kind: 'indices',
  values: Int32Array.from({ length: ROWS }, (_, row) => row % CLASSES),
};
const soft = (share: (k: number) => number): Targets => ({
  kind: 'soft',
  values: Float64Array.from({ length: ROWS * CLASSES }, (_, i) => share(i % CLASSES)),
});
const weighted = (weight: (k: number) => number) => ({
  ...DEFAULT_SPEC,
  weight: Float64Array.from({ length: CLASSES }, (_, k) => weight(k)),
});

const folder = mkdtempSync(join(tmpdir(), 'smooth-labels-'));
afterAll(() => rmSync(folder, { recursive: true }));
const header = npyFile([ROWS, CLASSES], []).length;
const path = join(folder, 'logits.npy');
writeFileSync(path, npyFile([ROWS, CLASSES], values));
const opened = openBytes(path);
opened.close();

/** More numbers than are measured in float64 by themselves: in memory, and where they are in a file. */
describe.each([
  ['weights larger than float32 goes', indices, weighted(() => 1e39)],
  ['weights smaller than float32 goes', indices, weighted(() => 1e-46)],
  ['weights that float32 has few digits of', indices, weighted((k) => (k + 1) * 1e-44)],
  ['one weight that is so small', indices, weighted((k) => (k === 3 ? 1e-42 : 1))],
  ['weights below 0, whose sum all but cancels', indices, weighted((k) => (k % 2 === 0 ? 1 : -1))],
  ['weights of 0', indices, weighted((k) => k % 2)],
  ['a weight that is no number', indices, weighted((k) => (k === 3 ? Number.NaN : 1))],
  ['targets that only float64 tells apart', soft((k) => (k === 5 ? 0.03 + 1e-12 : 0.03)), DEFAULT_SPEC],
  ['targets larger than float32 goes', soft((k) => (k === 5 ? 1e39 : 0)), DEFAULT_SPEC],
] satisfies readonly (readonly [string, Targets, PassSpec])[])('%s', (_, targets, spec) => {
  const compute = new Compute(threadedKernel(0));
  const expected = finish(measureRowStats({ values, layout }, targets, spec));

  it('in memory', () => {
    const found = finish(compute.measure({ values, layout }, targets, spec));
    expectSame(found, expected);
    expect(found.hard[1]! / expected.hard[1]! || 1).toBeCloseTo(1, 5);
  });

  it('in a file', () => {
    const type = { name: 'float32', little: true } as const;
    const file = { path, stamp: opened.stamp, offset: header, type, probabilities: false, temperature: 1 };
    const found = finish(compute.measureSource({ file }, layout, targets, spec));
    expectSame(found, expected);
    expect(found.hard[1]! / expected.hard[1]! || 1).toBeCloseTo(1, 5);
  });
});
