import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  KERNEL_DIALECTS,
  likelyDialect,
  likelyScope,
  likelyTargets,
  MEASURED_SCOPES,
  measureCell,
} from '../../../../src/host/notebook/measure/measureCell.ts';
import { RAY_CELL } from '../../../../src/host/notebook/measure/partitionCells.ts';
import { isPythonName } from '../../../../src/host/notebook/measure/pythonName.ts';
import { PYTORCH_CELL } from '../../../../src/host/notebook/measure/pytorchCell.ts';
import { DASK_SUMS, NUMPY_SUMS } from '../../../../src/host/notebook/measure/sumsCells.ts';
import { ROOT } from '../../../vscode/paths.ts';

const linesOf = (text: string) => text.trimEnd().split('\n');
const callIn = (text: string) => linesOf(text).at(-1);

const CALLS: Partial<Record<(typeof KERNEL_DIALECTS)[number], string>> = {
  TensorFlow: 'smooth_labels(logits.numpy(), labels.numpy())',
  Ray: 'smooth_labels(logits)',
  Spark: 'smooth_labels(logits)',
};

describe('the cell that measures', () => {
  const cells = KERNEL_DIALECTS.flatMap((dialect) =>
    MEASURED_SCOPES.map((scope) => [dialect, scope] as const),
  );

  it.each(cells)('in %s, %s, is one function of at most 60 lines, and its call', (dialect, scope) => {
    const code = measureCell(dialect, { logits: 'logits', targets: 'labels' }, scope);
    expect(linesOf(code).length).toBeLessThanOrEqual(60);
    expect(callIn(code)).toBe(CALLS[dialect] ?? 'smooth_labels(logits, labels)');
    expect(Math.max(...linesOf(code).map(({ length }) => length))).toBeLessThanOrEqual(120);
  });

  it('says where the targets go if nothing is called so', () => {
    expect(callIn(measureCell('PyTorch', { logits: 'out.logits', targets: undefined }))).toBe(
      'smooth_labels(out.logits)  # add the class indices: smooth_labels(logits, targets)',
    );
  });

  it.each([
    'logits; import os',
    '__import__("os").system("x")',
    'logits\n!rm -rf',
    'lambda',
    'a.b.if',
    'Out[x]',
    '',
  ])('writes nothing into code that isn’t a name: %j', (logits) => {
    expect(isPythonName(logits)).toBe(false);
    const code = measureCell('NumPy', { logits, targets: logits });
    expect(callIn(code)).toBe(
      '# smooth_labels(logits)  # add the class indices: smooth_labels(logits, targets)',
    );
  });

  it.each(['logits', '_z', 'model.out.logits', 'Out[12]', 'print_'])('takes %s for a name', (name) => {
    expect(isPythonName(name)).toBe(true);
  });
});

describe('docs/scale.md', () => {
  const page = readFileSync(join(ROOT, 'docs', 'scale.md'), 'utf8');

  it('has the functions as they are inserted', () => {
    expect(page).toContain(PYTORCH_CELL.trimEnd());
    expect(page).toContain(
      NUMPY_SUMS.slice(NUMPY_SUMS.indexOf('def label_sums'), NUMPY_SUMS.indexOf('\n\n\ndef smooth_labels')),
    );
    expect(page).toContain(DASK_SUMS.slice(DASK_SUMS.indexOf('def smooth_labels')).trimEnd());
    expect(page).toContain(RAY_CELL.slice(0, RAY_CELL.indexOf('\n\ndef smooth_labels')).trimEnd());
  });
});

describe('the dialect of a tensor', () => {
  it.each([
    ['pytorch', 'import numpy as np', 'PyTorch'],
    ['numpy', 'import torch', 'NumPy'],
    ['jax', '', 'JAX'],
    ['tensorflow', 'import numpy as np', 'TensorFlow'],
    [undefined, 'import ray.data', 'Ray'],
    [undefined, 'from pyspark.sql import SparkSession', 'Spark'],
    [undefined, 'import torch\nx = 1', 'PyTorch'],
    [undefined, 'from jax import numpy as jnp', 'JAX'],
    [undefined, 'import numpy as np\nimport dask.array as da', 'Dask'],
    ['pandas', 'import pandas as pd', undefined],
    [undefined, 'x = 1', undefined],
  ] as const)('printed by %s after %j is in %s', (printer, code, dialect) => {
    expect(likelyDialect(printer, code)).toBe(dialect);
  });
});

describe('what is left of the logits', () => {
  it('is sums where there are several machines, else numbers of each row', () => {
    expect(likelyScope('Dask', '')).toBe('sums');
    expect(likelyScope('PyTorch', 'import torch\nimport torch.distributed as dist')).toBe('sums');
    expect(likelyScope('PyTorch', 'import torch')).toBe('rows');
  });
});

describe('the targets of a notebook', () => {
  it.each([
    [['labels = batch["y"]\nlogits = model(x)'], 'labels'],
    [['logits, targets = evaluate(model)'], 'targets'],
    [['logits', 'y = load()\nlabels = y.argmax(1)'], 'labels'],
    [['logits', 'x, y = next(loader)'], 'y'],
    [['if y == 1: pass'], undefined],
    [['print(labels)'], undefined],
    [[], undefined],
  ])('in %j are %s', (codes, name) => {
    expect(likelyTargets(codes)).toBe(name);
  });
});
