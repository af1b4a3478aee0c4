import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BatchStore } from '../../src/engine/batches/batchStore.ts';
import { Compute } from '../../src/engine/measure/compute.ts';
import {
  KERNEL_DIALECTS,
  type KernelDialect,
  measureCell,
} from '../../src/host/notebook/measure/measureCell.ts';
import { accuracy } from '../../src/loss/batch/accuracy.ts';
import { lossTotals, reducedLoss } from '../../src/loss/batch/reduction.ts';
import type { RowStats } from '../../src/loss/rows/rowStats.ts';
import { finish } from '../../src/loss/work.ts';
import { ROOT } from '../vscode/paths.ts';

const PYTHON = process.platform === 'win32' ? 'python' : '/usr/bin/python3';
const NEEDED: Readonly<Record<KernelDialect, string>> = {
  PyTorch: 'import torch',
  NumPy: 'import torch, numpy',
  // Its function is run with NumPy in the place of jax.numpy.
  JAX: 'import torch, numpy',
  // These are stood in for, as far as the cells use them.
  TensorFlow: 'import torch, numpy',
  Ray: 'import torch, numpy',
  Spark: 'import torch, pandas',
  Dask: 'import torch, numpy, dask.array, distributed',
};

interface Measured {
  readonly name: string;
  /** F.cross_entropy in float64, by α. */
  readonly losses: Readonly<Record<string, number>>;
  readonly accuracy: number;
  readonly message: object;
}

const folder = mkdtempSync(join(tmpdir(), 'measured-'));
afterAll(() => rmSync(folder, { recursive: true }));

const store = new BatchStore(new Compute(undefined));

/** What the engine reads of a message, as it comes. */
function statsOf(text: string, name: string): RowStats {
  const input = { bytes: new TextEncoder().encode(text) };
  const opened = finish(store.open(1, { input, origin: { line: 0, character: 0 }, view: {} }));
  if (!opened.ok) throw new Error(`${name}: ${JSON.stringify(opened.problem)}`);
  return opened.value.stats;
}

function run(program: string, args: readonly string[], cell: KernelDialect): string {
  const { status, stdout, stderr } = spawnSync(PYTHON, [join(ROOT, 'test', 'reference', program), ...args], {
    input: measureCell(cell, { logits: 'logits', targets: 'labels' }).replace(/^smooth_labels.*$/m, (call) =>
      program === 'kernel.py' ? call : '',
    ),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

const lossAt = (stats: RowStats, alpha: number) => reducedLoss(lossTotals(stats), alpha, 'mean');
const canRun = (imports: string) => spawnSync(PYTHON, ['-c', imports]).status === 0;
const SLOW = { timeout: 240_000 };

describe.each(KERNEL_DIALECTS)('the cell that measures in %s', (dialect) => {
  it.runIf(canRun(NEEDED[dialect]))('has the loss of F.cross_entropy', SLOW, () => {
    const lines = run('measuredElsewhere.py', [dialect, join(folder, `${dialect}.jsonl`)], dialect);
    const cases = lines
      .trim()
      .split('\n')
      .map((line): Measured => JSON.parse(line));
    expect(cases.length).toBeGreaterThanOrEqual(6);
    for (const { name, losses, accuracy: expected, message } of cases) {
      const stats = statsOf(JSON.stringify(message), name);
      expect(accuracy(stats), name).toBe(expected);
      for (const [alpha, loss] of Object.entries(losses))
        expect(lossAt(stats, Number(alpha)), `${name}, α = ${alpha}`).toBeCloseTo(loss, 9);
    }
  });
});

describe('what PyTorch measured', () => {
  it.runIf(canRun('import torch.distributed'))('in two processes is one batch', SLOW, () => {
    const loss = Number(run('ranks.py', [folder], 'PyTorch').trim().split('\n').at(-1));
    const parts = [1, 0].map((rank) => readFileSync(join(folder, `rows-${rank}.json`), 'utf8'));
    expect(lossAt(statsOf(parts.join(''), 'ranks'), 0.1)).toBeCloseTo(loss, 9);
  });

  it.runIf(canRun('import torch, nbconvert, ipykernel'))(
    'in a kernel is what its cell displays',
    SLOW,
    () => {
      const { loss, printed, message } = JSON.parse(run('kernel.py', [], 'PyTorch'));
      expect(printed).toContain('...');
      const text = JSON.stringify(message);
      const stats = statsOf(text, 'kernel');
      expect(stats.rows).toBe(4096);
      expect(lossAt(stats, 0.1)).toBeCloseTo(loss, 9);
      // 64 bytes a row
      expect(text.length).toBeLessThan(4096 * 64 + 1000);
    },
  );
});
