import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportBatch } from '../../../../src/engine/export/exportBatch.ts';
import { Compute } from '../../../../src/engine/measure/compute.ts';
import { ArraysOrigin } from '../../../../src/engine/origins/arraysOrigin.ts';
import { finish } from '../../../../src/loss/work.ts';
import type { ListsArrays } from '../../../../src/readers/arrays/listArrays.ts';
import type { ArraysFormat } from '../../../../src/readers/fileArrays.ts';
import { listHdf } from '../../../../src/readers/hdf/hdfReader.ts';
import { removeAtExit } from '../../../vscode/processTree.ts';
import { held, PLAIN } from './held.ts';

const PYTHON = '/usr/bin/python3';
const hasTorch = spawnSync(PYTHON, ['-c', 'import torch']).status === 0;
const hasH5 = spawnSync(PYTHON, ['-c', 'import h5py']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'loaded-files-'));
removeAtExit(folder);

const SHAPE = [3, 4];
const VALUES = Float32Array.from({ length: 12 }, (_, i) => Math.fround(Math.sin(i) * 3));
const TARGETS = { kind: 'indices', values: Int32Array.from([0, 3, 2]) } as const;

/** Where people have logits in what they save, and how a program gets at them. */
const SAVED: readonly [name: string, saved: string, at: string][] = [
  ['alone', 'z', ''],
  ['dictionary', '{"logits": z, "labels": y}', '["logits"]'],
  ['split', '{"val": {"logits": z, "labels": y}}', '["val"]["logits"]'],
  ['tuple', '(z, y)', '[0]'],
  ['gradient', '{"logits": z.clone().requires_grad_(), "labels": y}', '["logits"]'],
  ['half', '{"logits": z.bfloat16(), "labels": y}', '["logits"]'],
  ['numpy', '{"logits": z.numpy(), "labels": y}', '["logits"]'],
  ['ordered', 'collections.OrderedDict(logits=z, labels=y)', '["logits"]'],
  ['hostile', '{"a\\"]; boom(": {"logits": z}}', '["a\\"]; boom("]["logits"]'],
];

it.runIf(hasTorch)('a program loads a tensor out of what `torch.save` wrote, wherever it is there', () => {
  const lines = SAVED.map(([name, saved]) => `torch.save(${saved}, ${JSON.stringify(`${name}.pt`)})`);
  python(`import collections, numpy, torch
z = torch.tensor(${JSON.stringify([...VALUES])}).view(3, 4)
y = torch.tensor([0, 3, 2])
torch.save([z[:2], z[2:]], "batches.pt")
numpy.save("objects.npy", {"logits": z.numpy()})
${lines.join('\n')}`);
  const programs: string[] = [];
  for (const [name, , at] of SAVED) {
    const text = programFor(`${name}.pt`);
    expect(text, name).toContain(`torch.load("${name}.pt", map_location="cpu")${at})`);
    expect(text.match(/^import torch$/gm)).toHaveLength(1);
    programs.push(text);
  }
  // What was put together is nowhere in the file as it is.
  expect(programFor('batches.pt')).not.toContain('torch.load');
  expect(programFor('objects.npy', 'npy')).not.toContain('np.load');
  python(...programs, programFor('batches.pt'), programFor('objects.npy', 'npy'));
});

it.runIf(hasTorch && hasH5)('a program loads a data set out of an HDF5 file, in a group, too', () => {
  python(`import h5py, numpy as np
with h5py.File("run.h5", "w") as file:
    file["val/logits"] = np.array(${JSON.stringify([...VALUES])}, ">f4").reshape(3, 4)
    file["val/labels"] = [0, 3, 2]`);
  const text = programFor('run.h5', listHdf);
  expect(text).toContain('h5py.File("run.h5", "r")["val/logits"][()]');
  python(text);
});

function programFor(file: string, format: ArraysFormat | ListsArrays = 'pickle'): string {
  const path = join(folder, file);
  const read = finish(new ArraysOrigin(format, { path }, {}, new Compute(undefined)).read(undefined));
  if (!read.ok || !('values' in read.value.source)) throw new Error(`${file} can’t be read`);
  const batch = held(Float32Array.from(read.value.source.values), SHAPE, TARGETS, PLAIN);
  const { inFile } = read.value;
  const placed = { ...batch, read: { ...batch.read, ...(inFile && { inFile }) } };
  const outcome = finish(exportBatch(placed, 'pytorch', { loss: PLAIN, source: file, to: 'clipboard' }));
  return String(outcome.ok && outcome.value);
}

/** Runs them one after the other. */
function python(...programs: readonly string[]): void {
  const run = 'import json, sys\nfor each in json.load(sys.stdin): exec(each, {})';
  const input = JSON.stringify(programs);
  const { status, stderr } = spawnSync(PYTHON, ['-c', run], { cwd: folder, input, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}
