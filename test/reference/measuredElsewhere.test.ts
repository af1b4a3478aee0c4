import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BatchStore } from '../../src/engine/batches/batchStore.ts';
import { Compute } from '../../src/engine/measure/compute.ts';
import {
  KERNEL_DIALECTS,
  type KernelDialect,
  MEASURED_SCOPES,
  type MeasuredScope,
  measureCell,
} from '../../src/host/notebook/measure/measureCell.ts';
import { accuracy } from '../../src/loss/batch/accuracy.ts';
import { lossTotals, reducedLoss } from '../../src/loss/batch/reduction.ts';
import { accuracyOfSums, totalsOfSums } from '../../src/loss/sums/batchSums.ts';
import { finish } from '../../src/loss/work.ts';
import type { Opened } from '../../src/protocol/engineChannel.ts';
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
function openedFrom(text: string, name: string): Opened {
  const input = { bytes: new TextEncoder().encode(text) };
  const opened = finish(store.open(1, { input, origin: { line: 0, character: 0 }, view: {} }));
  if (!opened.ok) throw new Error(`${name}: ${JSON.stringify(opened.problem)}`);
  return opened.value;
}

function run(
  program: string,
  args: readonly string[],
  cell: KernelDialect,
  scope: MeasuredScope = 'rows',
): string {
  const { status, stdout, stderr } = spawnSync(PYTHON, [join(ROOT, 'test', 'reference', program), ...args], {
    input: measureCell(cell, { logits: 'logits', targets: 'labels' }, scope).replace(
      /^smooth_labels.*$/m,
      (call) => (program === 'kernel.py' ? call : ''),
    ),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

const lossAt = ({ stats, sums, measuredWith }: Opened, alpha: number) =>
  reducedLoss(sums ? totalsOfSums(sums, measuredWith) : lossTotals(stats), alpha, 'mean');
const CELLS = KERNEL_DIALECTS.flatMap((dialect) => MEASURED_SCOPES.map((scope) => [dialect, scope] as const));
const canRun = (imports: string) => spawnSync(PYTHON, ['-c', imports]).status === 0;
const SLOW = { timeout: 240_000 };

describe.each(CELLS)('the cell that measures in %s, %s', (dialect, scope) => {
  it.runIf(canRun(NEEDED[dialect]))('has the loss of F.cross_entropy', SLOW, () => {
    const lines = run(
      'measuredElsewhere.py',
      [dialect, scope, join(folder, `${dialect}.jsonl`)],
      dialect,
      scope,
    );
    const cases = lines
      .trim()
      .split('\n')
      .map((line): Measured => JSON.parse(line));
    expect(cases.length).toBeGreaterThanOrEqual(6);
    for (const { name, losses, accuracy: expected, message } of cases) {
      const opened = openedFrom(JSON.stringify(message), name);
      const { stats, sums } = opened;
      expect(sums ? accuracyOfSums(sums) : accuracy(stats), name).toBe(expected);
      for (const [alpha, loss] of Object.entries(losses))
        expect(lossAt(opened, Number(alpha)), `${name}, α = ${alpha}`).toBeCloseTo(loss, 9);
    }
  });
});

describe('what PyTorch measured', () => {
  it.runIf(canRun('import torch.distributed'))('in two processes is one batch', SLOW, () => {
    const loss = Number(run('ranks.py', [folder, 'rows'], 'PyTorch').trim().split('\n').at(-1));
    const parts = [1, 0].map((rank) => readFileSync(join(folder, `rows-${rank}.json`), 'utf8'));
    expect(lossAt(openedFrom(parts.join(''), 'ranks'), 0.1)).toBeCloseTo(loss, 9);
  });

  it.runIf(canRun('import torch.distributed'))('in two processes is all-reduced to one message', SLOW, () => {
    const loss = Number(run('ranks.py', [folder, 'sums'], 'PyTorch', 'sums').trim().split('\n').at(-1));
    const opened = openedFrom(readFileSync(join(folder, 'sums-0.json'), 'utf8'), 'ranks');
    expect(opened.summary.shape).toEqual([900, 23]);
    expect(lossAt(opened, 0.1)).toBeCloseTo(loss, 9);
    expect(existsSync(join(folder, 'sums-1.json'))).toBe(false);
  });

  it.runIf(canRun('import torch, nbconvert, ipykernel'))(
    'in a kernel is what its cell displays',
    SLOW,
    () => {
      const { loss, printed, message } = JSON.parse(run('kernel.py', [], 'PyTorch'));
      expect(printed).toContain('...');
      const text = JSON.stringify(message);
      const opened = openedFrom(text, 'kernel');
      expect(opened.stats.rows).toBe(4096);
      expect(lossAt(opened, 0.1)).toBeCloseTo(loss, 9);
      // 64 bytes a row
      expect(text.length).toBeLessThan(4096 * 64 + 1000);
    },
  );
});
