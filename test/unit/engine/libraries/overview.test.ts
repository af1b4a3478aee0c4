import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineClient } from '../../../../src/engine/engineClient.ts';
import { columnarRequest } from '../../../fixtures/columnar.ts';
import { ROOT } from '../../../vscode/paths.ts';
import { startedEngine } from '../worker.ts';

let engine: EngineClient;

beforeAll(() => {
  ({ engine } = startedEngine());
});
afterAll(() => engine.dispose());

const pickled = (name: string) =>
  ({
    input: {
      file: { format: 'pickle', path: join(ROOT, 'test', 'reference', 'pickles', name) },
    },
    origin: { line: 0, character: 0 },
  }) as const;

describe('the overview of a file', () => {
  it('has names, shapes, types, roles and first values', async () => {
    expect(await engine.overview(columnarRequest('wide-snappy.parquet'))).toMatchObject({
      value: {
        count: 3,
        parameterCount: 0,
        arrays: [
          { shape: [25, 6], type: 'float32', role: 'logits', isReadable: true },
          {
            name: 'label',
            shape: [25],
            type: 'int64',
            role: 'targets',
            first: ['2', '2', '4', '1', '3', '5'],
          },
          { name: 'file', type: 'text', role: null, first: expect.arrayContaining(['img_0.png']) },
        ],
      },
    });
    const read = await engine.overview(columnarRequest('groups.h5'));
    expect(read).toMatchObject({ value: { arrays: [{ role: 'logits' }, {}, { role: 'logits' }] } });
    const first = read.ok ? read.value.arrays[2]!.first : [];
    expect(first).toEqual(['0.6912', '1.643', '0.6609', '-2.606', '1.811', '0.8927']);
  });

  it('counts the parameters of a model instead of listing all', async () => {
    expect(await engine.overview(pickled('state-dict.pt'))).toMatchObject({
      value: { arrays: [], count: 0, parameterCount: 2, parameters: [{ name: 'weight', shape: [3, 6] }, {}] },
    });
  });

  it('has the keys that an array is below', async () => {
    const read = await engine.overview(pickled('checkpoint.pt'));
    const names = read.ok ? read.value.arrays.map(({ name }) => name) : [];
    expect(names).toEqual(expect.arrayContaining(['logits', 'opt.param_groups.0.lr']));
  });

  it('of what can’t be read is the problem', async () => {
    expect(await engine.overview(columnarRequest('wide-v1.feather'))).toMatchObject({
      problem: { reason: 'other-format' },
    });
  });
});
