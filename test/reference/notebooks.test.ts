import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineClient } from '../../src/engine/engineClient.ts';
import { lossTotals, reducedLoss } from '../../src/loss/batch/reduction.ts';
import type { SourceRequest } from '../../src/protocol/engineChannel.ts';
import { type Cell, printedLoss, readNotebook, textOf } from '../fixtures/notebooks/notebook.ts';
import { startedEngine } from '../unit/engine/worker.ts';
import { ROOT, SAMPLES } from '../vscode/paths.ts';

const PYTHON = process.platform === 'win32' ? 'python' : '/usr/bin/python3';
const NEEDED = 'import nbconvert, ipykernel, torch, numpy, pandas, sklearn';
const hasJupyter = spawnSync(PYTHON, ['-c', NEEDED]).status === 0;
const NOTEBOOKS = join(ROOT, 'test', 'fixtures', 'notebooks');

/** What rounding to 4 decimals does to a loss: half of the loss's own last digit, and twice that of its logits. */
const PRINTED = 0.5e-4 + 1e-4;

const WAYS = [
  { of: 'as they are kept', runs: true, folders: async () => ({ sample: SAMPLES, tensors: NOTEBOOKS }) },
  {
    of: 'as Jupyter executes them now',
    runs: hasJupyter,
    folders: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'executed-'));
      const { status, stderr } = spawnSync(PYTHON, [join(NOTEBOOKS, 'execute.py'), folder], {
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(stderr);
      return { sample: folder, tensors: folder };
    },
  },
];

describe.each(WAYS)('notebooks, $of', ({ runs, folders }) => {
  let engine: EngineClient;
  let sample: readonly Cell[];
  let tensors: readonly Cell[];

  beforeAll(async () => {
    if (!runs) return;
    engine = startedEngine().engine;
    const where = await folders();
    sample = readNotebook(join(where.sample, 'label-smoothing.ipynb'));
    tensors = readNotebook(join(where.tensors, 'tensors.ipynb'));
  }, 240_000);
  afterAll(() => engine?.dispose());

  const after = (cells: readonly Cell[], code: string) => {
    const index = cells.findIndex(({ source }) => textOf(source).includes(code));
    return { cell: cells[index]!, loss: printedLoss(cells[index + 1]!) };
  };
  const open = async (logits: SourceRequest, targets?: SourceRequest) => {
    const opened = await engine.open({ ...logits, ...(targets && { targets }), view: {} });
    if (!opened.ok) throw new Error(opened.problem.reason);
    const { stats } = opened.value;
    return { ...opened.value, loss: reducedLoss(lossTotals(stats), 0.1, 'mean') };
  };

  it.runIf(runs)('have the loss that PyTorch printed, of the logits and labels printed before', async () => {
    const { cell, loss } = after(sample, 'print("logits:"');
    const printed = source(cell, 'text');
    const opened = await open({ ...printed, member: 'logits' }, { ...printed, member: 'labels' });
    expect(opened.summary).toMatchObject({ shape: [6, 5], targetsFrom: 'indices', decimals: 4 });
    expect(Math.abs(opened.loss - loss)).toBeLessThan(PRINTED);
  });

  it.runIf(runs)('have all digits of it, of the object made for us', async () => {
    const { cell, loss } = after(sample, 'smooth-labels.v1+json');
    const opened = await open(source(cell, 'application/vnd.smooth-labels.v1+json'));
    expect(opened.summary.declared.labelSmoothing).toBe(0.1);
    expect(Math.abs(opened.loss - loss)).toBeLessThan(1e-6);
  });

  it.runIf(runs)('have it with targets from another cell', async () => {
    const { cell, loss } = after(tensors, 'torch.randn(6, 5)');
    const labels = tensors.find(({ source: code }) => textOf(code) === 'labels')!;
    const opened = await open(source(cell, 'text/plain'), source(labels, 'text/plain'));
    expect(Math.abs(opened.loss - loss)).toBeLessThan(PRINTED);
  });

  it.runIf(runs)('have tensors of these names, shapes and types', async () => {
    const found: string[] = [];
    for (const { outputs = [] } of tensors) {
      for (const { data, text } of outputs) {
        const written = text ?? data?.['text/html'] ?? data?.['text/plain'];
        const listed = await engine.list(request(textOf(written as string)));
        const members = listed.ok ? listed.value : [];
        found.push(...members.map(({ name, shape, type }) => `${name} ${shape.join('×')} ${type}`));
        if (!listed.ok && listed.problem.reason === 'summarised') found.push(listed.problem.reason);
      }
    }
    expect(found).toEqual([
      'tensor 1 6×5 float32',
      'tensor 1 6 int64',
      'logits 6×5 float64',
      'teacher 6×4 float32',
      'bias 5 float32',
      'summarised',
      'array 1 4×3 float',
      'cat, dog, owl 4×3 float',
      'logits 1×5 null',
      'targets 1 int',
    ]);
  });
});

function request(text: string): SourceRequest {
  return { input: { text }, origin: { line: 0, character: 0 } };
}

/** An output of a cell: what it printed, or its result in one form. */
function source({ outputs = [] }: Cell, form: string): SourceRequest {
  const [output] = outputs;
  if (form === 'text') return request(textOf(output!.text!));
  const data = output!.data![form];
  return request(form.endsWith('json') ? JSON.stringify(data) : textOf(data as string));
}
