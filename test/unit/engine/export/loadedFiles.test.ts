import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportBatch } from '../../../../src/engine/export/exportBatch.ts';
import { Compute } from '../../../../src/engine/measure/compute.ts';
import { ArraysOrigin } from '../../../../src/engine/origins/arraysOrigin.ts';
import type { Origin } from '../../../../src/engine/origins/origin.ts';
import { TableOrigin } from '../../../../src/engine/origins/tableOrigin.ts';
import { finish } from '../../../../src/loss/work.ts';
import type { ListsArrays } from '../../../../src/readers/arrays/listArrays.ts';
import type { ArraysFormat } from '../../../../src/readers/fileArrays.ts';
import { listHdf } from '../../../../src/readers/hdf/hdfReader.ts';
import { removeAtExit } from '../../../vscode/processTree.ts';
import { held, PLAIN } from './held.ts';

const PYTHON = '/usr/bin/python3';
const hasTorch = spawnSync(PYTHON, ['-c', 'import torch']).status === 0;
const hasPandas = spawnSync(PYTHON, ['-c', 'import pandas, torch']).status === 0;
const hasH5 = spawnSync(PYTHON, ['-c', 'import h5py']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'loaded-files-'));
removeAtExit(folder);

const START = { line: 0, character: 0 };
const COMPUTE = new Compute(undefined);
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

/** What the first row is under, how fields are told apart, and where in a row the logits are. */
const TABLES: readonly [name: string, head: string, delimiter: string, before: string][] = [
  ['plain.csv', '', ',', ''],
  ['header.csv', 'id,a,b,c,d,label\n', ',', '17,'],
  ['crlf.csv', 'id,a,b,c,d,label\r\n', ',', '17,'],
  ['spaced.csv', 'a, b, c, d, label\n', ', ', ''],
  ['comments.csv', '# made by hand\n# a,b,c,d,label\n', ',', ''],
  ['mark.csv', '\ufeffa,b,c,d,label\n', ',', ''],
  ['tabs.tsv', 'name\ta\tb\tc\td\tlabel\n', '\t', '"img 1"\t'],
  ['semicolons.csv', 'a;b;c;d;label\n\n', ';', ''],
];

it.runIf(hasPandas)('a program loads the columns of a table, whatever is above or beside them', () => {
  const programs: string[] = [];
  for (const [name, head, delimiter, before] of TABLES) {
    const ending = head.includes('\r') ? '\r\n' : '\n';
    const rows = [0, 1, 2].map((row) => {
      const label = name === 'plain.csv' ? [] : [TARGETS.values[row]];
      return before + [...VALUES.slice(4 * row, 4 * row + 4), ...label].join(delimiter);
    });
    writeFileSync(join(folder, name), head + rows.join(ending) + ending);
    const text = programOf(name, new TableOrigin({ path: join(folder, name) }, { origin: START }, COMPUTE));
    expect(text, name).toContain(`pd.read_csv("${name}"`);
    programs.push(text);
  }
  python(...programs);
});

it('a program has the numbers of a table that can’t be loaded as it’s read', () => {
  const tables = {
    'decimal.csv': 'a;b;c;d\n0,5;1,5;2,5;3,5\n1,5;0,25;4,5;1,125\n',
    'spaces.csv': 'a  b  c  d\n0.5  1.5  2.5  3.5\n1 2  3   4\n',
    'quotes.csv': '"a\n",b,c,d\n0.5,1.5,2.5,3.5\n1.5,0.25,4.5,1.125\n',
  };
  for (const [name, text] of Object.entries(tables)) {
    writeFileSync(join(folder, name), text);
    const place = { path: join(folder, name) };
    expect(programOf(name, new TableOrigin(place, { origin: START }, COMPUTE))).not.toContain('read_csv');
  }
  const recoded = join(folder, 'utf16.csv');
  writeFileSync(recoded, Buffer.from('\ufeffa,b,c,d\n0.5,1.5,2.5,3.5\n', 'utf16le'));
  const origin = new TableOrigin({ path: recoded }, { origin: START }, COMPUTE);
  expect(programOf('utf16.csv', origin)).not.toContain('read_csv');
});

function programFor(file: string, format: ArraysFormat | ListsArrays = 'pickle'): string {
  return programOf(file, new ArraysOrigin(format, { path: join(folder, file) }, {}, COMPUTE));
}

function programOf(file: string, origin: Origin): string {
  const read = finish(origin.read(undefined));
  if (!read.ok || !('values' in read.value.source)) throw new Error(`${file} can’t be read`);
  const { shape } = read.value.batch;
  const targets = shape[0] === 3 ? TARGETS : { ...TARGETS, values: TARGETS.values.subarray(0, shape[0]) };
  const batch = held(Float32Array.from(read.value.source.values), shape, targets, PLAIN);
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
