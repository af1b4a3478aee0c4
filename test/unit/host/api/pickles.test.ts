import { afterAll, describe, expect, it } from 'vitest';
import { readLogits } from '../../../../src/host/api/readLogits.ts';
import {
  EXPECTED_FILES,
  expectedNumbers,
  HOSTILE_FILES,
  pickleBytes,
} from '../../readers/pickle/pickleFiles.ts';
import { engineInProcess } from './inProcess.ts';

const engine = engineInProcess();
afterAll(() => engine.dispose());

const reply = (file: string, options = {}) =>
  readLogits(engine, pickleBytes(file), { fileName: file, ...options });

/** What isn't sure: what is offered, and the shapes. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  'dtype-bool.pt': ['array 25,6'],
  'lightning-predictions-2.pt': ['0.[0…1] 12,6', '0.0 5,6', '0.1 7,6'],
  'list.pt': ['[0…1] 9,6', '0 4,6', '1 5,6'],
  'nested.pt': ['val 25,6', 'test 5,6'],
  'nn-calibration.p': ['0.0 10,6', '1.0 15,6'],
  'object-array.pkl': ['0 6', '1 2'],
  'same-twice.pt': ['a 25,6', 'b 25,6'],
};

const REFUSED: Readonly<Record<string, string>> = {
  'dtype-complex64.pt': 'array-type',
  'empty.pt': 'no-classes',
  'module.pt': 'parameters',
  'scalar.pt': 'no-classes',
  'sparse.pt': 'array-type',
  'state-dict.pt': 'parameters',
  'storage.pt': 'array-type',
  'structured.pkl': 'array-type',
  'torchscript.pt': 'other-file',
};

/** Where the logits are among the arrays of a file, if not first, and their name where it isn't "logits". */
const LOGITS: Readonly<Record<string, string>> = { 'prediction-output.pkl': 'predictions' };
const TARGETS = /^(?:labels?|targets?|1)$/;

describe('readLogits, of files that PyTorch, NumPy, joblib and mmengine wrote:', () => {
  it.each(Object.entries(EXPECTED_FILES))('%s', async (file, { arrays, scores, labels }) => {
    const read = await reply(file);
    if (!read.ok) {
      if (read.reason !== 'several') return expect(read.reason).toBe(REFUSED[file]);
      const offered = read.candidates.map(({ name, shape }) => `${name} ${shape}`);
      return expect(offered).toEqual(ASKED[file]);
    }
    const { shape, values } = scores ?? arrays?.find(({ name }) => name === 'logits') ?? arrays?.[0] ?? {};
    // Records, and objects with more than PyTorch loads, have no list of their own.
    if (values === undefined) return expect([read.name, read.shape]).toEqual(['logits', [25, 6]]);
    if (file === 'list-of-batches.pt') return expect(read.shape).toEqual([25, 6]);
    expect(read.shape).toEqual(shape);
    expect([...read.values]).toEqual(expectedNumbers(values).map(Math.fround));
    const targets = arrays?.find(({ name, shape: own }) => TARGETS.test(name) && own[0] === shape?.[0]);
    const expected = labels ?? (targets && expectedNumbers(targets.values));
    expect(read.targets && [...read.targets.values]).toEqual(expected ?? null);
    expect(read.name).toBe(LOGITS[file] ?? (read.name === '' ? '' : ((scores && read.name) ?? 'logits')));
  });

  it('a list of batches is read as all of its rows', async () => {
    const read = await reply('list-of-batches.pt');
    const whole = await reply('tensor.pt');
    expect(read.ok && [...read.values]).toEqual(whole.ok && [...whole.values]);
  });

  it('what was asked about is read by its name, with the targets beside it', async () => {
    const val = await reply('nested.pt', { array: 'val', targets: 'val.targets' });
    expect(val).toMatchObject({ ok: true, name: 'val.logits', targets: { kind: 'indices' } });
    const pair = await reply('nn-calibration.p', { array: '1.0' });
    expect(pair).toMatchObject({ ok: true, shape: [15, 6], targets: { name: '' } });
  });

  it('a hostile file says why it isn’t read', async () => {
    for (const file of HOSTILE_FILES) {
      const read = await readLogits(engine, pickleBytes(`hostile/${file}`), { fileName: file });
      expect(read, file).toMatchObject({ ok: false, message: expect.stringMatching(/\.$/) });
    }
  });
});
